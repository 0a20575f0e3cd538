"""Managers set up the firm in chat: typed, pressed and filled in, and what they see of it."""

from coverage.firm import Firm
from tests.stories.office import Office
from tests.stories.telling import asked
from tests.world import only


def firm(office: Office) -> Firm:
    with office.new_uow.reading() as uow:
        return uow.firm()


def members(office: Office) -> list[str]:
    known = firm(office)
    return [known.people[who].name.split()[0] for who in only(list(known.pods.values())).members]


async def test_a_colleague_who_is_not_in_the_roster_is_added_by_mention_and_taken_back_by_button(
    office: Office,
) -> None:
    read = await office.say_in_the_channel("ann", "pod North add @cat")

    assert "Cat Orr is in North now." in read
    assert members(office) == ["Ann", "Bob", "Cat"]
    await office.press("ann", "Take it back")
    assert members(office) == ["Ann", "Bob"]


async def test_a_member_is_told_who_can(office: Office) -> None:
    read = await office.type("bob", "pod North add dan@firm.example")

    assert "Pods are changed by managers: Ann Lee." in read
    assert members(office) == ["Ann", "Bob"]


async def test_a_pods_cards_move_to_the_channel_that_is_named(office: Office) -> None:
    await asked(office)

    await office.type("ann", "pod North channel #desk")

    assert any("Q-1" in text for text in office.in_the_channel("desk"))


async def test_what_moves_deadlines_is_looked_at_before_it_is_done(office: Office) -> None:
    await asked(office)

    looked_at = await office.type("ann", "hours uk Mon-Fri 08:00-18:00")
    left = await office.press("ann", "Leave it")
    await office.later(minutes=2)
    await office.type("ann", "hours uk Mon-Fri 08:00-18:00")
    done = await office.press("ann", "Do it")

    assert "This recomputes 1 open question of North." in looked_at
    assert "Mon-Fri 09:00-17:30" in left
    assert "Mon-Fri 08:00-18:00" in done
    assert firm(office).hours["uk"].week[0][0].opens == 8 * 3600


async def test_a_button_that_was_drawn_before_somebody_else_changed_the_same_asks_again(office: Office) -> None:
    await office.type("ann", "charter standard routine claim 20m")
    await office.say("ann", "charter standard expert claim 1h confirm")

    asked_again = await office.press("ann", "Do it")

    assert "That has been changed since you were shown it." in asked_again
    assert str(firm(office).charters["standard"].levels).count("seconds=1800") == 1
    await office.press("ann", "Do it")
    assert str(firm(office).charters["standard"].levels).count("seconds=1200") == 1


async def test_a_pod_is_changed_in_a_form_with_pickers(office: Office) -> None:
    await office.open_the_form("ann", "pod North change")
    form = office.form("ann")
    assert form is not None
    assert (form["members"], form["channel"]) == (["@ann", "@bob"], "#north")

    read = await office.fill_in("ann", members=["@ann", "@bob", "@cat"], lead="@bob")

    assert office.form("ann") is None
    assert members(office) == ["Ann", "Bob", "Cat"]
    assert "lead: Ann Lee" in read


async def test_somebody_without_an_account_stays_in_a_pod_whose_form_is_sent(office: Office) -> None:
    await office.type("ann", "pod North add dan@firm.example")

    await office.open_the_form("ann", "pod North change")
    await office.fill_in("ann", members=["@ann", "@bob", "@cat"])

    assert members(office) == ["Ann", "Bob", "Dan", "Cat"]


async def test_who_is_removed_in_a_form_is_shown_before(office: Office) -> None:
    await office.open_the_form("ann", "pod North change")

    read = await office.fill_in("ann", members=["@ann"])

    assert members(office) == ["Ann", "Bob"]
    assert "Bob Roy stays the named contact of 1 client of North (Acme Ltd)." in read
    await office.press("ann", "Do it")
    assert members(office) == ["Ann"]


async def test_a_mistake_in_a_form_is_said_in_it_and_nothing_entered_is_lost(office: Office) -> None:
    await office.open_the_form("ann", "policy new")

    refused = await office.fill_in(
        "ann", name="fast", steps="10m pod\n20m everybody", last="1h", channel="#desk", remind="50% 3"
    )

    assert "“20m everybody” is not a step." in refused
    form = office.form("ann")
    assert form is not None
    assert (form["name"], form["last"]) == ("fast", "1h")
    await office.fill_in("ann", steps="10m pod")
    assert [str(step.after) for step in firm(office).policies["fast"].steps] == ["10m", "1h"]


async def test_a_new_pod_and_a_new_client_are_made_in_forms(office: Office) -> None:
    await office.open_the_form("ann", "pod new")
    await office.fill_in("ann", name="East", channel="#desk", members=["@cat", "@dan"], lead="@ann")

    await office.open_the_form("ann", "client new Zebra")
    refused = await office.fill_in("ann", pod="East", named_contact="@cat", domains="zebra")
    read = await office.fill_in("ann", domains="zebra.example", channels=["#alerts"], knows=["@bob"])

    assert "zebra" in refused
    assert "is a client of East now." in read
    with office.new_uow.reading() as uow:
        [zebra] = uow.clients.called("zebra")
        names = [uow.firm().people[who].name for who in zebra.knows]
    assert (zebra.domains, names) == (("zebra.example",), ["Bob Roy"])


async def test_the_client_of_a_thread_is_changed_there(office: Office) -> None:
    await asked(office)

    read = await office.say_under_the_card("ann", "client knows @cat")

    assert "Cat Orr knows" in read
    assert "Acme Ltd" in read


async def test_a_client_that_is_misspelled_in_a_form_is_answered_with_those_spelled_like_it(office: Office) -> None:
    await office.open_the_form("ann", "pod North client")

    refused = await office.fill_in("ann", client="Akme")
    hostile = await office.fill_in("ann", client="A & B <!channel> <at>Bob Roy</at>")

    assert "No client is called “Akme”. Did you mean: Acme Ltd" in refused
    assert "No client is called “A & B" in hostile


async def test_a_hostile_name_calls_nobody_and_breaks_nothing(office: Office) -> None:
    name = "<!channel> <@U0BOB> <at>Bob Roy</at> {lead}"
    await office.open_the_form("ann", "pod new")
    await office.fill_in("ann", name=name, channel="#desk")

    read = await office.type("ann", "pod Nowhere")

    assert "{lead}" in read
    assert "<!channel>" not in read
    assert "<at>Bob Roy</at>" not in read
    assert office.told("bob") == []
    assert name in [pod.name for pod in firm(office).pods.values()]
