"""One row of a question's history for each thing that happens to it, in plain words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import assert_never

from commands.ports import HistoryRow, What
from commands.views import clock_time
from commands.wording import VIA_WORDS, at, first_line, name_of
from coverage.events import (
    Absorbed,
    Alarmed,
    Answered,
    Asked,
    Breached,
    Called,
    Claimed,
    Closed,
    Event,
    HandedOff,
    Identified,
    ManagersTold,
    MarkedUrgent,
    Merged,
    Moved,
    MovedToPod,
    NobodyToCall,
    NoLongerUrgent,
    Nudged,
    Offered,
    OfferReason,
    Promise,
    Released,
    Reminded,
    Reopened,
    Resolved,
    Resumed,
    Snoozed,
    SnoozeEnded,
    StepReached,
    StepSkipped,
    Waiting,
)
from coverage.firm import Firm
from coverage.ids import PersonId, short_id
from coverage.policy import Notify
from coverage.question import Question

AUDIENCE_WORDS = {
    Notify.NAMED_CONTACT: "the named contact",
    Notify.DEPUTIES: "the deputies",
    Notify.POD: "the pod",
    Notify.TEAM: "the team",
    Notify.CONTACT_CENTRE: "the contact centre",
}

_WHY_OFFERED = {
    OfferReason.ASKED: "",
    OfferReason.IDENTIFIED: "the client is known now",
    OfferReason.CORRECTED: "it is another client's than was thought",
    OfferReason.RELEASED: "it was given back",
    OfferReason.NOT_ANSWERED: "the first response was due and not given",
    OfferReason.AWAY: "its claimer is away",
    OfferReason.REOPENED: "it was reopened",
    OfferReason.MOVED: "the client is theirs now",
}

PROMISE_WORDS = {
    Promise.CLAIM: "claim",
    Promise.FIRST_RESPONSE: "first response",
    Promise.RESOLUTION: "resolution",
}


def row_for(
    event: Event, question: Question, firm: Firm, now: datetime, client: str | None, was: str | None = None
) -> HistoryRow:
    """The history row of ``event``; ``question`` is as it is after it, ``client`` its client's name, ``was`` the
    name of whom it was thought to be from."""
    who, what, why = _row(event, question, firm, client, was)
    return HistoryRow(now, who, what, why)


def _row(  # noqa: C901 (one case an event)
    event: Event, question: Question, firm: Firm, client: str | None, was: str | None
) -> tuple[PersonId | None, What, str]:
    match event:
        case Asked(by):
            asker = question.asked_by.name or question.asked_by.email
            via = VIA_WORDS[question.via]
            whom = f" for “{first_line(question.named_as)}”" if client is None and question.named_as else ""
            return by, What.ASKED, f"{asker} {via}{whom}" if asker else f"{via}{whom}"
        case Identified(by, _):
            return by, What.IDENTIFIED, f"the client is {client}"
        case Moved(by, _, _, owner):
            had = f"{name_of(firm, owner)} had it" if owner is not None else ""
            return by, What.MOVED, _joined(f"the client is {client}, not {was}", had)
        case Offered(reason, why):
            return None, What.OFFERED, _joined(f"to {firm.pods[question.pod].name}", _WHY_OFFERED[reason], why)
        case Called(person, stands_in_for, until):
            return None, What.CALLED, _called(firm, person, stands_in_for, until, client)
        case NobodyToCall(pod_name):
            return None, What.SKIPPED, f"the card calls nobody: nobody of {pod_name} is there"
        case StepReached():
            return None, What.STEP, _step(event, firm)
        case StepSkipped(step, notify, why):
            return None, What.SKIPPED, f"step {step}, {AUDIENCE_WORDS[notify]}: {why}"
        case Reminded(count):
            return None, What.REMINDED, f"reminder {count}: nobody has claimed it"
        case ManagersTold(people):
            names = ", ".join(name_of(firm, who) for who in people)
            told = f"the managers ({names}) were told" if names else "no manager is there to be told"
            return None, What.REMINDED, f"{told} that nobody has claimed it"
        case Claimed(by, from_outside):
            return by, What.CLAIMED, f"from outside {firm.pods[question.pod].name}" if from_outside else ""
        case Released(by, owner, why):
            return by, What.RELEASED, _joined("" if by == owner else f"in the place of {name_of(firm, owner)}", why)
        case HandedOff(by, to, owner, why):
            from_whom = "" if owner in (None, by) else f"from {name_of(firm, owner)}"
            return by, What.HANDED_OFF, _joined(f"to {name_of(firm, to)}", from_whom, why)
        case Nudged(person):
            return None, What.NUDGED, f"{name_of(firm, person)}: half of the time to the first response has passed"
        case Answered(by, said):
            return by, What.ANSWERED, said
        case Waiting(by, why):
            return by, What.WAITING, _joined("for the client", why)
        case Resumed(by, why):
            return by, What.RESUMED, why
        case Resolved(by, why):
            return by, What.RESOLVED, why
        case Reopened(by, why):
            return by, What.REOPENED, why
        case MovedToPod(by, why):
            return by, What.MOVED, why
        case Closed(by, why):
            return by, What.RESOLVED, f"without an answer: {why}"
        case Snoozed(by, until, why):
            return by, What.SNOOZED, _joined(f"until {clock_time(at(firm, question, until))}", why)
        case SnoozeEnded(by, why):
            return by, What.SNOOZED, _joined("it is over" if by is None else "no longer", why)
        case MarkedUrgent(by, _, why):
            return by, What.MOVED, _joined("it is urgent", why)
        case NoLongerUrgent(by, why):
            return by, What.MOVED, _joined("it is not urgent after all", why)
        case Merged(by, into, why):
            return by, What.MERGED, _joined(f"into {short_id(into)}", why)
        case Absorbed(by, other, _, why):
            return by, What.MERGED, _joined(f"with {short_id(other)}, which asks the same", why)
        case Breached(promise):
            return None, What.BREACHED, f"the {PROMISE_WORDS[promise]} target was missed"
        case Alarmed(why):
            return None, What.ALARM, why
    assert_never(event)


def who_had(question: Question, rows: Iterable[HistoryRow], firm: Firm) -> tuple[PersonId, ...]:
    """The people of the firm who claimed the question, were handed it or answered it, in that order."""
    named = {f"to {person.name}": person.id for person in firm.people.values()}
    had: list[PersonId | None] = []
    for row in rows:
        if row.what in (What.CLAIMED, What.ANSWERED):
            had.append(row.who)
        elif row.what is What.HANDED_OFF:
            had.append(named.get(row.why.partition(_AND)[0]))
    had += [question.claimed_by, question.answered_by]
    return tuple(who for who in dict.fromkeys(had) if who is not None and who in firm.people)


def _called(
    firm: Firm, person: PersonId, stands_in_for: PersonId | None, until: date | None, client: str | None
) -> str:
    if client is None:
        return f"{name_of(firm, person)}, to find out which client it is"
    if stands_in_for is None:
        return f"{name_of(firm, person)}"
    absent = f"away until {until:%a} {until.day} {until:%b}" if until is not None else "not there"
    return f"{name_of(firm, person)}, standing in for {name_of(firm, stands_in_for)} ({absent})"


def _step(event: StepReached, firm: Firm) -> str:
    people = ", ".join(name_of(firm, who) for who in event.people)
    slept = f"slept through: {', '.join(f'step {step}' for step in event.slept_through)}" if event.slept_through else ""
    words = f"step {event.step}, {AUDIENCE_WORDS[event.notify]}"
    return _joined(f"{words}: {people}" if people else words, event.early and f"at once: {event.early}", slept)


def _joined(*parts: str) -> str:
    return _AND.join(part for part in parts if part)


_AND = "; "
