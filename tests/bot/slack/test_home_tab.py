"""The Home tab through the real app: opened, acted in, refused; and what happens when Slack is not well."""

import json
from datetime import timedelta

import pytest

from bot.playground.records import View
from tests.bot.slack.conftest import ANN, BOB, CAT, NORTH, OUT, World


async def opened(world: World, user: str) -> View:
    """Their home, as it is drawn when they open it."""
    await world.playground.people.open_home(user)
    await world.settle()
    home = world.workspace.home(user)
    assert home is not None
    return home


def drawn(world: World, user: str) -> str:
    home = world.workspace.home(user)
    assert home is not None
    return json.dumps(home.content, ensure_ascii=False)


def published(world: World) -> int:
    return sum(entry.kind == "home_published" for entry in world.workspace.log.entries)


async def test_whoever_opens_their_home_finds_what_waits_in_their_pods(world: World) -> None:
    await world.ask_and_deliver()

    home = await opened(world, BOB)

    assert "How do we post this?" in str(home.content)
    assert published(world) == 1


async def test_opening_is_not_stored_and_another_tab_draws_nothing(world: World) -> None:
    await opened(world, BOB)
    with world.new_uow.reading() as uow:
        assert uow.inbox.earliest("slack") is None

    event = {"type": "app_home_opened", "user": BOB, "channel": "D0BOB", "tab": "messages", "event_ts": "1.1"}
    await world.slack.inbox.take({"team_id": "T0FIRM", "event_id": "Ev1", "event": event})
    await world.settle()

    assert published(world) == 1


async def test_a_claim_in_the_home_is_answered_at_its_top_and_moves_to_mine(world: World) -> None:
    card = await world.ask_and_deliver()
    home = await opened(world, BOB)

    answer = await world.playground.people.click_in_view(BOB, home.id, text="Claim")
    await world.settle()

    assert answer.ok
    shown = world.workspace.home(BOB)
    assert shown is not None
    assert "Q-1 is yours" in str(shown.content["blocks"][0])
    assert "Answered" in drawn(world, BOB)
    assert "Claimed" in str(world.workspace.message(NORTH, card.ts).blocks)
    assert published(world) == 2
    assert not world.workspace.messages(world.workspace.dm_with(BOB))


async def test_somebody_too_late_reads_who_was_first_at_the_top_of_their_home(world: World) -> None:
    card = await world.ask_and_deliver()
    home = await opened(world, BOB)
    await world.playground.people.click(ANN, NORTH, card.ts, text="Claim")

    await world.playground.people.click_in_view(BOB, home.id, text="Claim")
    await world.settle()

    assert "Ann Lee has it since" in drawn(world, BOB)


