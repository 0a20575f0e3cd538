"""The permission table, cell by cell, on the real thing: whoever may do it does it, whoever may not changes nothing.

Rows and columns are those of ``commands/permission_table.py``. A new verb is tried with its own example (``USAGE``);
where that does not do as it stands, LINES has another.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.playground import posting
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.slack.render import to_message
from commands.grammar import USAGE, Name
from commands.invocation import Invocation
from commands.permission_table import ROWS, Cell, Who, cell
from commands.permissions import WHO_MAY, WHO_MAY_ACT, Act
from commands.ports import HistoryRow, NewUnitOfWork, QuestionQuery
from commands.roster import import_roster
from commands.run import run
from commands.views import Button, Notice, Reply, notice
from coverage.question import Question
from tests.bot.slack.conftest import NORTH, World
from tests.world import words

USERS = {
    Who.MEMBER: "U0CAT",
    Who.COLLEAGUE: "U0EVE",
    Who.CLAIMER: "U0DAN",
    Who.MANAGER: "U0MIA",
    Who.GUEST: "U0GUS",
    Who.OUTSIDER: "U0OUT",
    Who.BOT: "U0ROBO",
}
FIRM = """
people:
  - {name: Cat Orr, email: cat@firm.example, slack: U0CAT, timezone: Europe/London}
  - {name: Eve Fox, email: eve@firm.example, slack: U0EVE, timezone: Europe/London}
  - {name: Dan Low, email: dan@firm.example, slack: U0DAN, timezone: Europe/London}
  - {name: Mia Fry, email: mia@firm.example, slack: U0MIA, timezone: Europe/London, role: manager}
pods:
  - {name: North, members: [ann@firm.example, bob@firm.example, eve@firm.example]}
clients:
  - {name: Birch Bakery, pod: North, named_contact: bob@firm.example}
"""
LINES: dict[Name | Act, str] = {
    Name.CLIENT: "client Q-214 is Birch Bakery",
    Name.KUDOS: "kudos @bob you saved their year end",
    Name.POD: "pod North",
    Name.POLICY: "policy standard",
    Name.CHARTER: "charter standard",
    Name.HOURS: "hours",
    Name.IMPORT: "import",
    Name.PERSON: "person @ann",
    Act.CHANGE_POD: "pod North add @dan",
    Act.CHANGE_CLIENT: "client Acme alias Acme Group",
    Act.CHANGE_RULES: "charter standard change",
    Act.TAKE_BACK: "undo",
    Act.NOTE: "client Acme note Prefers the phone",
    Act.IMPORT_CLIENTS: "import clients F0NONE",
    Act.CONFIRM_ALIAS: 'leave alias "AL" is @ann',
    Act.LEAVE_OF_OTHERS: "leave for @ann 3 Aug - 14 Aug",
}
BEFORE: dict[Name | Act, tuple[str, ...]] = {
    Name.CLAIM: (),
    Name.REOPEN: ("claim Q-214", "resolve Q-214"),
    Name.MERGE: ("claim Q-214", "claim Q-215"),
}
"""What the claimer does first, so that the row can be done at all; where nothing is said they claim the question."""
NEEDS_MORE = (Name.UNDO, Act.TAKE_BACK, Name.IMPORT, Act.IMPORT_CLIENTS)
"""What needs a change or a file to be there: whoever may is refused too, but not for want of permission. That it is
done is told in tests/commands/test_undo.py and tests/bot/slack/test_files.py."""
OF_A_NOTE = (Act.NOTE_OF_OTHERS,)
"""Needs a colleague's note: tests/commands/test_client_at_hand.py."""
OPEN_DOORS = {Who.OUTSIDER: ("button", "mention"), Who.BOT: ("mention",)}
"""Slack shows outsiders no commands, and a bot only writes."""


@dataclass
class Ears:
    """Runs what is said and keeps what was answered."""

    replies: list[Reply] = field(default_factory=list)

    def __call__(self, invocation: Invocation, new_uow: NewUnitOfWork, now: datetime) -> Reply:
        reply = run(invocation, new_uow, now)
        self.replies.append(reply)
        return reply


