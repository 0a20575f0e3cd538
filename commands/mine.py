"""``mine``: what somebody has, and what waits in their pods."""

from commands.invocation import Context
from commands.views import Bold, Button, Listing, Reply, Row, Text
from commands.wording import STATUS_WORDS, at, claim_button, client_words, first_line
from coverage.ids import ClientId, short_id
from coverage.question import Question, Status


def mine(context: Context) -> Reply:
    """The actor's own open questions, then the unclaimed ones of their pods, what is due first first; of both the
    urgent ones before all others, and last what is snoozed."""
    owned = sorted(context.uow.questions.owned_by(context.actor.id), key=_first)
    pods = [pod.id for pod in context.firm.pods_of(context.actor.id)]
    waiting = sorted(context.uow.questions.unclaimed_in(pods), key=_first) if pods else []
    shown = [*owned[:_SHOWN], *waiting[:_SHOWN]]
    clients = context.uow.clients.many(one.client for one in shown if one.client is not None)
    names = {client.id: client.name for client in clients.values()}
    rows = [_own(context, question, names) for question in owned[:_SHOWN]]
    rows += [_waiting(context, question, names) for question in waiting[:_SHOWN]]
    left = len(owned) + len(waiting) - len(rows)
    if left:
        rows.append(Row((f"and {left} more",)))
    return Listing(
        f"You have {_questions(len(owned))}; {_questions(len(waiting)) if waiting else 'none'} in your pods"
        f" {'wait' if len(waiting) > 1 else 'waits'} to be claimed",
        tuple(rows),
        "Nothing to do: nobody waits for you.",
    )


def _first(question: Question) -> tuple[bool, bool]:
    return (question.snoozed_until is not None, not question.urgent)


_SHOWN = 10


def _questions(count: int) -> str:
    return f"{count or 'no'} question{'s' if count != 1 else ''}"


def _own(context: Context, question: Question, names: dict[ClientId, str]) -> Row:
    number = short_id(question.number)
    text = _line(question, names)
    due = question.deadlines.first_response if question.answered_at is None else question.deadlines.resolution
    when: Text = (", due ", at(context.firm, question, due)) if due is not None else ()
    if question.snoozed_until is not None:
        when = (*when, ", snoozed until ", at(context.firm, question, question.snoozed_until))
    if question.status is Status.ANSWERED:
        button = Button("Resolve", f"resolve {number}", f"Nothing is left to do for {number}")
    else:
        button = Button("Answered", f"answered {number}", f"Question {number} is answered")
    return Row((*text, f" ({STATUS_WORDS[question.status].casefold()}", *when, ")"), (button,))


def _waiting(context: Context, question: Question, names: dict[ClientId, str]) -> Row:
    due = question.deadlines.claim
    when: Text = (" (claim due ", at(context.firm, question, due), ")") if due is not None else ()
    return Row((*_line(question, names), *when), (claim_button(question.number, _client(question, names)),))


def _line(question: Question, names: dict[ClientId, str]) -> Text:
    urgent = " (urgent)" if question.urgent else ""
    return (Bold(short_id(question.number)), f"{urgent} {_client(question, names)}: {first_line(question.text)}")


def _client(question: Question, names: dict[ClientId, str]) -> str:
    return client_words(question, names.get(question.client) if question.client is not None else None)
