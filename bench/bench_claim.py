"""A signed ``/claim`` through the whole program, against a bare Bolt handler with one durable commit."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

import httpx

from bench import bare_bolt, null_slack
from bench.commands_sent import Typed, send_all, signed
from bench.firm import a_folder, a_question, database_in, firm_of, store
from bench.report import Measurement, interleaved
from commands.outgoing import Posting
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork

ROUNDS, EACH = 7, 1_000
TARGET = 0.5
SECRET = "a-signing-secret"
PATIENCE = 30.0
"""Seconds for a server to begin."""


def measure() -> list[Measurement]:
    with a_folder() as folder, _slack() as slack, _program(folder, slack) as ours, _floor(folder) as floor:
        rates = interleaved(ours.rate, floor.rate, ROUNDS)
    return [Measurement("a signed /claim", rates.ours, rates.floor, "a second", rates.ratio, TARGET)]


class Server:
    """One side, in a process of its own that stands still while the other is measured."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, answer: str) -> None:
        self._process = process
        self._port = port
        self._answer = answer.encode()
        self._numbers = count(1)
        self._people = cycle(("U0ANN", "U0BOB", "U0CARA"))

    def rate(self) -> float:
        """Claims a second, each of another question."""
        numbers = [next(self._numbers) for _ in range(EACH)]
        typed = [Typed(f"Q-{number}", next(self._people), f"{number}.1.abcdef") for number in numbers]
        requests = [signed(one, SECRET) for one in typed]
        self._process.send_signal(signal.SIGCONT)
        try:
            return asyncio.run(send_all(self._port, requests, self._answer))
        finally:
            self._process.send_signal(signal.SIGSTOP)


@contextmanager
def _program(folder: Path, slack: str) -> Iterator[Server]:
    """``podline serve`` with the firm's questions, whose cards hang already."""
    url = database_in(folder)
    _ask(url)
    port = free_port()
    settings = {
        "PODLINE_DATABASE_URL": url,
        "PODLINE_PORT": str(port),
        "SLACK_BOT_TOKEN": null_slack.TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack,
    }
    with running(folder, "bot", "serve", **settings) as process:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        yield Server(process, port, "is yours")


@contextmanager
def _floor(folder: Path) -> Iterator[Server]:
    port = free_port()
    with running(folder, "bench.bare_bolt", str(port), str(folder), SECRET) as process:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield Server(process, port, bare_bolt.DONE)


@contextmanager
def _slack() -> Iterator[str]:
    port = free_port()
    with a_folder() as folder, running(folder, "bench.null_slack", str(port)) as process:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/api/"


def _ask(url: str) -> None:
    engine = open_engine(url)
    new_uow = UnitsOfWork(engine)
    firm = firm_of(new_uow)
    now = datetime.now(UTC)
    stored = store(new_uow, (a_question(firm, "Night", now) for _ in range((ROUNDS + 1) * EACH)), firm)
    with new_uow() as uow:
        for question in stored:
            place = firm.pods[question.pod].channel
            uow.postings.put_card(
                Posting(question.number, place, f"1790000000.{question.number:06}", question.revision)
            )
        uow.commit()
    engine.dispose()


@contextmanager
def running(folder: Path, module: str, *arguments: str, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    """``python -m module`` with these settings and no others; its log is shown where it ends by itself."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent), **settings}
    with (
        (folder / f"{module}.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", module, *arguments], cwd=folder, env=environment, stdout=log, stderr=log
        ) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url).status_code in (200, 404):
                return
        except httpx.TransportError:
            pass  # it does not listen yet
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not answer.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
