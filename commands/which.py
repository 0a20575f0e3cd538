"""Which question somebody means, and whether they may act on it: nothing else hands out questions to act on."""

from commands.grammar import Name, take_question
from commands.invocation import Context, Refused
from commands.permissions import WHO_MAY, May, is_concerned, who_can
from commands.ports import UnknownQuestion
from commands.views import Code, refusal
from coverage.ids import QuestionNumber, short_id
from coverage.question import Question


def named_question(context: Context, verb: Name) -> tuple[Question, str]:
    """The question the words begin with, or the one of the thread they were said in, locked, and the other words.

    Raises:
        Refused: no question is meant, there is none of that number, or the actor may not do this to it.
    """
    strict = thread_question(context) is not None
    number, rest = take_question(context.words, strict=strict)
    number = number or thread_question(context)
    if number is None:
        raise Refused(
            refusal("Which question? For example ", Code(f"{verb} Q-214"), ". ", Code("mine"), " lists yours.")
        )
    return question_for(context, number, verb), rest


def question_for(context: Context, number: QuestionNumber, verb: Name) -> Question:
    """The question of that number, locked, if the actor may use ``verb`` on it. Raises Refused."""
    try:
        question = context.uow.questions.get(number)
    except UnknownQuestion:
        raise Refused(refusal(f"There is no question {short_id(number)}. ", Code("mine"), " lists yours.")) from None
    if WHO_MAY[verb] is May.THOSE_CONCERNED and not is_concerned(context.actor, question, context.firm):
        can = who_can(question, context.firm)
        raise Refused(refusal(f"{short_id(number)} is not yours to {verb}. Who can: {can}."))
    return question


def thread_question(context: Context) -> QuestionNumber | None:
    """The question under whose card the line was said, if it was said in such a thread."""
    said = context.invocation
    if said.place is None or said.thread is None:
        return None
    place = context.uow.places.find(said.place.platform, said.place.address)
    return context.uow.questions.in_thread(place, said.thread) if place is not None else None
