"""`podline demo` as a newcomer starts it: alone, whatever else is set up on the machine, until it is told to stop."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.demo.stage import free_port
from tests.shared import ROOT

SOMEBODY_ELSES = {
    "PODLINE_DATABASE_URL": "postgresql://nobody@db.example/x",
    "PODLINE_TICK_SECONDS": "soon",
    "SLACK_APP_TOKEN": "xapp-of-somebody",
    "SLACK_API_URL": "http://slack.example/",
    "HTTP_PROXY": "http://proxy.example:1",
}


@contextmanager
def demo(folder: Path, *options: str, stdin: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    """The program, started in a folder with settings that are none of its business."""
    (folder / ".env").write_text("PODLINE_PORT=nonsense\nSLACK_SIGNING_SECRET=of-somebody\n", encoding="utf-8")
    environment = {**os.environ, **SOMEBODY_ELSES, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *options],
        cwd=folder,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait(timeout=30)
        for pipe in (running.stdin, running.stdout, running.stderr):
            if pipe is not None:
                pipe.close()


def read_until(running: subprocess.Popen[str], words: str) -> str:
    assert running.stdout is not None
    read = ""
    while words not in read:
        line = running.stdout.readline()
        assert line, f"it ended without saying {words!r}:\n{read}\n{running.stderr.read() if running.stderr else ''}"
        read += line
    return read


def test_once_plays_both_stories_and_ends(tmp_path: Path) -> None:
    with demo(tmp_path, "--once", "--port", str(free_port())) as running:
        out, err = running.communicate(timeout=110)

    assert running.returncode == 0, err
    assert err == ""
    assert "Story 1: two click at once" in out
    assert "Story 2: nobody claims" in out
    assert "Q-2 from Borealis Bakery" in out
    assert out.endswith("The demo is over.\n")
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_it_ends_with_the_program_that_has_started_it_where_that_is_wanted(tmp_path: Path) -> None:
    """As make is, when it is killed."""
    started = [sys.executable, "-m", "bot", "demo", "--with-parent", "--port", str(free_port())]
    starts = f"import subprocess; subprocess.run({started!r})"
    parent = subprocess.Popen(
        [sys.executable, "-c", starts], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    with parent:
        read_until(parent, "Open http://127.0.0.1:")
        parent.kill()
        assert parent.stdout is not None
        said = parent.stdout.read()  # to its end: nobody holds the other end of the pipe any more

    assert said.endswith("The demo is over.\n")


def test_it_takes_lines_and_goes_on_serving_when_the_input_ends(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        taken = busy.getsockname()[1]
        with demo(tmp_path, "--port", str(taken)) as running:
            assert running.stdin is not None
            running.stdin.write("ask Acme: may we pay in two parts?\nas bob /claim Q-3\nfoo\nsee #north")
            running.stdin.close()
            out = read_until(running, "it goes on serving")

            port = re.search(r"listens on http://127.0.0.1:(\d+) \(port (\d+) is taken", out)
            assert port is not None
            assert port[2] == str(taken)
            with urllib.request.urlopen(f"http://127.0.0.1:{port[1]}/healthz", timeout=10) as alive:
                assert alive.status == 200

            running.send_signal(signal.SIGTERM)
            running.stdin = None
            rest, err = running.communicate(timeout=30)

    assert (running.returncode, err) == (0, "")
    assert "Q-3 is yours." in out
    assert "There is no “foo” here." in out
    assert "Ann Abacus sees" in out
    assert "The demo is over." in rest
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


@pytest.mark.parametrize("options", [(), ("--once",)])
def test_control_c_ends_it_cleanly(tmp_path: Path, options: tuple[str, ...]) -> None:
    with demo(tmp_path, *options, "--port", str(free_port()), stdin=subprocess.DEVNULL) as running:
        read_until(running, "Story 1")
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)

    assert "The demo is over." in out
    assert "Traceback" not in err
    assert running.returncode == (1 if options else 0)
