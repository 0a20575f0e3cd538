"""The card of a question: what its pod sees of it, in every state."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from commands.acts import (
    IN_MENU,
    answered_button,
    hand_off_button,
    menu,
    release_button,
    reopen_button,
    resolve_button,
    whose_button,
)
from commands.attachments import counted, files_of, listed, original_of
from commands.calling import Surroundings, rules_of
from commands.kudos_words import thanks_button
from commands.names import typed_name
from commands.ports import FollowUp
from commands.views import Button, ButtonStyle, Fact, Link, Mention, QuestionCard, Text, Tone
from commands.wording import (
    STATUS_WORDS,
    VIA_WORDS,
    at,
    claim_button,
    client_words,
    explain_button,
    first_line,
    level_words,
    name_of,
    pod_name,
    shortened,
    until_words,
)
from coverage.clients import Client
from coverage.events import Promise
from coverage.firm import Firm
from coverage.ids import PersonId, short_id
from coverage.question import Question, Status


def card_of(
    question: Question,
    firm: Firm,
    around: Surroundings,
    candidates: tuple[Client, ...],
    now: datetime,
    added: Sequence[FollowUp] = (),
    at_hand: tuple[Fact, ...] = (),
) -> QuestionCard:
    """The card as it is at ``now``: only people who may be called now are mentioned. ``added`` is what the client said
    since, or asked again; ``at_hand`` helps to answer (``commands/at_hand.py``)."""
    client = client_words(question, around.client.name if around.client else None)
    quote = shortened(question.text)
    return QuestionCard(
        number=question.number,
        version=question.version,
        title=f"{client}{',' if around.client is None and question.named_as else ''} asks",
        plain=f"{short_id(question.number)} {client}: {first_line(question.text)} ({_status(question)})",
        tone=_tone(question),
        quote=quote,
        is_cut=quote != question.text.strip(),
        facts=(*_facts(question, firm, now, added), *at_hand),
        call=_call(question, firm, around, now),
        buttons=_buttons(question, client, candidates, is_cut=quote != question.text.strip()),
        more=_more(question, candidates, _thanks(question, firm)),
        context=_context(question, firm),
    )


def _tone(question: Question) -> Tone:
    if question.status is Status.RESOLVED:
        return Tone.DONE
    if question.urgent:
        return Tone.URGENT
    if question.is_unclaimed:
        return Tone.URGENT if question.step or Promise.CLAIM in question.breached else Tone.WAITING
    return Tone.CALM


def _status(question: Question) -> str:
    words = STATUS_WORDS[question.status]
    if question.merged_into is not None:
        return f"{words}: the same as {short_id(question.merged_into)}"
    if question.status is Status.RESOLVED and question.answered_at is None:
        return f"{words} without an answer"
    return f"Urgent. {words}" if question.urgent and question.is_open else words


def _owner(question: Question, firm: Firm) -> Text:
    return (
        f"{name_of(firm, question.claimed_by)}, since ",
        at(firm, question, question.claimed_at or question.offered_at),
    )


def _first_answer(question: Question, answered_at: datetime, firm: Firm) -> Text:
    """Offered again after it was answered, it is no new question: whoever takes it must know."""
    by = f"{name_of(firm, question.answered_by)}, " if question.answered_by is not None else ""
    return (by, at(firm, question, answered_at))


def _facts(question: Question, firm: Firm, now: datetime, added: Sequence[FollowUp]) -> list[Fact]:
    facts = [Fact("Status", (_status(question),))]
    if question.claimed_by is not None:
        facts.append(Fact("Who has it", _owner(question, firm)))
    if question.answered_at is not None and question.is_open and question.status is not Status.ANSWERED:
        facts.append(Fact("First answer", _first_answer(question, question.answered_at, firm)))
    due = _next_due(question)
    if due is not None:
        label, instant = due
        late: Text = (" (missed)",) if instant < now else ()
        facts.append(Fact(label, (at(firm, question, instant), *late)))
    if question.snoozed_until is not None:
        facts.append(Fact("Snoozed until", (at(firm, question, question.snoozed_until),)))
    if added:
        times = f" ({len(added)} times)" if len(added) > 1 else ""
        facts.append(Fact(f"Added{times}", (f"“{first_line(added[-1].text, _ADDED)}”",)))
    facts.append(Fact("Service level", (level_words(question.level),)))
    return facts + _attached(question)


def _attached(question: Question) -> list[Fact]:
    """The files that came with it, and the way to the message, where the client is answered."""
    files, original = files_of(question.attachments), original_of(question.attachments)
    facts = [Fact(counted(files), listed(files, _FILES_SHOWN))] if files else []
    return facts + ([Fact("Asked in", (Link("the client's message", original.url),))] if original is not None else [])


_FILES_SHOWN = 5


_ADDED = 150
"""So much of what was added last is shown; the whole story has all of it."""


def _next_due(question: Question) -> tuple[str, datetime] | None:
    due = question.deadlines
    if question.is_unclaimed and due.claim is not None:
        return "Claim due", due.claim
    if question.status is Status.CLAIMED and question.answered_at is None and due.first_response is not None:
        return "Answer due", due.first_response
    if question.is_open and question.status is not Status.WAITING and due.resolution is not None:
        return "Resolution due", due.resolution
    return None


def _call(question: Question, firm: Firm, around: Surroundings, now: datetime) -> Text:
    if not question.is_unclaimed:
        return ()
    if not question.called:
        return (*_nobody(question, firm), *_others(firm, around, now, ()))
    person = question.called[0]
    whom = name_of(firm, person)
    if around.presence.is_on_leave(person, now):
        return (
            f"{whom} {until_words(around.presence.away_until(person, now))}.",
            *_others(firm, around, now, (person,)),
        )
    contact = around.client.named_contact if around.client else None
    if contact == person:
        return ("Calling ", Mention(person, whom), " (named contact).", *_others(firm, around, now, (person,)))
    absent = _absent(contact, question, firm, around, now) if contact is not None else ""
    named = (person, contact) if absent else (person,)
    return ("Calling ", Mention(person, whom), f"{absent}.", *_others(firm, around, now, named))


def _nobody(question: Question, firm: Firm) -> Text:
    pod = pod_name(firm, question)
    if question.brought_forward is None:
        return (f"Nobody of {pod} was there, so the next step was taken.",)
    if not question.brought_forward_because:
        return (f"{pod} is closed; somebody is called at ", at(firm, question, question.brought_forward), ".")
    return (f"Nobody of {pod} is there; the next step is taken at ", at(firm, question, question.brought_forward), ".")


def _absent(contact: PersonId, question: Question, firm: Firm, around: Surroundings, now: datetime) -> str:
    """Why somebody stands in for the named contact: nothing where they are there after all, or gave it back."""
    opening = rules_of(firm, question).next_opening(now)
    until = around.presence.away_until(contact, opening) or around.presence.away_until(contact, now)
    if until is None and around.presence.is_available(contact, opening):
        return ""
    return f": {name_of(firm, contact)} {until_words(until)}"


def _others(firm: Firm, around: Surroundings, now: datetime, named: tuple[PersonId | None, ...]) -> Text:
    others = [one.person for one in around.known if one.knows_them and one.person not in named]
    if not others:
        return ()
    away = {who for who in others if around.presence.is_on_leave(who, now)}
    names = (f"{name_of(firm, who)} (away)" if who in away else name_of(firm, who) for who in others)
    return (f" Also know them: {', '.join(names)}.",)


def _buttons(question: Question, client: str, candidates: tuple[Client, ...], *, is_cut: bool) -> tuple[Button, ...]:
    match question.status:
        case Status.UNIDENTIFIED:
            choices = (*_choices(question, candidates), whose_button(question.number))
            return (claim_button(question.number, client), *choices[:_BESIDE_CLAIM])
        case Status.ROUTED:
            why = explain_button(question.number, is_cut=is_cut)
            return (claim_button(question.number, client), hand_off_button(question), why)
        case Status.CLAIMED | Status.WAITING:
            return (answered_button(question), hand_off_button(question), release_button(question))
        case Status.ANSWERED:
            return (resolve_button(question, ButtonStyle.PRIMARY), reopen_button(question))
        case Status.RESOLVED:
            return (reopen_button(question),)
    assert_never(question.status)


def _thanks(question: Question, firm: Firm) -> tuple[Button, ...]:
    is_done = question.status in (Status.ANSWERED, Status.RESOLVED)
    return tuple(thanks_button(question, firm)) if is_done else ()


def _choices(question: Question, candidates: tuple[Client, ...]) -> tuple[Button, ...]:
    number = short_id(question.number)
    return tuple(
        Button(one.name, f"client {number} is {typed_name(one, candidates)}", f"Question {number} is from {one.name}")
        for one in candidates
    )


def _more(question: Question, candidates: tuple[Client, ...], thanks: tuple[Button, ...]) -> tuple[Button, ...]:
    """While nobody knows whose question it is, saying so is at hand in every state."""
    if question.client is not None or not question.is_open:
        return (*thanks, *menu(question, IN_MENU - len(thanks)))
    if question.status is Status.UNIDENTIFIED:
        others = _choices(question, candidates)[_BESIDE_CLAIM:_CHOICES]
        first = (*((whose_button(question.number),) if len(candidates) >= _BESIDE_CLAIM else ()), *others)
    else:
        first = (whose_button(question.number),)
    return (*first, *menu(question, IN_MENU - len(first)))


_BESIDE_CLAIM = 2
"""A card has at most three buttons."""
_CHOICES = 5
"""The form takes every candidate."""


def _context(question: Question, firm: Firm) -> Text:
    asker = question.asked_by
    who = asker.name or asker.email
    by = f", asked by {who}" if who else ""
    filed = f", filed by {name_of(firm, asker.filed_by)}" if asker.filed_by is not None else ""
    return (
        f"{short_id(question.number)}{by} {VIA_WORDS[question.via]}{filed}, ",
        at(firm, question, question.asked_at),
    )
