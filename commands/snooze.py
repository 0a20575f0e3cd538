"""``snooze Q-214 2h``: be reminded of a question later. What the client was promised does not move."""

from datetime import datetime
from zoneinfo import ZoneInfo

from commands.calling import rules_of
from commands.grammar import Name
from commands.history import PROMISE_WORDS
from commands.invocation import Context, Refused
from commands.permissions import colleagues
from commands.record import record
from commands.snooze_words import NoTime, Wanted, read_snooze, says_off
from commands.views import Button, ButtonStyle, Code, Field, FieldKind, Form, Notice, Reply, Text, notice, refusal
from commands.which import named_question, possible
from commands.wording import at
from coverage.events import Promise
from coverage.ids import short_id
from coverage.promises import next_promise
from coverage.question import Question, wake
from coverage.question_acts import snooze


def snooze_question(context: Context) -> Reply:
    """Nobody is reminded of it until then; a question nobody has is claimed by this first. Beyond the next promise only
    where ``anyway`` says that this is meant."""
    question, words = named_question(context, Name.SNOOZE)
    if says_off(words):
        return _end(context, question)
    if not words:
        return _form(question)
    rules = rules_of(context.firm, question)
    try:
        wanted = read_snooze(words, context.now, context.actor.timezone, rules)
    except NoTime as why:
        raise Refused(refusal(str(why))) from None
    due = next_promise(question, context.now)
    if due is not None and due[1] < wanted.until and not wanted.anyway:
        raise Refused(_goes_beyond(context, question, words, wanted.until, *due))
    return _snoozed(context, question, wanted)


def _snoozed(context: Context, question: Question, wanted: Wanted) -> Reply:
    is_outside = context.actor.id not in colleagues(question, context.firm)
    change = possible(
        question,
        lambda: snooze(question, context.actor.id, wanted.until, context.now, wanted.why, from_outside=is_outside),
    )
    saved = record(context.uow, context.firm, *change, context.now)
    number = short_id(saved.number)
    taken = f"{number} is yours, and snoozed until " if question.is_unclaimed else f"{number} is snoozed until "
    return notice(taken, at(context.firm, saved, wanted.until), ".", *_still_due(context, saved))


def _still_due(context: Context, question: Question) -> Text:
    due = next_promise(question, context.now)
    if due is None:
        return ()
    promise, instant = due
    return (f" Its {PROMISE_WORDS[promise]} stays due ", at(context.firm, question, instant), ".")


def _end(context: Context, question: Question) -> Reply:
    number = short_id(question.number)
    woken, events = wake(question, context.actor.id)
    if not events:
        return notice(f"{number} is not snoozed.")
    record(context.uow, context.firm, woken, events, context.now)
    return notice(f"{number} is not snoozed any more.")


def _goes_beyond(
    context: Context, question: Question, words: str, until: datetime, promise: Promise, due: datetime
) -> Notice:
    """What is promised does not move with the snooze: whoever goes beyond it must say so."""
    number = short_id(question.number)
    anyway = f"snooze {number} {words} anyway"
    local = due.astimezone(ZoneInfo(context.actor.timezone)).replace(second=0)
    buttons = [Button("Snooze it anyway", anyway, f"Snooze {number} beyond its promise", ButtonStyle.DANGER)]
    if local > context.now:
        line = f"snooze {number} until {local:%Y-%m-%d %H:%M}"
        buttons.insert(0, Button("Until it is due", line, f"Snooze {number} until its {PROMISE_WORDS[promise]} is due"))
    said: Text = (
        f"The {PROMISE_WORDS[promise]} of {number} is due ",
        at(context.firm, question, due),
        ", before the snooze would end (",
        at(context.firm, question, until),
        "), and does not move with it. If that is meant: ",
        Code(anyway),
    )
    return Notice(said, tuple(buttons), question.number, question.version, is_refusal=True)


def _form(question: Question) -> Form:
    number = short_id(question.number)
    return Form(
        title=f"Snooze {number}",
        line=f"snooze {number} {{span}} {{until}}",
        fields=(
            Field("span", "For how long", FieldKind.CHOICE, optional=True, options=_SPANS),
            Field(
                "until", "Or until when", FieldKind.LINE, optional=True, hint="until Mon 9:00, until 14:30, until 3 Aug"
            ),
        ),
        submit="Snooze",
        example=f"snooze {number} 2h",
        about=question.number,
        version=question.version,
    )


_SPANS = (
    ("30m", "Half an hour"),
    ("1h", "An hour"),
    ("2h", "Two hours"),
    ("4h", "Four hours"),
    ("1d", "A day"),
    ("2d", "Two days"),
    ("5d", "Five days"),
)
"""Of service time."""
