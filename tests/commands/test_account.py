"""An account that may be somebody's who is known elsewhere: managers are asked once, and one says by a button whose."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from commands.export_roster import export_roster
from commands.invocation import Invocation, UnknownSender
from commands.join import Stranger, join
from commands.ports import Identity
from commands.run import run
from commands.views import Notice, Reply
from tests.world import World, commands_of, is_refusal, only, words

EVE = Identity("teams", "tenant-1", "aad-eve")


def stranger(name: str = "Bob Roy", email: str | None = "broy@firm.onmicrosoft.example", *others: str) -> Stranger:
    """Somebody in Teams whom nobody knows by their address."""
    return Stranger(EVE, name, email, "Europe/Paris", other_emails=others)


def waits(world: World, who: Stranger) -> str:
    """The words for whoever waits for a manager."""
    refused = join(who, world.new_uow, world.now)
    assert isinstance(refused, Notice)
    return words(refused)


def asked(world: World) -> dict[str, list[str]]:
    """What the buttons say of each manager who is asked."""
    return {one.to: list(one.commands) for one in world.deliver() if one.topic == "who_is"}


def in_teams(world: World, line: str, account: Identity = EVE) -> Reply:
    return run(Invocation(line, account, f"teams:{line}"), world.new_uow, world.now)


def whose(world: World, account: Identity = EVE) -> str | None:
    with world.new_uow.reading() as uow:
        person = uow.people.by_identity(account)
        return uow.firm().people[person].name if person is not None else None


def test_a_manager_says_by_a_button_who_it_is_and_whoever_waited_is_told(world_on_both: World) -> None:
    world = world_on_both
    told = waits(world, stranger())
    buttons = asked(world)

    assert "whether you are Bob Roy" in told
    assert sorted(buttons) == ["Ann", "Mia"]
    is_bob, is_new = buttons["Mia"]
    assert is_bob == "person teams:aad-eve is bob@firm.example"
    assert is_new == "person teams:aad-eve is new Bob Roy broy@firm.onmicrosoft.example Europe/Paris"
    done = world.say("Mia", is_bob)
    [known] = world.deliver()
    assert "account of Bob Roy in Teams" in done
    assert known.to == "Bob"
    assert "Mia Fox has confirmed that you are Bob Roy" in known.text
    assert not is_refusal(in_teams(world, "mine"))
    assert whose(world) == "Bob Roy"


def test_managers_are_asked_once_however_often_the_account_acts(world: World) -> None:
    waits(world, stranger())
    assert asked(world)

    world.sleep(days=2)
    waits(world, stranger())
    waits(world, stranger())

    assert asked(world) == {}


def test_what_waits_to_be_asked_is_not_asked_any_more_once_it_is_settled(world: World) -> None:
    waits(world, stranger())
    world.say("Ann", "person teams:aad-eve is @Bob Roy")

    assert asked(world) == {}


def test_it_is_taken_back_and_then_they_are_a_stranger_again(world_on_both: World) -> None:
    world = world_on_both
    before = export_roster(world.new_uow)
    done = world.reply("Mia", "person teams:aad-eve is @Bob Roy")
    [undo] = commands_of(done)

    taken_back = world.say("Ann", undo)

    assert taken_back.startswith("Taken back: Mia Fox")
    assert export_roster(world.new_uow) == before
    with pytest.raises(UnknownSender):
        in_teams(world, "mine")
    assert [one.topic for one in world.deliver()] == [], "nobody is told of what does not hold"


def test_somebody_new_becomes_a_colleague_by_a_button_and_is_gone_when_it_is_taken_back(world_on_both: World) -> None:
    world = world_on_both
    before = export_roster(world.new_uow)
    waits(world, stranger())
    _, is_new = asked(world)["Ann"]

    done = world.reply("Ann", is_new)
    [known] = world.deliver()

    assert "Bob Roy is a colleague now" in words(done)
    [line] = [one for one in export_roster(world.new_uow).people or () if one.teams == "aad-eve"]
    assert (line.email, line.timezone) == ("broy@firm.onmicrosoft.example", "Europe/Paris")
    assert known.topic == "now_known"
    world.say("Ann", *commands_of(done))
    assert export_roster(world.new_uow) == before
    assert whose(world) is None


def test_a_new_colleague_is_not_offered_where_the_address_is_somebodys(world: World) -> None:
    waits(world, stranger("Eve Fox", "ann@firm.example", "dan@firm.example"))

    assert asked(world)["Mia"] == [
        "person teams:aad-eve is ann@firm.example",
        "person teams:aad-eve is dan@firm.example",
    ]
    refused = world.refused("Mia", "person teams:aad-eve is new Eve Fox ann@firm.example")
    assert "ann@firm.example is the address of Ann Lee" in refused


def test_without_an_address_the_name_alone_joins_nobody(world: World) -> None:
    waits(world, stranger(email=None))
    _, is_new = asked(world)["Ann"]

    assert whose(world) is None
    assert is_new == "person teams:aad-eve is new Bob Roy aad-eve@teams.invalid Europe/Paris"


@pytest.mark.parametrize(
    ("name", "email", "is_unclear"),
    [
        ("bob  ROY", "x@y.example", True),
        ("Annie", "x@y.example", True),
        ("Robert Roy", "bob@firm.onmicrosoft.example", True),
        ("Robert Smith", "bob@firm.onmicrosoft.example", False),
        ("Robert Roy", "robert@firm.example", False),
        ("Bob Roy", "bob@firm.example", False),
    ],
)
def test_who_may_be_somebody_is_never_guessed_and_who_is_not_joins_at_once(
    world: World, name: str, email: str, is_unclear: bool
) -> None:
    refused = join(stranger(name, email), world.new_uow, world.now)

    assert (refused is not None) is is_unclear
    assert (whose(world) is None) is is_unclear


def test_a_namesake_who_has_an_account_there_is_somebody_else(world: World) -> None:
    world.change("people: [{name: Bob Roy, email: bob@firm.example, slack: U0BOB, teams: aad-bob}]")

    assert join(stranger(), world.new_uow, world.now) is None


def test_the_other_way_round_an_account_in_slack_is_confirmed_for_somebody_known_from_teams(world: World) -> None:
    world.change("people: [{name: Gus Ray, email: gus@firm.example, teams: aad-gus}]")
    account = Identity("slack", "T0FIRM", "U0GUS")
    waits(world, Stranger(account, "Gus Ray", "gus.ray@old.example", None))

    world.say("Mia", asked(world)["Mia"][0])
    [known] = world.deliver()

    assert whose(world, account) == "Gus Ray"
    assert "your account in Slack" in known.text


def test_a_mention_is_an_account_too(world: World) -> None:
    world.change("people: [{name: Gus Ray, email: gus@firm.example}]")

    world.say("Mia", "person <@U0GUS|gus> is gus@firm.example")

    assert whose(world, Identity("slack", "T0FIRM", "U0GUS")) == "Gus Ray"


def test_another_account_on_the_same_platform_is_shown_before_it_is_given_up(world: World) -> None:
    shown = world.reply("Mia", "person slack:U0NEW is @Bob Roy")
    do_it, leave_it = commands_of(shown)

    assert "Their other account there, U0BOB, is theirs no longer." in words(shown)
    assert leave_it == "person bob@firm.example"
    world.say("Mia", do_it)
    assert whose(world, Identity("slack", "T0FIRM", "U0NEW")) == "Bob Roy"
    with pytest.raises(UnknownSender):
        world.reply("Bob", "mine")
    world.say("Mia", "undo")
    assert world.say("Bob", "mine")


def test_somebodys_account_is_not_taken_from_them(world: World) -> None:
    assert "That is the account of Cara Diaz" in world.refused("Mia", "person slack:U0CARA is @Bob Roy")
    assert "That is so already" in world.say("Mia", "person slack:U0CARA is @Cara Diaz")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("person teams:aad-eve is", "Whom?"),
        ("person teams:aad-eve is nobody", "I know nobody called"),
        ("person teams:aad-eve is @Bob Roy perhaps", "I know nobody called"),
        ("person teams:aad-eve is new", "What is the name"),
        ("person teams:aad-eve is new eve@firm.example", "What is the name"),
    ],
)
def test_what_is_meant_must_be_said(world: World, line: str, says: str) -> None:
    assert says in world.refused("Mia", line)


def test_only_managers_say_whose_it_is(world: World) -> None:
    assert "by managers: Ann Lee, Mia Fox" in world.refused("Bob", "person teams:aad-eve is @Bob Roy")
    assert whose(world) is None


def test_of_two_managers_at_once_one_is_first_and_the_other_is_told(world_on_both: World) -> None:
    world = world_on_both
    together = Barrier(2)

    def says(line: str) -> Reply:
        together.wait()
        return world.reply("Mia", line)

    with ThreadPoolExecutor(2) as pool:
        for number in range(10):
            account = f"teams:aad-{number}"
            replies = list(pool.map(says, [f"person {account} is @{name}" for name in ("Bob Roy", "Cara Diaz")]))
            world.reply("Mia", "undo")

            refused = only([one for one in replies if is_refusal(one)])
            assert "That is the account of" in words(refused)


def test_a_manager_on_leave_is_asked_only_where_no_other_is_there(world: World) -> None:
    world.say("Ann", "leave today")

    waits(world, stranger())

    assert list(asked(world)) == ["Mia"]


def test_a_manager_who_cannot_be_asked_is_no_silence(world: World) -> None:
    world.dead["Ann"] = world.dead["Mia"] = "they have no account on a platform that is connected"

    waits(world, stranger())

    alarms = [one.text for one in world.deliver() if one.to == "C0ALERTS"]
    assert "who is Bob Roy? Say it with: person teams:aad-eve is @name" in alarms[0]
