"""Channels that clients read, where the firm lets Podline read along: what is heard there, and that nothing is said."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams_playground.activities import activity, message
from commands.ports import FollowUp, QuestionQuery
from commands.roster import import_roster
from coverage.ids import QuestionNumber
from coverage.question import Question, Status
from tests.bot.teams.conftest import ANN, BOB, CAT, GUS, NORTH, World

ACME, SHARED, OPEN, INSIDE = (f"19:{name}@thread.tacv2" for name in ("acme", "shared", "open", "inside"))
ZOE, SAM, GIL = "aad-zoe", "aad-sam", "aad-gil"
ELSEWHERE = "f2000000-0000-4000-8000-000000000002"


@pytest.fixture
def shared(world: World) -> World:
    """Acme has a channel of a team in which Gus is a guest, and a shared one in which Zoe of another tenant is; a third
    is shared with people of whom nobody has said whose they are."""
    tenant = world.tenant
    tenant.add_user(ZOE, "Zoe Quist", email="zoe@acme.example", upn="zoe@acme.example", tenant=ELSEWHERE, has_app=False)
    tenant.add_user(SAM, "Sam Hill", email=None, upn="sam@new.example", tenant=ELSEWHERE, has_app=False)
    tenant.add_user(GIL, "Gil Fry", role="guest", upn="gil_else.example#EXT#@firm.example")
    tenant.add_channel(ACME, "acme")
    tenant.add_channel(SHARED, "acme-shared", kind="shared")
    tenant.add_channel(OPEN, "new-client", kind="shared")
    tenant.add_channel(INSIDE, "inside")
    channels = f'clients:\n  - {{name: Acme Ltd, channels: ["{ACME}", "{SHARED}"]}}'
    import_roster(roster_of(document_of(channels)), world.new_uow)
    return world


async def say(world: World, user: str, words: str, at: str = ACME, root: str | None = None) -> str:
    """Write it, and let what follows happen; returns the id of the message."""
    before = set(world.tenant.messages)
    answer = await world.playground.people.say(user, words, at=at, root=root)
    assert answer.ok
    [written] = [number for where, number in world.tenant.messages if (where, number) not in before]
    await world.settle()
    return written


def questions(world: World) -> list[Question]:
    with world.new_uow.reading() as uow:
        return uow.questions.page(QuestionQuery())


def follow_ups(world: World, number: int = 1) -> list[FollowUp]:
    with world.new_uow.reading() as uow:
        return uow.follow_ups.of(QuestionNumber(number))


def stored(world: World) -> int:
    with world.new_uow._readers.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar() or 0)


def by_us(world: World, channel: str) -> list[str]:
    return [one.text for one in world.tenant.in_order(channel) if one.by_bot]


@pytest.mark.parametrize(("client", "at"), [(GUS, ACME), (ZOE, SHARED)])
async def test_a_clients_question_is_a_card_and_a_colleagues_reply_its_answer(
    shared: World, client: str, at: str
) -> None:
    asked = await say(shared, client, "How do we post a deposit?", at)
    await shared.later(minutes=5)
    await say(shared, client, "It is one of 1200 pounds", at, asked)
    [card] = shared.tenant.posts(NORTH)
    [more] = shared.tenant.replies(NORTH, card.id)
    await say(shared, BOB, "As a liability, see page 4.", at, asked)

    assert "Acme Ltd" in card.text
    assert "It is one of 1200 pounds" in more.text
    [question] = questions(shared)
    assert (question.asked_by.name, question.status) == (shared.tenant.users[client].name, Status.ANSWERED)
    assert "Answered" in card.text
    assert by_us(shared, at) == []


async def test_a_reply_claims_what_nobody_has(shared: World) -> None:
    asked = await say(shared, GUS, "How do we post a deposit?")

    await say(shared, BOB, "As a liability.", root=asked)

    owner = questions(shared)[0].claimed_by
    with shared.new_uow.reading() as uow:
        assert owner is not None
        assert uow.firm().people[owner].name == "Bob Roy"


async def test_the_card_leads_to_the_clients_message(shared: World) -> None:
    asked = await say(shared, GUS, "How do we post a deposit?")

    [card] = shared.tenant.posts(NORTH)
    assert f"https://teams.microsoft.com/l/message/19%3Aacme%40thread.tacv2/{asked}?tenantId=" in str(card.card)


@pytest.mark.parametrize("who", [BOB, CAT])
async def test_colleagues_ask_nothing(shared: World, who: str) -> None:
    for at in (ACME, SHARED, OPEN):
        await say(shared, who, "How do we post a deposit?", at)

    assert questions(shared) == []


async def test_small_talk_is_no_question(shared: World) -> None:
    await say(shared, GUS, "Thanks Bob!")

    assert questions(shared) == []


async def test_what_colleagues_say_in_channels_is_not_stored(shared: World) -> None:
    before = stored(shared)
    for at in (ACME, SHARED, OPEN, INSIDE, NORTH):
        root = await say(shared, BOB, "Lunch at twelve?", at)
        await say(shared, CAT, "I cannot today", at)
    await say(shared, ANN, "Yes", NORTH, root)
    await shared.playground.people.edit(BOB, NORTH, root, "Lunch at one?")
    await shared.settle()

    assert stored(shared) == before


@pytest.mark.parametrize("at", [INSIDE, NORTH, OPEN])
async def test_a_guest_in_a_channel_that_is_no_clients_is_not_heard(shared: World, at: str) -> None:
    before = stored(shared)

    await say(shared, GIL, "How do we post a deposit?", at)

    assert questions(shared) == []
    assert stored(shared) == before


async def test_people_of_another_firm_in_a_shared_channel_without_a_client_are_heard_and_the_intake_is_asked(
    shared: World,
) -> None:
    asked = await say(shared, SAM, "Do you do payroll?", OPEN)
    await say(shared, BOB, "We do!", OPEN, asked)

    [question] = questions(shared)
    assert question.asked_by.name == "Sam Hill"
    assert question.status is Status.ANSWERED


async def test_a_colleague_not_in_the_roster_joins_by_answering_a_client(shared: World) -> None:
    asked = await say(shared, GUS, "How do we post a deposit?")
    await say(shared, CAT, "As a liability.", root=asked)

    with shared.new_uow.reading() as uow:
        assert "Cat Orr" in [one.name for one in uow.firm().people.values()]
    assert questions(shared)[0].status is Status.ANSWERED


async def test_what_a_client_changes_and_deletes_is_noted(shared: World) -> None:
    people = shared.playground.people
    asked = await say(shared, GUS, "How do we post a desposit?")
    await people.edit(GUS, ACME, asked, "How do we post a deposit?")
    await shared.settle()
    await shared.later(minutes=1)
    await people.edit(GUS, ACME, asked, "How do we post a deposit of 1200?")
    await shared.settle()
    await people.delete(GUS, ACME, asked)
    await shared.settle()

    assert questions(shared)[0].text == "How do we post a desposit?"
    assert [one.text for one in follow_ups(shared)] == [
        "Changed to: How do we post a deposit?",
        "Changed to: How do we post a deposit of 1200?",
        "Deleted: How do we post a deposit of 1200?",
    ]
    assert by_us(shared, ACME) == []


async def test_small_talk_that_is_changed_into_a_question_is_one(shared: World) -> None:
    said = await say(shared, GUS, "Hi Bob")

    await shared.playground.people.edit(GUS, ACME, said, "Hi Bob, how do we post a deposit?")
    await shared.settle()

    assert questions(shared)[0].text == "Hi Bob, how do we post a deposit?"


async def test_a_message_from_long_ago_that_is_changed_is_not_ours(shared: World) -> None:
    said = await say(shared, GUS, "Hi Bob")
    await shared.later(days=3)

    await shared.playground.people.edit(GUS, ACME, said, "Hi Bob, how do we post a deposit?")
    await shared.settle()

    assert questions(shared) == []


async def test_files_come_along_as_the_message_they_are_in(shared: World) -> None:
    sent = written(shared, GUS, "Is this right?")
    html = '<p>Is this right?</p><attachment id="1"></attachment>'
    await shared.playground.people.send({**sent, "attachments": [{"contentType": "text/html", "content": html}]})
    await shared.settle()

    [question] = questions(shared)
    assert question.attachments[0].name == "a file"
    assert question.attachments[0].url.startswith("https://teams.microsoft.com/l/message/")


async def test_mentions_are_kept_as_names(shared: World) -> None:
    await shared.playground.people.say(GUS, "@Bob Roy: is 1 < 2 &amp; right?", at=ACME, mentions=[BOB])
    await shared.settle()

    assert questions(shared)[0].text == "@Bob Roy: is 1 < 2 & right?"


async def test_a_question_said_to_us_is_one_and_a_guest_is_told_who_answers_in_their_own_chat(shared: World) -> None:
    await say(shared, GUS, "@Podline how do we post a deposit?")

    assert questions(shared)[0].text == "how do we post a deposit?"
    assert "Only members of the firm" in shared.tenant.told(GUS)[-1].text
    assert by_us(shared, ACME) == []


@pytest.mark.parametrize(("who", "at"), [(GUS, ACME), (ZOE, SHARED)])
@pytest.mark.parametrize("line", ["@Podline claim Q-1", "@Podline mine", "@Podline resolve Q-1"])
async def test_an_outsiders_command_by_mention_changes_nothing_and_is_not_answered_there(
    shared: World, who: str, at: str, line: str
) -> None:
    asked = await say(shared, who, "How do we post a deposit?", at)
    await say(shared, who, line, at, asked)

    [question] = questions(shared)
    assert question.status is Status.ROUTED
    assert follow_ups(shared) == []
    assert by_us(shared, at) == []
    with shared.new_uow.reading() as uow:
        assert len(uow.firm().people) == 3


@pytest.mark.parametrize("who", [GUS, ZOE])
async def test_an_outsider_who_finds_a_button_is_refused(shared: World, who: str) -> None:
    await say(shared, GUS, "How do we post a deposit?")
    [card] = shared.tenant.posts(NORTH)

    answer = await shared.playground.people.click(who, card, text="Claim")
    await shared.settle()

    assert "Only members of the firm" in answer.words
    assert questions(shared)[0].status is Status.ROUTED


async def test_an_outsiders_button_in_a_clients_channel_where_teams_knows_no_execute_is_not_answered_there(
    shared: World,
) -> None:
    tenant = shared.tenant
    where = tenant.conversations[SHARED]
    sent = activity(tenant, shared.playground.service_url, tenant.users[ZOE], where, "message", root="1")
    await shared.playground.people.send({**sent, "value": {"line": "claim Q-1"}})
    await shared.settle()

    assert by_us(shared, SHARED) == []


async def test_a_colleague_claims_in_the_clients_thread_by_mention_and_is_answered_in_their_chat(shared: World) -> None:
    asked = await say(shared, GUS, "How do we post a deposit?")
    await say(shared, BOB, "@Podline claim", root=asked)

    assert questions(shared)[0].status is Status.CLAIMED
    assert "Q-1 is yours" in shared.tenant.told(BOB)[-1].text
    assert by_us(shared, ACME) == []


async def test_a_colleague_who_cannot_be_written_to_is_not_told_so_where_clients_read(shared: World) -> None:
    shared.tenant.installed_for.discard(BOB)

    await say(shared, BOB, "@Podline mine")

    assert by_us(shared, ACME) == []


async def test_one_line_in_the_thread_where_the_firm_wants_it(shared: World) -> None:
    import_roster(roster_of(document_of("settings: {confirm_in_shared_channels: true}")), shared.new_uow)

    asked = await say(shared, GUS, "How do we post a deposit?")
    await say(shared, GUS, "By Friday", root=asked)

    [line] = shared.tenant.replies(ACME, asked)
    assert "North" not in line.text
    assert shared.tenant.posts(ACME) == []


async def test_while_teams_does_not_say_who_it_was_the_question_waits_and_is_not_lost(shared: World) -> None:
    shared.playground.misbehaviour.status("member", 503, times=2)
    await say(shared, GUS, "How do we post a deposit?")
    assert questions(shared) == []

    shared.clock.push(timedelta(minutes=1))
    await shared.settle()

    assert len(questions(shared)) == 1


async def test_a_client_whom_teams_does_not_know_is_heard_all_the_same(shared: World) -> None:
    sent = written(shared, ZOE, "How do we post a deposit?", SHARED)
    del shared.tenant.users[ZOE]

    await shared.playground.people.send(sent)
    await shared.settle()

    assert questions(shared)[0].asked_by.name == "Zoe Quist"


async def test_that_a_channel_is_shared_is_remembered_where_a_message_does_not_say_so(shared: World) -> None:
    await say(shared, BOB, "Welcome!", OPEN)
    sent = written(shared, SAM, "Do you do payroll?", OPEN)
    del sent["channelData"]["channel"]["type"]

    await shared.playground.people.send(sent)
    await shared.settle()

    assert [one.asked_by.name for one in questions(shared)] == ["Sam Hill"]


async def test_a_message_that_names_another_tenant_is_not_let_in(shared: World) -> None:
    sent = written(shared, ZOE, "How do we post a deposit?", SHARED)
    sent["channelData"]["tenant"] = {"id": ELSEWHERE}

    refused = await shared.playground.people.send(sent)
    await shared.settle()

    assert refused.status == 403
    assert questions(shared) == []


async def test_the_same_message_twice_is_one_question(shared: World) -> None:
    sent = written(shared, GUS, "How do we post a deposit?")

    for _ in range(2):
        await shared.playground.people.send(sent)
        await shared.settle()

    assert len(questions(shared)) == 1
    assert follow_ups(shared) == []


async def test_added_to_a_channel_that_is_shared_it_asks_nothing_there(shared: World) -> None:
    tenant = shared.tenant
    added = activity(tenant, shared.playground.service_url, tenant.users[ANN], tenant.conversations[OPEN], "x")
    us = [{"id": tenant.bot_id, "name": "Podline"}]
    await shared.playground.people.send({**added, "type": "conversationUpdate", "membersAdded": us})
    await shared.settle()

    assert by_us(shared, OPEN) == []


def written(world: World, user: str, words: str, at: str = ACME) -> dict[str, Any]:
    """A message as Teams tells of it."""
    tenant = world.tenant
    put = tenant.put(at, {"type": "message", "text": words}, by_bot=False)
    where, who = tenant.conversations[at], tenant.users[user]
    return {**message(tenant, world.playground.service_url, who, where, words, root=put.id), "id": put.id}
