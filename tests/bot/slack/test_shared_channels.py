"""Channels shared with clients, over real HTTP: what is heard there, what is not, and that nothing is said there."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.ports import FollowUp, QuestionQuery
from commands.roster import import_roster
from coverage.ids import QuestionNumber
from coverage.question import Question, Status
from tests.bot.slack.conftest import ANN, BOB, CAT, DAN, NORTH, OUT, World

ACME, PLAIN, TWO, INSIDE = "C0ACME", "C0PLAIN", "C0TWO", "C0INSIDE"
SAM, GUEST, ROBOT = "U0SAM", "U0GUEST", "U0ROBOT"


@pytest.fixture
def shared(world: World) -> World:
    """Acme has a channel shared with them and one in which Slack does not say that it is; another has no client yet."""
    workspace = world.workspace
    workspace.add_user(SAM, "sam", real_name="Sam Hill", team_id="T0ACME")
    workspace.add_user(GUEST, "gil", real_name="Gil Fry", is_restricted=True)
    workspace.add_user(ROBOT, "robot", is_bot=True, team_id="T0ACME")
    everybody = [ANN, BOB, CAT, DAN, OUT, SAM, GUEST, ROBOT]
    workspace.add_channel(ACME, "acme-shared", members=everybody, is_ext_shared=True)
    workspace.add_channel(PLAIN, "acme-plain", members=everybody, is_private=True)
    workspace.add_channel(TWO, "new-client", members=everybody, is_ext_shared=True)
    workspace.add_channel(INSIDE, "inside", members=everybody)
    channels = f"clients:\n  - {{name: Acme Ltd, channels: [{ACME}, {PLAIN}]}}"
    import_roster(roster_of(document_of(channels)), world.new_uow)
    return world


async def say(world: World, user: str, words: str, channel: str = ACME, thread: str | None = None, **more) -> str:
    """Write it, and let what follows happen; returns the message's ts."""
    answer = await world.playground.people.say(user, channel, words, thread_ts=thread, **more)
    assert answer.ok
    assert answer.message is not None
    await world.settle()
    return answer.message.ts


def questions(world: World) -> list[Question]:
    with world.new_uow.reading() as uow:
        return uow.questions.page(QuestionQuery())


def follow_ups(world: World, number: int = 1) -> list[FollowUp]:
    with world.new_uow.reading() as uow:
        return uow.follow_ups.of(QuestionNumber(number))


def stored_events(world: World) -> int:
    with world.new_uow._readers.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar() or 0)


def by_us(world: World, channel: str) -> list[str]:
    us = world.workspace.app.bot_user_id
    return [one.text for one in world.workspace.messages(channel) if one.user == us]


@pytest.mark.parametrize("channel", [ACME, PLAIN])
async def test_an_outsiders_question_is_a_card_and_a_colleagues_reply_its_answer(shared: World, channel: str) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?", channel)
    shared.clock.push(timedelta(minutes=5))
    await say(shared, OUT, "It is one of 1200 pounds", channel, asked)
    card, more = shared.workspace.messages(NORTH)
    await say(shared, BOB, "As a liability, see page 4.", channel, asked)

    assert "Acme Ltd" in card.text
    assert "It is one of 1200 pounds" in str(more.blocks)
    assert more.thread_ts == card.ts
    [question] = questions(shared)
    assert (question.asked_by.name, question.status) == ("Zoe Quist", Status.ANSWERED)
    assert "Answered" in str(shared.workspace.message(NORTH, card.ts).blocks)
    assert by_us(shared, channel) == []


async def test_the_card_leads_to_the_clients_message(shared: World) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?")

    [card] = shared.workspace.messages(NORTH)
    assert f"https://firm.slack.example/archives/{ACME}/p{asked.replace('.', '')}" in str(card.blocks)


@pytest.mark.parametrize("who", [BOB, CAT, GUEST, ROBOT])
async def test_colleagues_guests_and_bots_ask_nothing(shared: World, who: str) -> None:
    await say(shared, who, "How do we post a deposit?")
    await say(shared, who, "How do we post a deposit?", PLAIN)

    assert questions(shared) == []


