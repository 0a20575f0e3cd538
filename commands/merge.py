"""``merge Q-215 into Q-214``: two questions are one. Nothing the client said is lost."""

import re
from dataclasses import replace

from commands.grammar import Name, take_question
from commands.invocation import Context, Refused
from commands.ports import FollowUp, Overtaken, QuestionQuery, UnknownQuestion
from commands.record import record
from commands.urgent import made_urgent
from commands.views import Button, ButtonStyle, Code, Field, FieldKind, Form, Notice, Reply, notice, refusal
from commands.which import named_question, question_for
from commands.wording import claim_button, client_words, first_line, name_of
from coverage.ids import QuestionNumber, short_id
from coverage.question import Change, NotPossible, Question, Status
from coverage.question_acts import merge

_INTO = re.compile(r"^(?:into|in|with|to|of|and)\b\s*", re.IGNORECASE)
_ANYWAY = re.compile(r"^anyway\b[\s,:]*", re.IGNORECASE)


def merge_question(context: Context) -> Reply:
    """The first is resolved; the second has its words from now on, and counts from whichever was asked first."""
    question, words = named_question(context, Name.MERGE)
    named, why = take_question(_INTO.sub("", words, count=1))
    if named is None and words:
        raise Refused(refusal("Into which question? For example ", Code(_example(question)), "."))
    if named is None:
        return _form(context, question)
    into = _kept(context, named)
    if question.merged_into == into.number:
        return notice(f"{short_id(question.number)} is merged into {short_id(into.number)} already.")
    is_meant = _ANYWAY.match(why)
    if not is_meant:
        _check_clients(context, question, into, why)
    return _merged(context, question, into, why[is_meant.end() :] if is_meant else why)


def _kept(context: Context, named: QuestionNumber) -> Question:
    """The question named, or the one into which that was merged, locked. Two people who merge crosswise wait for each
    other until the database ends one of them, who is Overtaken and begins again.

    Raises:
        Refused: there is none, or the actor may not do this to it.
        Overtaken: it was merged just now.
    """
    try:
        looked_at = context.uow.questions.look_at(named)
        while looked_at.merged_into is not None:
            looked_at = context.uow.questions.look_at(looked_at.merged_into)
    except UnknownQuestion as unknown:
        raise Refused(refusal(f"There is no question {short_id(unknown.number)}.")) from None
    into = question_for(context, looked_at.number, Name.MERGE, was_drawn=False)
    if into.merged_into is not None:
        raise Overtaken(f"Q-{into.number} was merged by somebody else in the meantime")
    return into


def _check_clients(context: Context, question: Question, into: Question, why: str) -> None:
    """One client's words are not shown as another's without anybody having said so. Raises Refused."""
    gone, kept = short_id(question.number), short_id(into.number)
    if question.client == into.client or not question.is_open or not into.is_open or question.client is None:
        return
    clients = context.uow.clients.many(one for one in (question.client, into.client) if one is not None)
    whose = clients[question.client].name
    if into.client is None:
        other_way = Button("Merge it the other way", f"merge {kept} into {gone} {why}".strip(), f"Keep question {gone}")
        said = f"Nobody knows yet whose {kept} is, and {gone} is from {whose}. Keep that one:"
        raise Refused(Notice((said,), (other_way,), is_refusal=True))
    anyway = f"merge {gone} into {kept} anyway {why}".strip()
    button = Button("Merge them anyway", anyway, f"Merge question {gone} into {kept}", ButtonStyle.DANGER)
    said = (
        f"{gone} is from {whose}, and {kept} from {clients[into.client].name}. Merged, the words of {whose} are shown "
        f"with {clients[into.client].name}'s question. If that is meant: "
    )
    raise Refused(Notice((said, Code(anyway)), (button,), question.number, question.version, is_refusal=True))


def _merged(context: Context, question: Question, into: Question, why: str) -> Reply:
    (gone, events), (both, more) = _both(context, question, into, why)
    if question.urgent:
        both, hastened = made_urgent(context, both, f"as {short_id(question.number)} was")
        more = (*more, *hastened)
    _keep_words(context, question, into.number)
    record(context.uow, context.firm, gone, events, context.now)
    both = record(context.uow, context.firm, both, more, context.now)
    return _told(context, question, both)


def _both(context: Context, question: Question, into: Question, why: str) -> tuple[Change, Change]:
    try:
        return merge(question, into, context.actor.id, context.now, why)
    except NotPossible as reason:
        raise Refused(refusal(f"{short_id(question.number)} {reason}.")) from None


def _keep_words(context: Context, question: Question, into: QuestionNumber) -> None:
    """All that was said to the one that goes, with the one that stays."""
    asker = question.asked_by
    asked = FollowUp(
        into,
        question.asked_at,
        asker.name or asker.email,
        question.text,
        question.attachments,
        question.origin,
        question.origin_remote,
    )
    for said in (asked, *context.uow.follow_ups.of(question.number)):
        context.uow.follow_ups.add(replace(said, question=into))


def _told(context: Context, question: Question, into: Question) -> Reply:
    gone, kept = short_id(question.number), short_id(into.number)
    apart = Button("They are two after all", f"reopen {gone} it is another question", f"Reopen question {gone}")
    said = f"{gone} is merged into {kept}, which has its words now. "
    if into.is_unclaimed:
        known = context.uow.clients.get(into.client).name if into.client is not None else None
        claim = claim_button(into.number, client_words(into, known))
        return notice(f"{said}Nobody has claimed {kept} yet.", buttons=(claim, apart))
    if into.status is Status.ANSWERED:
        return notice(f"{said}{kept} is answered already.", buttons=(apart,))
    return notice(f"{said}{name_of(context.firm, into.claimed_by)} has it.", buttons=(apart,))


def _form(context: Context, question: Question) -> Form:
    """Offers the other open questions of the same client, or those of nobody knows whom."""
    number = short_id(question.number)
    of_them = QuestionQuery(
        client=question.client, status=None if question.client is not None else Status.UNIDENTIFIED, limit=_LOOKED_AT
    )
    others = [one for one in context.uow.questions.page(of_them) if one.is_open and one.number != question.number]
    options = tuple((short_id(one.number), f"{short_id(one.number)} {first_line(one.text, 60)}") for one in others)
    return Form(
        title=f"{number} asks the same",
        line=f"merge {number} into {{into}} {{why}}",
        fields=(
            Field("into", "As which question", FieldKind.CHOICE, options=options, hint=_HINT if options else _TYPED),
            Field("why", "Why", FieldKind.LINE, optional=True),
        ),
        submit="Merge",
        example=_example(question),
        about=question.number,
        version=question.version,
    )


_LOOKED_AT = 100
_HINT = "Its words are kept with that question; this one is resolved."
_TYPED = "Its number, such as Q-214. " + _HINT


def _example(question: Question) -> str:
    return f"merge {short_id(question.number)} into Q-{max(question.number - 1, 1)}"
