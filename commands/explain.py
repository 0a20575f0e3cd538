"""``explain Q-214``: why it went where it went, when, and which rule set each deadline, in plain words."""

import re

from commands import lines_of_history
from commands.attachments import links
from commands.calling import rules_of
from commands.grammar import USAGE, Name, take_question
from commands.history import AUDIENCE_WORDS
from commands.invocation import Context, Refused
from commands.ports import FollowUp, HistoryRow, NewUnitOfWork, UnitOfWork, UnknownQuestion, What
from commands.views import Bold, Code, Page, Quote, Reply, Text, refusal
from commands.which import thread_question
from commands.wording import STATUS_WORDS, at, client_words, first_line, level_words, name_of
from coverage.deadlines import step_due
from coverage.durations import Share
from coverage.firm import Firm
from coverage.ids import QuestionNumber, short_id
from coverage.policy import Step
from coverage.question import Question, Status


def explain(context: Context) -> Reply:
    """The question's whole text, its history and its rules; of a very long history a part, the newest first."""
    number, rest = take_question(context.words)
    number = number if number is not None else thread_question(context)
    if number is None:
        raise Refused(refusal("Which question? For example ", Code(USAGE[Name.EXPLAIN].example), "."))
    try:
        return explanation(context.uow, number, page=int(rest) if re.fullmatch(r"[1-9]\d{0,4}", rest) else 1)
    except UnknownQuestion:
        raise Refused(refusal(f"There is no question {short_id(number)}.")) from None


def explain_to_operator(number: QuestionNumber, new_uow: NewUnitOfWork) -> Page:
    """The same for the command line. Raises UnknownQuestion."""
    with new_uow.reading() as uow:
        return explanation(uow, number, at_once=None)


def explanation(
    uow: UnitOfWork, number: QuestionNumber, *, page: int = 1, at_once: int | None = lines_of_history.AT_ONCE
) -> Page:
    """With ``at_once`` rows of the history, all of them where that is None. Raises UnknownQuestion."""
    question = uow.questions.look_at(number)
    firm = uow.firm()
    client = uow.clients.get(question.client).name if question.client is not None else None
    rows = uow.history.of(number)
    shown, left = lines_of_history.newest(rows, page, at_once)
    older = f"explain {short_id(number)} {page + 1}"
    before: list[Text] = [(f"{left} earlier ones: ", Code(older))] if left else []
    lines = [_line(row, question, firm) for row in shown]
    history = lines if at_once is None else lines_of_history.paragraphs(lines)
    return Page(
        f"{short_id(number)} from {client_words(question, client)}",
        (
            (Quote(question.text),),
            *_attached(question),
            *_later_words(uow.follow_ups.of(number), question, firm),
            (Bold("Now: "), *_state(question, firm)),
            (Bold("What happened"),),
            *before,
            *history,
            (Bold("What decides its times"),),
            *_rules(question, firm),
        ),
    )


def _attached(question: Question) -> list[Text]:
    if not question.attachments:
        return []
    return [(Bold("It came with: "), *links(question.attachments))]


def _later_words(follow_ups: list[FollowUp], question: Question, firm: Firm) -> list[Text]:
    """What the client added, whole."""
    if not follow_ups:
        return []
    lines: list[Text] = [(Bold("What the client added"),)]
    for one in follow_ups:
        files: Text = ("\n", *links(one.attachments)) if one.attachments else ()
        lines.append((at(firm, question, one.at), f"  {one.by or 'they'}:\n", Quote(one.text), *files))
    return lines


def _state(question: Question, firm: Firm) -> Text:
    if question.status is Status.UNIDENTIFIED:
        return ("Nobody knows yet whose question it is, and nobody has claimed it.", *_marks(question, firm))
    return (STATUS_WORDS[question.status], *_owner(question, firm), ".", *_marks(question, firm))


def _marks(question: Question, firm: Firm) -> Text:
    """What is out of the ordinary about it."""
    marks: Text = ()
    if question.merged_into is not None:
        marks += (f" It asks the same as {short_id(question.merged_into)}, which has its words.",)
    if question.urgent and question.is_open:
        marks += (" It is urgent: when it is offered, its first step is taken together with the call.",)
    if question.snoozed_until is not None:
        until = at(firm, question, question.snoozed_until)
        marks += (" Snoozed until ", until, ": nobody is reminded of it; what the client was promised does not move.")
    return marks


def _added(said: FollowUp, question: Question, firm: Firm) -> Text:
    by = f", {first_line(said.by)}" if said.by else ""
    return (f"Added{by}, ", at(firm, question, said.at), ":\n", Quote(said.text))


def _owner(question: Question, firm: Firm) -> Text:
    if question.claimed_by is None or question.claimed_at is None:
        return ()
    return (f", {name_of(firm, question.claimed_by)} has it since ", at(firm, question, question.claimed_at))


def _line(row: HistoryRow, question: Question, firm: Firm) -> Text:
    """``claimed by Ann Lee: from outside South``, ``called: Dan Moss``, ``step 1, the deputies: Eve Hart``."""
    what = row.what.value.replace("_", " ")
    by = f"{what} by {name_of(firm, row.who)}" if row.who is not None else what
    if row.what in (What.STEP, What.SKIPPED, What.REMINDED) and row.why:
        return (at(firm, question, row.at), f"  {row.why}")
    return (at(firm, question, row.at), f"  {by}: {row.why}" if row.why else f"  {by}")


def _rules(question: Question, firm: Firm) -> list[Text]:
    pod = firm.pods.get(question.pod)
    if pod is None:
        return [("Its pod is gone; reopened, it goes to the pod that looks after the client now.",)]
    rules = rules_of(firm, question)
    targets = rules.targets_for(question)
    lines: list[Text] = [
        (f"Service hours: {pod.service_hours}. Charter: {pod.charter}, level {level_words(question.level)}.",),
    ]
    is_first_offer = question.offered_at == question.arrived_at
    promised = (
        (
            "Claim",
            targets.claim,
            question.deadlines.claim,
            f"from when it was {'asked' if is_first_offer else 'offered'}",
        ),
        ("First response", targets.first_response, question.deadlines.first_response, "from when it was asked"),
        ("Resolution", targets.resolution, question.deadlines.resolution, "from when it was asked"),
    )
    for name, target, due, counted in promised:
        if target is None:
            lines.append((f"{name}: the charter makes no such promise.",))
        elif due is None:
            lines.append((f"{name}: {target} {counted}; the clock stands still while we wait for the client.",))
        else:
            lines.append((f"{name}: {target} {counted}, so it is due ", at(firm, question, due), "."))
    for number, step in enumerate(question.policy.steps, start=1):
        due_at = at(firm, question, step_due(question, number, rules))
        lines.append(
            (f"Step {number}, {AUDIENCE_WORDS[step.notify]}: {_after(step)} after it was offered, ", due_at, ".")
        )
    return lines


def _after(step: Step) -> str:
    return f"{step.after} of the claim target" if isinstance(step.after, Share) else str(step.after)
