"""An account whose address is nobody's, or two people's: a manager is asked once and presses a button."""

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams_playground.tenant import Shown
from commands.ports import Identity
from commands.roster import import_roster
from tests.bot.teams.conftest import ANN, BOB, World

EVE = "aad-eve"


def known_from_slack(world: World) -> None:
    eve = "people: [{name: Eve Fox, email: eve.fox@firm.example, slack: U0EVE}]"
    import_roster(roster_of(document_of(eve)), world.new_uow)
    world.tenant.add_user(EVE, "Eve Fox", email=None, upn="efox@firm.onmicrosoft.example")


def whose(world: World, user: str) -> str | None:
    with world.new_uow.reading() as uow:
        known = uow.people.by_identity(Identity("teams", world.tenant.id, user))
        person = uow.firm().people.get(known) if known is not None else None
        return person.email if person is not None else None


async def says(world: World, user: str, line: str) -> Shown:
    await world.playground.people.say(user, line)
    await world.settle()
    return world.tenant.told(user)[-1]


async def test_a_manager_is_asked_once_and_says_by_a_button_who_it_is(world: World) -> None:
    known_from_slack(world)
    refused = await says(world, EVE, "question Acme: is that VAT?")
    await says(world, EVE, "mine")
    [asked] = world.tenant.told(ANN)

    answer = await world.playground.people.click(ANN, asked, text="It is Eve Fox")
    await world.settle()

    assert "A manager (Ann Lee) has been asked" in refused.text
    assert "efox@firm.onmicrosoft.example" in asked.text
    assert answer.ok
    assert whose(world, EVE) == "eve.fox@firm.example"
    assert "Ann Lee has confirmed that you are Eve Fox" in world.tenant.told(EVE)[-1].text
    assert "is Acme" not in str(world.tenant.posts("19:north@thread.tacv2"))
    done = await says(world, EVE, "question Acme: is that VAT?")
    assert "Q-1" in done.text


async def test_the_answer_to_the_button_takes_it_back_again(world: World) -> None:
    known_from_slack(world)
    await says(world, EVE, "mine")
    await world.playground.people.click(ANN, world.tenant.told(ANN)[0], text="It is Eve Fox")
    await world.settle()

    await world.playground.people.click(ANN, world.tenant.told(ANN)[-1], text="Take it back")
    await world.settle()

    assert whose(world, EVE) is None
    assert "whether you are Eve Fox" in (await says(world, EVE, "mine")).text


async def test_a_new_colleague_by_a_button(world: World) -> None:
    known_from_slack(world)
    await says(world, EVE, "mine")

    await world.playground.people.click(ANN, world.tenant.told(ANN)[0], text="A new colleague")
    await world.settle()

    assert whose(world, EVE) == "efox@firm.onmicrosoft.example"
    assert "whether you are" not in (await says(world, EVE, "mine")).text


async def test_a_colleague_who_is_mentioned_and_may_be_somebody_is_asked_about_too(world: World) -> None:
    known_from_slack(world)
    await world.ask_and_deliver()
    await says(world, BOB, "claim Q-1")

    await world.playground.people.say(BOB, "handoff Q-1 @Eve Fox she knows", mentions=[EVE])
    await world.settle()

    assert "It is not clear yet who Eve Fox is" in world.tenant.told(BOB)[-1].text
    assert len(world.tenant.told(ANN)) == 1
    owner = world.question().claimed_by
    with world.new_uow.reading() as uow:
        assert owner is not None
        assert uow.firm().people[owner].name == "Bob Roy"


async def test_whoever_is_no_manager_cannot_say_it_of_themselves(world: World) -> None:
    known_from_slack(world)
    await says(world, EVE, "mine")

    refused = await says(world, EVE, f"person teams:{EVE} is eve.fox@firm.example")
    by_bob = await says(world, BOB, f"person teams:{EVE} is eve.fox@firm.example")

    assert "whether you are" in refused.text
    assert "Ann Lee" in by_bob.text
    assert whose(world, EVE) is None
