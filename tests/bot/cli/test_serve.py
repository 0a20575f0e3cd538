"""`podline serve` as a process of its own: where it listens, how it ends, what it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.shared import ROOT

COMMAND = [sys.executable, "-m", "bot", "serve"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PODLINE_", "SLACK_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PODLINE_PORT": "0", **more}


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, "--api-only"],
        cwd=folder,
        env=environment(folder, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://\S+?(?= )", said)
        assert address, said
        yield process, address[0]
    finally:
        process.kill()
        process.communicate()


def test_it_says_where_it_listens_and_ends_in_good_order_when_told_to(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        alive = httpx.get(f"{address}/healthz")
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=15)

    assert alive.json() == {"alive": True}
    assert code == 0
    assert (tmp_path / "podline.db").exists()


def test_a_second_one_on_the_same_file_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, _):
        second = subprocess.run(
            [*COMMAND, "--api-only"],
            cwd=tmp_path,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=30,
        )

    assert second.returncode == 1
    assert f"already being served by process {process.pid}" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = subprocess.run(
            [*COMMAND, "--api-only"],
            cwd=tmp_path,
            env=environment(tmp_path, PODLINE_PORT=port),
            capture_output=True,
            text=True,
            timeout=30,
        )

    assert refused.returncode == 1
    assert f"Port {port} of 127.0.0.1 is taken" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_nothing_configured_says_how_to_begin(tmp_path: Path) -> None:
    refused = subprocess.run(
        COMMAND, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=30
    )

    assert refused.returncode == 1
    assert "podline demo" in refused.stderr
    assert not (tmp_path / "podline.db").exists()
