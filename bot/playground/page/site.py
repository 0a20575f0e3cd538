"""The pages and their live events, on the stand-in's own server."""

import importlib.resources
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web
from markupsafe import Markup

from bot.playground.errors import SlackError
from bot.playground.page import manual, seen
from bot.playground.page.acts import Acts
from bot.playground.page.backstage import Backstage
from bot.playground.page.drawing import Drawing
from bot.playground.page.errands import Errands
from bot.playground.page.gallery import walls
from bot.playground.page.guard import guarded
from bot.playground.page.windows import Window, Windows
from bot.playground.people import People
from bot.playground.workspace import Workspace

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}
_STATIC = importlib.resources.files("bot.playground.page") / "static"


class Site:
    """Everything under `/`; `people` comes to life with the server, so it is asked for when it is needed."""

    def __init__(self, workspace: Workspace, people: Callable[[], People], backstage: Backstage | None) -> None:
        self._workspace = workspace
        self._people = people
        self._backstage = backstage
        self._drawing = Drawing(workspace, lambda message: people().values_in(message), backstage)
        self._windows = Windows(workspace, self._drawing)
        self._unsubscribe = backstage.on_change(self._windows.stir) if backstage else None

    def close(self) -> None:
        """Look no more at what happens."""
        self._windows.close()
        if self._unsubscribe:
            self._unsubscribe()

    def routes(self) -> list[web.RouteDef]:
        """All of them, guarded."""
        pages = {
            "/": self._front,
            "/as/{who}": self._front_of,
            "/as/{who}/in/{slug}": self._place,
            "/as/{who}/live/{slug}": self._live,
            "/static/{name}": self._static,
            "/files/{file}": self._file,
            "/gallery": self._gallery,
            "/manual": self._manual,
            "/manual/{name}": self._manual,
        }
        acts = Acts(self._workspace, self._people, self._drawing, self._windows).routes()
        if self._backstage:
            acts += Errands(self._backstage, self._drawing, self._windows).routes()
        return [
            *(web.get(path, guarded(page)) for path, page in pages.items()),
            *(web.post(path, guarded(act)) for path, act in acts),
        ]

    async def _front(self, request: web.Request) -> web.StreamResponse:
        people = [one for one in self._workspace.people.values() if not one.is_bot]
        if not people:
            return web.Response(text="Nobody is in this workspace yet.")
        raise web.HTTPFound(self._first_of(people[0].id))

    async def _front_of(self, request: web.Request) -> web.StreamResponse:
        try:
            raise web.HTTPFound(self._first_of(seen.user_named(self._workspace, request.match_info["who"])))
        except SlackError as refusal:
            return _lost(refusal)

    async def _place(self, request: web.Request) -> web.StreamResponse:
        try:
            window = self._window(request)
        except SlackError as refusal:
            return _lost(refusal)
        if window.channel is None:
            self._open_home(window.user)
        return web.Response(text=self._page(window), content_type="text/html")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        try:
            window = self._window(request)
        except SlackError as refusal:
            return _lost(refusal)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b"retry: 500\n\n")
        since = request.headers.get("Last-Event-ID") or request.query.get("since", "")
        try:
            async for event in self._windows.events(window, since):
                await response.write(event.encode())
        except ConnectionResetError:
            return response  # the window was closed
        return response

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        file = self._renderer().get(name, _STATIC / name)
        kind = _TYPES.get(name.rpartition(".")[2])
        if kind is None or "/" in name or not file.is_file():
            return web.Response(status=404, text="There is no such file.")
        return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8")

    def _renderer(self) -> dict[str, Path]:
        """The scripts of Microsoft's renderer of cards by name; none where it is not installed."""
        scripts = self._backstage.renderer if self._backstage else ()
        return {file.name: file for file in scripts} if all(file.is_file() for file in scripts) else {}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A picture the app has uploaded is shown; a file somebody dropped is to be saved, never a page of ours."""
        try:
            content = self._workspace.files.content(request.match_info["file"])
        except SlackError as refusal:
            return _lost(refusal)
        file = request.match_info["file"]
        if self._workspace.files.is_shown(file):
            return web.Response(body=content, content_type="image/png")
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=content, content_type="application/octet-stream", headers=headers)

    async def _gallery(self, request: web.Request) -> web.StreamResponse:
        """Everything the app can show, once each, as the first person sees it."""
        if self._backstage is None:
            return web.Response(status=404, text="There is no gallery here.")
        viewer = next(one.id for one in self._workspace.people.values() if not one.is_bot)
        theirs = self._renderer()
        hung = walls(self._drawing, viewer, await self._backstage.gallery(), by_microsoft=bool(theirs))
        scripts = [*theirs, "cards.js"] if theirs else []
        return web.Response(
            text=self._drawing.page("gallery.html", walls=hung, scripts=scripts), content_type="text/html"
        )

    async def _manual(self, request: web.Request) -> web.StreamResponse:
        """A page of the manual; the list of them where none is named."""
        folder = self._backstage.manual if self._backstage else None
        names = manual.pages(folder) if folder else []
        name = request.match_info.get("name", "")
        body = manual.read(folder, name) if folder and name else Markup("<h1>The manual</h1>")
        if body is None:
            return web.Response(status=404, text=f"The manual has no page {name}. There are: {', '.join(names)}.")
        html = self._drawing.page("reading.html", title=name or "The manual", names=names, body=body)
        return web.Response(text=html, content_type="text/html")

    def _open_home(self, user: str) -> None:
        """The app hears that its home tab is looked at, and may draw it: that comes as an event."""
        people = self._people()
        people.in_background(people.open_home(user))

    def _first_of(self, user: str) -> str:
        return seen.address(self._workspace, user, seen.first_place(self._workspace, user))

    def _window(self, request: web.Request) -> Window:
        user = seen.user_named(self._workspace, request.match_info["who"])
        slug = request.match_info["slug"]
        place = seen.place_named(self._workspace, user, slug)
        clock = request.query.get("clock", "")
        query = urlencode({"clock": clock}) if clock else ""
        return Window(user, slug, place.id if place else None, query, clock)

    def _page(self, window: Window) -> str:
        workspace, drawing, user = self._workspace, self._drawing, window.user
        me = workspace.person(user)
        channel = workspace.channel(window.channel) if window.channel else None
        if channel:
            drawing.marks.read(workspace, user, channel.id)
        mark = self._windows.mark
        live = f"/as/{quote(me.name, safe='')}/live/{quote(window.slug, safe='')}?{window.query}&since={mark}"
        panels = drawing.backstage(user, window.clock)
        clocks = [one.name for one in self._backstage.clocks()] if self._backstage else []
        offers = [] if workspace.is_outside(user) else workspace.installation.offers
        return drawing.page(
            "workspace.html",
            workspace=workspace,
            me=me,
            role=self._role(user),
            people=self._people_to_be(window),
            insiders=[one for one in workspace.people.values() if not one.is_bot and not workspace.is_outside(one.id)],
            mentionable=[one for one in workspace.people.values() if one.id != "USLACKBOT" and one.id != user],
            commands=[offer for offer in offers if offer.kind == "command"],
            live=live,
            say=f"/as/{quote(me.name, safe='')}/say/{channel.id}" if channel and not channel.is_archived else "",
            title=self._title(window),
            sign=seen.sign_of(channel) if channel and channel.kind in ("channel", "group") else "",
            topic=channel.topic if channel else "",
            is_home=channel is None,
            home=drawing.home(user) if channel is None else "",
            posts=drawing.posts(user, seen.posts(workspace, user, channel.id)) if channel else "",
            places=drawing.places(user, window.slug, window.query),
            has_backstage=self._backstage is not None,
            first_scene=self._backstage.tour().scenes[0].name if self._backstage else "",
            clock_names=clocks,
            chosen=window.clock,
            clock=panels.get("clock", ""),
            tour=panels.get("tour", ""),
            caption=panels.get("caption", ""),
        )

    def _title(self, window: Window) -> str:
        channel = self._workspace.channels.get(window.channel or "")
        app = self._workspace.person(self._workspace.app.bot_user_id).real_name
        if channel is None:
            return f"{app}: Home"
        if channel.kind == "im":
            return app
        others = sorted(self._workspace.person(one).real_name for one in channel.members - {window.user})
        return channel.name if channel.kind != "mpim" else ", ".join(others)

    def _role(self, user: str) -> str:
        if self._workspace.is_outside(user):
            return "from outside"
        return self._backstage.role_of(user) if self._backstage else ""

    def _people_to_be(self, window: Window) -> list[dict[str, Any]]:
        """Everybody one can act as, each where the window is now if they may be there."""
        return [
            {
                "name": one.real_name,
                "role": self._role(one.id),
                "is_me": one.id == window.user,
                "is_guest": self._workspace.is_outside(one.id),
                "url": seen.address(self._workspace, one.id, self._slug_for(one.id, window), window.query),
            }
            for one in self._workspace.people.values()
            if not one.is_bot and not one.deleted
        ]

    def _slug_for(self, user: str, window: Window) -> str:
        try:
            seen.place_named(self._workspace, user, window.slug)
        except SlackError:
            return seen.first_place(self._workspace, user)
        return window.slug


def _lost(refusal: SlackError) -> web.Response:
    return web.Response(status=404, text=f"There is nothing here for this person ({refusal.code}). Back to: /")
