"""Every verb by every door: typed as a command, pressed as a button, filled in as a form, said in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from commands.grammar import Name
from coverage.ids import short_id
from tests.stories.office import Office


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
        "handoff Q @bob she is in court",
        "Bob Roy has Q now.",
        CLAIMED,
        "handoff @bob she is in court",
        Filled("handoff Q", "Bob Roy has Q now.", {"to": "@bob", "why": "in court"}, CLAIMED),
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
        form=Filled("pod North change", "lead: Ann Lee", {"lead": "@bob"}),
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
        "kudos @bob you saved the day",
        "Bob Roy gets your thanks.",
        form=Filled("kudos", "Bob Roy gets your thanks.", {"to": "@bob", "sentence": "you saved the day"}),
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
        "person @bob",
        "Named contact of 1 client: Acme Ltd",
        form=Filled("person @bob leaves", "last day is Thu 31 Aug 2028", {"last": "2028-08-31", "to": "@ann"}),
    ),
    Name.HELP: Way("help", "What you can say"),
}
FORMS = [name for name, way in WAYS.items() if way.form is not None]


@dataclass
class Desk:
    """Ann at her desk, and what she reads of what she does."""

    office: Office

    async def question(self, *before: str) -> tuple[str, int]:
        """The id of a new question, of which Ann has said that, and which of the cards is its."""
        asked = short_id(self.office.ask().number)
        await self.office.settle()
        for line in before:
            await self.office.say("ann", of(asked, line))
        await self.office.later(minutes=1)  # sooner, the same line is the same that is delivered again
        [card] = [place for place, text in enumerate(self.office.cards()) if f" {asked} " in text]
        return asked, card

    async def fills_in(self, opens: str, entries: Mapping[str, object]) -> str:
        await self.office.open_the_form("ann", opens)
        return await self.office.fill_in("ann", **entries)


@pytest.fixture
async def desk(office: Office) -> Desk:
    office.ask()  # Q-1, into which others are merged
    await office.settle()
    return Desk(office)


def of(question: str, words: str) -> str:
    """``words`` about that question."""
    return " ".join(question if word == "Q" else word for word in words.split(" "))


def test_every_verb_has_its_way() -> None:
    assert list(WAYS) == list(Name), "a new verb needs a row in WAYS of this file"


@pytest.mark.parametrize("door", ["command", "button", "thread"])
async def test_every_verb_is_typed_pressed_and_said_in_a_thread(desk: Desk, door: str) -> None:
    for name, way in WAYS.items():
        question, card = await desk.question(*way.before)
        match door:
            case "command":
                read = await desk.office.type("ann", of(question, way.line))
            case "button":
                read = await desk.office.press_a_button_of("ann", of(question, way.line))
            case _:
                read = await desk.office.say_under_the_card("ann", way.in_thread or of(question, way.line), card=card)
        assert of(question, way.answer) in read, f"{name} by {door}: {read}"


async def test_what_a_line_lacks_is_asked_for_in_a_form(desk: Desk) -> None:
    for name in FORMS:
        form = WAYS[name].form
        assert form is not None
        question, _ = await desk.question(*form.before)

        read = await desk.fills_in(of(question, form.opens), form.entries)

        assert of(question, form.answer) in read, f"{name} by its form: {read}"


async def test_a_button_that_leads_to_a_form_opens_it(desk: Desk) -> None:
    for name in FORMS:
        form = WAYS[name].form
        assert form is not None
        question, _ = await desk.question(*form.before)

        await desk.office.press_a_button_of("ann", of(question, form.opens))
        read = await desk.office.fill_in("ann", **form.entries)

        assert of(question, form.answer) in read, f"{name} by its form: {read}"


async def test_in_a_thread_no_form_can_be_opened_so_a_button_does_it(desk: Desk) -> None:
    for name in FORMS:
        form = WAYS[name].form
        assert form is not None
        question, card = await desk.question(*form.before)

        read = await desk.office.say_under_the_card("ann", of(question, form.opens), card=card)

        assert "For example" in read, f"{name}: {read}"
        assert desk.office.opens_a_form in read, f"{name}: {read}"