async def test_small_talk_is_no_question(shared: World) -> None:
    await say(shared, OUT, f"Thanks <@{BOB}>! :tada:")

    assert questions(shared) == []


async def test_what_colleagues_say_in_channels_is_not_stored(shared: World) -> None:
    for channel in (ACME, PLAIN, INSIDE, NORTH):
        root = await say(shared, BOB, "Lunch at twelve?", channel)
    await say(shared, ANN, "Yes", NORTH, root)
    await shared.playground.people.edit(BOB, NORTH, root, "Lunch at one?")
    await shared.settle()

    assert stored_events(shared) == 0


async def test_outsiders_in_a_channel_without_a_client_are_heard_and_the_intake_is_asked(shared: World) -> None:
    await say(shared, SAM, "Do you do payroll?", TWO)

    [question] = questions(shared)
    assert question.status is Status.UNIDENTIFIED
    assert question.asked_by.name == "Sam Hill"


async def test_a_manager_who_says_whose_it_is_is_offered_to_keep_the_channel(shared: World) -> None:
    await say(shared, SAM, "Do you do payroll?", TWO)

    answer = await shared.playground.people.slash_command(ANN, NORTH, "/podline", "client Q-1 is Acme")

    assert answer.message is not None
    assert f"client Acme Ltd channel <#{TWO}>" in str(answer.message.blocks).replace("&lt;", "<").replace("&gt;", ">")


async def test_a_colleague_not_in_the_roster_joins_by_answering_a_client(shared: World) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?")
    await say(shared, CAT, "As a liability.", thread=asked)

    with shared.new_uow.reading() as uow:
        names = [one.name for one in uow.firm().people.values()]
    assert "Cat Orr" in names
    assert questions(shared)[0].status is Status.ANSWERED


async def test_a_guests_reply_is_no_answer(shared: World) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?")
    await say(shared, GUEST, "As a liability.", thread=asked)

    assert questions(shared)[0].status is Status.ROUTED


async def test_what_a_client_changes_and_deletes_is_noted(shared: World) -> None:
    people = shared.playground.people
    asked = await say(shared, OUT, "How do we post a desposit?")
    await people.edit(OUT, ACME, asked, "How do we post a deposit?")
    await shared.settle()
    await people.delete(OUT, ACME, asked)
    await shared.settle()

    assert questions(shared)[0].text == "How do we post a desposit?"
    assert [one.text for one in follow_ups(shared)] == [
        "Changed to: How do we post a deposit?",
        "Deleted: How do we post a deposit?",
    ]
    assert len(shared.workspace.messages(NORTH)) == 3


async def test_files_come_along_by_name_and_address(shared: World) -> None:
    files = [
        {
            "id": "F1",
            "name": "q3.pdf",
            "title": "Q3 <return> | final",
            "permalink": "https://acme.slack.example/F1?a=1&b=2",
        }
    ]
    await say(shared, OUT, "Is this right?", files=files)

    [question] = questions(shared)
    assert question.attachments[0].name == "Q3 <return> | final"
    card = str(shared.workspace.messages(NORTH)[0].blocks)
    assert "1 attachment" in card
    assert "<https://acme.slack.example/F1?a=1&amp;b=2|Q3 &lt;return&gt; | final>" in card


async def test_a_file_of_which_slack_sends_the_id_alone_is_asked_about(shared: World) -> None:
    shared.workspace.files.share_from_outside("F7", "scan.png", "https://acme.slack.example/files/F7")
    await say(shared, OUT, "", files=[{"id": "F7", "mode": "file_access", "file_access": "check_file_info"}])

    [question] = questions(shared)
    assert question.text == "(no words, only files: scan.png)"
    assert question.attachments[0].url == "https://acme.slack.example/files/F7"


