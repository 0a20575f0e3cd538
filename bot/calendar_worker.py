"""Work on bytes from outside, done in a process of its own that is ended when it takes too long or too much memory."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from bot.errors import PlainError
from coverage.leave.rules import SeriesRefused

Result = TypeVar("Result")

SECONDS = 30.0
"""How long a whole calendar may take."""
SECONDS_A_SERIES = 3.0
"""How long one series of a calendar may take; the others go on."""
_AGAIN = 0.5
"""Seconds after which a series that goes on is stopped again: what is raised in a destructor or callback is lost."""
MEMORY_MB = 1000
"""Address space of the worker; the interpreter and its libraries take a few hundred."""
_LONGEST_REASON = 300


class TooMuch(PlainError):
    """The work was ended because it took too long, too much memory, or broke the process that did it."""


def run_capped(
    function: Callable[..., Result], *args: object, seconds: float = SECONDS, memory_mb: int = MEMORY_MB
) -> Result:
    """Call ``function`` (of a module, importable) in a new process; arguments and result are pickled.

    Raises what ``function`` raises, and TooMuch when it needs more than ``seconds`` of real time or ``memory_mb`` of
    address space (where the system can limit it), or takes its process down. Nothing is forked: safe beside threads.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", __name__, str(memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    ) as process:
        try:
            answer, said = process.communicate(pickle.dumps((function, args)), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise TooMuch(f"Reading it took longer than {seconds:g} seconds and was stopped.") from None
        finally:
            process.kill()
    if process.returncode != 0 or not answer:
        raise TooMuch(f"Reading it broke the process that did it: {_last_line(said) or _why(process.returncode)}.")
    is_done, value = pickle.loads(answer)
    if is_done:
        return cast("Result", value)
    if isinstance(value, MemoryError):
        raise TooMuch(f"Reading it needed more than {memory_mb} MB of memory and was stopped.")
    raise value


@contextmanager
def watched_series(seconds: float = SECONDS_A_SERIES, again: float = _AGAIN) -> Iterator[None]:
    """Ends one series of a calendar after so many seconds by raising SeriesRefused; for the worker's main thread."""
    before = signal.signal(signal.SIGALRM, _refuse)
    signal.setitimer(signal.ITIMER_REAL, seconds, again)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _refuse(signal_number: int, frame: object) -> None:
    raise SeriesRefused(f"working it out takes longer than {SECONDS_A_SERIES:g} seconds")


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:_LONGEST_REASON].rstrip(".") if lines else ""


def _why(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _work(memory_mb: int) -> None:
    """The worker's side. Standard output belongs to the answer alone, whatever the work prints."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(memory_mb)
    with out:
        out.write(_answer(sys.stdin.buffer.read()))


def _answer(work: bytes) -> bytes:
    try:
        function, args = pickle.loads(work)
        return pickle.dumps((True, function(*args)))
    except MemoryError:
        return pickle.dumps((False, MemoryError()))
    except Exception as error:  # noqa: BLE001 - raised again where the work was asked for
        return _failure(error)


def _failure(error: Exception) -> bytes:
    answer = pickle.dumps((False, error))
    try:
        pickle.loads(answer)
    except Exception:  # noqa: BLE001 - an exception that cannot be built again from its pickle
        return pickle.dumps((False, PlainError(f"{type(error).__name__}: {error}")))
    return answer


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "linux":  # elsewhere the address space cannot be limited, only the time
        return
    import resource

    most = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    _work(int(sys.argv[1]))
