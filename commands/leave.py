"""``leave``: say when you are away, take it back, list it; managers do it for somebody who cannot."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from commands.away import step_in_for
from commands.calling import presence_of
from commands.feed_answers import confirm_alias
from commands.feed_changes import FROM_A_FEED
from commands.invocation import Context, Refused
from commands.leave_form import colleagues_leave_form, leave_form
from commands.leave_words import Days, NoDate, read_days, read_leave
from commands.names import take_person, unknown_person
from commands.permissions import Act, managers_words, may_act
from commands.ports import StoredAbsence
from commands.views import Button, ButtonStyle, Code, Listing, Reply, Row, notice, refusal
from coverage.absence import FOR_GOOD, Absence, Half, HalfDay, Kind, away_spans
from coverage.ids import short_id
from coverage.people import Person

MARKED = "marked"
"""The source of leave that somebody typed, as opposed to a calendar's."""

_CANCEL = re.compile(r"^cancel\b\s*", re.IGNORECASE)
_FOR = re.compile(r"^for\b\s*", re.IGNORECASE)
_ALIAS = re.compile(r"^alias\b\s*", re.IGNORECASE)


def leave(context: Context) -> Reply:
    """Mark, cancel or list leave, the actor's own or, for managers, somebody else's."""
    if alias := _ALIAS.match(context.words):
        return confirm_alias(context.saying(context.words[alias.end() :]))
    if _FOR.fullmatch(context.words):
        _check_manager(context, "your colleagues")
        return colleagues_leave_form()
    whose, context = _whose(context)
    words = context.words
    if not words:
        return leave_form(whose, is_own=whose.id == context.actor.id)
    if words.casefold() == "list":
        return _list(context, whose)
    if cancel := _CANCEL.match(words):
        return _cancel(context, whose, words[cancel.end() :])
    return _mark(context, whose)


def _whose(context: Context) -> tuple[Person, Context]:
    if (said := _FOR.match(context.words)) is None:
        return context.actor, context
    person, rest = take_person(context, context.words[said.end() :])
    if person is None:
        raise unknown_person(context, context.words[said.end() :], "leave for @ann 3 Aug - 14 Aug")
    if person.id != context.actor.id:
        _check_manager(context, person.name)
    return person, context.saying(rest)


def _check_manager(context: Context, whose: str) -> None:
    """Raises Refused."""
    if not may_act(context.actor, Act.LEAVE_OF_OTHERS):
        who = managers_words(context.firm)
        raise Refused(refusal(f"Only {whose} and managers can mark their leave ({who})."))


def _mark(context: Context, person: Person) -> Reply:
    try:
        marked = read_leave(context.words, _today(context.now, person))
    except NoDate as why:
        raise Refused(refusal(str(why))) from None
    absence = Absence(person.id, marked.kind, marked.days.first, marked.days.last, marked.days.half_days)
    existing = _of(context, person)
    same = [one for one in existing if _same_days(one.absence, absence)]
    if any(one.source != MARKED or absence.kind in (Kind.OTHER, one.absence.kind) for one in same):
        return notice(f"{_subject(context, person)} {_when(marked.days)} already.")
    for one in same:  # the same days with another kind
        context.uow.absences.remove(one.id)
    stored = _store(context, absence, person)
    offered = []
    if stored.starts_at <= context.now < stored.ends_at and _is_away(context, person):
        offered = step_in_for(context.uow, person.id, absence.kind, context.now)
        context.uow.absences.mark_handled(stored.id)
    given = f" Offered to the pod again: {', '.join(short_id(one.number) for one in offered)}." if offered else ""
    said = f"{_subject(context, person)} {_when(marked.days)}.{given}"
    if any(_overlap(one.absence, absence) for one in existing if one not in same):
        return notice(f"{said} There is other leave on some of these days.")
    return notice(said, buttons=(_undo(context, person, marked.days),))


def _overlap(one: Absence, other: Absence) -> bool:
    return one.first <= other.last and other.first <= one.last


def _undo(context: Context, person: Person, days: Days) -> Button:
    """Cuts these days out of all leave: only for days on which there is no other."""
    who = f"for {person.email} " if person.id != context.actor.id else ""
    line = f"leave {who}cancel {days.first.isoformat()} - {days.last.isoformat()}"
    return Button("Take it back", line, "Cancel this leave", ButtonStyle.DANGER)


def _cancel(context: Context, person: Person, words: str) -> Reply:
    """Cut the days named out of the leave that was marked or imported; the rest of it stays."""
    try:
        days, _ = read_days(words, _today(context.now, person))
    except NoDate as why:
        raise Refused(refusal(str(why))) from None
    cut = 0
    sources: set[str] = set()
    left: list[Absence] = []
    for stored in _of(context, person):
        absence = stored.absence
        if absence.last < days.first or days.last < absence.first:
            continue
        cut += 1
        sources.add(stored.source)
        context.uow.absences.remove(stored.id)
        for part in _remainders(absence, days):
            kept = _store(context, part, person, stored.source)
            left.append(part)
            if kept.starts_at <= context.now:
                context.uow.absences.mark_handled(kept.id)
    if not cut:
        whose = "" if person.id == context.actor.id else f"for {person.email} "
        none = f"No leave {f'of {person.name} ' if whose else ''}is marked {_when(days)}. "
        raise Refused(refusal(none, Code(f"leave {whose}list"), " shows what is."))
    whom = "" if person.id == context.actor.id else f" of {person.name}"
    return notice(
        f"The leave{whom} {_when(days)} is cancelled.{_still_away(context, person, left)}{_comes_back(sources)}"
    )


