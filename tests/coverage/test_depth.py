"""Coverage depth: how many of those who know a client are there on each open day, and where that is too few."""

from datetime import date

import pytest

from coverage.absence import Absence
from coverage.depth import Gap, Known, Level, Staffed, alone, cover, gaps, level_of, staffed_days, worsened
from coverage.ids import ClientId, PersonId
from coverage.people import Person
from coverage.service_hours import ServiceHours
from tests.coverage.builders import (
    ACME,
    ANN,
    BOB,
    BOLT,
    CAS,
    MONDAY,
    NORTH,
    SOUTH,
    a_person,
    away,
    hours,
    presence,
    utc,
)

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in (23, 24, 25, 26, 27))


def depths(
    *absences: Absence,
    people: tuple[Person, ...] = (),
    open_at: ServiceHours | None = None,
    knowing: tuple[PersonId, ...] = (ANN, BOB),
    begin: str = "2026-11-23T09:00",
    until: str = "2026-11-28T00:00",
) -> dict[date, int]:
    there = presence(*absences, people=people)
    days = staffed_days(open_at or hours(), knowing, there, utc(begin), utc(until))
    return {each.day: each.depth for each in cover(frozenset(knowing), days)}


def a_day(day: date, first: set[PersonId], second: set[PersonId] | None = None) -> Staffed:
    return Staffed(day, frozenset(first), frozenset(first if second is None else second))


def known(*knowing: PersonId, client: ClientId = ACME) -> Known:
    return Known(client, NORTH, frozenset(knowing))


def test_the_depth_of_a_client_is_how_many_who_know_them_are_there() -> None:
    assert depths(away(ANN, "2026-11-24", "2026-11-25"), away(BOB, "2026-11-25")) == {
        MON: 2, TUE: 1, WED: 0, THU: 2, FRI: 2,
    }  # fmt: skip


def test_only_open_days_have_a_depth() -> None:
    office = hours(closed=frozenset({TUE}), date_hours={date(2026, 11, 28): hours().week[0]})

    found = depths(open_at=office, until="2026-12-01T00:00")

    assert list(found) == [MON, WED, THU, FRI, date(2026, 11, 28), date(2026, 11, 30)]


def test_a_night_belongs_to_the_day_it_opens() -> None:
    nights = hours("Fri 20:00-04:00")

    assert depths(open_at=nights, begin="2026-11-27T20:00", until="2026-11-30T00:00") == {FRI: 2}
    assert depths(open_at=nights, begin="2026-11-28T01:00", until="2026-11-30T00:00") == {FRI: 2}
    assert depths(open_at=nights, begin="2026-11-28T04:00", until="2026-11-30T00:00") == {}


@pytest.mark.parametrize(
    "half_day", [away(ANN, "2026-11-23", am="2026-11-23"), away(ANN, "2026-11-23", pm="2026-11-23")]
)
def test_a_day_is_as_deep_as_its_weaker_half(half_day: Absence) -> None:
    assert depths(half_day)[MON] == 1


def test_two_who_are_there_for_a_half_each_are_one() -> None:
    assert depths(away(ANN, "2026-11-23", am="2026-11-23"), away(BOB, "2026-11-23", pm="2026-11-23"))[MON] == 1


def test_of_today_only_what_is_left_counts() -> None:
    morning = away(ANN, "2026-11-23", am="2026-11-23")

    assert depths(morning, begin="2026-11-23T13:30")[MON] == 2
    assert MON not in depths(begin="2026-11-23T17:30")


def test_days_off_count_and_a_late_start_or_a_break_does_not() -> None:
    ann = a_person(ANN, "Mon-Thu 09:30-12:00,14:00-17:00")

    assert depths(people=(ann,)) == {MON: 2, TUE: 2, WED: 2, THU: 2, FRI: 1}


def test_a_public_holiday_where_somebody_lives_is_a_day_off() -> None:
    berlin = a_person(ANN, country="DE")

    assert depths(people=(berlin,), begin="2026-10-01T00:00", until="2026-10-02T00:00") == {date(2026, 10, 1): 2}
    christmas = depths(people=(berlin,), begin="2026-12-24T00:00", until="2026-12-26T00:00")
    assert christmas == {date(2026, 12, 24): 2, date(2026, 12, 25): 1}


def test_somebody_in_another_zone_is_judged_by_their_own_clock() -> None:
    ann = a_person(ANN, "Mon-Fri 09:00-17:00", timezone="Asia/Tokyo")

    assert depths(people=(ann,))[MON] == 1


def test_hours_that_have_no_day_left_have_no_depth() -> None:
    only_monday = ServiceHours("Europe/London", ((),) * 7, date_hours={MON: hours().week[0]})

    assert depths(open_at=only_monday, begin="2026-11-24T00:00") == {}


def test_who_is_there_for_a_half_is_told_apart() -> None:
    there = presence(away(ANN, "2026-11-23", am="2026-11-23"))
    (day,) = cover(
        frozenset({ANN, BOB}), staffed_days(hours(), (ANN, BOB, CAS), there, MONDAY, utc("2026-11-24T00:00"))
    )

    assert (day.all_day, day.first, day.second) == (frozenset({BOB}), frozenset(), frozenset({ANN}))


@pytest.mark.parametrize(
    ("depth", "minimum", "level"),
    [
        (0, 2, Level.ALARM),
        (1, 2, Level.WARNING),
        (2, 2, Level.ENOUGH),
        (2, 3, Level.WARNING),
        (1, 0, Level.ENOUGH),
        (0, 0, Level.ALARM),
    ],
)
def test_nobody_is_an_alarm_and_too_few_a_warning(depth: int, minimum: int, level: Level) -> None:
    assert level_of(depth, minimum) is level


def test_the_worst_gaps_come_first() -> None:
    days = {NORTH: (a_day(MON, {ANN, BOB, CAS}), a_day(TUE, {ANN}), a_day(WED, {ANN, CAS}))}
    twice_one, once_one, always_one, once_nobody, fine = (ClientId(number) for number in range(1, 6))

    found = gaps(
        [
            known(ANN, client=always_one),
            known(ANN, CAS, client=once_one),
            known(ANN, BOB, client=twice_one),
            known(BOB, CAS, client=once_nobody),
            Known(fine, SOUTH, frozenset({ANN})),
        ],
        days,
        minimum=2,
    )

    assert [gap.client for gap in found] == [once_nobody, twice_one, once_one, always_one]
    assert found[0].days == {TUE: 0, WED: 1}
    assert found[0].lowest == 0


def test_what_leave_makes_worse_is_what_was_enough_or_not_yet_nobody() -> None:
    before = (Gap(ACME, {MON: 1, TUE: 1}),)
    after = (Gap(ACME, {MON: 0, TUE: 1, WED: 1}), Gap(BOLT, {FRI: 1}))

    assert worsened(before, after, 3) == (Gap(ACME, {MON: 0, WED: 1}), Gap(BOLT, {FRI: 1}))
    assert worsened(after, after, 3) == ()
    assert worsened((Gap(ACME, {MON: 2}),), (Gap(ACME, {MON: 1}),), 3) == ()


def test_who_alone_knows_the_most_clients_comes_first() -> None:
    one, two, three, four = (ClientId(number) for number in range(1, 5))

    found = alone(
        [known(ANN, client=one), known(BOB, client=two), known(BOB, client=three), known(ANN, BOB, client=four)]
    )

    assert list(found.items()) == [(BOB, (two, three)), (ANN, (one,))]
