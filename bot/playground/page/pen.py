"""What a template needs to draw blocks for one viewer: words, names, what is filled in, and where a press goes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.playground.blockkit.composition import every_option
from bot.playground.page.markup import link, mention, to_html, with_signs
from bot.playground.records import Json, Message, View
from bot.playground.workspace import Workspace

_PEOPLE, _CHANNELS = "users_select", ("channels_select", "conversations_select")


class Pen:
    """Draws a message or view as `viewer` sees it; `values` and `errors` are those of its inputs. Blocks that are
    neither's are only shown: there is nothing to press, and `key` keeps their ids apart from others."""

    def __init__(
        self,
        workspace: Workspace,
        viewer: str,
        drawn: Message | View | None = None,
        values: Mapping[str, Any] | None = None,
        key: str = "e",
    ) -> None:
        self.viewer = viewer
        self.is_only_shown = drawn is None
        self.is_view = isinstance(drawn, View)
        self.is_form = isinstance(drawn, View) and drawn.type == "modal"
        self.errors: Mapping[str, str] = drawn.errors if isinstance(drawn, View) else {}
        self._workspace = workspace
        self._drawn = drawn
        self._key = key
        self._values = values or (drawn.values if isinstance(drawn, View) else {})

    @property
    def key(self) -> str:
        """What ids of this message's or view's elements begin with."""
        if isinstance(self._drawn, View):
            return self._drawn.id
        return f"e-{self._drawn.ts}" if self._drawn else self._key

    def url(self, act: str) -> str:
        """Where an act on an element of it is posted."""
        return act_url(self._workspace, self.viewer, self._drawn, act)

    def vals(self, block: Json, element: Json, **more: Any) -> Json:
        """The fields that say which element was used."""
        return {"block_id": block["block_id"], "action_id": element["action_id"], **more}

    def text(self, element: Json) -> Markup:
        """A text object."""
        if element["type"] == "mrkdwn":
            return self.mrkdwn(element["text"])
        return Markup("<br>").join(with_signs(line) for line in element["text"].split("\n"))

    def mrkdwn(self, text: str) -> Markup:
        """A mrkdwn text."""
        return to_html(self._workspace, self.viewer, text)

    def link(self, url: str, text: str | None) -> Markup:
        """A link of a rich text."""
        return link(url, text or url)

    def mention(self, user: str) -> Markup:
        """Somebody named in a rich text."""
        return mention(f"@{self.name_of(user)}", is_me=user == self.viewer)

    def name_of(self, user: str) -> str:
        """A person's name, or the id of one who is not there."""
        person = self._workspace.people.get(user)
        return person.real_name if person else user

    def channel_name(self, channel: str) -> str:
        """A channel's name, or the id of one that is not there."""
        found = self._workspace.channels.get(channel)
        return found.name if found else channel

    def date(self, element: Json) -> Markup:
        """A date of a rich text, in the viewer's zone."""
        mark = f"<!date^{element['timestamp']}^{element['format']}|{element.get('fallback', '')}>"
        return self.mrkdwn(mark)

    def emoji(self, element: Json) -> str:
        """An emoji as its character where its code is known."""
        code = element.get("unicode", "")
        return "".join(chr(int(part, 16)) for part in code.split("-")) if code else f":{element['name']}:"

    def options(self, element: Json) -> list[tuple[str, str]]:
        """What can be picked in a select, as value and words."""
        kind = element["type"].removeprefix("multi_")
        if kind == _PEOPLE:
            people = self._workspace.people.values()
            return [(one.id, one.real_name) for one in people if not one.is_bot and not one.deleted]
        if kind in _CHANNELS:
            channels = self._workspace.channels.values()
            return [(one.id, f"#{one.name}") for one in channels if one.kind in ("channel", "group")]
        return [(option["value"], option["text"]["text"]) for option in every_option(element)]

    def chosen(self, block: Json, element: Json) -> list[str]:
        """The values picked or the text typed so far."""
        state: Json = self._values.get(block["block_id"], {}).get(element["action_id"], {})
        held: Any = next((value for name, value in state.items() if name != "type" and value), [])
        return [_value(each) for each in (held if isinstance(held, list) else [held])]

    def typed(self, block: Json, element: Json) -> str:
        """The text or date in an input, as the browser's own fields want it."""
        held = "".join(self.chosen(block, element)[:1])
        if element["type"] == "datetimepicker" and held:
            zone = ZoneInfo(self._workspace.person(self.viewer).tz)
            return f"{datetime.fromtimestamp(int(held), UTC).astimezone(zone):%Y-%m-%dT%H:%M}"
        return held


def act_url(workspace: Workspace, viewer: str, drawn: Message | View | None, act: str) -> str:
    """The address an act of `viewer` on a message or view is posted to."""
    who = quote(workspace.person(viewer).name, safe="")
    if isinstance(drawn, View):
        return f"/as/{who}/view/{drawn.id}/{act}"
    if isinstance(drawn, Message):
        return f"/as/{who}/message/{drawn.channel}/{drawn.ts}/{act}"
    return f"/as/{who}/{act}"


def _value(held: Any) -> str:
    if isinstance(held, dict) and "value" in held:
        return str(held["value"])
    if isinstance(held, dict):
        return _words(held)
    return str(held)


def _words(rich: Json) -> str:
    """The plain text of a rich text, for a field that holds only that."""
    parts = rich.get("elements", [])
    return "\n".join("".join(each.get("text", "") for each in part.get("elements", [])) for part in parts)
