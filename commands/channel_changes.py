"""What happens to channels: one gets another address, or is archived, deleted or closed to us and somebody must act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from commands.alarm import raise_alarm
from commands.channel_names import called
from commands.ports import NewUnitOfWork, Place, UnitOfWork
from coverage.firm import Firm
from coverage.ids import PlaceId

ADDING = "Add Podline to it again"


class Lost(StrEnum):
    """How a channel was lost."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    LEFT = "left"


def channel_moved(key: str, platform: str, old: str, new: str, new_uow: NewUnitOfWork, now: datetime) -> None:
    """All that is known of the place at the address ``old`` is known of it at ``new`` from now on, once for the inbox
    event ``key``."""
    with new_uow() as uow:
        if uow.inbox.done(key, now):
            uow.places.move(platform, old, new)
            uow.commit()


def channel_lost(
    key: str, place: Place, how: Lost, new_uow: NewUnitOfWork, now: datetime, *, adding: str = ADDING
) -> None:
    """Tell the managers what stands still now and how to mend it, once for the inbox event ``key``; of a channel that
    nothing of ours depends on nobody is told. ``adding`` says how the platform's people let us into it again."""
    channels_lost(key, [place], how, new_uow, now, adding=adding)


def channels_lost(
    key: str, places: Iterable[Place], how: Lost, new_uow: NewUnitOfWork, now: datetime, *, adding: str = ADDING
) -> None:
    """The same of several at once."""
    with new_uow() as uow:
        if not uow.inbox.done(key, now):
            return
        for place in places:
            lost = uow.places.find(place.platform, place.address)
            if lost is not None:
                _tell(uow, lost, place, how, now, adding)
        uow.commit()


def _tell(uow: UnitOfWork, lost: PlaceId, place: Place, how: Lost, now: datetime, adding: str) -> None:
    firm = uow.firm()
    uses = (*_uses_by_the_firm(firm, lost), *_uses_by_clients(uow, lost))
    if not uses:
        return
    what = " ".join(f"It is {use.of}: {use.effect}." for use in uses)
    another = "; ".join(dict.fromkeys(use.another for use in uses))
    mend = _MEND.get(how, f"{adding}, or")
    why = f"The channel {called(uow, place)} {_HAPPENED[how]}. {what} {mend} name another: {another}."
    raise_alarm(uow, firm, f"channel:{lost}:{how}:{now:%Y-%m-%dT%H}", why, now, broken=lost)


_HAPPENED = {
    Lost.ARCHIVED: "was archived",
    Lost.DELETED: "was deleted",
    Lost.LEFT: "is closed to Podline, which was removed from it",
}
_MEND = {
    Lost.ARCHIVED: "Unarchive it, or",
    Lost.DELETED: "It cannot be brought back, so",
}


@dataclass(frozen=True, slots=True)
class _Use:
    """What a channel is ``of``, what does not work without it, and how ``another`` is named in its place."""

    of: str
    effect: str
    another: str


def _uses_by_the_firm(firm: Firm, lost: PlaceId) -> Iterator[_Use]:
    for pod in firm.pods.values():
        if pod.channel == lost:
            yield _Use(f"the channel of {pod.name}", "no card reaches the pod", f"pod {pod.name} change")
    if firm.intake is not None and firm.intake.channel == lost:
        yield _Use("the intake's", "questions of unknown clients reach nobody", _IN_THE_ROSTER.format("intake"))
    if firm.alerts_channel == lost:
        yield _Use("the alarms channel", "alarms go to the managers instead", _IN_THE_ROSTER.format("alerts_channel"))
    if firm.kudos_channel == lost:
        yield _Use("the kudos channel", "kudos are not posted", _IN_THE_ROSTER.format("kudos_channel"))
    for policy in firm.policies.values():
        for number, step in enumerate(policy.steps, start=1):
            if step.channel == lost:
                of = f"the channel of step {number} of the policy {policy.name}"
                yield _Use(of, "that step reaches nobody there", f"policy {policy.name}")


_IN_THE_ROSTER = "{} in the roster"


def _uses_by_clients(uow: UnitOfWork, lost: PlaceId) -> Iterator[_Use]:
    for client in uow.clients.with_channel(lost):
        of = f"a channel of {client.name}"
        yield _Use(of, "what they ask there is not heard", f"client {client.name} change")
