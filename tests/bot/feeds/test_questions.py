"""What a feed holds that nobody but a human can read: asked once, of the managers who are there, and remembered."""

from datetime import timedelta

import pytest

from commands.clean_up import clean_up
from tests.bot.feeds.calendar_server import Say, calendar
from tests.bot.feeds.office import HOUR, Office, day
from tests.world import only, words

AL = calendar(
    ("AL - Anni", day(7), day(8)), ("Anni on leave", day(14), day(15)), ("Company day, all staff off", day(18), day(18))
)


@pytest.fixture
async def asked(office: Office) -> Office:
    """A team calendar with a nickname nobody confirmed and a day for everybody was read."""
    office.add()
    await office.poll(Say(AL))
    return office


async def test_each_thing_is_asked_once_of_the_managers_who_are_there(office: Office) -> None:
    office.world.say("Ann", "leave today")
    office.add()

    sent = await office.poll(Say(AL))
    again = await office.poll(Say(AL + b"\r\n"), after=HOUR)

    questions = [one for one in sent if one.topic == "feed_question"]
    assert {one.to for one in questions} == {"Mia"}
    assert [one.commands for one in questions] == [
        ('leave alias "Anni" is ann@firm.example', "feed answer 1 nobody"),
        ("feed answer 2 everybody", "feed answer 2 nobody"),
    ]
    assert "In the calendar team, Mon 7 Dec - Tue 8 Dec, I cannot read this" in questions[0].text
    assert "AL - Anni" in questions[0].text
    assert again == []
    assert office.shown()["questions"] == "2 for a human: feed questions, in chat"


async def test_a_name_that_was_told_is_remembered_for_all_events_and_calendars(asked: Office) -> None:
    said = asked.world.say("Mia", 'leave alias "Anni" is ann@firm.example')
    await asked.poll()

    assert said == "“Anni” is Ann Lee from now on, in calendars and when somebody types it."
    assert asked.away() == ["Ann 14-15", "Ann 7-8"]
    assert asked.world.say("Mia", "leave for @Anni list").startswith("Leave of Ann Lee")
    assert asked.shown()["questions"].startswith("1 for a human"), "the day for everybody is another matter"


async def test_nobodys_leave_is_not_asked_about_again(asked: Office) -> None:
    asked.world.say("Mia", "feed answer 1 nobody")
    asked.world.say("Mia", "feed answer 2 nobody")

    sent = await asked.poll(Say(AL + b"\r\n"), after=HOUR)

    assert (sent, asked.away()) == ([], [])
    assert words(asked.world.reply("Mia", "feed questions")) == "No calendar holds anything that needs you."


async def test_everybodys_leave_is_everybodys(asked: Office) -> None:
    assert asked.world.say("Mia", "feed answer 2 everybody") == "Noted: it is everybody's leave."

    await asked.poll()

    assert asked.away() == ["Ann 18", "Bob 18", "Cara 18", "Dan 18", "Mia 18"]


async def test_it_may_be_the_leave_of_some(asked: Office) -> None:
    said = asked.world.say("Mia", "feed answer #2 is @Bob Roy and <@U0CARA>, dan@firm.example")

    await asked.poll()

    assert said == "Noted: it is leave of Bob Roy and Cara Diaz and Dan Low."
    assert asked.away() == ["Bob 18", "Cara 18", "Dan 18"]


async def test_an_answer_holds_when_the_event_moves_and_its_uid_changes(asked: Office) -> None:
    asked.world.say("Mia", "feed answer 2 @Bob Roy")
    await asked.poll()
    moved = calendar(
        ("Anni on leave", day(14), day(15), "new-1"), ("Company day, all staff off", day(21), day(21), "new-2")
    )

    sent = await asked.poll(Say(moved), after=HOUR)

    assert sent == []
    assert asked.away() == ["Bob 21"]


async def test_two_managers_who_answer_are_told_of_each_other(asked: Office) -> None:
    asked.world.say("Mia", "feed answer 2 nobody")

    assert asked.world.refused("Ann", "feed answer 2 everybody") == (
        "That was answered already by Mia Fox: nobody's leave."
    )


async def test_what_is_answered_before_it_was_sent_is_not_sent(office: Office) -> None:
    office.add()
    office.server.says(Say(AL))
    await office.polling.poll_all_due()
    office.world.say("Mia", "feed answer 1 nobody")

    sent = office.world.deliver()

    assert {one.text.count("Company day") for one in sent if one.topic == "feed_question"} == {1}


async def test_an_alias_is_one_persons_alone(asked: Office) -> None:
    asked.world.say("Mia", 'leave alias "Anni" is @Ann Lee')

    assert "Ann Lee is called “anni”, too" in asked.world.refused("Mia", 'leave alias "anni" is @Bob Roy')
    assert "Which name, and whose?" in asked.world.refused("Mia", "leave alias Anni")
    assert "I know nobody called" in asked.world.refused("Mia", 'leave alias "X" is @Zoe')


async def test_many_questions_are_one_list(office: Office) -> None:
    strangers = [(f"{name} on leave", day(7), day(7)) for name in ("Uma", "Vic", "Wes", "Xan", "Yul", "Zed", "Quo")]
    office.add()

    sent = await office.poll(Say(calendar(*strangers)))

    to_mia = [one for one in sent if one.to == "Mia"]
    assert sum(one.topic == "feed_question" for one in to_mia) == 5
    listed = only([one for one in to_mia if one.commands == ("feed questions",)])
    assert "7 events that I cannot read" in listed.text
    assert words(office.world.reply("Mia", "feed questions")).count("I cannot read this") == 7


async def test_the_text_is_gone_after_thirty_days_and_it_is_not_asked_again(asked: Office) -> None:
    late = calendar(("Anni on leave", day(14, 1).replace(year=2027), day(15, 1).replace(year=2027)))
    await asked.poll(Say(late), after=HOUR)
    asked.pass_time(timedelta(days=31))
    clean_up(asked.world.new_uow, asked.clock.now())

    sent = await asked.poll(Say(late + b"\r\n"))

    assert [one for one in sent if one.topic == "feed_question"] == []
    with asked.world.new_uow.reading() as uow:
        feed = only(uow.feeds.everything())
        assert [(one.title, one.name) for one in uow.feeds.asked_about(feed.id)] == [("", "")]


async def test_what_has_left_the_calendar_needs_no_answer(asked: Office) -> None:
    await asked.poll(Say(calendar(("Anni on leave", day(14), day(15)))), after=HOUR)

    assert words(asked.world.reply("Mia", "feed questions")).count("I cannot read this") == 1
    assert "any more" in asked.world.refused("Mia", "feed answer 2 nobody")


async def test_leave_of_a_feed_that_is_cancelled_in_chat_says_that_it_comes_back(office: Office) -> None:
    office.add()
    await office.poll(Say(calendar(("Ann Lee: vacation", day(7), day(11)))))

    said = office.world.say("Ann", "leave cancel 7 Dec - 11 Dec")

    assert said.endswith("It is from a calendar: take it out there, too, or it comes back.")
    assert office.away() == []


async def test_removing_a_feed_takes_back_what_is_to_come(office: Office) -> None:
    office.add()
    await office.poll(
        Say(calendar(("Ann Lee: vacation", day(16, 11), day(17, 11)), ("Ann Lee: vacation", day(7), day(8), "b")))
    )

    said = office.world.say("Mia", "feed remove team")

    assert said == "team is removed, and its address forgotten. Leave it told that is still to come is taken back (1)."
