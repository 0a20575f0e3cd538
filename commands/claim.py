"""``claim [Q-214]``: take a question."""

from commands.grammar import Name, take_question
from commands.invocation import Context, Refused
from commands.permissions import colleagues
from commands.record import record
from commands.views import Listing, Notice, Reply, Row, notice, refusal
from commands.which import check_is_one, question_for, thread_question
from commands.wording import at, claim_button, client_words, first_line, since
from coverage.ids import QuestionNumber, short_id
from coverage.question import AlreadyClaimed, NotPossible, Question, Status, claim


def claim_question(context: Context) -> Reply:
    """Stop the claim clock: of any number of simultaneous clicks exactly one wins, the others are told who has it.

    Without an id: the question of the thread, else the only unclaimed one of the actor's pods, else a list. Words that
    are no id never claim: somebody may mean another question than the only one there is.
    """
    number, words = take_question(context.words)
    if number is not None:
        check_is_one(number, words, Name.CLAIM)
    number = number if number is not None else thread_question(context)
    if number is None:
        waiting = context.uow.questions.unclaimed_in(pod.id for pod in context.firm.pods_of(context.actor.id))
        if len(waiting) != 1 or words:
            return _choice(context, waiting)
        number = waiting[0].number
    return _claim(context, number)


def _claim(context: Context, number: QuestionNumber) -> Reply:
    question = question_for(context, number, Name.CLAIM)
    outside = context.actor.id not in colleagues(question, context.firm)
    try:
        claimed, events = claim(question, context.actor.id, context.now, from_outside=outside)
    except AlreadyClaimed:
        raise Refused(_who_has_it(context, question)) from None
    except NotPossible as why:
        raise Refused(Notice((f"{short_id(number)} {why}.",), is_refusal=True)) from None
    if not events:
        return notice(f"{short_id(number)} is yours already, ", *since(context.firm, question), ".")
    claimed = record(context.uow, context.firm, claimed, events, context.now)
    due = claimed.deadlines.first_response
    if due is None or claimed.answered_at is not None:
        return notice(_taken(question))
    return notice(f"{_taken(question)} An answer is due ", at(context.firm, claimed, due), ".")


def _taken(was: Question) -> str:
    """What the claim has done to the question, as it ``was`` before."""
    number = short_id(was.number)
    awake = ", and it is not snoozed any more" if was.snoozed_until is not None else ""
    if was.status is Status.WAITING:
        return f"The clocks of {number} run again{awake}; it is yours."
    return f"{number} is yours still{awake}." if awake else f"{number} is yours."


def _who_has_it(context: Context, question: Question) -> Notice:
    """The loser reads who was first and since when."""
    return Notice((f"{short_id(question.number)}: ", *since(context.firm, question), "."), is_refusal=True)


def _choice(context: Context, waiting: list[Question]) -> Reply:
    if not waiting:
        return refusal("Nothing waits to be claimed in your pods.")
    clients = context.uow.clients.many(question.client for question in waiting if question.client is not None)
    rows = []
    for question in waiting[:_SHOWN]:
        known = clients.get(question.client) if question.client is not None else None
        client = client_words(question, known.name if known is not None else None)
        text = f"{short_id(question.number)} {client}: {first_line(question.text)}"
        rows.append(Row((text,), (claim_button(question.number, client),)))
    if len(waiting) > _SHOWN:
        rows.append(Row((f"and {len(waiting) - _SHOWN} more",)))
    return Listing("Which one?", tuple(rows))


_SHOWN = 10
