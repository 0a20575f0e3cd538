"""A calendar dropped onto the demo's page: the leave in it, stored as `podline leave import` does."""

from datetime import datetime, timedelta

from bot.calendar_reading import LeaveFile, read_leave
from bot.calendar_worker import TooMuch
from bot.playground.page.backstage import NotPossible
from commands.import_leave import import_leave
from commands.ports import NewUnitOfWork
from coverage.leave.calendar import CalendarKind
from coverage.leave.changes import HeldBack
from coverage.leave.decoding import NotACalendar
from coverage.leave.limits import MOST_BYTES

BACK, AHEAD = timedelta(days=30), timedelta(days=400)


def leave_of(email: str, name: str, content: bytes, new_uow: NewUnitOfWork, now: datetime) -> str:
    """Store the leave in somebody's own calendar; says how much of it there was. Raises NotPossible."""
    if len(content) > MOST_BYTES:
        raise NotPossible(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Choose a smaller calendar.")
    with new_uow.reading() as uow:
        people = list(uow.firm().people.values())
    owner = next(person for person in people if person.email.casefold() == email.casefold())
    days = ((now - BACK).date(), (now + AHEAD).date())
    try:
        reading, _ = read_leave(LeaveFile(content, people, CalendarKind.PERSONAL, owner, None, *days, now))
    except (NotACalendar, HeldBack, TooMuch) as problem:
        raise NotPossible(f"{name}: {problem}; nothing was stored.") from None
    done = import_leave(reading.absences, f"import:personal:{email.casefold()}:{name}", *days, new_uow, now)
    words = [f"{done.added} of its events are leave and were stored"]
    words += [f"{done.unchanged} were known already"] if done.unchanged else []
    words += [f"{done.removed} were taken back"] if done.removed else []
    words += [f"{len(reading.not_away)} are not leave"] if reading.not_away else []
    words += [f"{len(reading.needs_human)} only a human can tell"] if reading.needs_human else []
    return ", ".join(words) + "."
