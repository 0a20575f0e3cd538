"""An account in Slack that may be somebody's who is known from Teams: a manager is asked once and presses a button."""

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.ports import Identity
from commands.roster import import_roster
from tests.bot.slack.conftest import ANN, NORTH, World

EVE = "U0EVE"


def known_from_teams(world: World) -> None:
    eve = "people: [{name: Eve Fox, email: eve.fox@firm.example, teams: aad-eve}]"
    import_roster(roster_of(document_of(eve)), world.new_uow)
    world.workspace.add_user(EVE, "eve", real_name="Eve Fox", email="eve@old.example")
    world.workspace.add_member(NORTH, EVE)


def whose(world: World) -> str | None:
    with world.new_uow.reading() as uow:
        known = uow.people.by_identity(Identity("slack", "", EVE))
        person = uow.firm().people.get(known) if known is not None else None
        return person.email if person is not None else None


async def mine(world: World) -> str:
    answer = await world.playground.people.slash_command(EVE, NORTH, "/podline", "mine")
    await world.settle()
    assert answer.message is not None
    return answer.message.text


async def test_a_manager_says_by_a_button_who_it_is_and_takes_it_back_by_another(world: World) -> None:
    known_from_teams(world)
    direct = world.workspace.dm_with(ANN)
    refused = await mine(world)
    await mine(world)
    [asked] = world.workspace.messages(direct)

    await world.playground.people.click(ANN, direct, asked.ts, text="It is Eve Fox")
    await world.settle()
    confirmed = whose(world)
    told = world.workspace.messages(world.workspace.dm_with(EVE))
    answer = world.workspace.visible_to(ANN, direct)[-1]
    await world.playground.people.click(ANN, direct, answer.ts, text="Take it back")
    await world.settle()

    assert "whether you are Eve Fox" in refused
    assert "eve@old.example" in asked.text
    assert confirmed == "eve.fox@firm.example"
    assert ["Ann Lee has confirmed that you are Eve Fox" in one.text for one in told] == [True]
    assert whose(world) is None
    assert "whether you are Eve Fox" in await mine(world)


async def test_a_new_colleague_by_a_button(world: World) -> None:
    known_from_teams(world)
    await mine(world)
    direct = world.workspace.dm_with(ANN)

    await world.playground.people.click(ANN, direct, world.workspace.messages(direct)[0].ts, text="A new colleague")
    await world.settle()

    assert whose(world) == "eve@old.example"
    assert "whether you are" not in await mine(world)


async def test_whoever_waits_cannot_say_it_of_themselves(world: World) -> None:
    known_from_teams(world)

    answer = await world.playground.people.slash_command(
        EVE, NORTH, "/podline", f"person slack:{EVE} is eve.fox@firm.example"
    )
    await world.settle()

    assert answer.message is not None
    assert "whether you are" in answer.message.text
    assert whose(world) is None
