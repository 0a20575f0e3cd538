"""Podline was added to a channel: it asks one thing, which pod the channel belongs to."""

from datetime import datetime

from commands.outgoing import Message, Priority, Topic
from commands.ports import NewUnitOfWork, Place, UnitOfWork
from commands.setup_reading import quoted
from commands.views import Bold, Button, Code, Notice
from coverage.firm import Firm
from coverage.ids import PlaceId

MOST_PODS = 5


def added_to(key: str, place: Place, new_uow: NewUnitOfWork, now: datetime) -> None:
    """Queue the question, once for the inbox event ``key`` and once an hour for a channel, however many events tell of
    it; of a channel that has its use already nothing is asked."""
    with new_uow() as uow:
        if not uow.inbox.done(key, now):
            return
        at = uow.places.at(place.platform, place.address)
        if not _is_in_use(uow, uow.firm(), at):
            which = f"which_pod:{at}:{now:%Y-%m-%dT%H}"
            uow.outbox.add(Message(which, Topic.WHICH_POD, Priority.REPORT, to_place=at), now)
        uow.commit()


def which_pod(at: PlaceId, uow: UnitOfWork) -> Notice | None:
    """The question, with a button for each pod; None where it has answered itself meanwhile."""
    firm, address = uow.firm(), uow.places.get(at).address
    if _is_in_use(uow, firm, at) or not firm.pods:
        return None
    pods = sorted(firm.pods.values(), key=lambda pod: pod.name)
    buttons = tuple(
        Button(
            pod.name, f"pod {quoted(pod.name)} channel {address}", f"This is the channel of the pod {pod.name}"
        )
        for pod in pods[:MOST_PODS]
    )  # fmt: skip
    more = "" if len(pods) <= MOST_PODS else " Another one: "
    typed = (Code(f"pod {quoted(pods[-1].name)} channel {address}"),) if more else ()
    words = (Bold("Which pod is this channel? "), "A manager says so; the pod's cards hang here from then on.")
    return Notice((*words, more, *typed), buttons)


def _is_in_use(uow: UnitOfWork, firm: Firm, at: PlaceId) -> bool:
    channels = {
        *(pod.channel for pod in firm.pods.values()),
        *(step.channel for policy in firm.policies.values() for step in policy.steps),
        firm.intake.channel if firm.intake is not None else None,
        firm.alerts_channel,
        firm.kudos_channel,
    }
    return at in channels or bool(uow.clients.with_channel(at))
