"""Which lines certainly lead to a form: what opens a dialog may neither be done nor only be read."""

import pytest

from commands.form_lines import opens_form
from commands.invocation import Invocation
from commands.run import run
from commands.views import Form, Notice
from tests.world import World, user

LEAD_TO_A_FORM = (
    "question",
    "client",
    "client new",
    "who",
    "leave",
    "leave for",
    "pod new",
    "feed add",
    "kudos",
    "handoff Q-1",
    "snooze Q-1",
    "close Q-1",
    "merge Q-1",
    "client Q-1 is",
    "/Handoff q-1",
    "handoff Q1",
)
LEAD_ELSEWHERE = (
    "",
    "mine",
    "help",
    "explain Q-1",
    "claim Q-1",
    "answered Q-1",
    "waiting Q-1",
    "resolve Q-1",
    "release Q-1",
    "reopen Q-1 the form came back",
    "handoff Q-1 @ann",
    "snooze Q-1 tomorrow",
    "snooze Q-1 off",
    "close Q-1 spam",
    "merge Q-1 into Q-2",
    "client Acme",
    "client Q-1 is Acme",
    "client Q-1 remember",
    "leave today",
    "leave list",
    "pod",
    "pod North",
    "feed list",
    "feed remove hr",
    "kudos @ann thanks",
    "policy",
    "charter",
    "nonsense Q-1",
)


@pytest.mark.parametrize("line", LEAD_TO_A_FORM)
def test_a_line_that_is_said_to_lead_to_a_form_does_and_changes_nothing(world: World, line: str) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    before = world.history()

    reply = run(Invocation(line, user("Ann"), "k1"), world.new_uow, world.now)

    assert opens_form(line)
    assert isinstance(reply, Form)
    assert world.history() == before


def test_so_does_reopening_what_is_resolved(world: World) -> None:
    world.ask()
    world.say("Bob", "resolve Q-1")

    reply = run(Invocation("reopen Q-1", user("Bob"), "k1"), world.new_uow, world.now)

    assert opens_form("reopen Q-1")
    assert isinstance(reply, Form)


@pytest.mark.parametrize("line", [one for one in LEAD_TO_A_FORM if "1" in one])
def test_where_it_may_not_be_done_that_is_said_and_nothing_happens(world: World, line: str) -> None:
    reply = run(Invocation(line, user("Ann"), "k1"), world.new_uow, world.now)

    assert isinstance(reply, Notice | Form)
    assert world.number_of_questions() == 0


@pytest.mark.parametrize("line", LEAD_ELSEWHERE)
def test_of_any_other_line_it_is_not_said(line: str) -> None:
    assert not opens_form(line)
