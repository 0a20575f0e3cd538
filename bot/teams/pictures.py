"""Pictures in Teams: drawn as large as Teams shows them, and sent in the message that is about them, above its card."""

import asyncio
import base64
import logging
from collections.abc import Callable
from typing import Any

from bot.calendar_worker import TooMuch
from bot.heat_map import drawn
from bot.teams.elements import small
from bot.teams.pen import ROOMS, Pen
from commands.views import Listing, Picture, View

log = logging.getLogger(__name__)

Json = dict[str, Any]
Draw = Callable[[Picture, int], bytes]
"""``bot.heat_map.drawn``: as PNG, no side longer than so many pixels."""
PNG = "image/png"
MOST_PIXELS = 900
"""Teams shows pictures of up to 1024 pixels a side (learn.microsoft.com, "Format your bot messages")."""
MOST_BYTES = 170_000
"""Of a picture: with its base64 and the card a message stays below the 256 KB at which the Bot Framework ends."""


async def with_picture(view: View, activity: Json, draw: Draw = drawn) -> list[Json]:
    """The message with the picture of its view, and with words in its place for where that is refused; only the latter
    where it cannot be drawn, and nothing for a view without one."""
    if not isinstance(view, Listing) or view.picture is None:
        return []
    without = _instead(activity)
    try:
        png = await asyncio.to_thread(draw, view.picture, MOST_PIXELS)
    except TooMuch as why:
        log.warning("A picture could not be drawn: %s", why)
        return [without]
    if len(png) > MOST_BYTES:
        log.warning("A picture of %s bytes is too large for Teams.", len(png))
        return [without]
    shown = {
        "contentType": PNG,
        "name": view.picture.alt,
        "contentUrl": f"data:{PNG};base64,{base64.b64encode(png).decode()}",
    }
    return [{**activity, "attachments": [shown, *activity["attachments"]]}, without]


def _instead(activity: Json) -> Json:
    """The card, with a line below its title."""
    first, *others = activity["attachments"]
    said = small(("The picture could not be sent; here is the list.",), Pen({}, ROOMS[0]))
    title, *rest = first["content"]["body"]
    content = {**first["content"], "body": [title, *said, *rest]}
    return {**activity, "attachments": [{**first, "content": content}, *others]}
