"""``handoff Q-214 @bob why``: give a question to a colleague."""

import re

from commands.calling import presence_of, rules_of
from commands.grammar import Name
from commands.invocation import Context, Refused
from commands.names import names_for_mentions, take_person, unknown_person
from commands.permissions import colleagues
from commands.record import record
from commands.views import Field, FieldKind, Form, Reply, notice, refusal
from commands.which import named_question
from commands.wording import until_words
from coverage.ids import short_id
from coverage.people import Person
from coverage.question import NotPossible, Question, hand_off


def hand_off_question(context: Context) -> Reply:
    """The question stays claimed, by ``@bob``, who is told; refused when they are away, naming who is in."""
    question, words = named_question(context, Name.HANDOFF, then_somebody=True)
    words = _TO.sub("", words)
    if not words:
        return _form(question)
    colleague, why = take_person(context, words)
    if colleague is None:
        line = f"handoff {short_id(question.number)} "
        raise unknown_person(context, words, f"{line}@bob he did the audit", line=f"{line}{words}")
    _check_is_there(context, question, colleague)
    try:
        handed, events = hand_off(
            question, context.actor.id, colleague.id, context.now, names_for_mentions(context, why)
        )
    except NotPossible as reason:
        raise Refused(refusal(f"{short_id(question.number)} {reason}.")) from None
    record(context.uow, context.firm, handed, events, context.now)
    return notice(f"{colleague.name} has {short_id(question.number)} now.")


_TO = re.compile(r"^to\b\s*(?=[@<\w])", re.IGNORECASE)


def _check_is_there(context: Context, question: Question, colleague: Person) -> None:
    members = colleagues(question, context.firm)
    presence = presence_of(context.uow, context.firm, {colleague.id, *members}, context.now)
    opening = rules_of(context.firm, question).next_opening(context.now)
    is_away = presence.is_on_leave(colleague.id, context.now)
    if presence.is_available(colleague.id, opening) and not is_away:
        return
    there = [
        context.firm.people[who].name
        for who in members
        if presence.is_available(who, opening) and who not in (question.claimed_by, colleague.id)
    ]
    who_is_in = f"Who is in: {', '.join(there)}." if there else "Nobody else of the pod is in."
    until = until_words(presence.away_until(colleague.id, context.now if is_away else opening))
    raise Refused(refusal(f"{colleague.name} {until}. {who_is_in}"))


def _form(question: Question) -> Form:
    number = short_id(question.number)
    return Form(
        title=f"Hand off {number}",
        line=f"handoff {number} {{to}} {{why}}",
        fields=(
            Field("to", "To whom", FieldKind.PERSON),
            Field("why", "Why, and what they should know", FieldKind.LONG, optional=True),
        ),
        submit="Hand off",
        example=f"handoff {number} @bob he did the audit",
        about=question.number,
        version=question.version,
    )
