"""Which question somebody means, and whether they may act on it: nothing else hands out questions to act on."""

from collections.abc import Callable

from commands.belonging import question_of_thread
from commands.called_about import question_of_call
from commands.grammar import USAGE, Name, take_question
from commands.ids_typed import only_questions, question_typed
from commands.invocation import Context, Refused
from commands.names import names_for_mentions
from commands.permissions import may, who_can
from commands.ports import UnknownQuestion
from commands.views import Button, Code, Notice, Text, refusal
from commands.wording import STATUS_WORDS, since
from coverage.ids import QuestionNumber, short_id
from coverage.question import Change, NotPossible, Question


def named_question(context: Context, verb: Name, *, then_somebody: bool = False) -> tuple[Question, str]:
    """The question the words begin with, or the one of the thread they were said in, locked, and the other words.

    The words are as they are kept, with names for mentions, unless they say whom it is about (``then_somebody``).

    Raises:
        Refused: no question is meant, there is none of that number, or the actor may not do this to it.
    """
    strict = thread_question(context) is not None
    number, rest = take_question(context.words, strict=strict)
    number = number if number is not None else thread_question(context)
    if number is None:
        example = Code(USAGE[verb].example)
        raise Refused(refusal("Which question? For example ", example, ".", buttons=(my_questions_button(),)))
    check_is_one(number, rest, verb)
    question = question_for(context, number, verb)
    return question, rest if then_somebody else names_for_mentions(context, rest)


def check_is_one(number: QuestionNumber, rest: str, verb: Name) -> None:
    """Of several questions nothing is done to the first alone. Raises Refused."""
    more = only_questions(rest)
    if not more or verb is Name.MERGE or more == (number,):
        return
    every = tuple(dict.fromkeys((number, *more)))[:_MOST_AT_ONCE]
    buttons = tuple(
        Button(f"{verb.value.capitalize()} {short_id(one)}", f"{verb} {short_id(one)}", f"{verb} {short_id(one)}")
        for one in every
    )
    raise Refused(refusal("One question at a time, please; nothing is done yet:", buttons=buttons))


_MOST_AT_ONCE = 10


def question_for(context: Context, number: QuestionNumber, verb: Name, *, was_drawn: bool = True) -> Question:
    """The question of that number, locked, if the actor may use ``verb`` on it and saw it as it is. Raises Refused.

    ``was_drawn`` is False for one that the button pressed was not about: nobody saw it.
    """
    try:
        question = context.uow.questions.get(number)
    except UnknownQuestion:
        typed = question_typed(context.words, number)
        raise Refused(refusal(f"There is no question {typed}.", buttons=(my_questions_button(),))) from None
    if not may(context.actor, verb, question, context.firm):
        can = who_can(question, context.firm)
        raise Refused(refusal(f"{short_id(number)} is not yours to {_TO_DO.get(verb, verb)}. Who can: {can}."))
    if was_drawn and verb is not Name.CLAIM and _has_moved_on(context, question):
        raise Refused(_moved_on(context, question, "were shown that button", context.invocation.line))
    return question


def my_questions_button() -> Button:
    """Leads to their ids."""
    return Button("My questions", "mine", "List my questions and those that wait in my pods")


_TO_DO = {
    Name.HANDOFF: "hand off",
    Name.ANSWERED: "answer",
    Name.WAITING: "put on hold",
    Name.URGENT: "mark as urgent",
}


def _has_moved_on(context: Context, question: Question) -> bool:
    """A button was drawn for an earlier turn of the question, and somebody else has to act now. (A late click on Claim
    is told who was first.)"""
    drawn_for = context.invocation.drawn_for
    return drawn_for not in (None, question.version) and question.claimed_by != context.actor.id


def told_since(context: Context, number: QuestionNumber, line: str) -> Notice:
    """A line that came twice is not done again after others acted on its question: with a button that does it."""
    return _moved_on(context, context.uow.questions.look_at(number), "said that", line)


def _moved_on(context: Context, question: Question, since_you: str, line: str) -> Notice:
    number = short_id(question.number)
    now_so = since(context.firm, question) if question.claimed_by is not None else (STATUS_WORDS[question.status],)
    again = Button("Do it anyway", line, f"Do it anyway with question {number}")
    words: Text = (f"{number} has moved on since you {since_you}: ", *now_so, ".")
    return Notice(words, (again,), question.number, question.version, is_refusal=True)


def thread_question(context: Context) -> QuestionNumber | None:
    """The question under whose card the line was said, or which was asked in the client's thread it was said in; in a
    chat with us the one that the message was about under which it was said, or which it quotes."""
    said = context.invocation
    if said.place is None or said.thread is None:
        return None
    place = context.uow.places.find(said.place.platform, said.place.address)
    if place is None:
        return question_of_call(context, said.thread)
    number = context.uow.questions.in_thread(place, said.thread)
    if number is not None:
        return number
    asked = question_of_thread(context.uow, place, said.thread)
    return asked.number if asked is not None else None


def possible(question: Question, change: Callable[[], Change]) -> Change:
    """What ``change`` makes of the question; where its state does not allow that, the actor is told. Raises Refused."""
    try:
        return change()
    except NotPossible as reason:
        raise Refused(refusal(f"{short_id(question.number)} {reason}.")) from None