async def test_a_file_that_slack_does_not_show_loses_no_question(shared: World) -> None:
    await say(shared, OUT, "See this", files=[{"id": "F8", "mode": "file_access", "file_access": "check_file_info"}])

    [question] = questions(shared)
    assert question.attachments[0].name == "a file"
    assert f"/archives/{ACME}/" in question.attachments[0].url


async def test_mentions_are_kept_as_names_and_links_as_typed(shared: World) -> None:
    await say(shared, OUT, f"<@{BOB}> and <@{SAM}>: is https://acme.example/a?b=1&c=2 right?")

    assert questions(shared)[0].text == "@Bob Roy and @Sam Hill: is https://acme.example/a?b=1&c=2 right?"


async def test_a_question_said_to_us_is_one_and_its_sender_is_told_who_answers(shared: World) -> None:
    await say(shared, OUT, f"<@{shared.workspace.app.bot_user_id}> how do we post a deposit?")

    assert questions(shared)[0].text == "how do we post a deposit?"
    [private] = [one for one in shared.workspace.visible_to(OUT, ACME) if one.ephemeral_to]
    assert "Only members of the firm" in private.text


@pytest.mark.parametrize("who", [OUT, GUEST])
async def test_an_outsiders_command_by_mention_is_refused_and_changes_nothing(shared: World, who: str) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?")
    await say(shared, who, f"<@{shared.workspace.app.bot_user_id}> claim Q-1", thread=asked)

    [question] = questions(shared)
    assert question.status is Status.ROUTED
    assert follow_ups(shared) == []
    [private] = [one for one in shared.workspace.visible_to(who, ACME) if one.ephemeral_to]
    assert "Only members of the firm" in private.text


@pytest.mark.parametrize("who", [OUT, GUEST])
@pytest.mark.parametrize("button", ["Claim", "Why here?"])
async def test_an_outsider_who_finds_a_button_is_refused_politely(shared: World, who: str, button: str) -> None:
    await say(shared, OUT, "How do we post a deposit?")
    [card] = shared.workspace.messages(NORTH)
    shared.workspace.add_member(NORTH, who)

    answer = await shared.playground.people.click(who, NORTH, card.ts, text=button)
    await shared.settle()

    assert answer.ok
    [private] = [one for one in shared.workspace.visible_to(who, NORTH) if one.ephemeral_to]
    assert "Only members of the firm" in private.text
    assert questions(shared)[0].status is Status.ROUTED
    assert shared.workspace.open_views(who) == ()
    with shared.new_uow.reading() as uow:
        assert len(uow.firm().people) == 3


async def test_a_colleague_claims_in_the_clients_thread_by_mention(shared: World) -> None:
    asked = await say(shared, OUT, "How do we post a deposit?")
    await say(shared, BOB, f"<@{shared.workspace.app.bot_user_id}> claim", thread=asked)

    [question] = questions(shared)
    assert question.status is Status.CLAIMED
    assert by_us(shared, ACME) == []


async def test_one_line_in_the_thread_where_the_firm_wants_it(shared: World) -> None:
    import_roster(roster_of(document_of("settings: {confirm_in_shared_channels: true}")), shared.new_uow)

    asked = await say(shared, OUT, "How do we post a deposit?")
    await say(shared, OUT, "By Friday", thread=asked)

    said = [one for one in shared.workspace.messages(ACME) if one.user == shared.workspace.app.bot_user_id]
    [line] = said
    assert line.thread_ts == asked
    assert "North" not in line.text


async def test_while_slack_does_not_say_who_it_was_the_question_waits_and_is_not_lost(shared: World) -> None:
    shared.playground.misbehaviour.fail("users.info", error="fatal_error")
    await say(shared, OUT, "How do we post a deposit?")
    assert questions(shared) == []

    shared.clock.push(timedelta(minutes=1))
    await shared.settle()

    assert len(questions(shared)) == 1


async def test_a_client_whom_slack_hides_is_heard_all_the_same(shared: World) -> None:
    shared.playground.misbehaviour.fail("users.info", error="user_not_visible")

    await say(shared, OUT, "How do we post a deposit?")

    [question] = questions(shared)
    assert question.asked_by.name is None
