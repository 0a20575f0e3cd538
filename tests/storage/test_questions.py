"""Questions are stored whole, numbered without gaps, and saved only by who saw their newest state."""

from dataclasses import MISSING, fields, replace
from datetime import timedelta, timezone

import pytest

from commands.outgoing import Posting
from commands.ports import Overtaken, QuestionQuery, SetupEdit, UnknownQuestion
from coverage.charter import Level
from coverage.clients import Client
from coverage.durations import OpenDays, ServiceTime, Share
from coverage.events import Promise
from coverage.firm import Settings
from coverage.ids import ClientId, PlaceId, QuestionNumber
from coverage.policy import EscalationPolicy, Notify, Reminders, Step
from coverage.question import AskedBy, Attachment, Deadlines, Pause, Question, Status, Via
from tests.storage.builders import MINUTE, NOW, a_question, asked


def test_every_field_of_a_question_comes_back_as_it_was(new_uow, office):
    told = everything_set(a_question(office), office)

    added = asked(new_uow, told)

    with new_uow.reading() as uow:
        assert uow.questions.look_at(added.number) == replace(told, number=added.number, revision=1)


def test_every_field_of_a_question_can_change(new_uow, office):
    added = asked(new_uow, a_question(office))
    changed = replace(everything_set(added, office), number=added.number)

    with new_uow() as uow:
        uow.questions.save(changed)
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.questions.look_at(added.number) == replace(changed, revision=2)


def test_every_field_of_a_question_can_change_and_change_back_where_it_was_read_before(new_uow, office):
    added = asked(new_uow, a_question(office))
    changed = replace(everything_set(added, office), number=added.number)

    with new_uow() as uow:
        assert uow.questions.get(added.number) == added
        uow.questions.save(changed)
        assert uow.questions.look_at(added.number) == replace(changed, revision=2)
        uow.questions.save(replace(added, revision=2))
        assert uow.questions.look_at(added.number) == replace(added, revision=3)


def test_who_read_an_older_state_than_they_save_writes_all_of_what_they_save(new_uow, office):
    added = asked(new_uow, a_question(office))
    with new_uow() as uow:
        uow.questions.get(added.number)
        newer = replace(uow.questions.save(replace(added, step=1)), step=2)
        uow.questions.get(added.number)
        saved = uow.questions.save(replace(newer, urgent=True))
        assert uow.questions.look_at(added.number) == saved


def test_the_example_of_these_tests_leaves_no_field_at_its_default(new_uow, office):
    told = everything_set(a_question(office), office)

    for field in fields(Question):
        if field.default is not MISSING and field.name != "revision":
            assert getattr(told, field.name) != field.default, f"set {field.name} in everything_set"


def test_what_no_database_can_keep_in_a_text_becomes_a_replacement_mark(new_uow, office):
    added = asked(new_uow, a_question(office, text="nul \x00, half \ud83d, whole \U0001f600, é"))

    with new_uow.reading() as uow:
        assert uow.questions.look_at(added.number).text == "nul \ufffd, half \ufffd, whole \U0001f600, é"


def test_instants_of_any_zone_come_back_in_utc(new_uow, office):
    summer = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))

    added = asked(new_uow, a_question(office, asked_at=summer))

    with new_uow.reading() as uow:
        asked_at = uow.questions.look_at(added.number).asked_at
        assert (asked_at, asked_at.utcoffset()) == (NOW, timedelta(0))


