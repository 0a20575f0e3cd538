"""``kudos @bob [for Q-214] a sentence``: thank a colleague, for a question they served where one is named.

A sentence that is all quotation, for a question, is what the client said: ``kudos @bob for Q-214 “You saved us!”``.
"""

import re
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from commands.calling import presence_of
from commands.grammar import take_question
from commands.history import who_had
from commands.invocation import Context, Refused
from commands.kudos_list import is_list, kudos_list
from commands.kudos_words import as_clients, clients_words, has_a_quotation, speaker_named
from commands.names import names_for_mentions, take_person, unknown_person
from commands.outgoing import Message, Priority, Topic
from commands.ports import Kudos, UnknownQuestion
from commands.views import Field, FieldKind, Form, Notice, Reply, notice, refusal
from commands.wording import name_of, until_words
from coverage.ids import PersonId, QuestionNumber, short_id
from coverage.people import Person
from coverage.wall_clock import first_instant

LONGEST = 1_000
"""Characters of a sentence of thanks: it is shown whole, so there is an end to it."""
_EXAMPLE = "kudos @bob for Q-214 you saved their year end"


def kudos(context: Context) -> Reply:
    """Thank a colleague: in the kudos channel, where the firm has one, and by a message to them.

    Somebody on leave is named but not called, and gets their message when they are back.
    """
    if is_list(context.words):
        return kudos_list(context)
    receiver, question, sentence = _read(context)
    words = clients_words(sentence) if question is not None else None
    if receiver is not None and receiver.id == context.actor.id:
        raise Refused(refusal(_OWN if words is None else f"Those thanks are yours. {_PASS_ON}"))
    if receiver is None or not any(sign.isalnum() for sign in sentence):
        return _form(context, receiver, question) if words is None else _clients_form(context, receiver, question)
    sentence = sentence if words is None else as_clients(words, speaker_named(sentence))
    if len(sentence) > LONGEST:
        raise Refused(refusal(f"That is {len(sentence):,} characters. Say it in at most {LONGEST:,}."))
    if question is not None:
        _check_had(context, receiver, question)
    _check_some_left(context)
    given = Kudos(0, context.actor.id, receiver.id, sentence, context.now, question)
    if words is not None:
        _check_first(context, given)
    _tell(context, context.uow.kudos.add(given))
    if words is not None:
        return _thanked(context, receiver, "the client's thanks")
    told = _thanked(context, receiver, "your thanks")
    is_mixed = question is not None and has_a_quotation(sentence)
    return replace(told, text=(*told.text, _MIXED)) if is_mixed else told


_MIXED = (
    " It is told as your own sentence. What a client said is passed on as theirs where it stands alone, or with who "
    "said it: “Great!” says Jo."
)
_OWN = "Kudos are for somebody else. Whom else do you want to thank?"
_PASS_ON = "A colleague can pass them on to you, with the same button or from the question's card."


def _read(context: Context) -> tuple[Person | None, QuestionNumber | None, str]:
    if not context.words:
        return None, None, ""
    receiver, words = take_person(context, context.words)
    if receiver is None:
        raise unknown_person(context, context.words, _EXAMPLE)
    question, sentence = _take_question(words)
    return receiver, question, names_for_mentions(context, sentence).strip()


