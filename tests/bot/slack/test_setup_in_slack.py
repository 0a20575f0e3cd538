"""Managers set up the firm in Slack: typed, pressed and filled in, over signed HTTP, and what they see of it."""

from typing import Any

from bot.playground.answer import Answer
from bot.playground.records import Message, View
from coverage.firm import Firm
from tests.bot.slack.conftest import ANN, BOB, CAT, DAN, NORTH, World
from tests.world import only

PODLINE = "/podline"


def firm(world: World) -> Firm:
    with world.new_uow.reading() as uow:
        return uow.firm()


def members(world: World) -> list[str]:
    known = firm(world)
    return [known.people[who].name.split()[0] for who in only(list(known.pods.values())).members]


def shown_to(world: World, user: str) -> Message:
    """The newest private answer."""
    return [one for one in world.workspace.visible_to(user, NORTH) if one.ephemeral_to][-1]


async def typed(world: World, user: str, command: str, words: str) -> Answer:
    answer = await world.playground.people.slash_command(user, NORTH, command, words)
    await world.settle()
    return answer


async def press(world: World, user: str, label: str) -> None:
    answer = await world.playground.people.click(user, NORTH, shown_to(world, user).ts, text=label)
    assert answer.ok
    await world.settle()


async def opened(world: World, user: str, line: str) -> View:
    await typed(world, user, PODLINE, line)
    return only(list(world.workspace.open_views(user)))


async def send(world: World, user: str, form: View, **entries: Any) -> Answer:
    answer = await world.playground.people.submit_view(user, form.id, entries)
    await world.settle()
    return answer


async def test_a_colleague_who_is_not_in_the_roster_is_added_by_mention_and_taken_back_by_button(world: World) -> None:
    answer = await typed(world, ANN, "/pod", "North add @cat")

    assert answer.message is not None
    assert "Cat Orr is in North now." in answer.message.text
    assert members(world) == ["Ann", "Bob", "Cat"]
    await press(world, ANN, "Take it back")
    assert members(world) == ["Ann", "Bob"]


async def test_a_member_is_told_who_can(world: World) -> None:
    answer = await typed(world, BOB, "/pod", "North add @cat")

    assert answer.message is not None
    assert answer.message.text == "Pods are changed by managers: Ann Lee."


async def test_a_channel_is_named_as_slack_offers_it_and_shown_as_one(world: World) -> None:
    await world.ask_and_deliver()

    answer = await typed(world, ANN, "/pod", "North channel #desk")

    assert answer.message is not None
    assert "North has its cards in <#C0DESK> now." in answer.message.text
    [moved] = world.workspace.messages("C0DESK")
    assert "Q-1" in moved.text


async def test_what_moves_deadlines_is_looked_at_before_it_is_done(world: World) -> None:
    await world.ask_and_deliver()

    await typed(world, ANN, PODLINE, "hours uk Mon-Fri 08:00-18:00")

    assert "This recomputes 1 open question of North." in shown_to(world, ANN).text
    await press(world, ANN, "Leave it")
    assert "Mon-Fri 09:00-17:30" in shown_to(world, ANN).text
    await typed(world, ANN, PODLINE, "hours uk Mon-Fri 08:00-18:00")
    await press(world, ANN, "Do it")
    assert "week: Mon-Fri 09:00-17:30 -&gt; Mon-Fri 08:00-18:00" in shown_to(world, ANN).text
    assert firm(world).hours["uk"].week[0][0].opens == 8 * 3600


async def test_a_button_that_was_drawn_before_somebody_else_changed_the_same_asks_again(world: World) -> None:
    await typed(world, ANN, PODLINE, "charter standard routine claim 20m")
    first = shown_to(world, ANN)
    await typed(world, ANN, PODLINE, "charter standard expert claim 1h confirm")

    await world.playground.people.click(ANN, NORTH, first.ts, text="Do it")
    await world.settle()

    assert "That has been changed since you were shown it." in shown_to(world, ANN).text
    assert "routine" in firm(world).charters["standard"].levels
    assert str(firm(world).charters["standard"].levels).count("seconds=1800") == 1
    await press(world, ANN, "Do it")
    assert str(firm(world).charters["standard"].levels).count("seconds=1200") == 1


