"""``pod [North]``: who is in a pod, who of them is there, and what it promises; and, for managers, changing it."""

from collections.abc import Sequence
from dataclasses import replace

from commands.calling import presence_of
from commands.invocation import Context
from commands.names import pod_named
from commands.permissions import Act, may_act
from commands.pod_setup import POD_ACTS, change_pod, new_pod, pod_act
from commands.setup_history import last_change_row
from commands.setup_reading import after_new, quoted, take_name
from commands.views import Bold, Button, Channel, Code, Listing, Reply, Row, Text
from commands.wording import name_of, presence_words
from coverage.people import Pod


def pod(context: Context) -> Reply:
    """The pod named, or without a name the actor's own pods, or all of them for somebody who is in none; with something
    to do after it, that is done to the pod."""
    name, rest = take_name(context.words, [each.name for each in context.firm.pods.values()])
    if name is not None and not rest:
        return _one(context, pod_named(context, name))
    if name is not None and pod_act(rest):
        return change_pod(context, pod_named(context, name), rest)
    if (new := after_new(context.words)) is not None:
        return new_pod(context, new)
    if pod_act(context.words):
        return change_pod(context, None, context.words)
    if context.words:
        return _one(context, pod_named(context, _without_act(context.words)))
    return _own(context)


def _without_act(words: str) -> str:
    """What somebody meant as the name of a pod that is not there: all up to what they wanted to do."""
    said = words.split()
    place = next((place for place, word in enumerate(said) if place and word.casefold() in POD_ACTS), len(said))
    return " ".join(said[:place])


def _own(context: Context) -> Listing:
    own = context.firm.pods_of(context.actor.id)
    others = _others(context, own)
    if len(own) == 1:
        shown = _one(context, own[0])
        return replace(shown, rows=(*shown.rows, *others))
    pods = own or tuple(context.firm.pods.values())
    rows = [Row((Bold(each.name), f": {_members(context, each)}"), (_show(each),)) for each in pods]
    rows += others if own else []
    if may_act(context.actor, Act.CHANGE_POD):
        rows.append(Row(("A new one:",), (Button("New pod", "pod new", "Fill in a form for a new pod"),)))
    return Listing("Your pods" if own else "The firm's pods", tuple(rows), "No pod has been set up yet.")


def _others(context: Context, own: Sequence[Pod]) -> list[Row]:
    """The way to the pods one is not in."""
    others = sorted((each for each in context.firm.pods.values() if each not in own), key=lambda each: each.name)
    if not others:
        return []
    left = f"and {len(others) - _SHOWN} more, by name: " if len(others) > _SHOWN else ""
    example: Text = (left, Code(f"pod {others[-1].name}")) if left else ()
    return [Row(("Other pods: ", *example), tuple(_show(each) for each in others[:_SHOWN]))]


_SHOWN = 10


def _show(each: Pod) -> Button:
    return Button(each.name, f"pod {quoted(each.name)}", f"Who is in pod {each.name}, and in")


def _one(context: Context, meant: Pod) -> Listing:
    presence = presence_of(context.uow, context.firm, meant.members, context.now)
    rows = []
    for who in meant.members:
        state = presence_words(presence, who, context.now)
        lead = " (lead)" if who == meant.lead else ""
        rows.append(Row((Bold(name_of(context.firm, who)), f"{lead} {state}")))
    if meant.lead is not None and meant.lead not in meant.members:
        rows.append(Row((Bold(name_of(context.firm, meant.lead)), " leads it")))
    rules = (
        f"Hours {meant.service_hours}, charter {meant.charter}, escalation policy {meant.escalation_policy}; cards in "
    )
    change = Button("Change", f"pod {quoted(meant.name)} change", f"Fill in a form to change pod {meant.name}")
    may = may_act(context.actor, Act.CHANGE_POD)
    address = context.uow.places.get(meant.channel).address
    rows.append(Row((rules, Channel(address)), (change,) if may else ()))
    return Listing(meant.name, (*rows, *last_change_row(context, "pod", meant.name)))


def _members(context: Context, each: Pod) -> str:
    return ", ".join(name_of(context.firm, who) for who in each.members) or "nobody yet"
