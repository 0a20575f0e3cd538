"""One person with accounts in both platforms: joined by an address the directory vouches for, or by a manager."""

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.ports import Identity
from commands.roster import import_roster
from tests.bot.teams.conftest import ANN, DAN, NORTH, World

EVE = "aad-eve"


def in_slack_too(world: World, roster: str) -> None:
    import_roster(roster_of(document_of(roster)), world.new_uow)


def names(world: World) -> list[str]:
    with world.new_uow.reading() as uow:
        return sorted(person.name for person in uow.firm().people.values())


def whose(world: World, user: str) -> str | None:
    with world.new_uow.reading() as uow:
        known = uow.people.by_identity(Identity("teams", world.tenant.id, user))
        return uow.firm().people[known].email if known is not None else None


async def says(world: World, user: str, line: str = "mine") -> str:
    await world.playground.people.say(user, line)
    await world.settle()
    return world.tenant.told(user)[-1].text


async def test_somebody_of_the_roster_is_known_by_their_address(world: World) -> None:
    await says(world, DAN)

    assert whose(world, DAN) == "dan@firm.example"
    assert names(world) == ["Ann Lee", "Bob Roy", "Dan Low"]


async def test_the_name_they_sign_in_with_is_an_address_too(world: World) -> None:
    in_slack_too(world, "people: [{name: Eve Fox, email: eve.fox@firm.example, slack: U0EVE}]")
    world.tenant.add_user(EVE, "Eva Fox", email="eva@other.example", upn="Eve.Fox@firm.example")

    await says(world, EVE)

    assert whose(world, EVE) == "eve.fox@firm.example"


async def test_addresses_of_two_people_are_a_managers_to_settle(world: World) -> None:
    world.tenant.add_user(EVE, "Eve Fox", email="ann@firm.example", upn="dan@firm.example")

    told = await says(world, EVE)

    assert "Ann Lee or Dan Low" in told
    assert whose(world, EVE) is None
    assert any(f"teams:{EVE} is" in one.text for one in world.tenant.told(ANN))


async def test_a_namesake_with_an_account_elsewhere_is_not_guessed_to_be_them(world: World) -> None:
    in_slack_too(world, "people: [{name: Eve Fox, email: eve.fox@firm.example, slack: U0EVE}]")
    world.tenant.add_user(EVE, "Eve Fox", email=None, upn="efox@firm.onmicrosoft.example")

    refused = await says(world, EVE)
    in_slack_too(world, f"people: [{{name: Eve Fox, email: eve.fox@firm.example, slack: U0EVE, teams: {EVE}}}]")
    await says(world, EVE)

    assert "A manager" in refused
    assert whose(world, EVE) == "eve.fox@firm.example"
    assert names(world).count("Eve Fox") == 1


async def test_an_identity_of_another_tenant_is_somebody_else(world: World) -> None:
    await says(world, ANN, "question Acme: is that VAT?")

    with world.new_uow.reading() as uow:
        assert uow.people.by_identity(Identity("teams", "another-tenant", ANN)) is None


async def test_the_zone_that_teams_suggests_is_taken_for_whoever_is_new(world: World) -> None:
    world.tenant.add_user(EVE, "Eve Fox", email="eve@firm.example")

    await says(world, EVE)

    with world.new_uow.reading() as uow:
        [eve] = [one for one in uow.firm().people.values() if one.name == "Eve Fox"]
    assert eve.timezone == "Europe/London"


async def test_somebody_who_is_picked_and_was_never_heard_is_looked_up(world: World) -> None:
    world.tenant.add_user(EVE, "Eve Fox", email="eve@firm.example")

    told = await says(world, ANN, f"pod North add <@{EVE}>")

    assert "Eve Fox is in North now." in told
    assert world.tenant.told(EVE) == []


async def test_of_somebody_for_whom_podline_is_not_added_is_said_what_to_do(world: World) -> None:
    """Nor is she in a channel of a pod's in which Podline could ask."""
    world.tenant.add_user(EVE, "Eve Fox", email="eve@firm.example", has_app=False)
    world.tenant.conversations[NORTH].closed = "BotNotInConversationRoster"

    told = await says(world, ANN, f"pod North add <@{EVE}>")

    assert "Add Podline for them" in told
    assert whose(world, EVE) is None
