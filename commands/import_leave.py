"""``leave import``: what a calendar says of leave takes the place of what the same calendar said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from commands.ports import NewUnitOfWork, StoredAbsence, UnitOfWork
from coverage.absence import Absence, away_spans
from coverage.firm import Firm


@dataclass(frozen=True, slots=True)
class ImportedLeave:
    """How many absences came, went and stayed as they were; ``taken_back`` are those that went."""

    added: int
    removed: int
    unchanged: int
    taken_back: tuple[Absence, ...] = ()


def import_leave(
    absences: Iterable[Absence], source: str, first: date, last: date, new_uow: NewUnitOfWork, now: datetime
) -> ImportedLeave:
    """Store the absences of one calendar between ``first`` and ``last`` (inclusive), in one transaction.

    What the same ``source`` said before about those days and no longer says is taken back, unless it is over: past
    events that fall out of a feed are history. What did not change stays as it is, so importing twice changes nothing.
    """
    with new_uow() as uow:
        imported = replace_leave(absences, source, first, last, uow, now)
        uow.commit()
    return imported


def replace_leave(
    absences: Iterable[Absence], source: str, first: date, last: date, uow: UnitOfWork, now: datetime
) -> ImportedLeave:
    """The same, within the caller's transaction."""
    firm = uow.firm()
    wanted = {_key(one): one for one in absences}
    stored = [one for one in uow.absences.of_source(source) if _concerns(one, first, last)]
    known = {_key(one.absence) for one in stored}
    gone = [one for one in stored if _key(one.absence) not in wanted and one.ends_at > now]
    for one in gone:
        uow.absences.remove(one.id)
    new = [one for key, one in wanted.items() if key not in known and one.person in firm.people]
    for absence in new:
        _add(uow, firm, absence, source)
    taken_back = tuple(one.absence for one in gone)
    return ImportedLeave(len(new), len(gone), len(wanted) - len(new), taken_back)


def _add(uow: UnitOfWork, firm: Firm, absence: Absence, source: str) -> None:
    spans = list(away_spans(absence, firm.people[absence.person]))
    uow.absences.add(absence, spans[0].start, spans[-1].end, source)


def _concerns(stored: StoredAbsence, first: date, last: date) -> bool:
    return stored.absence.first <= last and first <= stored.absence.last


def _key(absence: Absence) -> tuple[object, ...]:
    """Content, not UID: some feeds change their UIDs at each fetch (PRODUCT.md, Leave)."""
    return (absence.person, absence.kind, absence.first, absence.last, absence.half_days)
