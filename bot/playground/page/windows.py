"""The open windows of the page: each is told, as server-sent events, what has changed before its viewer."""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from bot.playground.log import Happening
from bot.playground.page.drawing import Drawing
from bot.playground.page.seen import HOME
from bot.playground.records import Message
from bot.playground.workspace import Workspace

TOGETHER = 0.1
"""Seconds in which news are gathered, so that many at once are drawn once."""
AT_LEAST_EVERY = 1.0
LATEST_TROUBLES = 20
_OF_MESSAGES = frozenset({"posted", "updated", "deleted", "ephemeral", "reaction_added", "reaction_removed"})


@dataclass(eq=False, slots=True)
class Window:
    """One window: who looks at what, with what is to be drawn anew in it."""

    user: str
    slug: str
    channel: str | None
    query: str
    clock: str
    news: asyncio.Event = field(default_factory=asyncio.Event)
    messages: dict[str, tuple[Message, bool, bool]] = field(default_factory=dict)
    """By ts: the newest state of a message, whether it is new to the window, and whether it is gone."""
    notices: list[Happening] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)

    def take(self, entry: Happening) -> None:
        """Note what of a happening concerns this window."""
        message = entry.message
        if message and entry.kind in _OF_MESSAGES and self._shows(message):
            _, is_new, _ = self.messages.get(message.ts, (message, False, False))
            is_new = is_new or entry.kind in ("posted", "ephemeral")
            self.messages[message.ts] = (message, is_new, entry.kind == "deleted")
        if entry.kind == "trouble" and entry.user == self.user:
            self.notices.append(entry)
        self.news.set()

    def _shows(self, message: Message) -> bool:
        return message.channel == self.channel and message.ephemeral_to in (None, self.user)


class Windows:
    """All of them. `mark` is where the log stands, so that a window misses nothing between its page and its events."""

    def __init__(self, workspace: Workspace, drawing: Drawing) -> None:
        self._workspace = workspace
        self._drawing = drawing
        self._epoch = secrets.token_hex(4)
        self._open: set[Window] = set()
        self._troubles: deque[Happening] = deque(maxlen=LATEST_TROUBLES)
        self.close = workspace.log.subscribe(self._take)

    @property
    def mark(self) -> str:
        """The last happening so far, good for as long as this server runs."""
        return f"{self._epoch}.{len(self._workspace.log.entries)}"

    def stir(self) -> None:
        """Have every window look again at the parts that are not in the log: the clock, a form's errors."""
        for window in self._open:
            window.news.set()

    async def events(self, window: Window, since: str) -> AsyncIterator[str]:
        """The events of a window for as long as it is open; `since` is the mark it was drawn at."""
        epoch, _, seen = since.partition(".")
        if epoch != self._epoch or not seen.isdigit():
            yield _event("reload", "", self.mark)
            return
        for entry in self._workspace.log.entries[int(seen) :]:
            window.take(entry)
        self._open.add(window)
        try:
            while True:
                mark, html = self.mark, "".join(self._changes(window))
                yield _event("patch", html, mark) if html else ": still here\n\n"
                await _something_new(window)
        finally:
            self._open.discard(window)

    def _take(self, entry: Happening) -> None:
        if entry.kind in ("refused", "trouble"):
            self._troubles.appendleft(entry)
        for window in self._open:
            window.take(entry)

    def _changes(self, window: Window) -> Iterator[str]:
        window.news.clear()
        messages, window.messages = window.messages, {}
        notices, window.notices = window.notices, []
        for message, is_new, is_gone in messages.values():
            yield from self._message(window, message, is_new, is_gone)
        if messages and window.channel:
            self._drawing.marks.read(self._workspace, window.user, window.channel)
        for entry in notices:
            yield f'<div data-into="notices">{self._trouble(entry)}</div>'
        for name, html in self._parts(window):
            if window.parts.get(name) != html:
                window.parts[name] = html
                yield html

    def _message(self, window: Window, message: Message, is_new: bool, is_gone: bool) -> Iterator[str]:
        if is_gone and self._workspace.shelf.find(message.channel, message.ts) is None:
            yield f'<i id="t-{message.ts}" data-gone></i>'
            return
        shelf = self._workspace.shelf
        now = shelf.find(message.channel, message.ts) or shelf.find_ephemeral(message.channel, message.ts) or message
        yield self._drawing.post(window.user, now) if is_new else self._drawing.article(window.user, now)

    def _parts(self, window: Window) -> Iterator[tuple[str, str]]:
        yield "places", self._drawing.places(window.user, window.slug, window.query)
        yield "forms", self._drawing.forms(window.user)
        if window.slug == HOME and window.channel is None:
            yield "home", self._drawing.home(window.user)
        yield "refusals", self._drawing.refusals(self._troubles)
        yield from self._drawing.backstage(window.user, window.clock).items()

    def _trouble(self, entry: Happening) -> str:
        why = entry.detail.get("messages") or (entry.detail.get("body") or "",)
        return self._drawing.notice("The app did not take it.", str(entry.detail.get("error")), tuple(map(str, why)))


async def _something_new(window: Window) -> None:
    try:
        async with asyncio.timeout(AT_LEAST_EVERY):
            await window.news.wait()
    except TimeoutError:
        return  # the clock may show another minute
    await asyncio.sleep(TOGETHER)


def _event(name: str, html: str, mark: str) -> str:
    lines = "".join(f"data: {line}\n" for line in html.splitlines()) or "data:\n"
    return f"event: {name}\nid: {mark}\n{lines}\n"
