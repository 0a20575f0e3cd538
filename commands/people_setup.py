"""Changes of the set-up around one person: shown first with what follows from them, done when confirmed, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from commands.invocation import Context
from commands.roster_lines import ClientLine, Roster
from commands.setup import SURE, carry_out, planned
from commands.setup_effects import effects_of
from commands.setup_plan import seen
from commands.views import Bold, Button, ButtonStyle, Notice, Segment
from coverage.clients import Client, Knowledge
from coverage.ids import PersonId
from coverage.people import Person


@dataclass(frozen=True, slots=True)
class Step:
    """``words`` say in one line what is done, ``more`` what else follows from it; ``shows`` is the line that shows the
    person; ``is_needed`` where something is to be done even if nothing of the set-up changes."""

    words: str
    lines: Roster
    clients: tuple[Client, ...]
    shows: str
    more: tuple[str, ...] = ()
    is_needed: bool = False


def done_or_shown(context: Context, step: Step, *, is_sure: bool) -> int | Notice:
    """The number of the change when it is done; else what is shown before it is.

    Raises:
        Refused: something would be wrong then.
    """
    plan = planned(context, step.lines, step.clients)
    if not plan.changes and not step.is_needed:
        return Notice(("That is so already.",))
    state = seen(plan.known, step.lines)
    is_stale = context.invocation.drawn_for not in (None, state)
    if is_sure and not is_stale:
        return carry_out(context, plan, step.words)
    stale = "That has been changed since you were shown it. " if is_stale else ""
    text: list[Segment] = [stale, "This would change:\n", Bold(step.words)]
    text += [f"\n{line}" for line in (*step.more, *effects_of(context, plan))]
    line = context.invocation.line.strip()
    do_it = Button("Do it", line if is_sure else f"{line} {SURE}", f"Do it: {step.words}", ButtonStyle.PRIMARY)
    leave_it = Button("Leave it", step.shows, "Change nothing and show what they have")
    return Notice(tuple(text), (do_it, leave_it), version=state)


def contact_of(context: Context, who: PersonId) -> tuple[Client, ...]:
    """The clients whose named contact somebody is."""
    theirs = [one.id for one in context.uow.clients.said_to_know() if one.named_contact == who]
    return tuple(context.uow.clients.many(theirs).values())


def given_to(context: Context, clients: Iterable[Client], giver: Person, taker: Person | None) -> list[ClientLine]:
    """The clients with another named contact, or none; whoever was it still knows them."""
    email = taker.email.casefold() if taker is not None else None
    lines = []
    for client in clients:
        knows = {context.firm.people[who].email.casefold(): how for who, how in client.knows.items()}
        kept = knows | {giver.email.casefold(): Knowledge.KNOWS}
        lines.append(ClientLine(client.name, named_contact=email, knows=kept))
    return lines