_FOR = re.compile(r"^for\b\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"^#?\d{1,9}\s*:")


def _take_question(words: str) -> tuple[QuestionNumber | None, str]:
    """``for Q-214``, also ``for 214:``, and what follows; ``for :`` is how the form says that it is for none. Other
    words after ``for`` are the sentence: ``for staying late``."""
    said = _FOR.match(words)
    if said is None:
        return None, words
    rest = words[said.end() :]
    if rest.startswith(":"):
        return None, rest[1:]
    number, sentence = take_question(rest, strict=_NUMBERED.match(rest) is None)
    return (number, sentence.lstrip(":, ")) if number is not None else (None, words)


def _check_had(context: Context, receiver: Person, number: QuestionNumber) -> None:
    try:
        question = context.uow.questions.look_at(number)
    except UnknownQuestion:
        raise Refused(refusal(f"There is no question {short_id(number)}.")) from None
    had = who_had(question, context.uow.history.of(number), context.firm)
    if receiver.id in had:
        return
    others = [context.firm.people[who].name for who in had]
    who = f"It was with {' and '.join(others)}." if others else "Nobody has had it yet."
    raise Refused(refusal(f"{receiver.name} did not have {short_id(number)}. {who}"))


def _check_first(context: Context, given: Kudos) -> None:
    """What a client said once is passed on once, however many press the button. The question is locked meanwhile."""
    assert given.question is not None
    context.uow.questions.get(given.question)
    before = context.uow.kudos.same_as(given)
    if before is not None:
        by = "you" if before.giver == context.actor.id else name_of(context.firm, before.giver)
        raise Refused(
            refusal(f"{name_of(context.firm, given.receiver)} has these thanks already: {by} passed them on.")
        )


def _check_some_left(context: Context) -> None:
    """So many in the giver's own day."""
    most = context.firm.settings.kudos_per_day
    if not most:
        raise Refused(refusal("This firm has switched kudos off. Say it to them yourself: that is worth more anyway."))
    if context.uow.kudos.given_since(context.actor.id, _midnight(context.now, context.actor)) >= most:
        all_of_them = "the one" if most == 1 else f"all {most}"
        raise Refused(refusal(f"You have given {all_of_them} of today's kudos. Keep this for tomorrow."))


def _midnight(now: datetime, person: Person) -> datetime:
    zone = ZoneInfo(person.timezone)
    return first_instant(datetime.combine(now.astimezone(zone).date(), time()), zone)


def _tell(context: Context, given: Kudos) -> None:
    facts = {"kudos": str(given.id)}
    channel, who = context.firm.kudos_channel, given.receiver
    if channel is not None:
        key = f"kudos:{given.id}:channel"
        context.uow.outbox.add(
            Message(key, Topic.KUDOS, Priority.REPORT, to_place=channel, people=(who,), facts=facts), context.now
        )
    key = f"kudos:{given.id}:dm"
    context.uow.outbox.add(
        Message(key, Topic.KUDOS, Priority.REPORT, to_person=who, people=(who,), facts=facts), context.now
    )


def _thanked(context: Context, receiver: Person, what: str) -> Notice:
    presence = presence_of(context.uow, context.firm, [receiver.id], context.now)
    where = " It is in the kudos channel, too." if context.firm.kudos_channel is not None else ""
    if presence.is_on_leave(receiver.id, context.now):
        until = until_words(presence.away_until(receiver.id, context.now))
        return notice(f"{receiver.name} {until} and gets {what} on their return.{where}")
    return notice(f"{receiver.name} gets {what}.{where}")


def _form(context: Context, receiver: Person | None, question: QuestionNumber | None) -> Form:
    return Form(
        title="Kudos",
        line="kudos {to} for {question}: {sentence}",
        fields=(
            Field("to", "Whom do you thank?", FieldKind.PERSON, _mention(context, receiver)),
            Field(
                "question",
                "For which question?",
                FieldKind.LINE,
                short_id(question) if question is not None else "",
                optional=True,
                hint="Such as Q-214; empty where it is for none in particular",
            ),
            Field("sentence", "What for?", FieldKind.LONG, hint="A sentence; your colleagues read it"),
        ),
        submit="Thank them",
        example=_EXAMPLE,
    )


def _clients_form(context: Context, receiver: Person | None, question: QuestionNumber | None) -> Form:
    """For what the client said of a question."""
    assert question is not None
    number = short_id(question)
    return Form(
        title=f"Thanks for {number}",
        line=f"kudos {{to}} for {number}: “{{sentence}}”",
        fields=(
            Field("to", "Whom does the client thank?", FieldKind.PERSON, _mention(context, receiver)),
            Field(
                "sentence", "What did the client say?", FieldKind.LONG, hint="In their words; your colleagues read it"
            ),
        ),
        submit="Pass it on",
        example=f"kudos @bob for {number} “You saved our year end!”",
    )


def _mention(context: Context, receiver: Person | None) -> str:
    """The receiver as the actor's platform mentions them, to be chosen already in the form."""
    ours = context.invocation.sender.platform
    who: PersonId | None = receiver.id if receiver is not None else None
    known = context.uow.people.identities(who) if who is not None else []
    return next((f"<@{one.user}>" for one in known if one.platform == ours), "")
