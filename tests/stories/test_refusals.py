"""Whoever may not do a thing changes nothing and reads who can: each row of the permission table, on both platforms."""

import re

import pytest

from commands.grammar import Name
from commands.permission_table import ROWS, Cell, Who, cell
from commands.permissions import Act
from tests.bot.slack.test_permissions import OF_A_NOTE, line_of
from tests.stories.office import STRANGER, Office
from tests.stories.telling import asked, happened

NOT_FOR_MEMBERS = [row for row in ROWS if cell(row, Who.MEMBER) is not Cell.YES and row not in OF_A_NOTE]
WHO_CAN = re.compile(r"Who can: |[Mm]anager")


def said_of(row: Name | Act) -> str:
    return line_of(row).replace("Q-214", "Q-1").replace("Q-215", "Q-2").replace("@dan", "dan@firm.example")


@pytest.fixture
async def firm(office: Office) -> Office:
    """Ann has two questions; Cat is a member, and of no pod."""
    await asked(office)
    await asked(office, "And that?")
    for number in (1, 2):
        await office.say("ann", f"claim Q-{number}")
    await office.say("cat", "mine")
    return office


async def test_a_member_who_may_not_reads_who_can(firm: Office) -> None:
    before = happened(firm, 1), happened(firm, 2)
    for row in NOT_FOR_MEMBERS:
        read = await firm.say("cat", said_of(row))

        assert WHO_CAN.search(read), f"{row}: {read}"
        assert (happened(firm, 1), happened(firm, 2)) == before, f"{row} was done"


async def test_somebody_from_outside_who_presses_anything_is_refused_politely(firm: Office) -> None:
    before = happened(firm, 1), happened(firm, 2)
    for row in [row for row in ROWS if row not in OF_A_NOTE]:
        read = await firm.press_a_button_of(STRANGER, said_of(row))

        assert "Only members of the firm can do this; they will answer you." in read, f"{row}: {read}"
        assert (happened(firm, 1), happened(firm, 2)) == before, f"{row} was done"
