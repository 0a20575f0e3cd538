"""``release Q-214 [why]``: give a question back to its pod."""

from commands.calling import call_somebody
from commands.grammar import Name
from commands.invocation import Context, Refused
from commands.record import record
from commands.views import Reply, notice, refusal
from commands.which import named_question
from coverage.ids import short_id
from coverage.question import NotPossible, release


def release_question(context: Context) -> Reply:
    """Offer the question to its pod again, at once; whoever gave it back is called only if nobody else is there."""
    question, why = named_question(context, Name.RELEASE)
    try:
        released, events = release(question, context.actor.id, context.now, why)
    except NotPossible as reason:
        raise Refused(refusal(f"{short_id(question.number)} {reason}.")) from None
    offered, called = call_somebody(context.uow, context.firm, released, context.now, avoid=question.claimed_by)
    record(context.uow, context.firm, offered, (*events, *called), context.now)
    return notice(f"{short_id(question.number)} is back with {context.firm.pods[question.pod].name}.")
