"""Who could cover a client: the nearest circle in which somebody is there, the least busy first."""

from datetime import date

from coverage.depth import Staffed
from coverage.ids import PersonId
from coverage.stand_ins import best_placed

ANN, BOB, CAS, DEE = (PersonId(number) for number in range(1, 5))
DAYS = [date(2026, 11, number) for number in (23, 24, 25, 26)]


def staffed(*there: set[PersonId]) -> list[Staffed]:
    return [Staffed(day, frozenset(who), frozenset(who)) for day, who in zip(DAYS, there, strict=False)]


def test_whoever_is_there_on_the_most_days_comes_first_then_whoever_has_the_fewest_clients() -> None:
    days = staffed({ANN, BOB, CAS}, {ANN, BOB, CAS}, {BOB, CAS})

    assert best_placed(DAYS[:3], days, [[ANN, BOB, CAS]], {BOB: 9, CAS: 2}, 3) == (CAS, BOB, ANN)
    assert best_placed(DAYS[:3], days, [[ANN, BOB, CAS]], {BOB: 9, CAS: 2}, 1) == (CAS,)


def test_a_farther_circle_is_asked_only_where_nobody_of_the_nearer_one_is_there() -> None:
    days = staffed({BOB, DEE}, {DEE}, {DEE})

    assert best_placed(DAYS[:3], days, [[ANN, BOB], [CAS, DEE]], {}, 2) == (DEE,), "Bob is there on one day of three"
    assert best_placed(DAYS[:2], days, [[ANN, BOB], [CAS, DEE]], {}, 2) == (BOB,)


def test_only_the_days_of_the_gap_count_and_a_half_day_is_no_day() -> None:
    halves = [Staffed(DAYS[0], frozenset({ANN}), frozenset({BOB}))]

    assert best_placed(DAYS[:1], halves, [[ANN, BOB]], {}, 2) == ()
    assert best_placed([DAYS[3]], staffed({ANN}, {ANN}, {ANN}, {BOB}), [[ANN, BOB]], {}, 2) == (BOB,)
