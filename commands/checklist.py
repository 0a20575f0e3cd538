"""The set-up checklist: what a firm still lacks so that every question reaches somebody, and what mends each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from commands.views import Bold, Button, Code, Row, Segment
from commands.wording import name_of
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Pod

FEWEST = 2
"""Members a pod needs: with one, somebody's holiday leaves its clients alone."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the firm's set-up does not say itself: the names of the clients without a named contact, and who has an
    account on some platform."""

    without_contact: Sequence[str]
    with_account: Collection[PersonId]


def still_to_do(firm: Firm, known: Known) -> tuple[Row, ...]:
    """A row for each thing that is missing, with the exact act that mends it; none where all is there."""
    return tuple(_missing(firm, known))


def _missing(firm: Firm, known: Known) -> Iterator[Row]:
    if not firm.pods:
        yield _row("No pod has been set up", ", so no question can be asked. Add ", Code("pods"), *_IN_THE_ROSTER)
        return
    if firm.intake is None:
        nowhere = ": a question whose client nobody knows has nowhere to go. Add "
        line = Code(f"intake: {{channel: C..., pod: {_first(firm).name}}}")
        yield _row("There is no intake", nowhere, line, *_IN_THE_ROSTER)
    if firm.alerts_channel is None:
        alone = ": alarms reach the managers by direct message only. Add "
        yield _row("There is no alarms channel", alone, Code("alerts_channel: C..."), *_IN_THE_ROSTER)
    yield from _people(firm, known)
    yield from _pods(firm)
    yield from _contacts(firm, known.without_contact)
    yield from _policies(firm)
    if firm.kudos_channel is None:
        unseen = ": thanks are seen by nobody but whom they are for. Add "
        yield _row("There is no kudos channel", unseen, Code("kudos_channel: C..."), *_IN_THE_ROSTER)


_IN_THE_ROSTER: tuple[Segment, ...] = (
    " to the roster file; whoever runs Podline imports it with ",
    Code("podline import roster roster.yaml"),
    ".",
)


def _people(firm: Firm, known: Known) -> Iterator[Row]:
    members = dict.fromkeys(who for pod in firm.pods.values() for who in pod.members)
    unreachable = [name_of(firm, who) for who in members if who not in known.with_account]
    if not unreachable:
        return
    if len(unreachable) == len(members):
        what = "Nobody of any pod has an account here that Podline knows"
    else:
        what = f"No account is known of {_listed(unreachable)}"
    mend = ", so they cannot be called. Ask them to open this page once, or add their "
    yield _row(what, mend, Code("slack: U..."), *_IN_THE_ROSTER)


def _pods(firm: Firm) -> Iterator[Row]:
    for pod in firm.pods.values():
        look = (Button("Show the pod", f"pod {pod.name}", f"Show pod {pod.name}"),)
        if len(pod.members) < FEWEST:
            there = f"{pod.name} has only {name_of(firm, pod.members[0])}" if pod.members else f"{pod.name} has nobody"
            yield _row(there, ": type ", Code(f"pod {pod.name} add @name"), ".", buttons=look)
        if pod.lead is None:
            whom = name_of(firm, pod.members[0]) if pod.members else "@name"
            alone = ", so its team is itself alone: type "
            yield _row(f"{pod.name} has no lead", alone, Code(f"pod {pod.name} lead {whom}"), ".", buttons=look)


def _contacts(firm: Firm, without: Sequence[str]) -> Iterator[Row]:
    if not without:
        return
    has = "has" if len(without) == 1 else "have"
    counted = f"{len(without)} client{'s' if len(without) != 1 else ''} {has} no named contact"
    show = Button("Show the first", f"client {without[0]}", f"Show client {without[0]}")
    line = Code(f"client {without[0]} contact @name")
    yield _row(counted, f": {_listed(without)}. Type ", line, ".", buttons=(show,))


def _policies(firm: Firm) -> Iterator[Row]:
    used = dict.fromkeys(pod.escalation_policy for pod in firm.pods.values())
    for name in used:
        if firm.policies[name].remind is None:
            silent = " never reminds: after its last step nobody is called again. Add "
            line = Code("remind: {every: 50%, max: 3}")
            yield _row(f"The escalation policy {name}", silent, line, *_IN_THE_ROSTER)


def _row(what: str, *rest: Segment, buttons: tuple[Button, ...] = ()) -> Row:
    return Row((Bold(what), *rest), buttons)


def _first(firm: Firm) -> Pod:
    return next(iter(firm.pods.values()))


def _listed(names: Sequence[str]) -> str:
    """``Ann Lee, Bob Roy, Cara Diaz and 4 more``."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


_NAMED = 3
