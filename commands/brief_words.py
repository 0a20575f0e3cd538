"""The words around leave, found when they are sent: the hand-over brief, the gap warning, what happened meanwhile."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from commands.briefs import leave_around, spells_around
from commands.coverage_words import cut_rows, gap_row
from commands.covering import Period, gap_rows
from commands.outgoing import Message, Topic
from commands.ports import UnitOfWork
from commands.staffing import Clients, absences_in, clients_of, gaps_caused, leave_until, staffed_pods
from commands.views import Bold, Button, Listing, Row
from commands.wording import STATUS_WORDS, at, client_words, day_words, explain_button, first_line, name_of
from coverage.absence import FOR_GOOD, Absence
from coverage.clients import Client
from coverage.depth import Gap, Known, cover
from coverage.firm import Firm
from coverage.ids import ClientId, PersonId, short_id
from coverage.question import Question
from coverage.spells import Spell

_MOST = 15


def about_leave(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> Listing | None:
    """What a message about leave says; None where there is nothing to say (any more)."""
    who, first = PersonId(int(message.facts["person"])), date.fromisoformat(message.facts["first"])
    spell = _spell(uow, firm, who, first, now) if who in firm.people else None
    if spell is None:
        return None
    match message.topic:
        case Topic.HAND_OVER:
            return _hand_over(uow, firm, spell, now)
        case Topic.GAPS:
            return _gap_warning(uow, firm, spell, now)
        case _:
            return _return(uow, firm, spell, now)


def _spell(uow: UnitOfWork, firm: Firm, who: PersonId, first: date, now: datetime) -> Spell | None:
    """The leave as it is now: it may have been cancelled or moved since."""
    absences, presence = leave_around(uow, firm, now)
    spells = spells_around(firm.people[who], absences, presence)
    return next((spell for spell in spells if spell.first == first), None)


def _hand_over(uow: UnitOfWork, firm: Firm, spell: Spell, now: datetime) -> Listing:
    owned = uow.questions.owned_by(spell.person)
    clients = clients_of(uow, firm, now)
    absences = _absences_in(uow, firm, spell)
    found = _caused(firm, spell, clients, absences)
    names = uow.clients.many(question.client for question in owned if question.client is not None)
    return Listing(
        f"Before you are away, {_days(spell)}",
        (
            Row((Bold("Open questions you have"),)),
            *cut_rows([_to_hand_over(question, firm, names) for question in owned], _MOST, "None."),
            Row((Bold(f"Clients with fewer than {firm.settings.minimum_depth} people there because of it"),)),
            *cut_rows([gap_row(gap, clients, firm) for gap in found[:_MOST]], _MOST, "None.", of=len(found)),
            Row((Bold("Who stands in for you"),)),
            *cut_rows(_stand_ins(firm, spell, clients, absences), _MOST, "You are nobody's named contact."),
        ),
    )


def _gap_warning(uow: UnitOfWork, firm: Firm, spell: Spell, now: datetime) -> Listing | None:
    clients = clients_of(uow, firm, now)
    absences = _absences_in(uow, firm, spell)
    found = _caused(firm, spell, clients, absences)
    if not found:
        return None
    period = Period(absences, spell.starts_at, _end(spell))
    rows = gap_rows(uow, firm, found[:_MOST], clients, period)
    verb = "leaves" if spell.last >= FOR_GOOD else "is away"
    title = f"{name_of(firm, spell.person)} {verb} {_days(spell)}: too few people are there for some clients"
    return Listing(title, tuple(cut_rows(rows, _MOST, "", of=len(found))))


def _return(uow: UnitOfWork, firm: Firm, spell: Spell, now: datetime) -> Listing | None:
    theirs = [one for one in uow.clients.everyone() if _is_theirs(one, spell.person)]
    asked = uow.questions.of_clients_since([one.id for one in theirs], spell.starts_at, _ASKED)
    if not asked:
        return None
    of_client: dict[ClientId | None, list[Question]] = defaultdict(list)
    for question in asked:
        of_client[question.client].append(question)
    rows: list[Row] = []
    for client in theirs:
        if client.id in of_client:
            rows += [Row((Bold(client.name),)), *(_happened(question, firm) for question in of_client[client.id])]
    return Listing(f"While you were away, {_days(spell)}", tuple(cut_rows(rows, _ASKED, "")))


_ASKED = 40


def _caused(firm: Firm, spell: Spell, clients: Clients, absences: tuple[Absence, ...]) -> tuple[Gap, ...]:
    others = tuple(one for one in absences if one.person != spell.person)
    return gaps_caused(spell.person, firm, clients, others, absences, spell.starts_at, _end(spell))


def _end(spell: Spell) -> datetime:
    """Of a leave that is very long its beginning is enough to act on."""
    return min(spell.back_at, spell.starts_at + _LOOKED_AT)


_LOOKED_AT = timedelta(days=92)


def _absences_in(uow: UnitOfWork, firm: Firm, spell: Spell) -> tuple[Absence, ...]:
    """Everybody's leave while the spell lasts."""
    return absences_in(leave_until(uow, firm, spell.starts_at, _end(spell)))


def _stand_ins(firm: Firm, spell: Spell, clients: Clients, absences: tuple[Absence, ...]) -> list[Row]:
    """Who is there on the most days, of those who know each client whose named contact goes."""
    contact_of = [one for one in clients.known if clients.all[one.client].named_contact == spell.person]
    days = staffed_pods(firm, contact_of, absences, spell.starts_at, _end(spell))
    stands_in: dict[PersonId | None, list[str]] = defaultdict(list)
    for known in contact_of:
        there = [who for day in cover(_others(known, spell), days.get(known.pod, ())) for who in sorted(day.all_day)]
        best = max(dict.fromkeys(there), key=there.count) if there else None
        stands_in[best].append(clients.all[known.client].name)
    in_order = sorted(stands_in.items(), key=lambda one: (one[0] is not None, -len(one[1])))
    return [Row((Bold(name_of(firm, who) if who else "Nobody"), f" for {_some(names)}")) for who, names in in_order]


def _others(known: Known, spell: Spell) -> frozenset[PersonId]:
    return known.knowing - {spell.person}


def _to_hand_over(question: Question, firm: Firm, names: dict[ClientId, Client]) -> Row:
    number = short_id(question.number)
    client = names.get(question.client) if question.client is not None else None
    whose = client_words(question, client.name if client is not None else None)
    button = Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague")
    return Row(
        (Bold(number), f" {whose}: {first_line(question.text)} ({STATUS_WORDS[question.status].casefold()})"),
        (button, explain_button(question.number)),
    )


def _happened(question: Question, firm: Firm) -> Row:
    who = question.answered_by or question.claimed_by
    by = f", {name_of(firm, who)}" if who is not None else ""
    state = STATUS_WORDS[question.status].casefold()
    words = (Bold(short_id(question.number)), f" {first_line(question.text)} ({state}{by}), asked ")
    return Row((*words, at(firm, question, question.asked_at)), (explain_button(question.number),))


def _is_theirs(client: Client, who: PersonId) -> bool:
    return client.named_contact == who or who in client.knows


def _some(names: Sequence[str]) -> str:
    left = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])} and {left} more" if left > 0 else ", ".join(names)


_NAMED = 5


def _days(spell: Spell) -> str:
    if spell.last >= FOR_GOOD:
        return f"from {day_words(spell.first)} on, for good"
    return day_words(spell.first) if spell.first == spell.last else _from_to(spell.first, spell.last)


def _from_to(*days: date) -> str:
    return " to ".join(day_words(day) for day in days)
