"""Who may do what: every cell of the table, and whoever may not is told who can."""

import pytest

from commands.export_roster import export_roster
from commands.grammar import Name
from commands.permissions import WHO_MAY, May, may
from tests.world import World, commands_of, is_refusal, words

CLAIMER, COLLEAGUE, MANAGER, OUTSIDER = "Bob", "Ann", "Mia", "Cara"
NOBODYS_QUESTION = {
    Name.QUESTION,
    Name.MINE,
    Name.POD,
    Name.WHO,
    Name.LEAVE,
    Name.COVERAGE,
    Name.KUDOS,
    Name.POLICY,
    Name.CHARTER,
    Name.HOURS,
    Name.UNDO,
    Name.IMPORT,
    Name.FEED,
    Name.PERSON,
    Name.HELP,
}
NEEDS_MORE = {
    Name.HANDOFF: " @Dan Low why",
    Name.REOPEN: " why",
    Name.CLIENT: " is Birch Bakery",
    Name.MERGE: " into Q-2",
    Name.SNOOZE: " 30m",
    Name.CLOSE: " spam",
}


def test_every_verb_is_in_the_table() -> None:
    assert set(WHO_MAY) == set(Name)


@pytest.mark.parametrize("name", sorted(set(Name) - NOBODYS_QUESTION))
@pytest.mark.parametrize("who", [CLAIMER, COLLEAGUE, MANAGER, OUTSIDER])
def test_who_may_do_what_to_a_claimed_question(world: World, name: Name, who: str) -> None:
    world.ask()
    world.ask("the same again")
    world.say(CLAIMER, "claim Q-1")
    if name is Name.REOPEN:
        world.say(CLAIMER, "resolve Q-1")
    with world.new_uow.reading() as uow:
        people = {person.name.split()[0]: person for person in uow.firm().people.values()}
        allowed = may(people[who], name, world.question(), uow.firm())

    said = words(world.reply(who, f"{name} Q-1{NEEDS_MORE.get(name, '')}"))

    assert ("is not yours to" in said) is not allowed
    assert allowed is (who != OUTSIDER or WHO_MAY[name] is May.ANY_MEMBER)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (Name.CLAIM, True),
        (Name.ANSWERED, True),
        (Name.RELEASE, False),
        (Name.HANDOFF, False),
        (Name.WAITING, False),
        (Name.RESOLVE, False),
        (Name.MERGE, False),
        (Name.SNOOZE, False),
        (Name.URGENT, False),
        (Name.CLOSE, False),
    ],
)
def test_what_any_member_may_do_to_a_question_nobody_has(world: World, name: Name, allowed: bool) -> None:
    world.ask()
    world.ask("the same again")

    reply = world.reply(OUTSIDER, f"{name} Q-1{NEEDS_MORE.get(name, '')}")

    assert ("is not yours to" in words(reply)) is not allowed
    assert is_refusal(reply) is not allowed


@pytest.mark.parametrize("who", [COLLEAGUE, MANAGER])
@pytest.mark.parametrize("name", [Name.MERGE, Name.SNOOZE, Name.URGENT, Name.CLOSE])
def test_what_nobody_has_is_its_pods_and_the_managers_to_put_off_or_away(world: World, name: Name, who: str) -> None:
    world.ask()
    world.ask("the same again")

    assert not is_refusal(world.reply(who, f"{name} Q-1{NEEDS_MORE.get(name, '')}"))


def test_whoever_may_not_is_told_who_can(world: World) -> None:
    world.ask()
    world.say("Dan", "claim Q-1")

    assert world.refused("Cara", "handoff Q-1 @Annie") == (
        "Q-1 is not yours to hand off. Who can: Dan Low, Ann Lee, Bob Roy or a manager."
    )
    assert "is not yours to answer." in world.refused("Cara", "answered Q-1")
    assert "is not yours to put on hold." in world.refused("Cara", "waiting Q-1")
    assert "is not yours to mark as urgent." in world.refused("Cara", "urgent Q-1")


def test_leave_of_a_colleague_is_the_managers(world: World) -> None:
    assert world.refused("Bob", "leave for @Annie today") == (
        "Only Ann Lee and managers can mark their leave (Ann Lee, Mia Fox)."
    )
    assert world.refused("Bob", "leave for @Annie list")
    assert world.say("Bob", "leave for @Bob Roy today").startswith("You are away on")
    assert world.say("Ann", "leave for @Dan Low today") == "Dan Low is away on Mon 23 Nov 2026."
    assert world.refused("Bob", "leave for @Dan Low cancel today")


@pytest.mark.parametrize(
    "line",
    [
        "pod North add @Dan Low",
        "pod North policy standard",
        "pod North change",
        "pod new East",
        "client Acme pod South",
        "client Acme alias The Acme",
        "client Acme change",
        "client new Zebra",
        "pod North client Birch Bakery",
        "policy standard 50% contact_centre C0DESK",
        "policy standard change",
        "policy new fast",
        "charter standard routine claim 20m",
        "charter new fast",
        "hours uk-office Mon-Fri 09:00-18:00",
        "hours new night",
        "undo",
        "undo 1",
    ],
)
def test_the_set_up_is_changed_by_managers_and_others_are_told_who_they_are(world: World, line: str) -> None:
    world.say("Mia", "client Acme alias First")
    before = export_roster(world.new_uow)

    for who in ("Bob", "Dan"):
        assert world.refused(who, line).endswith("changed by managers: Ann Lee, Mia Fox.")

    assert export_roster(world.new_uow) == before
    assert not is_refusal(world.reply("Ann", line))


@pytest.mark.parametrize("line", ["pod", "pod North", "client Acme", "policy", "charter standard", "hours uk-office"])
def test_the_set_up_is_shown_to_any_member_with_a_way_to_change_it_for_managers(world: World, line: str) -> None:
    shown = world.reply("Bob", line)

    assert not is_refusal(shown)
    assert not any("change" in command for command in commands_of(shown))


def test_feeds_and_other_names_are_the_managers(world: World) -> None:
    assert world.refused("Bob", "feed list") == "Calendar feeds are the managers' (Ann Lee, Mia Fox)."
    assert "Only managers" in world.refused("Bob", 'leave alias "AL" is @Ann Lee')
    assert world.say("Ann", "feed list").startswith("There is no calendar feed yet.")


@pytest.mark.parametrize("name", Name)
def test_help_says_who_may(world: World, name: Name) -> None:
    said = world.say("Bob", f"help {name}")

    assert said.endswith(f"Who may: {WHO_MAY[name]}.")
