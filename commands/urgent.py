"""``urgent Q-214 [why]``: a question's next step is taken at once; ``urgent Q-214 no`` takes that back."""

from commands.calling import rules_of, surroundings_of, take_urgent_step, waits_to_be_called
from commands.grammar import Name
from commands.invocation import Context
from commands.record import record
from commands.views import Button, Reply, Text, notice
from commands.which import named_question, possible
from commands.wording import at, name_of
from coverage.events import Event, StepReached
from coverage.ids import short_id
from coverage.question import Change, Question
from coverage.question_acts import mark_urgent, not_urgent

_TAKE_BACK = ("no", "off", "not", "over")


def urgent(context: Context) -> Reply:
    """Mark a question as urgent, or take that back; either is harmless a second time."""
    question, words = named_question(context, Name.URGENT)
    first, _, why = words.partition(" ")
    if first.casefold().strip(".,!") in _TAKE_BACK:
        return _taken_back(context, question, why.strip())
    number = short_id(question.number)
    marked, events = made_urgent(context, question, words)
    if not events:
        return notice(f"{number} is marked as urgent already.")
    marked = record(context.uow, context.firm, marked, events, context.now)
    take_back = Button("Take it back", f"urgent {number} no", f"Question {number} is not urgent")
    return notice(f"{number} is urgent", *_what_follows(context, marked, events), buttons=(take_back,))


def made_urgent(context: Context, question: Question, why: str) -> Change:
    """The question as urgent, its next step taken in service hours; nothing is stored yet. Raises Refused."""
    rules = rules_of(context.firm, question)
    marked, events = possible(question, lambda: mark_urgent(question, context.actor.id, rules, context.now, why))
    if not events or not marked.is_unclaimed or waits_to_be_called(marked):
        return marked, events  # whoever is called at the opening is called together with that step
    around = surroundings_of(context.uow, context.firm, marked, context.now)
    stepped, more = take_urgent_step(context.firm, marked, around, context.now)
    return stepped, (*events, *more)


def _what_follows(context: Context, question: Question, events: tuple[Event, ...]) -> Text:
    if question.claimed_by == context.actor.id:
        return ("; you have it.",)
    if question.claimed_by is not None:
        return (f"; {name_of(context.firm, question.claimed_by)}, who has it, is told.",)
    if any(isinstance(event, StepReached) for event in events):
        return ("; its next step is taken.",)
    if question.brought_forward is not None:
        return ("; its next step is taken at ", at(context.firm, question, question.brought_forward), ".")
    return ("; every step has been taken before.",)


def _taken_back(context: Context, question: Question, why: str) -> Reply:
    number = short_id(question.number)
    calm, events = not_urgent(question, context.actor.id, why)
    if not events:
        return notice(f"{number} is not marked as urgent.")
    record(context.uow, context.firm, calm, events, context.now)
    return notice(f"{number} is not urgent any more; its steps come at their own times.")