@dataclass
class Firm:
    """The firm with one person for each column, and what was answered to them."""

    world: World
    ears: Ears

    async def question(self, row: Name | Act, *said_before: str) -> int:
        """A new question of Acme's, of which the claimer said that, and another after it, where the row takes them."""
        if "Q-214" not in line_of(row):
            self.ears.replies.clear()
            return 0
        question = self.world.ask()
        if "Q-215" in line_of(row):
            self.world.ask("And how do we post that?")
        for line in said_before:
            await self.says(Who.CLAIMER, line, question.number, "command")
        await self.world.settle()
        self.ears.replies.clear()
        return question.number

    async def says(self, who: Who, line: str, number: int, door: str) -> None:
        """Through one of the doors, and everything that follows from it."""
        user, people = USERS[who], self.world.playground.people
        line = line.replace("Q-214", f"Q-{number}").replace("Q-215", f"Q-{number + 1}")
        match door:
            case "command":
                answer = await people.slash_command(user, NORTH, "/podline", line)
            case "button":
                button = Button("Do it", re.sub(r"@(\w+)", lambda found: f"<@U0{found[1].upper()}>", line), "Do it")
                drawn = to_message(notice("Will you?", buttons=(button,)), {})
                message = posting.post_as_app(self.world.workspace, NORTH, text=drawn["text"], blocks=drawn["blocks"])
                answer = await people.click(user, NORTH, message.ts, text="Do it")
            case _:
                answer = await people.say(user, NORTH, f"@podline {line}")
        assert answer.ok
        await self.world.settle()

    def kept(self) -> list[tuple[Question, list[HistoryRow]]]:
        """All questions and what happened to them."""
        with self.world.new_uow.reading() as uow:
            found = uow.questions.page(QuestionQuery(limit=50))
            return [(one, uow.history.of(one.number)) for one in found]

    def told(self, who: Who) -> str:
        """The latest words that only ``who`` sees in the channel."""
        return [one.text for one in self.world.workspace.visible_to(USERS[who], NORTH) if one.ephemeral_to][-1]


@pytest.fixture
def firm(world: World) -> Firm:
    for who, user in USERS.items():
        if user not in world.workspace.people:
            world.workspace.add_user(
                user,
                user.removeprefix("U0").lower(),
                email=f"{user.removeprefix('U0').lower()}@firm.example",
                is_restricted=who is Who.GUEST,
                is_bot=who is Who.BOT,
            )
        world.workspace.add_member(NORTH, user)
    import_roster(roster_of(document_of(FIRM)), world.new_uow)
    ears = Ears()
    world.runs.instead = ears
    return Firm(world, ears)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in OF_A_NOTE])
async def test_who_may_do_what(firm: Firm, row: Name | Act) -> None:
    """Whoever may not comes first: they change nothing, so all of them try the same question."""
    before = BEFORE.get(row, ("claim Q-214",))
    number = await firm.question(row, *before)
    for who, door in doors(who for who in Who if cell(row, who) is not Cell.YES):
        firm.ears.replies.clear()
        await tries(firm, row, who, number, door, allowed=False)
    for who, door in doors(who for who in Who if cell(row, who) is Cell.YES):
        await tries(firm, row, who, await firm.question(row, *before), door, allowed=True)


def doors(people: Iterable[Who]) -> Iterator[tuple[Who, str]]:
    """Each of the people with each way that Slack gives them."""
    for who in people:
        for door in OPEN_DOORS.get(who, ("command", "button", "mention")):
            yield who, door


@pytest.mark.parametrize(
    "row", [row for row in ROWS if cell(row, Who.MEMBER) is not Cell.YES and isinstance(row, Name)]
)
async def test_what_any_member_may_do_to_a_question_nobody_has(firm: Firm, row: Name) -> None:
    number = await firm.question(row)

    await tries(firm, row, Who.MEMBER, number, "command", allowed=cell(row, Who.MEMBER) is Cell.WHILE_UNCLAIMED)


async def tries(firm: Firm, row: Name | Act, who: Who, number: int, door: str, *, allowed: bool) -> None:
    """Do the row by the door; if it is allowed it is done, else nothing changes and the words say who may."""
    before = firm.kept()

    await firm.says(who, line_of(row), number, door)

    refused = [words(one) for one in firm.ears.replies if isinstance(one, Notice) and one.is_refusal]
    tried = f"{row} by {door} of a {who}"
    if allowed:
        assert firm.ears.replies, f"{tried} was not run"
        if row in NEEDS_MORE:
            refused = [said for said in refused if re.search(_WHO_CAN, said)]
        assert refused == [], f"{tried} is refused; if not for want of permission, see LINES and BEFORE in this file"
        return
    assert firm.kept() == before, f"{tried} changed something"
    if who in (Who.GUEST, Who.OUTSIDER):
        assert firm.told(who) == "Only members of the firm can do this; they will answer you."
    elif who is Who.BOT:
        assert firm.told(who) == "Bots cannot use Podline."
    else:
        assert len(refused) == 1, f"{tried} was done"
        assert re.search(_WHO_CAN, refused[0]), f"{tried}: the refusal does not say who can"


_WHO_CAN = r"Who can: |[Mm]anager"


def line_of(row: Name | Act) -> str:
    return LINES.get(row) or USAGE[Name(row)].example


def test_each_verb_and_act_has_its_rule_and_its_row() -> None:
    assert set(WHO_MAY) == set(Name)
    assert set(WHO_MAY_ACT) == set(Act)
    assert set(ROWS) == set(Name) | set(Act)
    assert set(Act) <= set(LINES) | set(OF_A_NOTE), (
        "an act has no example of its own: add a line that does it to LINES in this file"
    )
