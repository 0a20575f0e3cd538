"""The buttons of the backstage: the clock, leave, the tour, beginning again."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from multidict import MultiDictProxy

from bot.playground.page.backstage import Backstage, NotPossible
from bot.playground.page.drawing import Drawing
from bot.playground.page.windows import Windows

Form = MultiDictProxy[str | bytes | bytearray | web.FileField]


class Errands:
    """Routes for what a visitor does to the stage itself."""

    def __init__(self, backstage: Backstage, drawing: Drawing, windows: Windows) -> None:
        self._backstage = backstage
        self._drawing = drawing
        self._windows = windows

    def routes(self) -> list[tuple[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]]:
        """Path and handler of each."""
        return [
            ("/backstage/clock", self._answering(lambda form: self._backstage.move(_text(form, "move")))),
            ("/backstage/ill", self._answering(lambda form: self._backstage.fall_ill(_text(form, "user")))),
            ("/backstage/calendar", self._answering(self._calendar)),
            ("/backstage/play", self._answering(lambda form: self._backstage.play(_text(form, "scene")))),
            ("/backstage/direct", self._answering(lambda form: self._backstage.direct(_text(form, "act")))),
            ("/backstage/start-over", self._answering(lambda _: self._backstage.start_over())),
        ]

    def _answering(
        self, errand: Callable[[Form], Awaitable[str | None]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                words = await errand(await request.post())
            except NotPossible as why:
                return web.Response(status=422, text=self._drawing.notice(str(why), "-"), content_type="text/html")
            self._windows.stir()
            if words:
                return web.Response(text=self._drawing.done(words), content_type="text/html")
            return web.Response(status=204)

        return answer

    async def _calendar(self, form: Form) -> str:
        file = form.get("calendar")
        if not isinstance(file, web.FileField) or not file.filename:
            raise NotPossible("Choose a calendar file (.ics) first, or drop one.")
        return await self._backstage.take_calendar(_text(form, "user"), file.filename, file.file.read())


def _text(form: Form, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
