"""What the client was told, noted after *Answered* was pressed: so that it is found when they ask again."""

from commands.invocation import Context, Refused
from commands.ports import HistoryRow, What
from commands.views import Button, Field, FieldKind, Form, Notice, Reply, notice, refusal
from commands.wording import first_line
from coverage.ids import short_id
from coverage.question import Question


def without_words(question: Question) -> Notice:
    """The reply to *Answered*, which is one press: the words may follow, and the button asks for them."""
    number = short_id(question.number)
    words = f"{number} is answered. What did you tell them? Whoever they ask next will find it."
    return Notice((words,), (_add_button(question),), question.number, question.version)


def add_answer(context: Context, question: Question, said: str) -> Reply:
    """Note what was said with an answer that has no words yet; without ``said`` a form asks for it. Raises Refused."""
    number = short_id(question.number)
    noted = context.uow.history.answers_to([question.number]).get(question.number)
    if noted is not None and noted.why:
        raise Refused(refusal(f"{number} is answered already: “{first_line(noted.why, 300)}”"))
    if said:
        row = HistoryRow(context.now, context.actor.id, What.ANSWERED, said)
        context.uow.history.append(question.number, [row])
        return notice(f"What the client was told is noted with {number}.")
    if context.invocation.drawn_for not in (None, question.version):  # the second press of a double click
        words = f"{number} is answered already. What the client was told is not noted."
        raise Refused(Notice((words,), (_add_button(question),), question.number, question.version, is_refusal=True))
    return _form(question)


def _add_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Add what you said", f"answered {number}", f"Note what the client of {number} was told")


def _form(question: Question) -> Form:
    number = short_id(question.number)
    return Form(
        title=f"Answer to {number}",
        line=f"answered {number} {{said}}",
        fields=(Field("said", "What did you tell the client?", FieldKind.LONG),),
        submit="Note it",
        example=f"answered {number} sent the figures",
        about=question.number,
        version=question.version,
    )
