"""Who knows whom, for all clients at once."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from commands.calling import EVIDENCE
from commands.staffing import clients_of, knowing
from coverage.clients import Client, Knowledge
from coverage.ids import ClientId, PersonId
from coverage.question import Question, Status
from tests.world import World


def test_for_all_clients_at_once_it_is_found_as_for_each_alone(world_on_both: World) -> None:
    world = world_on_both
    answered_by_chance(world, Random(5), clients=25, answers=1_000)

    for later in (timedelta(days=-90), timedelta(), timedelta(days=1), timedelta(days=40)):
        with world.new_uow.reading() as uow:
            now, firm, clients = world.now + later, uow.firm(), uow.clients.everyone()
            alone = {one.id: knowing(one, uow.clients.answers(one.id, now - EVIDENCE), firm, now) for one in clients}
            together = {one.client: one.knowing for one in clients_of(uow, firm, now).known}

        assert together == alone
        by_answers = [(one, who) for one in clients for who in alone[one.id] if not is_said(one, who)]
        assert len(by_answers) > 20, "Too few are known by answers alone for this to show anything."


def is_said(client: Client, who: PersonId) -> bool:
    return who == client.named_contact or client.knows.get(who) is Knowledge.KNOWS


def answered_by_chance(world: World, chance: Random, clients: int, answers: int) -> None:
    """About as many answers of each person to each client as it takes to know them, over three years."""
    origin = world.ask()
    with world.new_uow() as uow:
        people, known = list(uow.firm().people), uow.clients.everyone()
        added = [a_client(chance, number, known[number % 2], people) for number in range(clients)]
        everyone = uow.clients.save_all(added) + known
        for _ in range(answers):
            uow.questions.add(an_answered(chance, origin, chance.choice(everyone).id, chance.choice(people), world))
        uow.commit()


def a_client(chance: Random, number: int, like: Client, people: list[PersonId]) -> Client:
    how = {who: chance.choice(list(Knowledge)) for who in people if chance.random() < 0.3}
    contact = chance.choice([None, *people])
    return replace(
        like, id=ClientId(0), name=f"Client {number}", named_contact=contact, aliases=(), domains=(), knows=how
    )


def an_answered(chance: Random, origin: Question, client: ClientId, who: PersonId, world: World) -> Question:
    at = world.now - timedelta(days=1_000 * chance.random() ** 2)
    return replace(origin, client=client, status=Status.RESOLVED, answered_by=who, answered_at=at, resolved_at=at)
