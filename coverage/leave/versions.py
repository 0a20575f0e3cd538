"""Which of several events with one UID count: newer versions replace older ones, but no absence hides another."""

from datetime import datetime, timedelta
from itertools import groupby

from coverage.leave.events import Event

_ONE_EXPORT = timedelta(minutes=1)
"""Stamps this close come from one export that took a while, not from two versions."""


def current_versions(events: list[Event], warned: list[str]) -> tuple[list[Event], list[Event]]:
    """The main events and the changed occurrences of one UID, without superseded versions.

    Identity is the UID (and RECURRENCE-ID), then SEQUENCE, then DTSTAMP. One UID that stands on different days
    without saying which version is newer comes from a producer that gives every event the same: all are kept.
    """
    mains = [event for event in events if not event.is_changed_occurrence]
    changed = [event for event in events if event.is_changed_occurrence]
    if len(mains) > 1:
        mains = _newest(mains)
    if len(mains) > 1:
        warned.append(f"{len(mains)} different events have the same UID {mains[0].uid!r}; all of them are read.")
    return mains, changed


def _newest(mains: list[Event]) -> list[Event]:
    latest = max(event.sequence for event in mains)
    mains = [event for event in mains if event.sequence == latest]
    if _are_versions_of_one(mains):
        return [max(mains, key=lambda event: event.stamp)]
    in_order = sorted(mains, key=lambda event: event.starts)
    return [max(same, key=lambda event: event.stamp) for _, same in groupby(in_order, key=lambda event: event.starts)]


def _are_versions_of_one(mains: list[Event]) -> bool:
    """Same title, different times, made at clearly different moments: an edit, not two absences."""
    stamps = [_instant(event.stamp) for event in mains]
    known = [stamp for stamp in stamps if stamp is not None]
    if len(known) < len(stamps) or len({event.summary for event in mains}) > 1:
        return False
    return all(later - earlier > _ONE_EXPORT for earlier, later in zip(sorted(known), sorted(known)[1:], strict=False))


def _instant(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(f"{stamp.rstrip('Zz')}+0000", "%Y%m%dT%H%M%S%z")
    except ValueError:
        return None
