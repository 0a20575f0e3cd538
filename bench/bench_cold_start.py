"""From ``podline demo`` to the first card on its page in a browser: nobody should wait longer than ten seconds."""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bench.report import Direction, Measurement

ROOT = Path(__file__).resolve().parent.parent
AT_MOST, TRIES = 10.0, 3
"""Seconds, and how often it is tried: the best counts, for what else the machine does is not the demo's doing."""


def measure() -> list[Measurement]:
    """Real seconds beside those a newcomer is asked for; nothing without Chromium."""
    chromium = os.environ.get("PODLINE_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("No Chromium here, so the cold start is not measured: apt install chromium", file=sys.stderr)
        return []
    took = asyncio.run(_best(chromium))
    return [
        Measurement(
            "demo: to the first card in the browser", took, AT_MOST, "s", took / AT_MOST, 1.0, Direction.AT_MOST
        )
    ]


async def _best(chromium: str) -> float:
    took = []
    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(TRIES):
            page = await browser.new_page()
            begun = time.perf_counter()
            with tempfile.TemporaryDirectory(prefix="podline-bench-") as folder:
                await first_card(page, Path(folder))
            took.append(time.perf_counter() - begun)
            await page.context.close()
        await browser.close()
    return min(took)


async def first_card(page: Page, folder: Path) -> None:
    """Start the demo in ``folder`` as a newcomer does, open its page, wait for a card, and end the demo."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "39471", cwd=folder, env=environment,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert demo.stdout is not None
        said = b""
        while not (address := re.search(rb"Open (http://\S+) in a browser", said)):
            line = await demo.stdout.readline()
            assert line, said
            said += line
        await page.goto(f"{address[1].decode()}/as/cara/in/north")
        await page.locator("#messages .message").first.wait_for(timeout=60_000)
    finally:
        demo.terminate()
        await demo.communicate()
