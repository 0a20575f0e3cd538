"""Somebody with accounts on two platforms: a message goes to the one they act by, to the other where that is closed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import PushedClock
from bot.delivery import Delivery, Outcome
from bot.platform import CannotDeliver, NoLongerThere, TryLater, Unclear
from commands.compose import ToSend, compose
from commands.invocation import Invocation
from commands.outgoing import Message, Priority, Topic
from commands.ports import Identity
from commands.run import run
from commands.tick import tick
from commands.views import notice, plain_text
from coverage.ids import PersonId
from storage.unit_of_work import UnitsOfWork
from tests.bot.desk import FakePlatform, Words, words_of
from tests.bot.small_firm import ask_for_acme, set_up_small_firm

SLACK, TEAMS = Identity("slack", "", "U0BOB"), Identity("teams", "tenant", "aad-bob")


@dataclass
class Bob:
    """Bob, who has an account in both, and what he is sent where."""

    new_uow: UnitsOfWork
    clock: PushedClock
    slack: FakePlatform
    teams: FakePlatform
    words: Words
    delivery: Delivery
    outcomes: list[Outcome]
    buried: list[str]
    number: PersonId

    def says(self, line: str, account: Identity) -> None:
        self.clock.push(timedelta(minutes=1))
        run(Invocation(line, account, f"{account.platform}:{self.clock.now()}"), self.new_uow, self.clock.now())

    def queue(self, key: str) -> None:
        with self.new_uow() as uow:
            uow.outbox.add(Message(key, Topic.ALARM, Priority.REPORT, to_person=self.number), self.clock.now())
            uow.commit()

    async def told(self, key: str) -> list[str]:
        """Send it, and whatever is due in the minutes after it; by which platforms it has come."""
        self.queue(key)
        await self.delivery.drain()
        return self.came_by(key)

    async def later(self, seconds: float = 60) -> None:
        self.clock.push(timedelta(seconds=seconds))
        await self.delivery.drain()

    def came_by(self, key: str) -> list[str]:
        return [one.name for one in (self.slack, self.teams) for letter in one.posted if words_of(letter) == key]


@pytest.fixture
def bob(new_uow: UnitsOfWork) -> Bob:
    clock = PushedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    set_up_small_firm(new_uow)
    slack, teams, words = FakePlatform("slack"), FakePlatform("teams"), Words()
    outcomes: list[Outcome] = []
    buried: list[str] = []
    with new_uow() as uow:
        [number] = [one.id for one in uow.firm().people.values() if one.name == "Bob Roy"]
        uow.people.link(number, TEAMS)
        uow.commit()
    delivery = Delivery(
        new_uow,
        [slack, teams],
        clock,
        compose=lambda message, uow, now: (compose if message.question else words)(message, uow, now),
        undeliverable=lambda queued, why, _uow, _now: _bury(new_uow, clock, queued.id, why, buried),
        unneeded=lambda *_: None,
        delayed=lambda *_: None,
        observe=lambda _topic, outcome, _waited: outcomes.append(outcome),
    )
    return Bob(new_uow, clock, slack, teams, words, delivery, outcomes, buried, number)


def _bury(new_uow: UnitsOfWork, clock: PushedClock, number: int, why: str, buried: list[str]) -> None:
    with new_uow() as uow:
        uow.outbox.bury(number, clock.now(), why)
        uow.commit()
    buried.append(why)


async def test_they_are_written_to_where_they_acted_last(bob: Bob) -> None:
    before = await bob.told("before anything")
    bob.says("leave today", TEAMS)
    in_teams = await bob.told("after an act in Teams")
    bob.says("mine", SLACK)
    in_slack = await bob.told("after a look in Slack")
    bob.says("claim Q-99", TEAMS)
    again = await bob.told("after something that was refused in Teams")

    assert [before, in_teams, in_slack, again] == [["slack"], ["teams"], ["slack"], ["teams"]]


async def test_acting_twice_in_the_same_place_is_noted_once(bob: Bob) -> None:
    bob.says("mine", TEAMS)
    with bob.new_uow.reading() as uow:
        comes_over = [uow.people.acting(one) for one in (TEAMS, SLACK)]

    assert [one.comes_over for one in comes_over if one] == [False, True]


async def test_whoever_has_one_account_never_comes_over(bob: Bob) -> None:
    with bob.new_uow.reading() as uow:
        ann = uow.people.acting(Identity("slack", "", "U0ANN"))

    assert ann is not None
    assert not ann.comes_over


async def test_where_it_is_closed_to_us_the_other_is_tried_before_anybody_is_alarmed(bob: Bob) -> None:
    bob.says("mine", TEAMS)
    bob.teams.then = [CannotDeliver("the app is not installed")]

    assert await bob.told("hello") == ["slack"]
    assert (bob.outcomes, bob.buried) == ([Outcome.SENT], [])


async def test_where_both_are_closed_it_is_buried_once(bob: Bob) -> None:
    bob.slack.then = [CannotDeliver("gone")]
    bob.teams.then = [CannotDeliver("not installed")]

    assert await bob.told("hello") == []
    assert (bob.outcomes, bob.buried) == ([Outcome.UNDELIVERABLE], ["not installed"])


async def test_while_one_is_ill_the_message_waits_for_it_and_is_not_sent_by_both(bob: Bob) -> None:
    bob.slack.then = [TryLater("ill", 5)]

    early = await bob.told("hello")
    await bob.later()

    assert (early, bob.came_by("hello")) == ([], ["slack"])


async def test_what_may_have_arrived_by_one_is_looked_for_there_though_they_have_moved_on(bob: Bob) -> None:
    bob.slack.then, bob.slack.after_accepting = [Unclear("no answer")], True
    bob.queue("hello")
    await bob.delivery.drain()
    bob.says("mine", TEAMS)

    await bob.later()

    assert bob.came_by("hello") == ["slack"]
    assert bob.teams.posted == []


async def test_a_sender_that_died_in_the_middle_left_a_note_by_which_it_went(bob: Bob) -> None:
    bob.queue("hello")
    with bob.new_uow() as uow:
        [queued] = uow.outbox.lease(bob.clock.now(), timedelta(seconds=30), 1)
        uow.outbox.goes_by(queued.id, "slack")
        uow.commit()
    bob.says("mine", TEAMS)

    await bob.later()

    assert bob.came_by("hello") == ["slack"]
    assert bob.slack.looked_for == [str(queued.id)]


async def test_a_message_is_redrawn_where_it_is(bob: Bob) -> None:
    bob.says("mine", TEAMS)
    await bob.told("can you take Q-1?")
    bob.says("mine", SLACK)
    bob.words.of["settled"] = ToSend(notice("Ann has it"), in_place_of="m1")

    with bob.new_uow() as uow:
        facts = {"remote": "m1", "via": "teams"}
        settled = Message("settled", Topic.SETTLED, Priority.UPDATE, to_person=bob.number, facts=facts)
        uow.outbox.add(settled, bob.clock.now())
        uow.commit()
    await bob.delivery.drain()

    assert [remote for remote, _ in bob.teams.redrawn] == ["m1"]
    assert bob.slack.redrawn == []


async def test_what_is_gone_there_is_not_posted_anywhere_else(bob: Bob) -> None:
    bob.words.of["settled"] = ToSend(notice("Ann has it"), in_place_of="m1")
    bob.slack.then = [NoLongerThere("deleted")]

    assert await bob.told("settled") == []
    assert bob.teams.redrawn == []


async def test_a_call_says_how_it_stands_where_it_was_called_though_they_have_moved_on(bob: Bob) -> None:
    question = ask_for_acme("How do we post this?", bob.new_uow, bob.clock.now())
    bob.says(f"claim Q-{question.number}", TEAMS)
    bob.clock.push(timedelta(hours=3))
    tick(bob.new_uow, bob.clock.now())
    await bob.later(1)
    nudges = [one for one in bob.teams.posted if "You have" in plain_text(getattr(one.view, "text", ()))]

    bob.says(f"answered Q-{question.number} done", SLACK)
    await bob.later(1)

    assert len(nudges) == 1
    assert [letter.address for _, letter in bob.teams.redrawn if letter.is_direct] == ["aad-bob"]
    assert [letter for _, letter in bob.slack.redrawn if letter.is_direct] == []
