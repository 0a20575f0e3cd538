"""The card of a question: what its pod sees of it, in every state."""

from datetime import datetime
from typing import assert_never

from commands.attachments import counted, files_of, listed, original_of
from commands.calling import Surroundings, rules_of
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
    since,
    until_words,
)
from coverage.clients import Client
from coverage.events import Promise
from coverage.firm import Firm
from coverage.ids import PersonId, short_id
from coverage.question import Question, Status


def card_of(
    question: Question, firm: Firm, around: Surroundings, candidates: tuple[Client, ...], now: datetime
) -> QuestionCard:
    """The card as it is at ``now``: only people who may be called now are mentioned."""
    client = client_words(question, around.client.name if around.client else None)
    quote = shortened(question.text)
    return QuestionCard(
        number=question.number,
        version=question.version,
        title=f"{client}{',' if around.client is None and question.named_as else ''} asks",
        plain=f"{short_id(question.number)} {client}: {first_line(question.text)} ({STATUS_WORDS[question.status]})",
        tone=_tone(question),
        quote=quote,
        is_cut=quote != question.text.strip(),
        facts=tuple(_facts(question, firm, now)),
        call=_call(question, firm, around, now),
        buttons=_buttons(question, client, candidates, is_cut=quote != question.text.strip()),
        more=_more(question, candidates),
        context=_context(question, firm),
    )


def _tone(question: Question) -> Tone:
    if question.status is Status.RESOLVED:
        return Tone.DONE
    if question.is_unclaimed:
        return Tone.URGENT if question.step or Promise.CLAIM in question.breached else Tone.WAITING
    return Tone.CALM


def _facts(question: Question, firm: Firm, now: datetime) -> list[Fact]:
    facts = [Fact("Status", (STATUS_WORDS[question.status],))]
    if question.claimed_by is not None:
        facts.append(Fact("Who has it", since(firm, question)))
    due = _next_due(question)
    if due is not None:
        label, instant = due
        late: Text = (" (missed)",) if instant < now else ()
        facts.append(Fact(label, (at(firm, question, instant), *late)))
    facts.append(Fact("Service level", (level_words(question.level),)))
    return facts + _attached(question)


def _attached(question: Question) -> list[Fact]:
    """The files that came with it, and the way to the message, where the client is answered."""
    files, original = files_of(question.attachments), original_of(question.attachments)
    facts = [Fact(counted(files), listed(files, _FILES_SHOWN))] if files else []
    return facts + ([Fact("Asked in", (Link("the client's message", original.url),))] if original is not None else [])


_FILES_SHOWN = 5


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
    number = short_id(question.number)
    match question.status:
        case Status.UNIDENTIFIED:
            choices = (*_choices(question, candidates), _whose_button(question))
            return (claim_button(question.number, client), *choices[:_BESIDE_CLAIM])
        case Status.ROUTED:
            return (claim_button(question.number, client), explain_button(question.number, is_cut=is_cut))
        case Status.CLAIMED | Status.WAITING:
            return (
                Button("Answered", f"answered {number}", f"Question {number} is answered", ButtonStyle.PRIMARY),
                Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague"),
                Button("Release", f"release {number}", f"Give question {number} back to its pod"),
            )
        case Status.ANSWERED:
            return (
                Button("Resolve", f"resolve {number}", f"Nothing is left to do for {number}", ButtonStyle.PRIMARY),
                Button("Reopen", f"reopen {number}", f"Reopen question {number}"),
            )
        case Status.RESOLVED:
            return (Button("Reopen", f"reopen {number}", f"Reopen question {number}"),)
    assert_never(question.status)


def _choices(question: Question, candidates: tuple[Client, ...]) -> tuple[Button, ...]:
    number = short_id(question.number)
    return tuple(
        Button(one.name, f"client {number} is {one.name}", f"Question {number} is from {one.name}")
        for one in candidates
    )


def _whose_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Say which client", f"client {number} is", f"Say which client question {number} is from")


def _more(question: Question, candidates: tuple[Client, ...]) -> tuple[Button, ...]:
    """While nobody knows whose question it is, saying so is at hand in every state."""
    rarer = _rarer(question)
    if question.client is not None or not question.is_open:
        return rarer
    if question.status is Status.UNIDENTIFIED:
        others = _choices(question, candidates)[_BESIDE_CLAIM:_CHOICES]
        return (*((_whose_button(question),) if len(candidates) >= _BESIDE_CLAIM else ()), *others, *rarer)
    return (_whose_button(question), *rarer)


_BESIDE_CLAIM = 2
"""A card has at most three buttons."""
_CHOICES = 5
"""A menu has room for five acts; the form offers every candidate."""


def _rarer(question: Question) -> tuple[Button, ...]:
    number = short_id(question.number)
    explain = Button("Whole story", f"explain {number}", f"The whole text and history of question {number}")
    resolve = Button("Resolve", f"resolve {number}", f"Nothing is left to do for {number}")
    hand_off = Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague")
    match question.status:
        case Status.UNIDENTIFIED:
            return (explain,)
        case Status.ROUTED:
            wrong = Button("Wrong client", f"client {number} is", f"Say whose question {number} really is")
            return (hand_off, wrong)
        case Status.CLAIMED:
            waiting = Button("Waiting for the client", f"waiting {number}", f"Question {number} waits for its client")
            return (waiting, resolve, explain)
        case Status.WAITING:
            resume = Button("The client has answered", f"claim {number}", f"Go on with question {number}")
            return (resume, resolve, explain)
        case Status.ANSWERED:
            return (hand_off, explain)
        case Status.RESOLVED:
            return (explain,)
    assert_never(question.status)


def _context(question: Question, firm: Firm) -> Text:
    asker = question.asked_by
    who = asker.name or asker.email
    by = f", asked by {who}" if who else ""
    filed = f", filed by {name_of(firm, asker.filed_by)}" if asker.filed_by is not None else ""
    return (
        f"{short_id(question.number)}{by} {VIA_WORDS[question.via]}{filed}, ",
        at(firm, question, question.asked_at),
    )
