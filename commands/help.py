"""``help [verb]``: what people can say, with examples."""

import re

from commands.acts import everything
from commands.grammar import USAGE, Name, nearest_verb, take_question
from commands.invocation import Context
from commands.permissions import WHO_MAY
from commands.ports import UnknownQuestion
from commands.views import Bold, Code, Listing, Notice, Reply, Row, notice, refusal
from commands.wording import STATUS_WORDS, client_words, first_line
from coverage.ids import QuestionNumber, short_id


def help_with(context: Context) -> Reply:
    """All verbs, or one with its example and who may use it; or what can be done with a question now."""
    number, _ = take_question(context.words, strict=True)
    if number is not None:
        return _with_a_question(context, number)
    wanted = _ABOUT.sub("", context.words.strip().lstrip("/").casefold()).strip(" .!?")
    if not wanted:
        rows = tuple(Row((Code(usage.form), f"  {usage.does}")) for usage in USAGE.values())
        return Listing("What you can say", rows)
    name = Name(wanted) if wanted in list(Name) else nearest_verb(wanted)
    if name is None:
        return refusal(f"I do not know “{first_line(wanted, 40)}”. ", Code("help"), " lists what you can say.")
    usage = USAGE[name]
    return notice(
        Code(usage.form), f": {usage.does}. For example ", Code(usage.example), f". Who may: {WHO_MAY[name].value}."
    )


_ABOUT = re.compile(r"^(?:me\b|us\b|with\b|on\b|about\b|using\b|\s+)+")
"""What people say between ``help`` and what it is about."""


def _with_a_question(context: Context, number: QuestionNumber) -> Notice:
    try:
        question = context.uow.questions.look_at(number)
    except UnknownQuestion:
        return refusal(f"There is no question {short_id(number)}.")
    client = context.uow.clients.get(question.client).name if question.client is not None else None
    words = f" from {client_words(question, client)}: {first_line(question.text)} "
    text = (Bold(short_id(number)), words, f"({STATUS_WORDS[question.status]}). What you can do:")
    return Notice(text, everything(question), number, question.version)
