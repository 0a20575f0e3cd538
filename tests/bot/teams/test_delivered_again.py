"""What Teams delivers again has one effect: as it was, with a new id half a minute later, or of a stale card."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar

import pytest

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams.elements import VERB
from bot.teams_playground.activities import activity, message
from bot.teams_playground.tenant import Shown
from commands.grammar import Name
from commands.invocation import Invocation
from commands.ports import Identity, QuestionQuery
from commands.roster import import_roster
from commands.run import run
from commands.said_again import DONE_ALREADY
from commands.views import plain_text
from coverage.ids import short_id
from tests.bot.teams.conftest import ANN, NORTH, World


@dataclass(frozen=True)
class Act:
    """``line`` is what Ann says of the question ``Q``, after she has said ``before``; ``undone`` takes it back."""

    line: str
    before: tuple[str, ...] = ()
    undone: str = ""

    def __str__(self) -> str:
        return self.line


DOORS = ("chat", "thread", "button")
CLAIMED = ("claim Q",)
ACTS = (
    Act("claim Q", undone="release Q"),
    Act("claim Q", ("claim Q", "waiting Q"), "waiting Q"),
    Act("release Q in court", CLAIMED, "claim Q"),
    Act("handoff Q bob@firm.example she is in court", CLAIMED, "handoff Q ann@firm.example"),
    Act("answered Q", CLAIMED, "reopen Q no"),
    Act("answered Q sent it", CLAIMED, "reopen Q no"),
    Act("waiting Q bank", CLAIMED, "claim Q"),
    Act("resolve Q", CLAIMED, "reopen Q no"),
    Act("reopen Q it came back", ("resolve Q",), "resolve Q"),
    Act("client Q is Birch Bakery", (), "client Q is Acme Ltd"),
    Act("merge Q into Q-1", (), "reopen Q no"),
    Act("snooze Q 2h", CLAIMED, "snooze Q off"),
    Act("snooze Q off", ("snooze Q 2h",), "snooze Q 2h"),
    Act("urgent Q payroll"),
    Act("urgent Q no", ("urgent Q",)),
    Act("close Q spam", (), "reopen Q no"),
    Act("kudos bob@firm.example for Q “thanks”", ("handoff Q bob@firm.example",)),
)
NOT_OF_A_QUESTION = set(Name) - {Name(one.line.split()[0]) for one in ACTS}


@pytest.fixture
async def firm(world: World) -> World:
    """Q-1 is there, and another client."""
    birch = "clients: [{name: Birch Bakery, pod: North, named_contact: bob@firm.example}]"
    import_roster(roster_of(document_of(birch)), world.new_uow)
    await world.ask_and_deliver()
    return world


@dataclass
class Ann:
    """Ann acts on a new question, ``Q``."""

    world: World
    id: str
    card: Shown
    numbers: ClassVar[Iterator[int]] = count(1)

    def does(self, line: str) -> None:
        """By another way, at once."""
        key = f"other:{next(self.numbers)}"
        said = Invocation(self.of(line), Identity("teams", self.world.tenant.id, ANN), key)
        run(said, self.world.new_uow, self.world.clock.now())

    def of(self, line: str) -> str:
        return " ".join(self.id if word == "Q" else word for word in line.split(" "))

    def sends(self, door: str, line: str) -> dict[str, Any]:
        """The activity of what she says in her chat or under the card, or of the button she presses."""
        tenant, url = self.world.tenant, self.world.playground.service_url
        ann, chat, north = tenant.users[ANN], tenant.chat_with(ANN), tenant.conversations[NORTH]
        match door:
            case "chat":
                return message(tenant, url, ann, chat, self.of(line))
            case "thread":
                return message(tenant, url, ann, north, f"@Podline {self.of(line)}", root=self.card.id)
            case _:
                data = {"line": self.of(line), "about": int(self.id[2:]), "version": self.version}
                action = {"type": "Action.Execute", "verb": VERB, "data": data}
                pressed = activity(tenant, url, ann, north, "invoke", root=self.card.id)
                return pressed | {
                    "name": "adaptiveCard/action",
                    "value": {"action": action, "trigger": "manual"},
                    "replyToId": self.card.id,
                }

    @property
    def version(self) -> int:
        return self.world.question(int(self.id[2:])).version

    async def delivers(self, sent: dict[str, Any]) -> Any:
        answer = await self.world.playground.people.send(sent)
        assert answer.ok
        await self.world.settle()
        return answer


async def ann_with(world: World, act: Act) -> Ann:
    """Ann, who has said what comes before of a new question, and reads its card."""
    asked = world.ask()
    await world.settle()
    ann = Ann(world, short_id(asked.number), world.tenant.posts(NORTH)[-1])
    for line in act.before:
        ann.does(line)
    await world.settle()
    return ann


def effects(world: World) -> object:
    """All there is of questions and of what happened to them, and what others than Ann were told."""
    with world.new_uow.reading() as uow:
        questions = uow.questions.page(QuestionQuery(limit=200))
        rows = [uow.history.of(one.number) for one in questions]
    chat = world.tenant.chat_with(ANN).id
    told = [key for key, one in world.tenant.messages.items() if one.by_bot and key[0] != chat]
    return questions, rows, told


def under_a_new_id(sent: dict[str, Any]) -> dict[str, Any]:
    return sent | {"id": f"{sent['id']}:again"}


def told(world: World) -> list[str]:
    return [one.text for one in world.tenant.told(ANN)]


def test_every_verb_on_a_question_is_in_the_table() -> None:
    assert {
        Name.QUESTION, Name.MINE, Name.POD, Name.WHO, Name.LEAVE, Name.COVERAGE, Name.EXPLAIN, Name.POLICY,
        Name.CHARTER, Name.HOURS, Name.UNDO, Name.IMPORT, Name.FEED, Name.PERSON, Name.HELP,
    } == NOT_OF_A_QUESTION  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
async def test_twice_as_it_was_and_again_with_a_new_id_it_has_one_effect(firm: World, door: str) -> None:
    """A line with a new id may have been typed twice: whoever did is not left without an answer."""
    for act in ACTS:
        ann = await ann_with(firm, act)
        before = effects(firm)
        sent = ann.sends(door, act.line)

        await ann.delivers(sent)
        once, answered = effects(firm), told(firm)
        again = [await ann.delivers(sent)]
        assert told(firm) == answered, f"{act} by {door} is answered twice"
        await firm.later(seconds=31)
        again.append(await ann.delivers(under_a_new_id(sent)))

        assert once != before, f"{act} by {door} has no effect"
        assert effects(firm) == once, f"{act} by {door} has two effects"
        is_theirs = act.line == "claim Q" and f"{ann.id} is yours already."
        said_since = [] if door == "button" else [is_theirs or plain_text(DONE_ALREADY.text)]
        assert told(firm) == [*answered, *said_since], f"{act} by {door} is answered otherwise"
        assert [one.words for one in again] == ["", ""], f"{act} by {door} is scolded"


@pytest.mark.parametrize(("door", "is_new"), [*((door, False) for door in DOORS), ("button", True)])
async def test_what_was_taken_back_since_is_not_done_again(firm: World, door: str, *, is_new: bool) -> None:
    """By a line with a new id it is: nobody can tell it from one that is meant."""
    for act in [one for one in ACTS if one.undone]:
        ann = await ann_with(firm, act)
        sent = ann.sends(door, act.line)

        await ann.delivers(sent)
        await firm.later(seconds=5)
        ann.does(act.undone)
        await firm.settle()
        undone = effects(firm)
        await firm.later(minutes=0.5 if is_new else 2)
        again = await ann.delivers(under_a_new_id(sent) if is_new else sent)

        assert effects(firm) == undone, f"{act} by {door} is done again after {act.undone}"
        assert again.words == "", f"{act} by {door} is scolded: {again.words}"
