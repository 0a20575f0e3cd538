"""The pictures of the page in README and docs: a screenshot and a short animation of the tour, made by the tour itself.

``make picture`` (``python -m tests.browser.pictures FOLDER``) makes them anew.
"""

import asyncio
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bot.demo.backstage import DemoBackstage
from bot.demo.stage import Stage
from tests.browser.conftest import CHROMIUM

SIZE = {"width": 1120, "height": 860}
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
    names = {"tour.png": b"", "page.png": b""}
    for number in range(1, 5):
        step = page.locator("#caption .step", has_text=f"{number} of 4")
        if not await step.is_visible():
            await page.get_by_role("button", name="One step").click()
        await expect(step).to_be_visible()
        if link := await page.locator("#caption a", has_text="Look as").get_attribute("href"):
            await page.goto(f"{stage.slack.base_url}{link}")
        await page.wait_for_timeout(700)
        frames.append(await page.screenshot())
        if CLICKS in await page.locator("#caption .what").inner_text():
            names["page.png"] = frames[-1]
    names["tour.png"] = animated(frames, SECONDS)
    return names


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
