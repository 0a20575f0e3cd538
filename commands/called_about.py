"""What somebody was called about: the question of a message to them alone, when they reply to just that message."""

from commands.invocation import Context
from coverage.ids import QuestionNumber


def question_of_call(context: Context, remote: str) -> QuestionNumber | None:
    """The question about which the actor was called with the message ``remote``, if they have it or it waits in one of
    their pods: nothing else of what they were told is looked for."""
    pods = [pod.id for pod in context.firm.pods_of(context.actor.id)]
    waiting = context.uow.questions.unclaimed_in(pods) if pods else []
    for question in [*context.uow.questions.owned_by(context.actor.id), *waiting][:_MOST]:
        calls = context.uow.outbox.sent_calls(question.number)
        if any(call.remote == remote and call.to_person == context.actor.id for call in calls):
            return question.number
    return None


_MOST = 50
"""Of so many questions is looked whether it was one of them: each takes a query."""
