"""Every verb by every door of Slack: typed as a command, pressed as a button, filled in as a form, said in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.playground import posting
from bot.playground.records import Message
from bot.slack.render import to_message
from commands.grammar import Name
from commands.invocation import Invocation
from commands.ports import Identity
from commands.run import run
from commands.views import Button, notice
from coverage.ids import short_id
from storage.engine import open_engine
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.bot.slack.conftest import ANN, BOB, NORTH, World
from tests.bot.small_firm import set_up_small_firm


@dataclass(frozen=True)
class Way:
    """``line`` is what Ann says of the question ``Q``, after she has said ``before``; ``answer`` is in what she reads
    then. ``in_thread`` is the same line where the thread says which question is meant."""

    line: str
    answer: str
    before: tuple[str, ...] = ()
    in_thread: str = ""
    form: "Filled | None" = None


@dataclass(frozen=True)
class Filled:
    """``opens`` is the line that opens the form, ``entries`` what is filled in; ``answer`` is read then."""

    opens: str
    answer: str
    entries: Mapping[str, object] = field(default_factory=dict)
    before: tuple[str, ...] = ()


FEED = "https://calendar.example/office.ics"
CLAIMED = ("claim Q",)
WAYS: dict[Name, Way] = {
    Name.QUESTION: Way(
        "question Acme: how do we file?",
        "is with North",
        form=Filled("question", "is with North", {"client": "Acme", "text": "how do we file?"}),
    ),
    Name.CLAIM: Way("claim Q", "Q is yours.", in_thread="claim"),
    Name.RELEASE: Way("release Q in court", "Q is back with North.", CLAIMED, "release in court"),
    Name.HANDOFF: Way(
        "handoff Q <@U0BOB> she is in court",
        "Bob Roy has Q now.",
        CLAIMED,
        "handoff <@U0BOB> she is in court",
        Filled("handoff Q", "Bob Roy has Q now.", {"to": BOB, "why": "in court"}, CLAIMED),
    ),
    Name.ANSWERED: Way(
        "answered Q sent it",
        "Q is answered.",
        CLAIMED,
        "answered sent it",
        Filled("answered Q", "noted with Q", {"said": "sent it"}, ("answered Q",)),
    ),
    Name.WAITING: Way("waiting Q bank", "Q waits for the client", CLAIMED, "waiting bank"),
    Name.RESOLVE: Way("resolve Q", "Q is resolved.", CLAIMED, "resolve"),
    Name.REOPEN: Way(
        "reopen Q it came back",
        "Q is open again",
        ("resolve Q",),
        "reopen it came back",
        Filled("reopen Q", "Q is open again", {"why": "it came back"}, ("resolve Q",)),
    ),
    Name.MINE: Way("mine", "in your pods"),
    Name.POD: Way(
        "pod North",
        "Hours uk",
        form=Filled("pod North change", "lead: Ann Lee", {"lead": BOB}),
    ),
    Name.CLIENT: Way(
        "client Acme", "Looked after by North", form=Filled("client", "Looked after by North", {"client": "Acme"})
    ),
    Name.WHO: Way("who Acme", "named contact", form=Filled("who", "named contact", {"client": "Acme"})),
    Name.LEAVE: Way(
        "leave 3 Aug 2028",
        "You are away on",
        form=Filled("leave", "You are away on Tue 1 Aug 2028", {"first": "2028-08-01"}),
    ),
    Name.COVERAGE: Way("coverage", "Acme Ltd"),
    Name.KUDOS: Way(
        "kudos <@U0BOB> you saved the day",
        "Bob Roy gets your thanks.",
        form=Filled("kudos", "Bob Roy gets your thanks.", {"to": BOB, "sentence": "you saved the day"}),
    ),
    Name.MERGE: Way(
        "merge Q into Q-1",
        "Q is merged into Q-1",
        in_thread="merge into Q-1",
        form=Filled("merge Q", "Q is merged into Q-1", {"into": "Q-1"}),
    ),
    Name.SNOOZE: Way(
        "snooze Q 2h",
        "snoozed until",
        CLAIMED,
        "snooze 2h",
        Filled("snooze Q", "snoozed until", {"span": "2h"}, CLAIMED),
    ),
    Name.URGENT: Way("urgent Q payroll", "Q is urgent", in_thread="urgent payroll"),
    Name.CLOSE: Way(
        "close Q spam",
        "Q is closed without an answer",
        in_thread="close spam",
        form=Filled("close Q", "Q is closed without an answer", {"reason": "spam"}),
    ),
    Name.EXPLAIN: Way("explain Q", "What happened", in_thread="explain"),
    Name.POLICY: Way("policy standard", "50%", form=Filled("policy standard change", "That is so already.")),
    Name.CHARTER: Way("charter standard", "claim 30m", form=Filled("charter standard change", "That is so already.")),
    Name.HOURS: Way("hours uk", "Mon-Fri", form=Filled("hours uk change", "That is so already.")),
    Name.UNDO: Way("undo", "Taken back", before=("client Acme alias The Acme",)),
    Name.IMPORT: Way("import", "clients"),
    Name.FEED: Way(
        "feed list",
        "calendar",
        form=Filled("feed add", "is added", {"address": FEED, "kind": "team", "country": ""}),
    ),
    Name.PERSON: Way(
        "person <@U0BOB>",
        "Named contact of 1 client: Acme Ltd",
        form=Filled("person <@U0BOB> leaves", "last day is Thu 31 Aug 2028", {"last": "2028-08-31", "to": ANN}),
    ),
    Name.HELP: Way("help", "What you can say"),
}
FORMS = [name for name, way in WAYS.items() if way.form is not None]


@pytest.fixture
def units(sqlite_url: str) -> UnitsOfWork:
    new_uow = UnitsOfWork(open_engine(sqlite_url), sealing=Sealing(["a key of at least 32 characters, for tests"]))
    set_up_small_firm(new_uow)
    return new_uow


@dataclass
class Desk:
    """Ann at her desk: what she says goes through one door, and what she reads of it alone."""

    world: World

    async def question(self, *before: str) -> tuple[str, str]:
        """The id of a new question, of which Ann has said that, and its card's thread."""
        asked = short_id(self.world.ask().number)
        for line in before:
            said = Invocation(line.replace("Q", asked, 1), Identity("slack", "T0FIRM", ANN), f"before:{asked}:{line}")
            run(said, self.world.new_uow, self.world.clock.now())
        await self.world.delivery.drain()
        [card] = [one for one in self.world.workspace.messages(NORTH) if f" {asked} " in str(one.blocks[0])]
        return asked, card.ts

    async def types(self, line: str) -> str:
        before = self._private()
        answer = await self.world.playground.people.slash_command(ANN, NORTH, "/podline", line)
        assert answer.ok
        return await self._read(before)

    async def presses(self, line: str) -> str:
        before = self._private()
        drawn = to_message(notice("Will you?", buttons=(Button("Do it", line, "Do it"),)), {})
        message = posting.post_as_app(self.world.workspace, NORTH, text=drawn["text"], blocks=drawn["blocks"])
        answer = await self.world.playground.people.click(ANN, NORTH, message.ts, text="Do it")
        assert answer.ok
        return await self._read(before)

    async def says(self, line: str, thread: str) -> str:
        before = self._private()
        await self.world.playground.people.say(ANN, NORTH, f"@podline {line}", thread_ts=thread)
        return await self._read(before)

    async def fills_in(self, opens: str, entries: Mapping[str, object]) -> str:
        before = self._private()
        await self.world.playground.people.slash_command(ANN, NORTH, "/podline", opens)
        await self.world.settle()
        [form] = self.world.workspace.open_views(ANN)
        answer = await self.world.playground.people.submit_view(ANN, form.id, dict(entries))
        assert answer.ok, answer.errors
        return await self._read(before)

    async def _read(self, before: int) -> str:
        """What is new to her alone: private messages, and a window, which she closes again."""
        await self.world.settle()
        shown = [f"{one.text} {one.blocks}" for one in self._messages()[before:]]
        for view in self.world.workspace.open_views(ANN):
            shown.append(str(view.content["blocks"]))
            await self.world.playground.people.close_view(ANN, view.id)
        return " ".join(shown)

    def _private(self) -> int:
        return len(self._messages())

    def _messages(self) -> list[Message]:
        return [one for one in self.world.workspace.visible_to(ANN, NORTH) if one.ephemeral_to]