def test_questions_are_numbered_from_one_without_gaps_although_some_are_undone(new_uow, office):
    with new_uow() as uow:
        uow.questions.add(a_question(office))

    numbers = [asked(new_uow, a_question(office)).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_number_that_nobody_gave_out_is_unknown(new_uow, office):
    with new_uow() as uow, pytest.raises(UnknownQuestion, match="Q-214"):
        uow.questions.get(QuestionNumber(214))


def test_who_saves_what_somebody_else_has_changed_since_is_told_to_begin_again(new_uow, office):
    number = asked(new_uow, a_question(office)).number
    with new_uow.reading() as uow:
        seen = uow.questions.look_at(number)
    with new_uow() as uow:
        uow.questions.save(replace(uow.questions.get(number), step=1))
        uow.commit()

    with new_uow() as uow, pytest.raises(Overtaken, match=f"Q-{number}"):
        uow.questions.save(replace(seen, step=2))

    with new_uow.reading() as uow:
        assert uow.questions.look_at(number).step == 1


def test_a_question_may_be_saved_twice_in_a_row_by_the_same(new_uow, office):
    added = asked(new_uow, a_question(office))

    with new_uow() as uow:
        once = uow.questions.save(replace(added, step=1))
        twice = uow.questions.save(replace(once, step=2))
        uow.commit()

    assert (once.revision, twice.revision) == (2, 3)


def test_open_questions_of_a_person_come_oldest_first(new_uow, office):
    mine = {"claimed_by": office.ann, "claimed_at": NOW}
    first = asked(new_uow, a_question(office, status=Status.CLAIMED, **mine))
    asked(new_uow, a_question(office, status=Status.CLAIMED, claimed_by=office.bob, claimed_at=NOW))
    asked(new_uow, a_question(office, status=Status.RESOLVED, **mine))
    second = asked(new_uow, a_question(office, status=Status.WAITING, **mine))

    with new_uow.reading() as uow:
        assert uow.questions.owned_by(office.ann) == [first, second]


def test_unclaimed_questions_of_pods_come_by_claim_due(new_uow, office):
    never = asked(new_uow, a_question(office))
    later = asked(new_uow, a_question(office, deadlines=Deadlines(claim=NOW + MINUTE)))
    soon = asked(new_uow, a_question(office, status=Status.UNIDENTIFIED, deadlines=Deadlines(claim=NOW)))
    asked(new_uow, a_question(office, status=Status.CLAIMED, claimed_by=office.ann, claimed_at=NOW))

    with new_uow.reading() as uow:
        assert uow.questions.unclaimed_in([office.north]) == [soon, later, never]
        assert uow.questions.unclaimed_in([]) == []


@pytest.mark.parametrize("asked_for", ["status", "client", "pod"])
def test_a_list_of_questions_is_paged_newest_first(new_uow, office, asked_for):
    with new_uow() as uow:
        other = uow.clients.save(Client(ClientId(0), "Other Ltd", office.north)).id
        uow.commit()
    told = [asked(new_uow, a_question(office)) for _ in range(5)]
    asked(new_uow, a_question(office, client=other, status=Status.RESOLVED))
    wanted = {"status": Status.ROUTED, "client": office.acme, "pod": office.north}
    query = QuestionQuery(before=told[4].number, limit=2, **{asked_for: wanted[asked_for]})

    with new_uow.reading() as uow:
        assert uow.questions.page(query) == [told[3], told[2]]


def test_all_questions_are_listed_where_nothing_is_asked_for(new_uow, office):
    told = [asked(new_uow, a_question(office)) for _ in range(3)]

    with new_uow.reading() as uow:
        assert uow.questions.page(QuestionQuery()) == told[::-1]


def test_open_questions_are_under_old_rules_after_a_change_of_the_set_up_until_marked(new_uow, office):
    first, second = (asked(new_uow, a_question(office)).number for _ in range(2))
    asked(new_uow, a_question(office, status=Status.RESOLVED))
    with new_uow() as uow:
        uow.setup.edit(SetupEdit(settings=Settings(minimum_depth=3)))
        uow.commit()
    third = asked(new_uow, a_question(office)).number

    with new_uow() as uow:
        version = uow.firm().version
        assert uow.questions.under_old_rules(version, limit=10) == [first, second]
        assert uow.questions.under_old_rules(version, limit=1) == [first]
        uow.questions.mark_recomputed(first, version)
        assert uow.questions.under_old_rules(version, limit=10) == [second]
        assert uow.questions.under_old_rules(version + 1, limit=10) == [second, first, third]


def test_a_thread_belongs_to_the_question_whose_card_began_it(new_uow, office):
    added = asked(new_uow, a_question(office))
    with new_uow() as uow:
        uow.postings.put_card(Posting(added.number, office.channel, "1700000000.000100", drawn=1))
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.questions.in_thread(office.channel, "1700000000.000100") == added.number
        assert uow.questions.in_thread(office.channel, "1700000000.000200") is None


def everything_set(question: Question, office) -> Question:
    after = [Step(each, Notify.POD) for each in (Share(50), ServiceTime(5), OpenDays(2))]
    steps = (*after, Step(Share(150), Notify.CONTACT_CENTRE, PlaceId(7)))
    at = [NOW + timedelta(hours=hour, microseconds=hour) for hour in range(12)]
    return Question(
        number=question.number,
        status=Status.ANSWERED,
        text="<!channel> \"quoted\" 'too'; 100 % sure?\n" + "é" * 40_000,
        level=Level.EXPERT,
        via=Via.LETTER,
        asked_by=AskedBy("Jo", "jo@acme.example", office.bob, "U0JO"),
        asked_at=at[0],
        arrived_at=at[1],
        offered_at=at[2],
        pod=question.pod,
        policy=EscalationPolicy("calm", steps, Reminders(ServiceTime(90), 3)),
        client=office.acme,
        candidates=(office.acme, ClientId(99)),
        named_as="ACME, Limited",
        deadlines=Deadlines(at[3], at[4], at[5]),
        called=(office.bob, office.ann),
        step=2,
        reminded=1,
        managers_told_at=at[6],
        brought_forward=at[7],
        brought_forward_because="the channel is archived",
        claimed_by=office.ann,
        claimed_at=at[8],
        nudged=True,
        answered_at=at[9],
        answered_by=office.bob,
        resolved_at=at[10],
        pauses=(Pause(at[3], at[4]), Pause(at[5])),
        breached=frozenset({Promise.CLAIM, Promise.RESOLUTION}),
        origin=office.channel,
        origin_remote="1795425000.000100",
        origin_thread="1795424000.000100",
        attachments=(Attachment("figures <2026>.xlsx", "https://files.example/f?a=1&b=2"),),
        urgent=True,
        snoozed_until=at[11],
        merged_into=QuestionNumber(77),
        version=5,
        revision=question.revision,
    )