async def test_a_pod_is_changed_in_a_form_with_pickers(world: World) -> None:
    form = await opened(world, ANN, "pod North change")
    assert form.values["members"]["members"]["selected_users"] == [ANN, BOB]
    assert form.values["channel"]["channel"]["selected_conversation"] == NORTH

    sent = await send(world, ANN, form, members=[ANN, BOB, CAT], lead=BOB)

    assert sent.ok
    assert world.workspace.open_views(ANN) == ()
    assert members(world) == ["Ann", "Bob", "Cat"]
    assert "lead: Ann Lee -&gt; Bob Roy" in shown_to(world, ANN).text


async def test_somebody_without_an_account_stays_in_a_pod_whose_form_is_sent(world: World) -> None:
    await typed(world, ANN, "/pod", "North add dan@firm.example")

    form = await opened(world, ANN, "pod North change")
    await send(world, ANN, form, members=[ANN, BOB, CAT])

    assert members(world) == ["Ann", "Bob", "Dan", "Cat"]


async def test_who_is_removed_in_a_form_is_shown_before(world: World) -> None:
    form = await opened(world, ANN, "pod North change")

    await send(world, ANN, form, members=[ANN])

    assert members(world) == ["Ann", "Bob"]
    assert "Bob Roy stays the named contact of 1 client of North (Acme Ltd)." in shown_to(world, ANN).text
    await press(world, ANN, "Do it")
    assert members(world) == ["Ann"]


async def test_a_mistake_in_a_form_is_said_at_its_field_and_nothing_entered_is_lost(world: World) -> None:
    form = await opened(world, ANN, "policy new")

    sent = await send(
        world, ANN, form, name="fast", steps="10m pod\n20m everybody", last="1h", channel="C0DESK", remind="50% 3"
    )

    assert list(sent.errors) == ["steps"]
    assert "“20m everybody” is not a step." in sent.errors["steps"]
    [still_open] = world.workspace.open_views(ANN)
    assert still_open.values["name"]["name"]["value"] == "fast"
    sent = await send(world, ANN, still_open, steps="10m pod")
    assert sent.ok
    assert [str(step.after) for step in firm(world).policies["fast"].steps] == ["10m", "1h"]


async def test_a_new_pod_and_a_new_client_are_made_in_forms(world: World) -> None:
    form = await opened(world, ANN, "pod new")
    await send(world, ANN, form, name="East", channel="C0DESK", members=[CAT, DAN], lead=ANN)
    client = await opened(world, ANN, "client new Zebra")
    refused = await send(world, ANN, client, pod="East", named_contact=CAT, domains="zebra")
    sent = await send(world, ANN, client, domains="zebra.example", channels=["C0ALERTS"], knows=[BOB])

    assert list(refused.errors) == ["domains"]
    assert sent.ok
    assert "Zebra* is a client of East now." in shown_to(world, ANN).text
    with world.new_uow.reading() as uow:
        [zebra] = uow.clients.called("zebra")
        names = [uow.firm().people[who].name for who in zebra.knows]
    assert (zebra.domains, names) == (("zebra.example",), ["Bob Roy"])


async def test_the_client_of_a_thread_is_changed_there(world: World) -> None:
    card = await world.ask_and_deliver()

    await world.playground.people.say(ANN, NORTH, "@podline client knows @cat", thread_ts=card.ts)
    await world.settle()

    assert shown_to(world, ANN).text == "Cat Orr knows *Acme Ltd* now."
    assert shown_to(world, ANN).thread_ts == card.ts


async def test_a_client_that_is_misspelled_in_a_form_is_answered_with_those_spelled_like_it(world: World) -> None:
    form = await opened(world, ANN, "pod North client")

    sent = await send(world, ANN, form, client="Akme")

    assert sent.errors == {"client": "No client is called “Akme”. Did you mean: Acme Ltd"}
    sent = await send(world, ANN, form, client="A & B <!channel>")
    assert sent.errors["client"].startswith("No client is called “A & B <!channel>”")


async def test_a_hostile_name_calls_nobody_and_breaks_nothing(world: World) -> None:
    form = await opened(world, ANN, "pod new")
    await send(world, ANN, form, name="<!channel> <@U0BOB> {lead}", channel="C0DESK")

    made = shown_to(world, ANN)

    answer = await typed(world, ANN, "/pod", "Nowhere")

    assert answer.message is not None
    assert "&lt;!channel&gt; &lt;@U0BOB&gt; {lead}" in answer.message.text
    for message in (made, answer.message):
        assert "<!channel>" not in str(message.blocks)
        assert BOB not in world.workspace.notified_by(message)
    assert "<!channel> <@U0BOB> {lead}" in [pod.name for pod in firm(world).pods.values()]
