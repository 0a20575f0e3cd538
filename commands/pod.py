"""``pod [North]``: who is in a pod, who of them is there, and what it promises."""

import re

from commands.calling import presence_of
from commands.invocation import Context, Refused
from commands.names import pod_named
from commands.views import Bold, Code, Listing, Notice, Reply, Row, refusal
from commands.wording import name_of, presence_words
from coverage.people import Pod


def pod(context: Context) -> Reply:
    """The pod named, or without a name the actor's own pods, or all of them for somebody who is in none."""
    change = _CHANGE.match(context.words)
    if change is not None and not _is_name(context, context.words) and _is_name(context, change["pod"]):
        raise Refused(_not_from_here(pod_named(context, change["pod"])))
    if context.words:
        return _one(context, pod_named(context, context.words))
    own = context.firm.pods_of(context.actor.id)
    if len(own) == 1:
        return _one(context, own[0])
    pods = own or tuple(context.firm.pods.values())
    rows = tuple(Row((Bold(each.name), f": {_members(context, each)}")) for each in pods)
    return Listing("Your pods" if own else "The firm's pods", rows, "No pod has been set up yet.")


_CHANGE = re.compile(r"(?P<pod>.+?)\s+(?:add|remove|lead|channel|client|policy)\b", re.IGNORECASE | re.DOTALL)
"""What somebody types who wants to change a pod, unless a pod is called so."""


def _is_name(context: Context, words: str) -> bool:
    return words.strip().casefold() in {each.name.casefold() for each in context.firm.pods.values()}


def _not_from_here(meant: Pod) -> Notice:
    return refusal(
        f"{meant.name} cannot be changed from here. Pods are changed in the roster file; whoever runs Podline imports "
        "it with ",
        Code("podline import roster roster.yaml"),
        " on its machine.",
    )


def _one(context: Context, meant: Pod) -> Listing:
    presence = presence_of(context.uow, context.firm, meant.members, context.now)
    rows = []
    for who in meant.members:
        state = presence_words(presence, who, context.now)
        lead = " (lead)" if who == meant.lead else ""
        rows.append(Row((Bold(name_of(context.firm, who)), f"{lead} {state}")))
    rules = f"Hours {meant.service_hours}, charter {meant.charter}, escalation policy {meant.escalation_policy}"
    return Listing(meant.name, (*rows, Row((rules,))))


def _members(context: Context, each: Pod) -> str:
    return ", ".join(name_of(context.firm, who) for who in each.members) or "nobody yet"
