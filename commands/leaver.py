"""Somebody leaves the firm: their clients are handed over, and after their last day nobody calls them any more."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from commands.invocation import Context, Refused
from commands.leave_words import NoDate, read_day
from commands.names import take_person, unknown_person
from commands.people_setup import Step, contact_of, done_or_shown, given_to
from commands.ports import NewUnitOfWork, StoredAbsence, UnitOfWork
from commands.roster import store
from commands.roster_lines import ClientLine, PodLine, Roster
from commands.setup import is_sure, take_back_button
from commands.setup_plan import plan_of
from commands.setup_words import counted, listed
from commands.staffing import clients_of
from commands.views import Code, Notice, refusal
from commands.wording import day_words
from coverage.absence import FOR_GOOD, Absence, Kind, away_spans
from coverage.clients import Client
from coverage.ids import PersonId, short_id
from coverage.people import Person
from coverage.wall_clock import zone_of

LEAVER = "leaver"
"""The source of the absence that never ends; its ``uid`` says by which change of the set-up, which takes it back."""
_DAY = timedelta(days=1)


def leaves(context: Context, goes: Person, words: str) -> Notice:
    """``31 Dec [to @ann]``: Ann is the named contact of their clients at once; they know them until their last day.

    Raises:
        Refused: no such day or person, or they are leaving already.
    """
    context.uow.setup.wait_for_others()
    words, sure = is_sure(words)
    last, taker = _when_and_to_whom(context, goes, words)
    if _going(context.uow, goes.id) is not None:
        raise Refused(refusal(f"{goes.name} is leaving already. ", Code("undo"), " takes that back."))
    clients = contact_of(context, goes.id)
    to = f"; {counted(len(clients), 'client')} to {taker.name if taker else 'nobody yet'}" if clients else ""
    step = Step(
        f"{goes.name}'s last day is {day_words(last)} {last.year}{to}",
        Roster(clients=tuple(given_to(context, clients, goes, taker)), pods=_led(context, goes, taker)),
        clients,
        f"person {goes.email}",
        tuple(_what_follows(context, goes, taker)),
        is_needed=True,
    )
    done = done_or_shown(context, step, is_sure=sure)
    if isinstance(done, Notice):
        return done
    absence = Absence(goes.id, Kind.OTHER, last + _DAY, FOR_GOOD, uid=f"change:{done}")
    spans = list(away_spans(absence, goes))
    context.uow.absences.add(absence, spans[0].start, spans[-1].end, LEAVER)
    return Notice((f"{step.words}. Nobody calls {goes.name} after that day.",), (take_back_button(done),))


def stays_after_all(uow: UnitOfWork, change: int) -> None:
    """The change of that number is taken back: whoever was to leave by it does not."""
    for stored in uow.absences.of_source(LEAVER):
        if stored.absence.uid == f"change:{change}":
            uow.absences.remove(stored.id)


def part_with_leavers(new_uow: NewUnitOfWork, now: datetime) -> int:
    """Take whoever has had their last day at ``now`` (UTC) out of pods and clients; returns how many."""
    with new_uow.reading() as uow:
        gone = [one for one in uow.absences.of_source(LEAVER) if one.starts_at <= now and _has_something(uow, one)]
    for stored in gone:
        with new_uow() as uow:
            uow.setup.wait_for_others()
            lines, clients = _without(uow, stored.absence.person)
            plan = plan_of(uow, lines, clients)
            store(uow, plan.known, plan.wanted)
            uow.commit()
    return len(gone)


def _has_something(uow: UnitOfWork, stored: StoredAbsence) -> bool:
    lines, _ = _without(uow, stored.absence.person)
    return bool(lines.pods or lines.clients)


def _without(uow: UnitOfWork, who: PersonId) -> tuple[Roster, tuple[Client, ...]]:
    firm = uow.firm()
    if who not in firm.people:
        return Roster(), ()
    pods = tuple(
        PodLine(
            pod.name,
            members=tuple(firm.people[one].email.casefold() for one in pod.members if one != who),
            lead=firm.people[pod.lead].email.casefold() if pod.lead not in (None, who) else None,
        )
        for pod in firm.pods.values()
        if who in pod.members or pod.lead == who
    )
    known = [one for one in uow.clients.everyone() if who in one.knows or one.named_contact == who]
    lines = []
    for client in known:
        knows = {firm.people[one].email.casefold(): how for one, how in client.knows.items() if one != who}
        line = ClientLine(client.name, knows=knows)
        lines.append(replace(line, named_contact=None) if client.named_contact == who else line)
    return Roster(pods=pods, clients=tuple(lines)), tuple(known)


def _when_and_to_whom(context: Context, goes: Person, words: str) -> tuple[date, Person | None]:
    when, _, whom = re.sub(r"\bto\b\s*$", "", words, flags=re.IGNORECASE).partition(" to ")
    today = context.now.astimezone(zone_of(goes.timezone)).date()
    try:
        last, rest = read_day(when, today)
    except NoDate as why:
        raise Refused(refusal(str(why))) from None
    if rest.strip():
        raise Refused(refusal(f"I read one day, and found “{rest.strip()[:60]}” after it."))
    if not whom.strip():
        return last, None
    taker, after = take_person(context, whom.strip())
    if taker is None or after.strip() or taker.id == goes.id:
        raise unknown_person(context, whom.strip(), "person @bob leaves 31 Dec to @ann")
    return last, taker


def _going(uow: UnitOfWork, who: PersonId) -> StoredAbsence | None:
    return next((one for one in uow.absences.of_source(LEAVER) if one.absence.person == who), None)


def _led(context: Context, goes: Person, taker: Person | None) -> tuple[PodLine, ...]:
    """The pods they lead, under whoever takes over."""
    if taker is None:
        return ()
    email = taker.email.casefold()
    return tuple(PodLine(pod.name, lead=email) for pod in context.firm.pods.values() if pod.lead == goes.id)


def _what_follows(context: Context, goes: Person, taker: Person | None) -> Iterator[str]:
    firm = context.firm
    owned = context.uow.questions.owned_by(goes.id)
    if owned:
        some = listed([short_id(one.number) for one in owned[:_SHOWN]])
        more = f" and {len(owned) - _SHOWN} more" if len(owned) > _SHOWN else ""
        yield (
            f"They have {counted(len(owned))} ({some}{more}): hand over what somebody else should do; what is left "
            "after their last day is offered to its pod."
        )
    pods = [pod.name for pod in firm.pods_of(goes.id)]
    if pods:
        yield f"They stay in {listed(pods)} until then, and are taken out afterwards."
    led = [pod.name for pod in firm.pods.values() if pod.lead == goes.id]
    if led:
        yield f"{listed(led)} {'goes' if len(led) == 1 else 'go'} to {taker.name if taker else 'no other lead yet'}."
    minimum = max(1, firm.settings.minimum_depth)
    few = _known_by_few(context, goes, taker, minimum)
    if few:
        more = f" and {len(few) - _SHOWN} more" if len(few) > _SHOWN else ""
        yield f"Fewer than {minimum} will know {', '.join(few[:_SHOWN])}{more}."


def _known_by_few(context: Context, goes: Person, taker: Person | None, minimum: int) -> list[str]:
    """The clients whom too few know without them."""
    clients = clients_of(context.uow, context.firm, context.now)
    few = []
    for known in clients.known:
        client = clients.all[known.client]
        takes_over = {taker.id} if taker is not None and client.named_contact == goes.id else set()
        if goes.id in known.knowing and len((known.knowing | takes_over) - {goes.id}) < minimum:
            few.append(client.name)
    return few


_SHOWN = 5
