"""Somebody's home: what they have, what waits in their pods, what is due next, their leave; for managers the firm."""

from datetime import datetime

from commands.home_of_managers import of_the_firm
from commands.invocation import Context, Invocation, UnknownSender
from commands.leave import leave_rows
from commands.mine import Queue, client_of, in_short, names_of, next_due, own_row, queue_of, waiting_row
from commands.permissions import Act, may_act
from commands.ports import Identity, NewUnitOfWork
from commands.views import Bold, Button, ButtonStyle, Home, Row, Section, Text
from commands.wording import at, first_line
from coverage.ids import ClientId, short_id
from coverage.question import Question


def home(who: Identity, new_uow: NewUnitOfWork, now: datetime) -> Home:
    """What ``who`` finds in their home at ``now`` (UTC); nothing is changed by looking. Raises UnknownSender."""
    with new_uow.reading() as uow:
        firm, person = uow.firm(), uow.people.by_identity(who)
        if person is None or person not in firm.people:
            raise UnknownSender(who)
        return _home(Context(uow, firm.people[person], firm, now, "", Invocation("", who, "")))


def _home(context: Context) -> Home:
    queue = queue_of(context)
    names = names_of(context, (*queue.owned[:_SHOWN], *queue.waiting[:_SHOWN]))
    sections = [*_due_next(context, queue, names), _owned(context, queue, names)]
    if queue.waiting or context.firm.pods_of(context.actor.id):
        sections.append(_waiting(context, queue, names))
    sections.append(_leave(context))
    if context.actor.is_manager:
        sections += of_the_firm(context)
    return Home((f"{in_short(queue)}.",), _ACTS, tuple(sections))


_SHOWN = 10
_ACTS = (
    Button("Ask the pod", "question", "Ask a client's pod a question", ButtonStyle.PRIMARY),
    Button("Clients", "client", "Look up a client: who knows them, what they asked, what they were told"),
    Button("Who is out", "coverage", "Who is out this week, and which clients have too few people"),
    Button("Help", "help", "What you can say to Podline"),
)


def _due_next(context: Context, queue: Queue, names: dict[ClientId, str]) -> list[Section]:
    """The next few promises, whether somebody has the question or not."""
    dues = [(due, one) for one in (*queue.owned[:_SHOWN], *queue.waiting[:_SHOWN]) if (due := next_due(one))]
    dues.sort(key=lambda one: (one[0], one[1].number))
    rows = [Row(_due(context, due, question, names)) for due, question in dues[:_NEXT]]
    return [Section("Due next", tuple(rows))] if rows else []


_NEXT = 3


def _due(context: Context, due: datetime, question: Question, names: dict[ClientId, str]) -> Text:
    what = "claim" if question.is_unclaimed else "answer" if question.answered_at is None else "resolve"
    late = " (missed)" if due < context.now else ""
    text = f" {client_of(question, names)}: {first_line(question.text, 60)}"
    return (at(context.firm, question, due), f"{late}: {what} ", Bold(short_id(question.number)), text)


def _owned(context: Context, queue: Queue, names: dict[ClientId, str]) -> Section:
    rows = [own_row(context, question, names) for question in queue.owned[:_SHOWN]]
    return Section("Yours", (*rows, *_more(len(queue.owned))), "You have no open questions.")


def _waiting(context: Context, queue: Queue, names: dict[ClientId, str]) -> Section:
    rows = [waiting_row(context, question, names) for question in queue.waiting[:_SHOWN]]
    return Section("Waiting in your pods", (*rows, *_more(len(queue.waiting))), "Nobody waits to be claimed.")


def _more(count: int) -> list[Row]:
    if count <= _SHOWN:
        return []
    return [Row((f"and {count - _SHOWN} more",), (Button("Show them", "mine 2", "Show more of my questions"),))]


def _leave(context: Context) -> Section:
    rows = leave_rows(context, context.actor)
    left = len(rows) - _LEAVES
    every = Button("Show all", "leave list", "Show all my leave")
    more = [Row((f"and {left} more",), (every,))] if left > 0 else []
    mark = Button("Mark leave", "leave", "Say when you are away")
    colleague = Button("Leave of a colleague", "leave for", "Mark the leave of a colleague who cannot")
    buttons = (mark, colleague) if may_act(context.actor, Act.LEAVE_OF_OTHERS) else (mark,)
    return Section("Your leave", (*rows[:_LEAVES], *more), "No leave is marked.", buttons)


_LEAVES = 5
