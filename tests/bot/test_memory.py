"""What is there when the program begins is left out of collections; what comes later is collected as ever."""

import gc
import weakref

from bot.memory import keep_what_is_there


class Ring:
    """Refers to itself, so that only a collection can throw it away."""

    def __init__(self) -> None:
        self.me = self


def test_what_is_there_is_kept_out_of_collections_and_what_comes_later_is_not() -> None:
    before = Ring()
    keep_what_is_there()

    gone = weakref.ref(Ring())
    gc.collect()

    assert not any(one is before for one in gc.get_objects())
    assert gone() is None


def test_what_nobody_refers_to_is_thrown_away_first() -> None:
    gone = weakref.ref(Ring())

    keep_what_is_there()

    assert gone() is None
