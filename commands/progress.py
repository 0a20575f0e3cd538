"""``answered``, ``waiting``, ``resolve`` and ``reopen``: how far a claimed question has come."""

from dataclasses import replace

from commands.answer_words import add_answer, without_words
from commands.ask import intake_of
from commands.calling import call_somebody
from commands.grammar import Name
from commands.invocation import Context
from commands.kudos_words import thanks_button
from commands.permissions import colleagues
from commands.ports import UnitOfWork
from commands.record import record
from commands.views import Field, FieldKind, Form, Reply, notice
from commands.which import named_question, possible
from commands.wording import pod_name
from coverage.firm import Firm
from coverage.ids import short_id
from coverage.question import Change, Question, Status, answer, claim, reopen, resolve, wait


def answered(context: Context) -> Reply:
    """The client has their first response; an unclaimed question is claimed by this first."""
    question, said = named_question(context, Name.ANSWERED)
    if question.answered_at is not None and question.status in (Status.ANSWERED, Status.RESOLVED):
        return add_answer(context, question, said)
    claimed, first = _claimed_first(context, question)
    done, events = possible(question, lambda: answer(claimed, context.actor.id, context.now, said))
    _record(context, (done, (*first, *events)))
    return notice(f"{short_id(question.number)} is answered.") if said else without_words(done)


def waiting(context: Context) -> Reply:
    """The clocks stop until the client has answered, or somebody goes on with ``claim`` or ``answered``."""
    question, what = named_question(context, Name.WAITING)
    change = possible(question, lambda: wait(question, context.actor.id, context.now, what))
    _record(context, change)
    return notice(f"{short_id(question.number)} waits for the client; its clocks stand still.")


def resolved(context: Context) -> Reply:
    """Nothing is left to do; an unclaimed question is claimed by this first, so that somebody has answered for it."""
    question, why = named_question(context, Name.RESOLVE)
    claimed, first = _claimed_first(context, question)
    done, events = possible(question, lambda: resolve(claimed, context.actor.id, context.now, why))
    _record(context, (done, (*first, *events)))
    thanks = tuple(thanks_button(done, context.firm, seen_by=context.actor.id))
    return notice(f"{short_id(question.number)} is resolved.", buttons=thanks)


def reopened(context: Context) -> Reply:
    """Offered to the pod again, with the reason; first response and resolution still count from when it was asked."""
    question, why = named_question(context, Name.REOPEN)
    reopened = in_a_pod(context.uow, context.firm, question)
    offered, events = possible(question, lambda: reopen(reopened, context.actor.id, context.now, why))
    if not why:
        return _why_form(question)
    called, more = call_somebody(context.uow, context.firm, offered, context.now)
    _record(context, (called, (*events, *more)))
    return notice(f"{short_id(question.number)} is open again, with {pod_name(context.firm, called)}.")


def in_a_pod(uow: UnitOfWork, firm: Firm, question: Question) -> Question:
    """A question whose pod was dissolved since goes to whoever looks after its client now, else to the intake's pod."""
    if question.pod in firm.pods:
        return question
    client = uow.clients.get(question.client) if question.client is not None else None
    pod = client.pod if client is not None and client.pod in firm.pods else intake_of(firm).pod
    return replace(question, pod=pod, policy=firm.policy_of(pod))


def _claimed_first(context: Context, question: Question) -> Change:
    if not question.is_unclaimed:
        return question, ()
    is_outside = context.actor.id not in colleagues(question, context.firm)
    return claim(question, context.actor.id, context.now, from_outside=is_outside)


def _record(context: Context, change: Change) -> None:
    question, events = change
    record(context.uow, context.firm, question, events, context.now)


def _why_form(question: Question) -> Form:
    number = short_id(question.number)
    return Form(
        title=f"Reopen {number}",
        line=f"reopen {number} {{why}}",
        fields=(Field("why", "What is still to be done", FieldKind.LONG),),
        submit="Reopen",
        example=f"reopen {number} the form came back",
        about=question.number,
        version=question.version,
    )
