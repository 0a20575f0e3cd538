"""Leave and what it does to questions, played with a pushed clock: a holiday, a sick morning, a parental leave.

At every push it is looked whether a question has nobody responsible, and whether somebody away was called.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from commands.briefs import brief
from commands.clean_up import clean_up
from commands.outgoing import Topic
from commands.ports import QuestionQuery
from coverage.availability import Presence
from coverage.question import OWNED, Status
from tests.world import Sent, World

STEP = timedelta(hours=2)


@dataclass
class Story:
    """A world in which time passes in small pushes; ``sent`` is all that people were sent."""

    world: World
    sent: list[Sent] = field(default_factory=list)

    def until(self, day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> None:
        until = datetime(year, month, day, hour, minute, tzinfo=UTC)
        while self.world.now < until:
            self._push(min(STEP, until - self.world.now))

    def leap(self, days: int) -> None:
        """Many days in which little happens, in pushes of almost a day."""
        until = self.world.now + timedelta(days=days)
        while self.world.now < until:
            self._push(timedelta(hours=23))

    def _push(self, by: timedelta) -> None:
        brief(self.world.new_uow, self.world.now)
        sent = self.world.wait(seconds=by.total_seconds())
        self.sent += sent
        self.look_at(sent)

    def say(self, who: str, line: str) -> str:
        said = self.world.say(who, line)
        sent = self.world.wait(seconds=1)
        self.sent += sent
        self.look_at(sent)
        return said

    def ask(self, text: str, client: str = "Acme") -> int:
        number = self.world.ask(text, client=client).number
        self.sent += self.world.wait(seconds=1)
        self._every_question_has_somebody()
        return number

    def look_at(self, sent: list[Sent]) -> None:
        """What must hold whenever something was sent."""
        self._nobody_away_was_called(sent)
        self._every_question_has_somebody()

    def topics_to(self, who: str) -> list[str]:
        return [one.topic.value for one in self.sent if one.to == who]

    def _nobody_away_was_called(self, sent: list[Sent]) -> None:
        for one in sent:
            if one.topic is Topic.SETTLED:
                continue  # an edit of what hangs there already: it notifies nobody
            away = self._away(one.at)
            assert one.to not in away, f"{one.line} at {one.at}, while they are away"
            called = {name.split()[0] for name in one.calls}
            assert not called & away, f"{one.line} calls {called & away} at {one.at}, who are away"

    def _every_question_has_somebody(self) -> None:
        """Whoever has it is there, or it hangs in its pod's channel and goes from step to step."""
        away = self._away(self.world.now)
        with self.world.new_uow.reading() as uow:
            firm = uow.firm()
            names = {who: person.name.split()[0] for who, person in firm.people.items()}
            for question in uow.questions.page(QuestionQuery(limit=200)):
                if question.status is Status.RESOLVED or question.status is Status.ANSWERED:
                    continue
                if question.status in OWNED:
                    assert question.claimed_by is not None
                    assert names[question.claimed_by] not in away, f"Q-{question.number} is kept by somebody away"
                    continue
                called = {names[who] for who in question.called} - away
                is_open = firm.hours_of(question.pod).is_open_at(self.world.now)
                has_steps = bool(uow.timers.of(question.number)) or question.step == len(question.policy.steps)
                assert has_steps, f"Q-{question.number} waits for nothing"
                assert called or question.step or not is_open, f"Q-{question.number} calls nobody who is there"

    def _away(self, at: datetime) -> set[str]:
        with self.world.new_uow.reading() as uow:
            firm = uow.firm()
            stored = uow.absences.overlapping(firm.people, at - timedelta(days=1), at + timedelta(days=1))
            presence = Presence(firm.people, [one.absence for one in stored])
            return {person.name.split()[0] for who, person in firm.people.items() if presence.is_on_leave(who, at)}


def holiday(story: Story, kind: str = "annual leave") -> None:
    """Two weeks: planned on Monday the 23rd, from the 30th on, back on 14 December."""
    story.say("Ann", f"leave 30 Nov - 11 Dec {kind}")
    story.until(24, 10)
    story.ask("Is the return filed?")
    story.say("Ann", "claim Q-1")
    story.say("Ann", "answered Q-1 it is")
    story.say("Ann", "resolve Q-1")
    story.until(27, 15)
    story.ask("And the flour?")
    story.say("Ann", "claim Q-2")
    story.say("Ann", "waiting Q-2 for the miller")
    story.until(30, 10)
    story.ask("Who are you?")
    story.say("Bob", "claim Q-3")
    story.say("Bob", "answered Q-3 Bob, for Ann")
    story.until(1, 12, month=12)
    story.ask("A slow one?")
    story.until(2, 12, month=12)
    story.say("Bob", "claim Q-4")
    story.say("Bob", "answered Q-4 yes")
    story.leap(10)
    story.until(14, 12, month=12)


def sick_morning(story: Story, kind: str = "sick") -> None:
    """Monday at four Ann takes one; on Tuesday before eight she says that she is away that day."""
    story.until(23, 16, 5)
    story.ask("Can we claim the scaffolding?")
    story.say("Ann", "claim Q-1")
    story.until(24, 7, 45)
    story.say("Ann", f"leave today {kind}")
    story.until(24, 9, 10)
    story.say("Bob", "claim Q-1")
    story.say("Bob", "answered Q-1 you can")
    story.until(24, 12)
    story.say("Bob", f"leave today pm {kind}")
    story.ask("Nobody of North is there now")
    story.until(24, 17)
    story.say("Cara", "claim Q-2")
    story.say("Cara", "answered Q-2 we are")
    story.until(25, 12)


def parental_leave(story: Story, kind: str = "parental leave") -> None:
    """Half a year: Cara's clients are covered by a colleague who learns them meanwhile."""
    story.say("Cara", f"leave 30 Nov - 28 May 2027 {kind}")
    story.until(26, 12)
    story.say("Mia", "client Birch Bakery learning Dan Low")
    story.ask("The year end?", "Birch Bakery")
    story.say("Cara", "claim Q-1")
    story.say("Cara", "waiting Q-1 for the bank")
    story.until(30, 9, 30)
    story.say("Dan", "claim Q-1")
    story.say("Dan", "answered Q-1 filed")
    story.until(1, 10, month=12)
    for number in (2, 3, 4):
        story.ask(f"Question {number}?", "Birch Bakery")
        story.say("Dan", f"answered Q-{number} yes")
    story.until(2, 10, month=12)
    story.world.sleep(days=170)
    clean_up(story.world.new_uow, story.world.now)
    story.ask("Late in May?", "Birch Bakery")
    story.say("Dan", "claim Q-5")
    story.say("Dan", "answered Q-5 yes")
    story.until(31, 12, month=5, year=2027)


STORIES: dict[str, Callable[[Story, str], None]] = {
    "a two-week holiday": holiday,
    "sick this morning": sick_morning,
    "parental leave": parental_leave,
}
