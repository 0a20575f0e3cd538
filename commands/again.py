"""Beginning again where somebody else was faster with the same question."""

from collections.abc import Callable
from typing import TypeVar

from commands.ports import Overtaken

TRIES = 5
Value = TypeVar("Value")


def again(act: Callable[[], Value]) -> Value:
    """What ``act`` returns; it is one transaction, begun anew when others overtake it. Raises Overtaken at last."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except Overtaken:
            continue
    return act()
