"""The page and its parts as HTML, for one viewer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, Undefined
from markupsafe import Markup

from bot.playground.blockkit.blocks import with_block_ids
from bot.playground.form_state import first_values
from bot.playground.log import Happening
from bot.playground.page import seen
from bot.playground.page.backstage import Backstage, Exhibit
from bot.playground.page.cards import CardPen
from bot.playground.page.pen import Pen
from bot.playground.records import Json, Message
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a message's menu; `asks` for the text it goes with, if it needs one."""

    act: str
    words: str
    vals: Json
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is shown."""

    message: Message
    pen: Pen
    writer: str
    badge: str
    time: str
    initials: str
    look: str
    menu: tuple[Choice, ...]
    can_reply: bool
    replies: tuple["Shown", ...] = ()


class Drawing:
    """Draws from what the workspace stored and nothing else; `values_in` are the picks made in a message."""

    def __init__(
        self, workspace: Workspace, values_in: Callable[[Message], Json], backstage: Backstage | None = None
    ) -> None:
        self.marks = seen.Marks()
        self._workspace = workspace
        self._values_in = values_in
        self._backstage = backstage
        # What blocks leave out is simply not there; a page that names something unknown is a mistake of ours.
        lenient = _templates(Undefined)
        self._pages = _templates(StrictUndefined)
        self._message: Any = lenient.get_template("message.html").module
        self._parts: Any = lenient.get_template("parts.html").module
        self._panels: Any = lenient.get_template("backstage.html").module
        self._exhibits: Any = lenient.get_template("exhibit.html").module

    def page(self, name: str, **named: Any) -> str:
        """A whole page."""
        return self._pages.get_template(name).render(**named)

    def places(self, user: str, here: str, query: str) -> str:
        """The sidebar."""
        return str(self._parts.places(seen.groups(self._workspace, self.marks, user, here, query)))

    def post(self, user: str, message: Message) -> str:
        """A message with its place in the list of its channel or thread."""
        root = self._workspace.shelf.find(message.channel, message.thread_ts or "") if message.is_reply else None
        return str(self._message.reply(self._shown(user, message)) if root else self.posts(user, [seen.Post(message)]))

    def posts(self, user: str, listed: list[seen.Post]) -> str:
        """A channel's messages with what hangs below them."""
        return "".join(str(self._message.root(self._shown(user, one.message, one.replies))) for one in listed)

    def article(self, user: str, message: Message) -> str:
        """A message alone, to take the place of its older self."""
        return str(self._message.article(self._shown(user, message)))

    def forms(self, user: str) -> str:
        """The uppermost form before somebody, if one is open."""
        opened = self._workspace.open_views(user)
        view = opened[-1] if opened else None
        return str(self._parts.forms(view, Pen(self._workspace, user, view)))

    def home(self, user: str) -> str:
        """Somebody's home tab."""
        view = self._workspace.home(user)
        return str(self._parts.home(view, Pen(self._workspace, user, view)))

    def notice(self, words: str, code: str, why: tuple[str, ...] = ()) -> str:
        """What Slack says when something did not work, with the reason for developers."""
        return str(self._parts.notice({"words": words, "code": code, "why": why}))

    def done(self, words: str) -> str:
        """What came of something done backstage."""
        return str(self._panels.done(words))

    def exhibit(self, user: str, shown: Exhibit, anchor: str = "shown", *, by_microsoft: bool = False) -> Markup:
        """Something of the gallery, as this person would see it, to look at and not to press; `by_microsoft`: their
        renderer draws the cards. `anchor` is its id."""
        blocks = shown.form["blocks"] if shown.form else shown.blocks
        drawn = with_block_ids(blocks, 0)
        pen = Pen(self._workspace, user, None, first_values(drawn), key=anchor)
        card = CardPen(shown.card) if shown.card else None
        return Markup(self._exhibits.exhibit(shown, anchor, pen, drawn, card, by_microsoft))

    def refusals(self, troubles: Iterable[Happening]) -> str:
        """What went wrong of late, for developers."""
        return str(self._parts.refusals([_refused(one) for one in troubles]))

    def backstage(self, user: str, clock: str) -> dict[str, str]:
        """The panels of the backstage by name; none where there is no backstage."""
        if self._backstage is None:
            return {}
        tour, clocks = self._backstage.tour(), self._backstage.clocks()
        chosen = next((one for one in clocks if one.name == clock), clocks[0] if clocks else None)
        return {
            "clock": str(self._panels.clock(self._backstage, chosen)),
            "tour": str(self._panels.tour(tour)),
            "caption": str(self._panels.caption(tour, self._look(tour.caption))),
        }

    def _look(self, caption: Any) -> dict[str, str]:
        if not caption or not caption.user:
            return {}
        person = self._workspace.person(caption.user)
        where = self._workspace.channels.get(caption.place)
        slug = seen.slug_of(where) if where and where.kind != "im" else caption.place if where is None else seen.DIRECT
        name = f"#{where.name}" if where and where.name else "direct messages" if where else "home"
        return {
            "url": seen.address(self._workspace, caption.user, slug),
            "who": person.real_name.split()[0],
            "where": name,
        }

    def _shown(self, user: str, message: Message, replies: list[Message] | None = None) -> Shown:
        writer = self._workspace.people.get(message.user)
        name = writer.real_name if writer else message.user
        zone = ZoneInfo(self._workspace.person(user).tz)
        moment = datetime.fromtimestamp(float(message.ts), UTC).astimezone(zone)
        is_alive = not message.ephemeral_to and message.subtype != "tombstone"
        return Shown(
            message=message,
            pen=Pen(self._workspace, user, message, self._values_in(message)),
            writer=name,
            badge="app" if message.bot_id else "outside" if writer and self._workspace.is_outside(writer.id) else "",
            time=f"{moment:%a} {moment.day} {moment:%b %H:%M}",
            initials="".join(word[0] for word in name.split()[:2]).upper(),
            look="app" if message.bot_id else f"c{sum(map(ord, message.user)) % 7}",
            menu=self._menu(user, message) if is_alive else (),
            can_reply=is_alive,
            replies=tuple(self._shown(user, reply) for reply in replies or ()),
        )

    def _menu(self, user: str, message: Message) -> tuple[Choice, ...]:
        shortcuts = [
            Choice("shortcut", offer.words, {"callback_id": offer.name})
            for offer in self._workspace.installation.offers
            if offer.kind == "message" and not self._workspace.is_outside(user)
        ]
        own = [Choice("edit", "Edit", {}, "New text"), Choice("delete", "Delete", {})] if message.user == user else []
        return (*shortcuts, Choice("react", "React with 👍", {"emoji": "+1"}), *own)


def _refused(entry: Happening) -> dict[str, Any]:
    detail = entry.detail
    what = detail.get("method") or ("shown to " + str(entry.user) if entry.user else "delivery")
    why = detail.get("messages") or [text for text in (detail.get("body"),) if text]
    return {"what": what, "error": detail.get("error", ""), "why": list(why)}


@cache
def _templates(undefined: type[Undefined]) -> Environment:
    """Compiled once for all workspaces of a process: nothing else that a workspace needs to begin takes as long."""
    loader = PackageLoader("bot.playground.page")
    return Environment(loader=loader, undefined=undefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
