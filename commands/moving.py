"""When a client or a pod's channel moves: the open questions follow."""

from collections.abc import Iterable
from datetime import datetime

from commands.calling import call_somebody
from commands.ports import UnitOfWork
from commands.record import record
from commands.roster_lines import ClientLine, PodLine, Roster, same_name
from coverage.clients import Client
from coverage.firm import Firm
from coverage.ids import PersonId, PodId
from coverage.moving import move


def follow(uow: UnitOfWork, known: Roster, wanted: Roster, who: PersonId | None, now: datetime) -> None:
    """After ``wanted`` was stored in the place of ``known``: the open questions follow each client to another pod and
    each pod to another channel. ``who`` did it, None where it was a file.

    Raises:
        Overtaken: one of the questions was changed meanwhile.
    """
    firm = uow.firm()
    for name in _moved(((line.name, line.pod) for line in known.clients or ()), wanted.clients or (), "pod"):
        for client in uow.clients.called(name):
            if same_name(client.name) == same_name(name):
                move_questions(uow, firm, client, who, now)
    names = _moved(((line.name, line.channel) for line in known.pods or ()), wanted.pods or (), "channel")
    elsewhere = {same_name(name) for name in names}
    pods = [pod.id for pod in firm.pods.values() if same_name(pod.name) in elsewhere]
    if pods:
        show_cards_anew(uow, firm, pods, now)


def _moved(before: Iterable[tuple[str, object]], after: Iterable[ClientLine | PodLine], what: str) -> list[str]:
    """The names of those that were somewhere else before."""
    was = {same_name(name): place for name, place in before}
    return [line.name for line in after if was.get(same_name(line.name), getattr(line, what)) != getattr(line, what)]


def move_questions(uow: UnitOfWork, firm: Firm, client: Client, who: PersonId | None, now: datetime) -> None:
    """Bring the open questions of a client to the pod that looks after them now. Those that nobody has claimed are
    offered there anew, from the first step of that pod's policy; who has claimed one keeps it.

    Raises:
        Overtaken: one of them was changed meanwhile.
    """
    pod = firm.pods[client.pod]
    for found in uow.questions.open_of(client.id):
        question = uow.questions.get(found.number)
        if not question.is_open or question.pod == client.pod:
            continue
        why = f"to {pod.name}, which looks after {client.name} now"
        moved, events = move(question, who, client.pod, firm.policy_of(client.pod), now, why)
        if moved.is_unclaimed:
            moved, called = call_somebody(uow, firm, moved, now)
            events += called
        record(uow, firm, moved, events, now)


def show_cards_anew(uow: UnitOfWork, firm: Firm, pods: Iterable[PodId], now: datetime) -> None:
    """Hang the cards of questions that nobody has claimed yet in their pods' present channels. Raises Overtaken."""
    for found in uow.questions.unclaimed_in(pods):
        question = uow.questions.get(found.number)
        if question.is_unclaimed:
            record(uow, firm, question, (), now)
