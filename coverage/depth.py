"""Coverage depth: on each open day, how many of those who know a client are there, and where that is too few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from coverage.availability import Presence
from coverage.ids import ClientId, PersonId, PodId
from coverage.service_hours import ServiceHours, Span


@dataclass(frozen=True, slots=True)
class Staffed:
    """Who of the firm is there in the ``first`` and in the ``second`` half of an open day of a pod.

    Each half is judged at its middle, counted in open time: a half day of leave counts for its half, and whoever starts
    late or leaves early is there all the same.
    """

    day: date
    first: frozenset[PersonId]
    second: frozenset[PersonId]


def staffed_days(
    hours: ServiceHours, people: Iterable[PersonId], presence: Presence, begin: datetime, until: datetime
) -> tuple[Staffed, ...]:
    """The open days from ``begin`` to ``until`` (UTC) under ``hours``; of the first only what is left of it counts."""
    known = tuple(people)

    def there(at: datetime) -> frozenset[PersonId]:
        return frozenset(who for who in known if presence.is_available(who, at))

    days = hours.open_days(begin, until)
    return tuple(Staffed(day, there(_after(spans, 1)), there(_after(spans, 3))) for day, spans in days)


def _after(spans: Sequence[Span], quarters: int) -> datetime:
    """The instant after so many quarters of the open time."""
    left = sum((end - start for start, end in spans), timedelta()) * quarters / 4
    for start, end in spans:
        if left < end - start:
            return start + left
        left -= end - start
    return spans[-1].start


class Level(IntEnum):
    """How bad it is."""

    ENOUGH = 0
    WARNING = 1
    ALARM = 2


def level_of(depth: int, minimum: int) -> Level:
    """Nobody at all is an alarm, fewer than the firm's minimum a warning."""
    if depth == 0:
        return Level.ALARM
    return Level.WARNING if depth < minimum else Level.ENOUGH


@dataclass(frozen=True, slots=True)
class Cover:
    """Who of those who know a client is there on one day: ``all_day``, or only in its ``first`` or ``second`` half."""

    day: date
    all_day: frozenset[PersonId]
    first: frozenset[PersonId]
    second: frozenset[PersonId]

    @property
    def depth(self) -> int:
        """How many are there in that half of the day in which fewer are."""
        return len(self.all_day) + min(len(self.first), len(self.second))


def cover(knowing: frozenset[PersonId], days: Iterable[Staffed]) -> tuple[Cover, ...]:
    """The cover of a client whom ``knowing`` know, day by day."""
    return tuple(_cover(knowing & each.first, knowing & each.second, each.day) for each in days)


def _cover(first: frozenset[PersonId], second: frozenset[PersonId], day: date) -> Cover:
    both = first & second
    return Cover(day, both, first - both, second - both)


@dataclass(frozen=True, slots=True)
class Known:
    """A client of a pod and those who know them, learners left out."""

    client: ClientId
    pod: PodId
    knowing: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Gap:
    """A client who has too few on some days: each such day with its depth."""

    client: ClientId
    days: Mapping[date, int]

    @property
    def lowest(self) -> int:
        return min(self.days.values())


def gaps(clients: Iterable[Known], days: Mapping[PodId, Sequence[Staffed]], minimum: int) -> tuple[Gap, ...]:
    """The clients below the minimum on some of the days, the worst first: the lowest depth, then those for whom
    somebody is away (not those whom too few know at all), then the most days."""
    found: list[tuple[int, bool, int, Gap]] = []
    alike: dict[tuple[PodId, frozenset[PersonId]], dict[date, int]] = {}
    for known in clients:
        same = (known.pod, known.knowing)
        low = alike.get(same)
        if low is None:
            low = alike[same] = _low_days(known.knowing, days.get(known.pod, ()), minimum)
        if low:
            gap = Gap(known.client, low)
            is_always_so = gap.lowest == len(known.knowing)
            found.append((gap.lowest, is_always_so, -len(low), gap))
    return tuple(gap for *_, gap in sorted(found, key=lambda one: (*one[:3], one[3].client)))


def _low_days(knowing: frozenset[PersonId], days: Iterable[Staffed], minimum: int) -> dict[date, int]:
    depths = ((each.day, min(len(knowing & each.first), len(knowing & each.second))) for each in days)
    return {day: depth for day, depth in depths if level_of(depth, minimum) is not Level.ENOUGH}


def worsened(before: Iterable[Gap], after: Iterable[Gap], minimum: int) -> tuple[Gap, ...]:
    """What ``after`` has that ``before`` has not: days on which a client falls below the minimum, or has nobody left
    where there was somebody; in the order of ``after``."""
    known = {gap.client: gap.days for gap in before}
    found = (Gap(gap.client, _worse_days(known.get(gap.client, {}), gap.days, minimum)) for gap in after)
    return tuple(gap for gap in found if gap.days)


def _worse_days(before: Mapping[date, int], after: Mapping[date, int], minimum: int) -> dict[date, int]:
    def was(day: date) -> Level:
        return level_of(before[day], minimum) if day in before else Level.ENOUGH

    return {day: depth for day, depth in after.items() if level_of(depth, minimum) > was(day)}


def alone(clients: Iterable[Known]) -> dict[PersonId, tuple[ClientId, ...]]:
    """Who is the only one to know some clients, and which; whoever has the most of them first."""
    found: dict[PersonId, list[ClientId]] = {}
    for known in clients:
        if len(known.knowing) == 1:
            (only,) = known.knowing
            found.setdefault(only, []).append(known.client)
    return {who: tuple(found[who]) for who in sorted(found, key=lambda who: (-len(found[who]), who))}
