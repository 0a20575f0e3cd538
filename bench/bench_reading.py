"""What people look at all day, in a firm of 40 people and 2,000 clients with 50,000 past questions, within 300 ms."""

import time
from collections.abc import Callable
from functools import partial
from itertools import count
from statistics import median

from bench.firm import MONDAY, a_folder
from bench.large_firm import BUSIEST, PAST, a_large_firm, user
from bench.report import Direction, Measurement
from bot.memory import keep_what_is_there
from bot.slack.home import to_home
from bot.slack.render import to_message
from commands.home import home
from commands.invocation import Invocation
from commands.ports import NewUnitOfWork
from commands.run import run

ROUNDS = 15
LIMIT = 300.0
"""Milliseconds until it is drawn for Slack. The processor's: a machine that is busy with other things makes everything
slower, and there is no floor beside it that would be slowed down as much."""
MANAGER, MEMBER = 0, 5
LINES = ("mine", f"who {BUSIEST}", f"client {BUSIEST}", "client C7", f"client {BUSIEST} about vat 90,000")


def measure() -> list[Measurement]:
    with a_folder() as folder, a_large_firm(folder) as new_uow:
        keep_what_is_there()  # as serve does
        lines = {line: partial(_answer, new_uow, line, count()) for line in LINES}
        homes = {
            "the home of a manager": partial(_open_home, new_uow, MANAGER),
            "the home of a member": partial(_open_home, new_uow, MEMBER),
        }
        return [_measured(name, look) for name, look in (lines | homes).items()]


def _measured(name: str, look: Callable[[], None]) -> Measurement:
    look()
    ours = 1000 * median(_busy(look) for _ in range(ROUNDS))
    name = f"{name}, with {PAST:,} past questions"
    return Measurement(name, ours, LIMIT, "ms", ours / LIMIT, 1.0, Direction.AT_MOST)


def _busy(look: Callable[[], None]) -> float:
    """Seconds of the processor."""
    began = time.process_time()
    look()
    return time.process_time() - began


def _answer(new_uow: NewUnitOfWork, line: str, numbers: "count[int]") -> None:
    reply = run(Invocation(line, user(MANAGER), f"{line}:{next(numbers)}"), new_uow, MONDAY)
    blocks = to_message(reply, {})["blocks"]
    if len(blocks) < _LEAST:
        raise AssertionError(f"{line} was answered with {blocks}, so its speed says nothing.")


_LEAST = 2


def _open_home(new_uow: NewUnitOfWork, person: int) -> None:
    if len(to_home(home(user(person), new_uow, MONDAY), {})["blocks"]) < _LEAST:
        raise AssertionError("The home is empty, so its speed says nothing.")
