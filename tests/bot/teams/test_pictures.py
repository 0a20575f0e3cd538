"""The picture of coverage in Teams: in the message, above the same facts in words, or said to be missing."""

import base64

import pytest

from bot.calendar_worker import TooMuch
from bot.teams.pictures import MOST_BYTES, MOST_PIXELS, with_picture
from bot.teams.render import to_activity
from bot.teams_playground.tenant import Shown
from commands.views import Cell, Listing, Picture, Row, Shade
from tests.bot.teams.conftest import ANN, World

CELLS = tuple(Cell(shade.value[:2], shade) for shade in Shade)
PICTURE = Picture("Coverage", ("Mon\n23 Nov",) * len(CELLS), (("Acme", CELLS),), "0 nobody", "Coverage in words")
LISTING = Listing("Coverage", (Row(("Acme: nobody on Monday",)),), picture=PICTURE)


async def the_picture(world: World) -> Shown:
    """What Ann gets who asks for it."""
    await world.playground.people.say(ANN, "coverage picture")
    await world.settle()
    return next(one for one in world.tenant.told(ANN) if "Coverage, " in one.text)


def pictures(shown: Shown) -> list[bytes]:
    urls = [one["contentUrl"] for one in shown.activity["attachments"] if one["contentType"] == "image/png"]
    return [base64.b64decode(one.removeprefix("data:image/png;base64,")) for one in urls]


async def test_the_picture_comes_in_the_chat_with_the_same_facts_in_words(world: World) -> None:
    shown = await the_picture(world)

    [png] = pictures(shown)
    sides = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    assert max(sides) <= MOST_PIXELS
    assert "Acme Ltd" in shown.text
    assert shown.activity["attachments"][0]["name"].startswith("Coverage, ")
    assert "could not be sent" not in shown.text


@pytest.mark.parametrize("status", [400, 413])
async def test_where_teams_does_not_take_it_the_list_comes_and_says_so(world: World, status: int) -> None:
    await world.playground.people.say(ANN, "coverage picture")
    await world.teams.inbox.drain()
    await world.teams.settle()
    world.playground.misbehaviour.status("create_activity", status)
    await world.settle()

    [shown] = [one for one in world.tenant.told(ANN) if "Coverage, " in one.text]
    assert pictures(shown) == []
    assert "The picture could not be sent; here is the list." in shown.text


def _too_slow(_picture: Picture, _most: int) -> bytes:
    raise TooMuch("it took too long")


@pytest.mark.parametrize("draw", [_too_slow, lambda _picture, _most: b"x" * (MOST_BYTES + 1)])
async def test_what_cannot_be_drawn_or_is_too_large_is_said_in_words(draw: object) -> None:
    [said] = await with_picture(LISTING, to_activity(LISTING, {}), draw)  # type: ignore[arg-type]

    [card] = said["attachments"]
    title, line, *_ = card["content"]["body"]
    assert title["text"] == "Coverage"
    assert "The picture could not be sent" in str(line)


async def test_a_view_without_a_picture_has_none() -> None:
    assert await with_picture(Listing("Coverage", ()), {}) == []