def _comes_back(sources: set[str]) -> str:
    """What a calendar that is read by itself says, it says again."""
    is_from_a_feed = any(source.startswith(FROM_A_FEED) for source in sources)
    return " It is from a calendar: take it out there, too, or it comes back." if is_from_a_feed else ""


def _still_away(context: Context, person: Person, left: list[Absence]) -> str:
    """What stays of the leave that was cut into."""
    together: list[Days] = []
    for part in sorted(left, key=lambda one: one.first):
        days = Days(part.first, part.last, part.half_days)
        if together and days.first <= together[-1].last:
            before = together.pop()
            days = Days(before.first, max(before.last, days.last), (*before.half_days, *days.half_days))
        together.append(days)
    away = " and ".join(_when(each) for each in together)
    subject = "You are" if person.id == context.actor.id else f"{person.name} is"
    return f" {subject} still away {away}." if away else ""


def _remainders(absence: Absence, cut: Days) -> list[Absence]:
    """What is left of ``absence`` before and after the days cut out; of a day of which half is cut, the other half."""
    cut_half = {half.date: half.half for half in cut.half_days}
    before_last, after_first = cut.first - _DAY, cut.last + _DAY
    left: list[HalfDay] = []
    if cut_half.get(cut.first) is Half.PM and _is_away_in(absence, cut.first, Half.AM):
        before_last, left = cut.first, [HalfDay(cut.first, Half.AM)]
    if cut_half.get(cut.last) is Half.AM and _is_away_in(absence, cut.last, Half.PM):
        after_first, left = cut.last, [HalfDay(cut.last, Half.PM)]
    spans = ((absence.first, before_last), (after_first, absence.last))
    return [_part(absence, first, last, left) for first, last in spans if first <= last]


_DAY = timedelta(days=1)


def _is_away_in(absence: Absence, day: date, half: Half) -> bool:
    other = Half.PM if half is Half.AM else Half.AM
    return absence.first <= day <= absence.last and HalfDay(day, other) not in absence.half_days


def _part(absence: Absence, first: date, last: date, left: list[HalfDay]) -> Absence:
    known = {half.date: half for half in (*absence.half_days, *left)}
    halves = tuple(half for day, half in sorted(known.items()) if first <= day <= last)
    return Absence(absence.person, absence.kind, first, last, halves, absence.uid)


def _list(context: Context, person: Person) -> Listing:
    """The kind is the person's own business; managers see it for annual leave and training only."""
    title = "Your leave" if person.id == context.actor.id else f"Leave of {person.name}"
    return Listing(title, leave_rows(context, person), "No leave is marked.")


def leave_rows(context: Context, person: Person) -> tuple[Row, ...]:
    """Present and coming leave, the next first, each with a button that takes it back."""
    rows = []
    for stored in sorted(_of(context, person), key=lambda one: one.starts_at):
        absence = stored.absence
        kind = _kind_shown(context, person, absence.kind)
        words = f"{_range(Days(absence.first, absence.last, absence.half_days))}{f', {kind}' if kind else ''}"
        line = f"cancel {absence.first.isoformat()} - {absence.last.isoformat()}"
        whose = f"for {person.email} " if person.id != context.actor.id else ""
        rows.append(Row((words,), (Button("Cancel", f"leave {whose}{line}", f"Cancel leave {words}"),)))
    return tuple(rows)


def _kind_shown(context: Context, person: Person, kind: Kind) -> str:
    open_to_managers = kind in (Kind.ANNUAL, Kind.TRAINING) or context.firm.settings.managers_see_every_kind
    if person.id == context.actor.id or open_to_managers:
        return kind.value.replace("_", " ")
    return "away"


def _store(context: Context, absence: Absence, person: Person, source: str = MARKED) -> StoredAbsence:
    spans = list(away_spans(absence, person))
    return context.uow.absences.add(absence, spans[0].start, spans[-1].end, source)


def _of(context: Context, person: Person) -> list[StoredAbsence]:
    """Present and coming leave; that somebody leaves the firm is taken back where it was said (``undo``)."""
    found = context.uow.absences.overlapping([person.id], context.now - timedelta(days=1), _FAR)
    return [one for one in found if one.absence.last < FOR_GOOD]


_FAR = datetime(9000, 1, 1, tzinfo=UTC)


def _is_away(context: Context, person: Person) -> bool:
    return presence_of(context.uow, context.firm, [person.id], context.now).is_on_leave(person.id, context.now)


def _same_days(one: Absence, other: Absence) -> bool:
    return (one.first, one.last, one.half_days) == (other.first, other.last, other.half_days)


def _today(now: datetime, person: Person) -> date:
    return now.astimezone(ZoneInfo(person.timezone)).date()


def _subject(context: Context, person: Person) -> str:
    return "You are away" if person.id == context.actor.id else f"{person.name} is away"


def _when(days: Days) -> str:
    return ("on " if days.first == days.last else "from ") + _range(days)


def _range(days: Days) -> str:
    half = {one.date: one.half for one in days.half_days}
    if days.first == days.last:
        only = {Half.AM: ", in the morning", Half.PM: ", in the afternoon"}
        return _day(days.first) + only.get(half.get(days.first, Half.UNKNOWN), "")
    begins = ", from noon" if half.get(days.first) is Half.PM else ""
    ends = ", until noon" if half.get(days.last) is Half.AM else ""
    return f"{_day(days.first)}{begins} to {_day(days.last)}{ends}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
