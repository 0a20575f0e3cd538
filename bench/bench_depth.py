"""The coverage depth of 20,000 clients over 90 days, against looking at each client, day and person in turn."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bench.firm import MONDAY
from bench.report import Measurement, interleaved, seconds_for
from coverage.absence import Absence, Kind
from coverage.availability import Presence
from coverage.depth import Gap, Known, Level, Staffed, gaps, level_of, staffed_days
from coverage.ids import ClientId, PersonId, PodId
from coverage.people import Person
from coverage.service_hours import ServiceHours
from coverage.timetable import parse_week

CLIENTS, PEOPLE, DAYS = 20_000, 500, 90
POD_SIZE, MINIMUM = 3, 2
ROUNDS = 3
TARGET = 20.0
UNTIL = MONDAY + timedelta(days=DAYS)
OFFICE = ServiceHours("Europe/London", parse_week("Mon-Fri 09:00-12:30,13:30-17:30"))


@dataclass(frozen=True)
class Data:
    presence: Presence
    clients: tuple[Known, ...]


def measure() -> list[Measurement]:
    data = _data(random.Random(20))
    if _ours(data) != _naive(data):
        raise AssertionError("The two find different gaps.")
    times = interleaved(
        lambda: 1 / seconds_for(lambda: _ours(data)), lambda: 1 / seconds_for(lambda: _naive(data)), ROUNDS
    )
    name = f"depth of {CLIENTS:,} clients, {PEOPLE} people, {DAYS} days"
    return [Measurement(name, 1000 / times.ours, 1000 / times.floor, "ms", times.ratio, TARGET)]


def _data(dice: random.Random) -> Data:
    """Everybody is on leave for three weeks of the time; each client is known by their pod, by one less or one more."""
    people = {
        who: Person(who, f"P{who}", f"p{who}@firm.example", "Europe/London") for who in map(PersonId, range(PEOPLE))
    }
    leave = [_leave(who, dice.randrange(DAYS)) for who in people for _ in range(3)]
    clients = []
    for number in range(CLIENTS):
        pod = number % (PEOPLE // POD_SIZE)
        members = [PersonId(pod * POD_SIZE + one) for one in range(POD_SIZE)]
        extra = [PersonId(dice.randrange(PEOPLE))] if dice.random() < 0.2 else []
        clients.append(Known(ClientId(number), PodId(pod), frozenset(members[dice.random() < 0.1 :] + extra)))
    return Data(Presence(people, tuple(leave)), tuple(clients))


def _leave(who: PersonId, after: int) -> Absence:
    first: date = (MONDAY + timedelta(days=after)).date()
    return Absence(who, Kind.ANNUAL, first, first + timedelta(days=6))


def _ours(data: Data) -> tuple[Gap, ...]:
    days = staffed_days(OFFICE, data.presence.people, data.presence, MONDAY, UNTIL)
    return gaps(data.clients, dict.fromkeys({one.pod for one in data.clients}, days), MINIMUM)


def _naive(data: Data) -> tuple[Gap, ...]:
    """Client by client, day by day, person by person."""
    days = staffed_days(OFFICE, (), data.presence, MONDAY, UNTIL)
    instants = [(each.day, *_quarters(each)) for each in days]
    found = []
    for known in data.clients:
        low: dict[date, int] = {}
        for day, first, second in instants:
            depth = min(sum(data.presence.is_available(who, at) for who in known.knowing) for at in (first, second))
            if level_of(depth, MINIMUM) is not Level.ENOUGH:
                low[day] = depth
        if low:
            found.append(Gap(known.client, low))
    knowing = {one.client: len(one.knowing) for one in data.clients}
    return tuple(
        sorted(found, key=lambda gap: (gap.lowest, gap.lowest == knowing[gap.client], -len(gap.days), gap.client))
    )


def _quarters(each: Staffed) -> tuple[datetime, datetime]:
    [(_, spans)] = OFFICE.open_days(*_day(each.day))
    (opens, noon), (after, closes) = spans
    return opens + (noon - opens + closes - after) / 4, closes - (noon - opens + closes - after) / 4


def _day(day: date) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=MONDAY.tzinfo)
    return midnight, midnight + timedelta(days=1)