@pytest.fixture
async def desk(world: World) -> Desk:
    await world.ask_and_deliver()  # Q-1, into which others are merged
    return Desk(world)


def of(question: str, words: str) -> str:
    """``words`` about that question."""
    return " ".join(question if word == "Q" else word for word in words.split(" "))


def test_every_verb_has_its_way() -> None:
    assert list(WAYS) == list(Name), "a new verb needs a row in WAYS of this file"


@pytest.mark.parametrize("door", ["command", "button", "thread"])
async def test_every_verb_is_typed_pressed_and_said_in_a_thread(desk: Desk, door: str) -> None:
    for name, way in WAYS.items():
        question, thread = await desk.question(*way.before)
        match door:
            case "command":
                read = await desk.types(of(question, way.line))
            case "button":
                read = await desk.presses(of(question, way.line))
            case _:
                read = await desk.says(way.in_thread or of(question, way.line), thread)
        assert of(question, way.answer) in read, f"{name} by {door}: {read}"


async def test_what_a_line_lacks_is_asked_for_in_a_form(desk: Desk) -> None:
    for name in FORMS:
        form = WAYS[name].form
        assert form is not None
        question, _ = await desk.question(*form.before)

        read = await desk.fills_in(of(question, form.opens), form.entries)

        assert of(question, form.answer) in read, f"{name} by its form: {read}"


async def test_in_a_thread_no_form_can_be_opened_so_a_button_does_it(desk: Desk) -> None:
    for name in FORMS:
        form = WAYS[name].form
        assert form is not None
        question, thread = await desk.question(*form.before)

        read = await desk.says(of(question, form.opens), thread)

        assert "For example" in read, f"{name}: {read}"
        assert "Fill in a form" in read, f"{name}: {read}"
