"""``undo [17]``: managers take back a change of the set-up that was made in chat, and nothing else with it."""

import re

from commands.export_roster import stored_roster
from commands.invocation import Context, Refused
from commands.leaver import stays_after_all
from commands.permissions import Act
from commands.ports import SetupChange
from commands.roster_checks import problems_of
from commands.roster_lines import same_name
from commands.setup import in_turn, put
from commands.setup_effects import effects_of
from commands.setup_history import by_whom
from commands.setup_plan import Plan, holds, overlap, taken_back
from commands.setup_words import listed
from commands.views import Button, Code, Notice, Reply, Text, refusal
from coverage.clients import Client


def undo(context: Context) -> Reply:
    """The change of that number, or the last one in chat that was not taken back, whoever made it. What was changed
    again since, in chat or by an import, is left alone.

    Raises:
        Refused: the actor is no manager, there is nothing to take back, or it was changed again or is needed.
    """
    context = in_turn(context, Act.TAKE_BACK, "The set-up is changed")
    change = _meant(context)
    _check_stands(context, change)
    clients = _clients_of(context, change)
    known = stored_roster(context.uow, clients)
    if not holds(change.after, known):
        raise _in_the_way(context, change, ("It was changed since, by an import or by whoever runs Podline.",))
    plan = Plan(known, taken_back(known, change.before, change.after))
    if pods := plan.pods_without_rules():
        verb = "goes" if len(pods) == 1 else "go"
        raise _in_the_way(context, change, (f"{listed(pods)} {verb} by it: give it another one first.",))
    problems = problems_of(change.before, plan.wanted, known)
    if problems:
        raise _in_the_way(context, change, tuple(problem.says for problem in problems))
    effects = effects_of(context, plan)
    _put_back(context, change, plan)
    stays_after_all(context.uow, change.id)
    context.uow.setup_changes.take_back(change.id, context.now)
    return Notice(("Taken back: ", *by_whom(context, change), *(f"\n{effect}" for effect in effects)))


def _meant(context: Context) -> SetupChange:
    number = re.fullmatch(r"#?(\d{1,9})", context.words)
    if number is not None:
        change = context.uow.setup_changes.get(int(number[1]))
        if change is None:
            raise Refused(refusal(f"There is no change {number[1]} of the set-up."))
        return change
    if context.words:
        raise Refused(
            refusal(Code("undo"), " takes back the last change of the set-up, ", Code("undo 17"), " that one.")
        )
    latest = context.uow.setup_changes.latest(1)
    if not latest:
        raise Refused(refusal("There is nothing to take back: no change of the set-up in chat still stands."))
    return latest[0]


def _check_stands(context: Context, change: SetupChange) -> None:
    if change.undone_at is not None:
        raise Refused(refusal("That was taken back already: ", *by_whom(context, change)))
    since = [one for one in context.uow.setup_changes.since(change.id) if overlap(one.after, change.after)]
    if since:
        raise _in_the_way(context, change, ("The same was changed again since, by ", *by_whom(context, since[-1])))


def _in_the_way(context: Context, change: SetupChange, why: Text) -> Refused:
    """A refusal that offers to go on with the change before, so that one that cannot go back hides no other."""
    text: Text = ("Not taken back: ", *by_whom(context, change), "\n", *why)
    earlier = context.uow.setup_changes.latest(1, before=change.id)
    if not earlier:
        return Refused(refusal(*text))
    before = Button("Take back the one before", f"undo {earlier[0].id}", "Take back the change before that one")
    return Refused(refusal(*text, "\nThe one before: ", *by_whom(context, earlier[0]), buttons=(before,)))


def _clients_of(context: Context, change: SetupChange) -> tuple[Client, ...]:
    names = {same_name(line.name) for line in (*(change.after.clients or ()), *(change.before.clients or ()))}
    called = (one for name in names for one in context.uow.clients.called(name))
    return tuple({one.id: one for one in called if same_name(one.name) in names}.values())


def _put_back(context: Context, change: SetupChange, plan: Plan) -> None:
    try:
        put(context, plan)
    except Refused as refused:
        if isinstance(refused.reply, Notice):
            raise _in_the_way(context, change, refused.reply.text) from None
        raise
