"""1,000 real calendars, damaged: read or refused, within the caps, and no leave that was there is wiped."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.damage import KINDS, calendars_in, damaged
from bench.withstanding import with_leave, withstand

HOW_OFTEN = {"bytes": 350, "lines": 350, "exchanged": 200, "rules, zones and encodings": 100}
"""Together 1,000. Rules that never end take a while each; make bench has many more of them."""


@pytest.fixture(scope="module")
def calendars(shared: Path) -> list[bytes]:
    return [with_leave(data) for data in calendars_in(shared / "corpus" / "ics")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_real_calendar_that_was_damaged_harms_nobody(calendars: list[bytes], kind: str) -> None:
    outcomes: set[str] = set()

    @settings(
        max_examples=HOW_OFTEN[kind],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def every_example(data: st.DataObject) -> None:
        def pick(below: int) -> int:
            return data.draw(st.integers(0, below - 1))

        original = calendars[pick(len(calendars))]
        harmed = damaged(original, KINDS[kind], pick, calendars)
        outcomes.add(withstand(original, harmed, is_personal=bool(pick(2))))

    every_example()
    assert outcomes == {"read", "refused"}
