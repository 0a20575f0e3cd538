"""What clients add to their questions, and finding the question they add it to."""

from datetime import timedelta

from commands.ports import FollowUp
from coverage.ids import QuestionNumber
from coverage.question import AskedBy, Attachment, Status
from tests.storage.builders import NOW, a_question, asked


def test_follow_ups_come_back_as_they_were_oldest_first(new_uow, office):
    number = asked(new_uow, a_question(office)).number
    first = FollowUp(number, NOW, "Jo", "And the form?", (Attachment("form.pdf", "https://f.example"),))
    second = FollowUp(number, NOW + timedelta(seconds=1), None, "<!here>", (), office.channel, "17.2")

    with new_uow() as uow:
        uow.follow_ups.add(first)
        uow.follow_ups.add(second)
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.follow_ups.of(number) == [first, second]
        assert uow.follow_ups.of(QuestionNumber(number + 1)) == []


def test_a_question_is_found_by_the_message_it_was_asked_with(new_uow, office):
    number = asked(new_uow, a_question(office, origin=office.channel, origin_remote="17.1")).number

    with new_uow.reading() as uow:
        assert uow.questions.asked_as(office.channel, "17.1") == number
        assert uow.questions.asked_as(office.channel, "17.2") is None


def test_questions_of_a_thread_are_found_newest_first(new_uow, office):
    in_thread = {"origin": office.channel, "origin_thread": "17.1"}
    first = asked(new_uow, a_question(office, **in_thread, origin_remote="17.1")).number
    second = asked(new_uow, a_question(office, **in_thread, origin_remote="17.4", status=Status.RESOLVED)).number

    with new_uow.reading() as uow:
        assert [one.number for one in uow.questions.asked_in(office.channel, "17.1")] == [second, first]
        assert uow.questions.asked_in(office.channel, "17.4") == []


def test_a_question_is_found_by_what_was_added_to_it(new_uow, office):
    number = asked(new_uow, a_question(office)).number

    with new_uow() as uow:
        uow.follow_ups.add(FollowUp(number, NOW, "Jo", "And the form?", (), office.channel, "17.2"))
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.follow_ups.said_as(office.channel, "17.2") == number
        assert uow.follow_ups.said_as(office.channel, "17.3") is None


def test_open_questions_of_an_asker_are_found_newest_first(new_uow, office):
    by_jo = {"origin": office.channel, "asked_by": AskedBy("Jo", user="U0JO")}
    first = asked(new_uow, a_question(office, **by_jo)).number
    asked(new_uow, a_question(office, **by_jo, status=Status.RESOLVED))
    third = asked(new_uow, a_question(office, **by_jo)).number

    with new_uow.reading() as uow:
        assert [one.number for one in uow.questions.asked_by(office.channel, "U0JO")] == [third, first]
        assert uow.questions.asked_by(office.channel, "U0SAM") == []
