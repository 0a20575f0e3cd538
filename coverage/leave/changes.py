"""What a second fetch of a feed changes, or why it must not be believed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coverage.absence import Absence, Half
from coverage.ids import PersonId
from coverage.leave.calendar import CalendarKind, Reading, Sighting, read_calendar
from coverage.leave.expansion import SeriesWatch
from coverage.leave.reading import unwatched
from coverage.people import Person

_LEAST_LOSS = 3
"""PRODUCT.md: more than half of the coming events, and at least three, must be gone to be suspicious."""
_BESIDE = timedelta(days=400)
"""How far beside the period leave is looked for that moved into it or out of it."""

Key = tuple[str, PersonId]
Content = tuple[PersonId, date, date, tuple[tuple[date, Half], ...]]


class Change(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    SHORTENED = "shortened"
    EXTENDED = "extended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to the leave of one event. ``uid`` is the one it has now; removed leave has the one it had."""

    uid: str
    change: Change


class HeldBack(ValueError):
    """The second fetch must not be believed until a person has confirmed it; the message says why."""


def changes_of_feed(
    previous: bytes,
    data: bytes,
    people: Sequence[Person],
    kind: CalendarKind,
    owner: Person | None,
    country: str | None,
    first_day: date,
    last_day: date,
    now: datetime,
    watch: SeriesWatch = unwatched,
) -> tuple[Changed, ...]:
    """What changed from one fetch of a feed to the next, for leave that was or is in the period; both days inclusive.

    Raises HeldBack, and NotACalendar when either file is none. See read_calendar for the other arguments.
    """
    first, last = first_day - _BESIDE, last_day + _BESIDE
    before, after = (
        read_calendar(one, people, kind, owner, country, first, last, now, watch) for one in (previous, data)
    )
    refuse_a_sudden_loss(before, after)
    return changes_between(before, after, first_day, last_day)


def refuse_a_sudden_loss(before: Reading, after: Reading) -> None:
    """Raises HeldBack when a feed lost more than half of its coming events and at least three, or all it had."""
    coming = {_identity(one, before): one for one in before.sightings if one.last >= after.read_at.date()}
    if coming and not after.events:
        raise HeldBack(
            f"The second fetch holds no event at all; the first had {len(coming)} still to come. "
            "Nothing was changed. If that is right, confirm it."
        )
    uids = {one.uid for one in after.sightings if one.uid not in before.shared_uids | after.shared_uids}
    contents = {_content_of(one) for one in after.sightings}
    lost = [one for one in coming.values() if one.uid not in uids and _content_of(one) not in contents]
    if len(lost) >= _LEAST_LOSS and 2 * len(lost) > len(coming):
        raise HeldBack(
            f"{len(lost)} of the {len(coming)} events still to come are missing from the second fetch. "
            "Nothing was changed. If that is right, confirm it."
        )


def changes_between(before: Reading, after: Reading, first_day: date, last_day: date) -> tuple[Changed, ...]:
    """The changes in the order of their days. Both must have been read for the same period, around the two days.

    Leave that ended before the second fetch and is missing from it has only fallen out of the feed's past. Events are
    recognised by UID; where the producer makes new UIDs at each fetch, or gives one to several events, by person, days
    and halves.
    """
    old, new = before.single, after.single
    shared = before.shared_uids | after.shared_uids
    if shared or not {one.uid for one in old} & {one.uid for one in new}:
        old, new = _without_the_same(old, new)
    pairs = [*_by_uid(old, new, after.read_at.date())]
    if not shared:
        pairs = _with_new_uids(pairs)
    found = [
        (min(one.first for one in (*has, *was)), Changed((has or was)[0].uid or "", change))
        for was, has in pairs
        if (change := _change(was, has)) is not None
        and any(one.first <= last_day and one.last >= first_day for one in (*was, *has))
    ]
    return tuple(changed for _, changed in sorted(found, key=lambda pair: (pair[0], pair[1].uid)))


Pair = tuple[list[Absence], list[Absence]]
"""The leave of one event and person as it was and as it is."""


def _by_uid(old: Iterable[Absence], new: Iterable[Absence], today: date) -> Iterator[Pair]:
    before, after = _grouped(old), _grouped(new)
    for key in sorted(before.keys() | after.keys()):
        was, has = before.get(key, []), after.get(key, [])
        if len(was) != 1 or len(has) != 1:
            now_known = {_content(one) for one in has}
            was = [one for one in was if one.last >= today or _content(one) in now_known]
        if was or has:
            yield was, has


def _with_new_uids(pairs: list[Pair]) -> list[Pair]:
    """Removed and added leave of one person and kind on common days is one event whose UID changed."""
    kept = [(was, has) for was, has in pairs if was and has]
    added = [has for was, has in pairs if not was]
    for was, _ in (pair for pair in pairs if not pair[1]):
        same = next((has for has in added if _is_the_same_leave(was, has)), None)
        if same is not None:
            added.remove(same)
        kept.append((was, same or []))
    return [*kept, *(([], has) for has in added)]


def _is_the_same_leave(was: list[Absence], has: list[Absence]) -> bool:
    return (was[0].person, was[0].kind) == (has[0].person, has[0].kind) and bool(_half_days(was) & _half_days(has))


def _without_the_same(
    old: Iterable[Absence], new: Iterable[Absence]
) -> tuple[tuple[Absence, ...], tuple[Absence, ...]]:
    """Both without what is in the other with the same content, whatever its UID."""
    left: dict[Content, list[Absence]] = {}
    for absence in old:
        left.setdefault(_content(absence), []).append(absence)
    news = []
    for absence in new:
        if same := left.get(_content(absence)):
            same.pop()
        else:
            news.append(absence)
    return tuple(absence for absences in left.values() for absence in absences), tuple(news)


def _grouped(absences: Iterable[Absence]) -> dict[Key, list[Absence]]:
    groups: dict[Key, list[Absence]] = {}
    for absence in absences:
        groups.setdefault((absence.uid or "", absence.person), []).append(absence)
    return groups


def _change(was: list[Absence], has: list[Absence]) -> Change | None:
    before, after = _half_days(was), _half_days(has)
    if before == after:
        return None
    if not before:
        return Change.ADDED
    if not after:
        return Change.REMOVED
    if after < before:
        return Change.SHORTENED
    return Change.EXTENDED if before < after else Change.MOVED


def _half_days(absences: Iterable[Absence]) -> frozenset[tuple[date, Half]]:
    """Every morning and afternoon somebody is away; a half of which the half is not known counts as both."""
    found = set()
    for absence in absences:
        halves = {half.date: half.half for half in absence.half_days}
        for offset in range((absence.last - absence.first).days + 1):
            day = absence.first + timedelta(days=offset)
            found |= {(day, half) for half in (Half.AM, Half.PM) if halves.get(day, half) in (half, Half.UNKNOWN)}
    return frozenset(found)


def _content(absence: Absence) -> Content:
    return absence.person, absence.first, absence.last, tuple((half.date, half.half) for half in absence.half_days)


def _content_of(sighting: Sighting) -> tuple[str, date, date]:
    return sighting.title, sighting.first, sighting.last


def _identity(sighting: Sighting, reading: Reading) -> tuple[str, date, date] | str:
    """A series counts once, by its UID; events that share one count each."""
    return _content_of(sighting) if sighting.uid in reading.shared_uids else sighting.uid
