"""``mine [page]``: what somebody has, and what waits in their pods, what is due first first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from commands.invocation import Context
from commands.views import Bold, Button, Listing, Reply, Row, Text
from commands.wording import STATUS_WORDS, at, claim_button, client_words, explain_button, first_line
from coverage.ids import ClientId, short_id
from coverage.question import Question, Status


@dataclass(frozen=True, slots=True)
class Queue:
    """What one person has and what waits in their pods, each what is due first first."""

    owned: tuple[Question, ...]
    waiting: tuple[Question, ...]


def mine(context: Context) -> Reply:
    """The actor's own open questions, then the unclaimed ones of their pods, what is due first first; of both the
    urgent ones before all others, and last what is snoozed. Of long lists a page at a time."""
    queue = queue_of(context)
    page = int(context.words) if context.words.isdecimal() and len(context.words) < _DIGITS else 1
    begin = _SHOWN * (max(page, 1) - 1)
    owned, waiting = queue.owned[begin : begin + _SHOWN], queue.waiting[begin : begin + _SHOWN]
    names = names_of(context, (*owned, *waiting))
    rows = [own_row(context, question, names) for question in owned]
    rows += [waiting_row(context, question, names) for question in waiting]
    left = max(0, len(queue.owned) - begin - _SHOWN) + max(0, len(queue.waiting) - begin - _SHOWN)
    if left:
        rows.append(Row((f"and {left} more",), (Button("Show them", f"mine {page + 1}", "Show more of my questions"),)))
    empty = _NOTHING if page == 1 else f"There is no page {page} of your questions."
    return Listing(in_short(queue), tuple(rows), empty)


def _first(question: Question) -> tuple[bool, bool]:
    return (question.snoozed_until is not None, not question.urgent)


_SHOWN = 10
_DIGITS = 6
_NOTHING = "Nothing to do: nobody waits for you."


def queue_of(context: Context) -> Queue:
    """The actor's, as it is now."""
    pods = [pod.id for pod in context.firm.pods_of(context.actor.id)]
    waiting = context.uow.questions.unclaimed_in(pods) if pods else []
    return Queue(_by_due(context.uow.questions.owned_by(context.actor.id)), _by_due(waiting))


def _by_due(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=_when))


def _when(question: Question) -> tuple[bool, bool, datetime, int]:
    is_snoozed = question.snoozed_until is not None
    return (is_snoozed, not question.urgent, next_due(question) or _NEVER, question.number)


_NEVER = datetime.max.replace(tzinfo=UTC)


def next_due(question: Question) -> datetime | None:
    """The promise that the question's owner, or whoever claims it, has to keep next (UTC)."""
    if question.is_unclaimed:
        return question.deadlines.claim
    if question.answered_at is None:
        return question.deadlines.first_response
    return question.deadlines.resolution


def names_of(context: Context, questions: Iterable[Question]) -> dict[ClientId, str]:
    """The names of the questions' clients."""
    clients = context.uow.clients.many(one.client for one in questions if one.client is not None)
    return {client.id: client.name for client in clients.values()}


def in_short(queue: Queue) -> str:
    """``You have 2 questions; 1 question in your pods waits to be claimed``."""
    owned, waiting = len(queue.owned), len(queue.waiting)
    return (
        f"You have {_questions(owned)}; {_questions(waiting) if waiting else 'none'} in your pods"
        f" {'wait' if waiting > 1 else 'waits'} to be claimed"
    )


def _questions(count: int) -> str:
    return f"{count or 'no'} question{'s' if count != 1 else ''}"


def own_row(context: Context, question: Question, names: dict[ClientId, str]) -> Row:
    """A question the actor has, when it is due, and what they may do with it."""
    due = next_due(question)
    when: Text = (", due ", at(context.firm, question, due), *_late(context, due)) if due is not None else ()
    if question.snoozed_until is not None:
        when = (*when, ", snoozed until ", at(context.firm, question, question.snoozed_until))
    text = (*line(question, names), f" ({STATUS_WORDS[question.status].casefold()}", *when, ")")
    first, *more = _acts(question)
    return Row(text, (first,), tuple(more), question.number, question.version)


def waiting_row(context: Context, question: Question, names: dict[ClientId, str]) -> Row:
    """A question nobody has yet, until when it is to be claimed, and the button that does."""
    due = question.deadlines.claim
    when: Text = (" (claim due ", at(context.firm, question, due), *_late(context, due), ")") if due is not None else ()
    claim = claim_button(question.number, client_of(question, names))
    return Row((*line(question, names), *when), (claim,), about=question.number, version=question.version)


def _late(context: Context, due: datetime) -> Sequence[str]:
    return (", missed",) if due < context.now else ()


def _acts(question: Question) -> tuple[Button, ...]:
    """What comes next, then what is rarer."""
    number = short_id(question.number)
    resolve = Button("Resolve", f"resolve {number}", f"Nothing is left to do for {number}")
    if question.status is Status.ANSWERED:
        return (resolve, Button("Reopen", f"reopen {number}", f"Reopen question {number}"), _story(question))
    answered = Button("Answered", f"answered {number}", f"Question {number} is answered")
    if question.status is Status.WAITING:
        clock = Button("The client has answered", f"claim {number}", f"Go on with question {number}")
    else:
        clock = Button("Waiting for the client", f"waiting {number}", f"Question {number} waits for its client")
    hand_off = Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague")
    release = Button("Release", f"release {number}", f"Give question {number} back to its pod")
    return (answered, hand_off, clock, release, resolve, _story(question))


def _story(question: Question) -> Button:
    return explain_button(question.number)


def line(question: Question, names: dict[ClientId, str]) -> Text:
    """``Q-2 Acme Ltd: How do we file?``"""
    urgent = " (urgent)" if question.urgent else ""
    return (Bold(short_id(question.number)), f"{urgent} {client_of(question, names)}: {first_line(question.text)}")


def client_of(question: Question, names: dict[ClientId, str]) -> str:
    """The client's name, or what they were called."""
    return client_words(question, names.get(question.client) if question.client is not None else None)
