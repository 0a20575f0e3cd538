"""The pictures of the page in README: two people's windows side by side and a short animation, made by the tour itself.

``make picture`` (``python -m tests.browser.pictures FOLDER``) makes them anew.
"""

import asyncio
import struct
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bot.demo.backstage import DemoBackstage
from bot.demo.stage import Stage
from tests.browser.conftest import CHROMIUM

SIZE = {"width": 1120, "height": 860}
SMALL = {"width": 560, "height": 616}
SECONDS = 5
"""How long each picture of the animation stands."""
CLICKS = "press Claim in the same instant"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


async def make(page: Page, stage: Stage) -> dict[str, bytes]:
    """The pictures by file name: the first story of the tour, a picture of each step."""
    await page.goto(f"{stage.slack.base_url}/as/cara/in/north")
    await page.get_by_role("button", name="Story 1").click()
    await expect(page.locator("#caption .step")).to_be_visible(timeout=30_000)
    await page.get_by_role("button", name="Pause").click()
    frames: list[bytes] = []
    names = {"tour.png": b"", "two-windows.png": b""}
    for number in range(1, 5):
        step = page.locator("#caption .step", has_text=f"{number} of 4")
        if not await step.is_visible():
            await page.get_by_role("button", name="One step").click()
        await expect(step).to_be_visible()
        if link := await page.locator("#caption a", has_text="Look as").get_attribute("href"):
            await page.goto(f"{stage.slack.base_url}{link}")
        await page.wait_for_timeout(700)
        frames.append(await page.screenshot())
        if CLICKS in (what := await page.locator("#caption .what").inner_text()):
            handles = ("cara", "ann") if "Cara has it" in what else ("ann", "cara")
            windows = [await _window_of(page, f"{stage.slack.base_url}/as/{who}/in/north") for who in handles]
            names["two-windows.png"] = await _side_by_side(page, windows)
    names["tour.png"] = animated(frames, SECONDS)
    return names


async def _window_of(page: Page, url: str) -> bytes:
    """What one person sees, in a small window and without the tour's words."""
    small = await _new_page(page, **SMALL)
    await small.goto(url)
    await small.evaluate("document.getElementById('caption').remove()")
    await small.evaluate("for (const one of document.querySelectorAll('.pointed')) one.classList.remove('pointed')")
    await small.evaluate("for (const one of document.querySelectorAll('.toggle, .of-message')) one.remove()")
    await small.wait_for_timeout(300)
    picture = await small.screenshot()
    await small.close()
    return picture


async def _side_by_side(page: Page, windows: Sequence[bytes]) -> bytes:
    sheet = await _new_page(page, 2 * SMALL["width"] + 76, SMALL["height"] + 52)
    frame = "border-radius: 10px; border: 1px solid #c9d2ce; box-shadow: 0 6px 22px rgb(0 0 0 / .16)"
    shown = "".join(f'<img style="{frame}" src="data:image/png;base64,{b64encode(one).decode()}">' for one in windows)
    await sheet.set_content(
        f'<body style="margin: 0; padding: 24px; display: flex; gap: 24px; background: #e6ece9">{shown}</body>'
    )
    picture = await sheet.screenshot()
    await sheet.close()
    return picture


async def _new_page(beside: Page, width: int, height: int) -> Page:
    browser = beside.context.browser
    assert browser is not None
    return await browser.new_page(viewport={"width": width, "height": height})


def animated(frames: Sequence[bytes], seconds: int) -> bytes:
    """PNGs of one size as one animated PNG that goes round and round (https://www.w3.org/TR/png-3/#apng-frame-based-animation)."""
    chunks = list(_chunks(frames[0]))
    header = next(data for kind, data in chunks if kind == b"IHDR")
    width, height = struct.unpack(">II", header[:8])
    made = [_chunk(b"IHDR", header), _chunk(b"acTL", struct.pack(">II", len(frames), 0))]
    number = 0
    for index, frame in enumerate(frames):
        made.append(_chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, width, height, 0, 0, seconds, 1, 0, 0)))
        number += 1
        for data in (data for kind, data in _chunks(frame) if kind == b"IDAT"):
            made.append(_chunk(b"fdAT", struct.pack(">I", number) + data) if index else _chunk(b"IDAT", data))
            number += 1 if index else 0
    return b"".join([_SIGNATURE, *made, _chunk(b"IEND", b"")])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def _main(folder: Path) -> None:
    async with async_playwright() as started, Stage(0, 0, DemoBackstage) as stage:
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        for name, picture in (await make(page, stage)).items():
            (folder / name).write_bytes(picture)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
