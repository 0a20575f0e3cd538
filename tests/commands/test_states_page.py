"""The table of states in docs/architecture.md: what each verb makes of a question is what the page says."""

import pytest

from coverage.question import Status
from tests.shared import ROOT
from tests.world import World, is_refusal

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BEFORE = {
    Status.UNIDENTIFIED: (),
    Status.ROUTED: (),
    Status.CLAIMED: ("claim Q-1",),
    Status.WAITING: ("claim Q-1", "waiting Q-1"),
    Status.ANSWERED: ("answered Q-1",),
    Status.RESOLVED: ("resolve Q-1",),
}
"""What Bob says to bring a question there."""


def table() -> list[list[str]]:
    lines = PAGE.partition("<!-- checked: states -->\n")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


HEAD, _, *ROWS = table()


def test_the_table_has_a_column_for_each_state() -> None:
    assert HEAD[1:] == list(Status) == list(BEFORE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_verb_makes_of_each_state_what_the_page_says(world: World, row: list[str]) -> None:
    verb, *becomes = row

    for number, (status, after) in enumerate(zip(Status, becomes, strict=True), start=1):
        world.ask(client=None if status is Status.UNIDENTIFIED else "Acme", text="Hello?")
        for line in BEFORE[status]:
            world.say("Bob", line.replace("Q-1", f"Q-{number}"))
        assert world.question(number).status is status
        reply = world.reply("Bob", verb.replace("Q-1", f"Q-{number}"))
        now = "-" if is_refusal(reply) else world.question(number).status.value
        assert now == after, status
