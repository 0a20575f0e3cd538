"""Notes about a client: ``client Acme note Prefers the phone``, ``notes``, ``note remove 3``."""

import re

from commands.client_line import line_for
from commands.invocation import Context, Refused
from commands.names import names_for_mentions
from commands.permissions import Act, managers_words, may_act
from commands.ports import ClientNote
from commands.views import (
    Bold,
    Button,
    ButtonStyle,
    Field,
    FieldKind,
    Form,
    Listing,
    Quote,
    Reply,
    Row,
    notice,
    refusal,
)
from commands.wording import date_words, first_line, name_of
from coverage.clients import Client

LONGEST = 3_000
"""Characters of a note: what a form takes, and what is read before an answer."""
_REMOVE = re.compile(r"remove\s+#?(\d{1,9})\.?", re.IGNORECASE)


def add_note(context: Context, meant: Client) -> Reply:
    """Keep what the words say about the client, or take a note back."""
    if remove := _REMOVE.fullmatch(context.words):
        return _remove(context, meant, int(remove[1]))
    text = names_for_mentions(context, context.words)
    if not text:
        return _form(context, meant)
    if len(text) > LONGEST:
        raise Refused(refusal(f"A note has at most {LONGEST:,} characters; this one has {len(text):,}."))
    note = context.uow.notes.add(ClientNote(0, meant.id, context.actor.id, context.now, text))
    line = line_for(context, meant, f"note remove {note.id}")
    undo = Button("Take it back", line, f"Remove this note about {meant.name}", ButtonStyle.DANGER)
    return notice(f"Noted about {meant.name}. Whoever looks at them sees it.", buttons=(undo,))


def _remove(context: Context, meant: Client, number: int) -> Reply:
    note = context.uow.notes.get(number)
    if note is None or note.client != meant.id:
        every = Button("Show the notes", line_for(context, meant, "notes"), f"Show all notes about {meant.name}")
        raise Refused(refusal(f"There is no note {number} about {meant.name}.", buttons=(every,)))
    if not may_remove(context, note):
        who = f"{name_of(context.firm, note.by)} and managers ({managers_words(context.firm)})"
        raise Refused(refusal(f"Only {who} can remove note {number}."))
    context.uow.notes.remove(number)
    return notice(f"The note about {meant.name} is removed. It said: ", Quote(first_line(note.text, 300)))


def may_remove(context: Context, note: ClientNote) -> bool:
    """Its author may, and managers."""
    return note.by == context.actor.id or may_act(context.actor, Act.NOTE_OF_OTHERS)


def notes(context: Context, meant: Client) -> Reply:
    """All notes to the letter, the newest first, a page at a time."""
    page = int(context.words) if re.fullmatch(r"[1-9]\d{0,4}", context.words) else 1
    begin = _PAGE * (page - 1)
    found = context.uow.notes.of(meant.id)
    rows = [_row(context, meant, note) for note in found[begin : begin + _PAGE]]
    left = len(found) - begin - _PAGE
    if left > 0:
        older = Button(
            "Show them", line_for(context, meant, f"notes {page + 1}"), f"Show older notes about {meant.name}"
        )
        rows.append(Row((f"and {left} more",), (older,)))
    return Listing(f"Notes about {meant.name}", tuple(rows), "Nobody has noted anything.")


_PAGE = 10


def _row(context: Context, meant: Client, note: ClientNote) -> Row:
    line = line_for(context, meant, f"note remove {note.id}")
    sure = f"Remove what {name_of(context.firm, note.by)} has noted?"
    remove = Button("Remove", line, f"Remove note {note.id} about {meant.name}", ButtonStyle.DANGER, sure)
    return Row(
        (Bold(f"{note.id}"), f"  {signed(context, note)}: ", Quote(note.text)),
        (remove,) if may_remove(context, note) else (),
    )


def signed(context: Context, note: ClientNote) -> str:
    """``Ann Lee, 3 Mar``: who noted it and when, by the reader's calendar."""
    return f"{name_of(context.firm, note.by)}, {date_words(note.at, context.actor.timezone, context.now)}"


def _form(context: Context, meant: Client) -> Form:
    return Form(
        title="Note about a client",
        line=f"{line_for(context, meant, 'note')} {{text}}",
        fields=(
            Field("text", f"What to know about {meant.name}", FieldKind.LONG, hint="Every colleague can read it."),
        ),
        submit="Note it",
        example="client Acme note Prefers the phone in the morning",
    )
