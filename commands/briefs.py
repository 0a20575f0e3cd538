"""What is said around leave: before it, to whoever goes and to managers; on the return; and weekly, what is ahead."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from commands.away import NOT_LEAVE
from commands.outgoing import Message, Priority, Topic
from commands.ports import NewUnitOfWork, UnitOfWork
from coverage.absence import Absence
from coverage.availability import Presence
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Person
from coverage.spells import Spell, first_morning_of_week, hand_over_at, spells_of
from coverage.wall_clock import zone_of

EVERY = timedelta(minutes=10)
"""How often it is looked whether something is to be said."""
LATE = timedelta(days=1)
"""How long after somebody's return they are still told what happened meanwhile: after an outage, not a week later."""
_BEHIND, _AHEAD = timedelta(days=40), timedelta(days=30)
"""Leave that is looked at: enough to see a spell whole that begins or ends about now."""


def brief(new_uow: NewUnitOfWork, now: datetime) -> int:
    """Queue the hand-over briefs, gap warnings, returns and weekly outlooks that are due at ``now`` (UTC); returns how
    many are new.

    Each has a key of its own, so looking again queues none of them twice; their words are found when they are sent.
    """
    with new_uow.reading() as uow:
        found = list(_due(uow, uow.firm(), now))
        known = uow.outbox.queued_before(one.key for one in found)
        due = [one for one in found if one.key not in known]
    if due:
        with new_uow() as uow:
            for message in due:
                uow.outbox.add(message, now)
            uow.commit()
    return len(due)


def _due(uow: UnitOfWork, firm: Firm, now: datetime) -> Iterator[Message]:
    absences, presence = leave_around(uow, firm, now)
    yield from _outlooks(firm, presence, now)
    for who in dict.fromkeys(absence.person for absence in absences):
        person = firm.people[who]
        for spell in spells_around(person, absences, presence):
            if spell.is_long and hand_over_at(spell, person, presence) <= now < spell.starts_at:
                yield _message(Topic.HAND_OVER, who, spell)
                for manager in firm.managers():
                    if manager.id != who and not presence.is_on_leave(manager.id, now):
                        yield _message(Topic.GAPS, manager.id, spell)
            if spell.is_long and spell.back_at <= now < spell.back_at + LATE:
                yield _message(Topic.RETURN, who, spell)


def _outlooks(firm: Firm, presence: Presence, now: datetime) -> Iterator[Message]:
    """On the first morning of the week on which a manager works; whoever is away then hears of it the day they are
    back, if that is in the same week."""
    for manager in firm.managers():
        today = now.astimezone(zone_of(manager.timezone)).date()
        begins = first_morning_of_week(manager, today, presence)
        if begins is not None and begins <= now < begins + LATE:
            monday = today - timedelta(days=today.weekday())
            key = f"{Topic.OUTLOOK}:{monday}:dm{manager.id}"
            yield Message(key, Topic.OUTLOOK, Priority.REPORT, to_person=manager.id)


def leave_around(uow: UnitOfWork, firm: Firm, at: datetime) -> tuple[list[Absence], Presence]:
    """The leave of everybody about ``at`` (UTC), without the days off that come to everybody or every week, and who is
    there, which minds those too."""
    stored = uow.absences.overlapping(firm.people, at - _BEHIND, at + _AHEAD)
    everything = [one.absence for one in stored]
    return [one for one in everything if one.kind not in NOT_LEAVE], Presence(firm.people, everything)


def spells_around(person: Person, absences: list[Absence], presence: Presence) -> list[Spell]:
    own = [absence for absence in absences if absence.person == person.id]
    return list(spells_of(person, own, presence))


def _message(topic: Topic, to: PersonId, spell: Spell) -> Message:
    return Message(
        key=f"{topic}:{spell.person}:{spell.first}:{spell.last if topic is Topic.RETURN else ''}:dm{to}",
        topic=topic,
        priority=Priority.REPORT,
        to_person=to,
        facts={"person": str(spell.person), "first": spell.first.isoformat()},
    )
