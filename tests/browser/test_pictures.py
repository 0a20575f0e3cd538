"""The pictures of README and docs come out of the tour as it is today."""

import pytest
from playwright.async_api import Browser

from bot.demo.stage import Stage
from tests.browser.pictures import SIZE, make
from tests.shared import ROOT

MODEST = 700_000
"""Bytes of a picture in the repository, at most."""


@pytest.mark.parametrize("pace", [1.0])
async def test_the_tour_makes_its_pictures_at_a_modest_size(stage: Stage, browser: Browser) -> None:
    page = await browser.new_page(viewport=SIZE)  # type: ignore[arg-type]

    made = await make(page, stage)

    assert set(made) == {"tour.png", "two-windows.png"}
    assert all(picture.startswith(b"\x89PNG") and len(picture) < MODEST for picture in made.values())
    assert made["tour.png"].count(b"fcTL") == 4


def test_the_pictures_are_in_the_repository() -> None:
    for name in ("tour.png", "two-windows.png"):
        assert (ROOT / "docs" / "images" / name).stat().st_size < MODEST
