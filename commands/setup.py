"""Changing the set-up in chat: one manager at a time, a preview where it moves deadlines or work, and a way back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from commands.cover_brief import brief_message, new_learners
from commands.invocation import Context, Refused
from commands.permissions import Act, managers_words, may_act
from commands.ports import SetupChange, StillNeeded
from commands.roster import following, store
from commands.roster_checks import RosterRefused
from commands.roster_lines import Roster, same_name
from commands.setup_effects import effects_of, is_asked_about
from commands.setup_plan import Plan, plan_of, seen
from commands.setup_words import changes_words, in_a_line
from commands.views import Button, ButtonStyle, Notice, Segment, Text, notice, refusal
from coverage.clients import Client

SURE = "confirm"
"""The last word of a line that has been looked at: it is done without being asked about again."""
_LONGEST_BUTTON = 1_900


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a manager asks for: ``lines`` laid over what is stored, of the ``clients`` that they concern.

    ``done`` is what they are told then, in place of every detail; ``shows`` is the line that shows what it is about;
    ``is_sure`` says that they have seen what it will change.
    """

    lines: Roster
    shows: str
    clients: tuple[Client, ...] = ()
    done: Text = ()
    is_sure: bool = False


def must_be_manager(context: Context, act: Act, what: str) -> None:
    """Raises Refused for whoever may not, naming who can; ``what`` is what they wanted: ``Pods are changed``."""
    if not may_act(context.actor, act):
        raise Refused(refusal(f"{what} by managers: {managers_words(context.firm)}."))


def in_turn(context: Context, act: Act, what: str) -> Context:
    """The same with the set-up as it is once everybody else has finished changing it, and nobody else begins.

    Raises:
        Refused: the actor is no manager.
    """
    must_be_manager(context, act, what)
    context.uow.setup.wait_for_others()
    firm = context.uow.firm()
    now = replace(context, firm=firm, actor=firm.people.get(context.actor.id, context.actor))
    must_be_manager(now, act, what)
    return now


def change(context: Context, wanted: Wanted) -> Notice:
    """Do it at once, or say first what it would change: where deadlines, steps or work move or somebody is removed, and
    always where the form or the button that asks for it was drawn for an earlier state of the same part.

    Raises:
        Refused: something would be wrong then.
    """
    plan = planned(context, wanted.lines, wanted.clients)
    if not plan.changes:
        return notice("That is so already.")
    state = seen(plan.known, wanted.lines)
    is_stale = context.invocation.drawn_for not in (None, state)
    if is_stale or (is_asked_about(plan) and not wanted.is_sure):
        return _preview(context, plan, wanted, state, is_stale=is_stale)
    effects = effects_of(context, plan)
    number = carry_out(context, plan)
    said = wanted.done or (*changes_words(plan.changes, (plan.known, plan.wanted), context.firm),)
    return Notice((*said, *_sentences(effects)), (take_back_button(number),))


def planned(context: Context, lines: Roster, clients: Iterable[Client] = ()) -> Plan:
    """Raises Refused with everything that would be wrong, at the field where the first mistake is."""
    try:
        return plan_of(context.uow, lines, clients)
    except RosterRefused as refused:
        fields = [step for step in refused.problems[0].path if isinstance(step, str)]
        words = " ".join(dict.fromkeys(problem.says for problem in refused.problems))
        raise Refused(replace(refusal(words), field=fields[-1] if fields else None)) from None


def carry_out(context: Context, plan: Plan, words: str | None = None) -> int:
    """Store it, let the open questions follow, and keep how it was; returns the number of the change. ``words`` say
    what it is, in place of each detail."""
    put(context, plan)
    before, after = plan.parts()
    words = words if words is not None else in_a_line(plan.changes, context.firm)
    change = SetupChange(0, context.now, context.actor.id, words, before, after)
    number = context.uow.setup_changes.add(change).id
    _brief_those_who_cover(context, plan, number)
    return number


def _brief_those_who_cover(context: Context, plan: Plan, number: int) -> None:
    people = {person.email.casefold(): person.id for person in context.firm.people.values()}
    for name, learners in new_learners(plan):
        [client] = [one for one in context.uow.clients.called(name) if same_name(one.name) == same_name(name)]
        for email in learners:
            context.uow.outbox.add(brief_message(client.id, people[email], number), context.now)


def put(context: Context, plan: Plan) -> None:
    """Store it, and let the open questions follow a client to another pod and a pod to another channel.

    Raises:
        Refused: something that would be gone is still needed.
    """
    try:
        store(context.uow, plan.known, plan.wanted, then=following(context.uow, context.actor.id, context.now))
    except StillNeeded as needed:
        raise Refused(refusal(f"That is still needed. {needed}")) from None


def take_back_button(number: int) -> Button:
    return Button("Take it back", f"undo {number}", "Take this change of the set-up back")


def is_sure(words: str) -> tuple[str, bool]:
    """The words without a last ``confirm``, and whether it was there."""
    *before, last = words.rsplit(None, 1) if words.strip() else [""]
    return (before[0].rstrip() if before else "", True) if last.casefold() == SURE else (words, False)


def _preview(context: Context, plan: Plan, wanted: Wanted, state: int, *, is_stale: bool) -> Notice:
    line = context.invocation.line.strip()
    if len(line) > _LONGEST_BUTTON:
        raise Refused(
            refusal(
                f"That is {len(line):,} characters, more than the {_LONGEST_BUTTON:,} that can be shown to you "
                "before it is done. Change less at once, or import a roster file."
            )
        )
    stale = ("That has been changed since you were shown it. ",) if is_stale else ()
    text: list[Segment] = [
        *stale,
        "This would change:\n",
        *changes_words(plan.changes, (plan.known, plan.wanted), context.firm),
        *_sentences(effects_of(context, plan)),
    ]
    do_it = Button(
        "Do it", line if wanted.is_sure else f"{line} {SURE}", "Change the set-up like this", ButtonStyle.PRIMARY
    )
    leave_it = Button("Leave it", wanted.shows, "Change nothing and show it as it is")
    return Notice(tuple(text), (do_it, leave_it), version=state)


def _sentences(effects: Iterable[str]) -> Text:
    return tuple(f"\n{effect}" for effect in effects)