async def test_a_rarer_act_of_the_menu_opens_its_form_and_what_is_sent_shows_in_the_home(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    home = await opened(world, BOB)
    [menu] = [
        element
        for block in home.content["blocks"]
        for element in block.get("elements", ())
        if element.get("type") == "overflow"
    ]

    await world.playground.people.select_in_view(BOB, home.id, menu["action_id"], "handoff Q-1")
    await world.settle()
    [form] = world.workspace.open_views(BOB)
    before = published(world)
    await world.playground.people.submit_view(BOB, form.id, {"to": ANN, "why": "She knows their VAT"})
    await world.settle()

    assert published(world) == before + 1
    assert "Ann Lee" in str(world.workspace.home(BOB).content["blocks"][0])  # type: ignore[union-attr]
    assert "You have no open questions." in drawn(world, BOB)


async def test_leave_is_marked_by_a_form_of_the_home_and_taken_back_by_its_button(world: World) -> None:
    home = await opened(world, BOB)

    await world.playground.people.click_in_view(BOB, home.id, text="Mark leave")
    await world.settle()
    [form] = world.workspace.open_views(BOB)
    await world.playground.people.submit_view(BOB, form.id, {"first": "2026-12-01", "last": "2026-12-04"})
    await world.settle()
    assert "Tue 1 Dec 2026 to Fri 4 Dec 2026" in drawn(world, BOB)

    await world.playground.people.click_in_view(BOB, home.id, text="Cancel")
    await world.settle()

    assert "No leave is marked." in drawn(world, BOB)
    assert "is cancelled" in drawn(world, BOB)


async def test_a_mistake_in_a_form_of_the_home_is_said_in_the_form(world: World) -> None:
    home = await opened(world, BOB)
    await world.playground.people.click_in_view(BOB, home.id, text="Mark leave")
    await world.settle()
    [form] = world.workspace.open_views(BOB)

    sent = await world.playground.people.submit_view(BOB, form.id, {"first": "2026-12-04", "last": "2026-12-01"})

    assert sent.errors
    assert len(world.workspace.open_views(BOB)) == 1


async def test_a_list_asked_for_in_the_home_is_shown_at_its_top(world: World) -> None:
    home = await opened(world, BOB)

    await world.playground.people.click_in_view(BOB, home.id, text="Who is out")
    await world.settle()

    assert "Out this week" in drawn(world, BOB)


async def test_the_whole_story_opens_a_window_and_draws_nothing_anew(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    home = await opened(world, BOB)
    before = published(world)
    [menu] = [one for one in str(home.content).split("'") if one.endswith(":more")]

    await world.playground.people.select_in_view(BOB, home.id, menu, "explain Q-1")
    await world.settle()

    assert len(world.workspace.open_views(BOB)) == 1
    assert published(world) == before


async def test_only_managers_find_the_firm_in_their_home(world: World) -> None:
    await opened(world, ANN)
    await opened(world, BOB)

    assert "There is no kudos channel" in drawn(world, ANN)
    assert "No account is known of" not in drawn(world, BOB)
    assert "kudos channel" not in drawn(world, BOB)


async def test_a_colleague_who_is_not_in_the_roster_joins_by_opening_their_home(world: World) -> None:
    await opened(world, CAT)

    assert "You have no questions" in drawn(world, CAT)
    with world.new_uow.reading() as uow:
        assert "Cat Orr" in {person.name for person in uow.firm().people.values()}


@pytest.mark.parametrize("kind", ["guest", "bot"])
async def test_a_guest_or_a_bot_finds_a_polite_home_and_nothing_of_the_firm(world: World, kind: str) -> None:
    is_bot = kind == "bot"
    world.workspace.add_user("U0GUS", "gus", real_name="Gus Ott", is_bot=is_bot, is_restricted=not is_bot)
    await world.ask_and_deliver()

    await world.slack.inbox.take(_opening("U0GUS"))
    await world.settle()

    assert "This is Podline" in drawn(world, "U0GUS")
    assert "Acme" not in drawn(world, "U0GUS")
    assert '"button"' not in drawn(world, "U0GUS")


async def test_somebody_of_another_firm_finds_nothing_of_the_firm(world: World) -> None:
    await world.ask_and_deliver()

    await world.slack.inbox.take(_opening(OUT))
    await world.settle()

    assert "Only members of the firm" in drawn(world, OUT)
    assert "Acme" not in drawn(world, OUT)


async def test_where_another_view_was_published_meanwhile_the_newest_state_takes_its_place(world: World) -> None:
    await world.ask_and_deliver()
    home = await opened(world, BOB)
    world.playground.misbehaviour.fail("views.publish", error="hash_conflict")

    await world.playground.people.click_in_view(BOB, home.id, text="Claim")
    await world.settle()

    assert "Q-1 is yours" in drawn(world, BOB)


async def test_a_home_that_cannot_be_published_loses_nothing_and_the_answer_comes_by_message(world: World) -> None:
    await world.ask_and_deliver()
    home = await opened(world, BOB)
    world.playground.misbehaviour.fail("views.publish", error="internal_error")

    await world.playground.people.click_in_view(BOB, home.id, text="Claim")
    await world.settle()

    assert "Q-1 is yours" in world.workspace.messages(world.workspace.dm_with(BOB))[-1].text
    assert published(world) == 1


async def test_of_clicks_at_once_in_one_home_the_last_view_shows_the_last_state(world: World) -> None:
    for number in range(4):
        world.ask(f"question {number}")
    home = await opened(world, BOB)

    for number in range(1, 5):
        await world.playground.people.click_in_view(BOB, home.id, value=f"claim Q-{number}")
    await world.settle()

    assert "Nobody waits to be claimed." in drawn(world, BOB)
    assert all(f"answered Q-{number}" in drawn(world, BOB) for number in range(1, 5))


async def test_a_button_drawn_for_an_earlier_turn_asks_again(world: World) -> None:
    card = await world.ask_and_deliver()
    await world.playground.people.click(BOB, NORTH, card.ts, text="Claim")
    home = await opened(world, BOB)
    await world.playground.people.slash_command(ANN, NORTH, "/podline", "handoff Q-1 <@U0ANN> mine")
    world.clock.push(timedelta(minutes=1))

    await world.playground.people.click_in_view(BOB, home.id, text="Answered")
    await world.settle()

    assert "Q-1 has moved on" in drawn(world, BOB)


def _opening(user: str) -> dict[str, object]:
    event = {"type": "app_home_opened", "user": user, "channel": "D0X", "tab": "home", "event_ts": "1.1"}
    return {"team_id": "T0FIRM", "event_id": f"Ev-{user}", "event": event}
