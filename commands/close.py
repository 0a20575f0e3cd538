"""``close Q-214 spam``: a question that nobody answers is resolved, saying why."""

import re

from commands.grammar import Name
from commands.invocation import Context, Refused
from commands.record import record
from commands.views import Button, Code, Field, FieldKind, Form, Reply, notice, refusal
from commands.which import named_question, possible
from coverage.ids import short_id
from coverage.question import Question
from coverage.question_acts import close


def close_question(context: Context) -> Reply:
    """Resolved without an answer: it counts for nobody who answered the client. ``reopen`` takes it back."""
    question, words = named_question(context, Name.CLOSE)
    number = short_id(question.number)
    why = _OTHER.sub("", words).strip()
    change = possible(question, lambda: close(question, context.actor.id, context.now, why))
    if not words:
        return _form(question)
    if not why:
        raise Refused(
            refusal("Say why in a few words. For example ", Code(f"close {number} meant for the landlord"), ".")
        )
    record(context.uow, context.firm, *change, context.now)
    reopen = Button("Reopen", f"reopen {number}", f"Reopen question {number}")
    return notice(f"{number} is closed without an answer: {why}", buttons=(reopen,))


_OTHER = re.compile(r"^other\b[\s:]*", re.IGNORECASE)
_REASONS = (
    ("spam", "Spam"),
    ("not for us", "It is not for us"),
    ("no answer needed", "No answer is needed"),
    ("other:", "Something else"),
)


def _form(question: Question) -> Form:
    number = short_id(question.number)
    return Form(
        title=f"Close {number}",
        line=f"close {number} {{reason}} {{words}}",
        fields=(
            Field("reason", "Why nobody answers it", FieldKind.CHOICE, initial="spam", options=_REASONS),
            Field("words", "In your words", FieldKind.LINE, optional=True, hint="Needed for something else"),
        ),
        submit="Close",
        example=f"close {number} spam",
        about=question.number,
        version=question.version,
    )
