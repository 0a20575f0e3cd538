"""A client at a glance: who knows them and who of those is there, notes, what is open, what was answered last."""

from collections.abc import Sequence

from commands.client_line import line_for
from commands.client_notes import signed
from commands.invocation import Context
from commands.permissions import Act, may_act
from commands.ports import HistoryRow
from commands.views import Bold, Button, Listing, Row, Text
from commands.who import people_who_know
from commands.wording import STATUS_WORDS, at, claim_button, date_words, explain_button, first_line, name_of, zone_of
from coverage.clients import Client
from coverage.ids import short_id
from coverage.question import Question


def glance(context: Context, meant: Client) -> Listing:
    """Everything at hand before somebody answers; long parts are capped and say where the rest is."""
    return Listing(
        meant.name,
        (
            _looked_after(context, meant),
            *_people(context, meant),
            *_notes(context, meant),
            *_open(context, meant),
            *_answered(context, meant),
        ),
    )


def _looked_after(context: Context, meant: Client) -> Row:
    pod = context.firm.pods[meant.pod]
    note = Button("Add a note", line_for(context, meant, "note"), f"Note something about {meant.name}")
    search = Button("Search", line_for(context, meant, "about"), f"Find what {meant.name} asked and was answered")
    change = Button("Change", line_for(context, meant, "change"), f"Fill in a form to change {meant.name}")
    may = may_act(context.actor, Act.CHANGE_CLIENT)
    contact = name_of(context.firm, meant.named_contact) if meant.named_contact is not None else "nobody"
    return Row(
        (Bold(f"Looked after by {pod.name}"), f", named contact {contact}"), (note, search, *([change] if may else []))
    )


def _people(context: Context, meant: Client) -> list[Row]:
    line = f"who {line_for(context, meant).removeprefix('client ')}"
    return _capped(people_who_know(context, meant), _KNOWN, Button("Show all", line, f"Who knows {meant.name}"))


_KNOWN = 6


def _notes(context: Context, meant: Client) -> list[Row]:
    notes = context.uow.notes.of(meant.id)
    rows = [Row((f"{signed(context, one)}: ", first_line(one.text, _NOTE))) for one in notes]
    is_cut = any(len(one.text) > _NOTE for one in notes[:_NOTES])
    every = Button("Show all", line_for(context, meant, "notes"), f"Show all notes about {meant.name} to the letter")
    return _part("Notes", _capped(rows, _NOTES, every), (every,) if is_cut and len(rows) <= _NOTES else ())


_NOTE = 300
_NOTES = 3


def _open(context: Context, meant: Client) -> list[Row]:
    rows = [_open_row(context, meant, question) for question in context.uow.questions.open_of(meant.id)]
    return _part("Open", _capped(rows, _SHOWN, None))


_SHOWN = 5


def _open_row(context: Context, meant: Client, question: Question) -> Row:
    by = f", {name_of(context.firm, question.claimed_by)}" if question.claimed_by is not None else ""
    due = question.deadlines.claim if question.is_unclaimed else question.deadlines.first_response
    when: Text = (", due ", at(context.firm, question, due)) if due is not None and not question.answered_at else ()
    state = STATUS_WORDS[question.status].casefold()
    acts = [explain_button(question.number)]
    if question.is_unclaimed:
        acts.insert(0, claim_button(question.number, meant.name))
    text = (Bold(short_id(question.number)), f" {first_line(question.text)} ({state}{by}", *when, ")")
    return Row(text, tuple(acts), about=question.number, version=question.version)


def _answered(context: Context, meant: Client) -> list[Row]:
    questions = context.uow.questions.answered_of(meant.id, _SHOWN)
    answers = context.uow.history.answers_to(question.number for question in questions)
    rows = [answered_row(context, question, answers.get(question.number)) for question in questions]
    return _part("Answered last", rows)


def answered_row(context: Context, question: Question, answer: HistoryRow | None) -> Row:
    """``Q-3 How do we file? (answered by Bob Roy on 3 Mar: “use the form”)``."""
    said = f": “{first_line(answer.why, 160)}”" if answer is not None and answer.why else ""
    who = f"answered by {name_of(context.firm, question.answered_by)}"
    when = f" on {answered_on(context, question)}" if question.answered_at is not None else ""
    text = (Bold(short_id(question.number)), f" {first_line(question.text)} ({who}{when}{said})")
    return Row(text, (explain_button(question.number, is_cut=True),))


def answered_on(context: Context, question: Question) -> str:
    """The day of its last answer."""
    answered_at = question.answered_at or question.asked_at
    return date_words(answered_at, zone_of(context.firm, question), context.now)


def _part(title: str, rows: Sequence[Row], buttons: tuple[Button, ...] = ()) -> list[Row]:
    return [Row((Bold(title),), buttons), *rows] if rows else []


def _capped(rows: Sequence[Row], most: int, every: Button | None) -> list[Row]:
    left = len(rows) - most
    more = [Row((f"and {left} more",), (every,) if every is not None else ())] if left > 0 else []
    return [*rows[:most], *more]
