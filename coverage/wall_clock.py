"""From the clock on the wall to the instant: change-over days, skipped days and unknown zones."""

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_SECOND = timedelta(seconds=1)


class UnknownZone(ValueError):
    """There is no such IANA time zone; the message names the nearest."""


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone called so, such as ``Europe/London``. Raises UnknownZone with the nearest name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, not a name at all, or a folder such as "Europe"
        raise UnknownZone(f'There is no time zone "{name}". {_nearest(name)}') from None


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clock in ``zone`` first shows ``wall`` (naive), in UTC; if it never does, when the gap ends."""
    return _instant(wall, zone, fold=0)


def last_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clock in ``zone`` last shows ``wall`` (naive), in UTC; if it never does, when the gap ends."""
    return _instant(wall, zone, fold=1)


def _instant(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    with_offset_before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    with_offset_after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if with_offset_before > with_offset_after:  # only where the clock jumps over ``wall`` (PEP 495)
        return _end_of_gap(wall, zone, with_offset_after, with_offset_before)
    return with_offset_after if fold else with_offset_before


def _end_of_gap(wall: datetime, zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The change-over instant between the two, found by halving: zones change at whole seconds."""
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    while after - before > _SECOND:
        middle = before + (after - before) // 2 // _SECOND * _SECOND
        if middle.astimezone(zone).replace(tzinfo=None) > wall:
            after = middle
        else:
            before = middle
    return after


def _nearest(name: str) -> str:
    by_small_letters = {known.lower(): known for known in available_timezones()}
    near = get_close_matches(name.lower().replace(" ", "_"), by_small_letters, n=1, cutoff=0.5)
    return f'Did you mean "{by_small_letters[near[0]]}"?' if near else 'Write it like "Europe/London".'
