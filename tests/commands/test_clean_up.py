"""Forgetting: deliveries, events and sent messages after a week, leave after the months the firm has set."""

from datetime import timedelta

from commands.clean_up import clean_up
from coverage.ids import QuestionNumber
from tests.world import World, words


def test_a_delivery_is_known_for_a_week_and_a_question_for_ever(world_on_both: World) -> None:
    world = world_on_both
    world.ask(key="api:1")
    world.reply("Bob", "claim Q-1", key="slack:1")
    world.deliver()

    world.sleep(days=6)
    clean_up(world.new_uow, world.now)
    assert words(world.reply("Bob", "release Q-1", key="slack:1")) == "That was done already."
    assert world.ask(key="api:1").number == 1

    world.sleep(days=2)
    clean_up(world.new_uow, world.now)
    assert world.ask(key="api:1").number == 2
    assert world.question(1).text


def test_what_is_still_to_be_sent_or_done_is_not_forgotten(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    with world.new_uow() as uow:
        uow.inbox.take("slack:event:1", "slack", {}, world.now)
        uow.commit()

    world.sleep(days=30)
    clean_up(world.new_uow, world.now)

    with world.new_uow.reading() as uow:
        assert uow.inbox.earliest("slack") is not None
    world.must_send("C0NORTH card")
    assert world.thread_of(QuestionNumber(1))


def test_leave_is_deleted_after_thirteen_months_or_what_the_firm_has_set(world_on_both: World) -> None:
    world = world_on_both
    world.say("Bob", "leave today - Wed")

    def is_kept() -> bool:
        clean_up(world.new_uow, world.now)
        with world.new_uow.reading() as uow:
            return bool(uow.absences.of_source("marked"))

    world.now += timedelta(days=390)
    assert is_kept()
    world.now += timedelta(days=20)
    assert not is_kept()

    world.say("Bob", "leave today")
    world.change("settings: {leave_kept_months: 1}")
    world.now += timedelta(days=33)
    assert not is_kept()
