"""Processes of the program that begin at once: forked from one that has loaded it, for loading takes longest.

Each is a process as the shell would start it: arguments, environment, folder and log of its own, to be killed with -9.
``tests/bot/cli`` starts the program itself. Run as a module this is the process that forks.
"""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from tests.shared import ROOT


@dataclass
class Process:
    """One that was started; ``returncode`` is None while it lives, minus the signal's number when one ended it."""

    pid: int
    returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        while self.returncode is None:
            await asyncio.sleep(0.005)
        return self.returncode


def start(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str], log: Path) -> Process:
    """Run ``podline`` with these arguments; what it prints is added to ``log``."""
    return _parent().fork({"argv": [*arguments], "cwd": str(cwd), "env": dict(environment), "log": str(log)})


class _Parent:
    """The process that has loaded the program, and the news of its children. It ends when ours does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.forked"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._children: dict[int, Process] = {}
        self._told = threading.Condition()
        self._born: list[Process] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def fork(self, wanted: dict[str, Any]) -> Process:
        assert self._process.stdin is not None
        with self._told:
            self._process.stdin.write(json.dumps(wanted).encode() + b"\n")
            self._process.stdin.flush()
            assert self._told.wait_for(lambda: self._born, timeout=60), "the process that forks does not answer"
            return self._born.pop()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            pid, code = json.loads(line)
            with self._told:
                if code is None:
                    self._children[pid] = Process(pid)
                    self._born.append(self._children[pid])
                    self._told.notify()
                else:
                    self._children.pop(pid).returncode = code


@cache
def _parent() -> _Parent:
    return _Parent()


def _serve() -> None:
    """Fork for each line of standard input; tell of each birth and death in a line of standard output."""
    import bot.app
    import bot.cli.app
    import bot.cli.serve  # noqa: F401

    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_of_the_dead()
        if 0 in ready:
            line = _read_line()
            if not line:
                return
            wanted = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _be(wanted)
            _tell(pid, None)


def _read_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        read = os.read(0, 1)
        if not read:
            return b""
        line += read
    return line


def _tell_of_the_dead() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell(pid, os.waitstatus_to_exitcode(status))


def _tell(pid: int, code: int | None) -> None:
    os.write(1, json.dumps([pid, code]).encode() + b"\n")


def _be(wanted: dict[str, Any]) -> NoReturn:
    """The child: become what the shell would have started."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(wanted["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for kept, ours in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(kept, ours)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    sys.argv = ["podline", *wanted["argv"]]
    from bot.__main__ import main

    code = 1
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
