"""What doctor finds: in the database, in the set-up, and, against the stand-in, in Slack."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkup import Finding, Post, database_findings, firm_findings, posts_of, slack_users_of
from bot.cli.app import run
from bot.clock import SystemClock
from bot.playground.installation import Installation
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.slack.checkup import slack_findings
from bot.slack.connection import Connection
from bot.slack.manifest import BOT_SCOPES
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import set_up_small_firm

POSTS = [Post("C0NORTH", "the channel of pod North", "pods (North): channel")]


@pytest.fixture
def units(sqlite_url: str) -> Iterator[UnitsOfWork]:
    engine = open_engine(sqlite_url)
    new_uow = UnitsOfWork(engine)
    set_up_small_firm(new_uow)
    yield new_uow
    engine.dispose()


@pytest.fixture
def workspace() -> Workspace:
    made = Workspace(now=SystemClock().now, installation=Installation(scopes=frozenset(BOT_SCOPES)))
    made.add_user("U0ANN", "ann", real_name="Ann Lee", email="ann@firm.example")
    made.add_channel("C0NORTH", "north", members=["U0ANN"])
    return made


@pytest.fixture
async def slack(workspace: Workspace) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(workspace, wall_clock=SystemClock().now, pace=0) as server:
        yield server


async def look(
    slack: PlaygroundServer,
    *,
    token: str | None = None,
    app_token: str | None = None,
    posts: list[Post] = POSTS,
    users: dict[str, str] | None = None,
    ahead: timedelta = timedelta(),
) -> list[Finding]:
    connection = Connection(token or slack.workspace.app.bot_token, slack.url)
    try:
        return await slack_findings(connection, app_token, posts, users or {}, SystemClock().now() + ahead)
    finally:
        await connection.close()


async def test_a_workspace_in_which_all_is_well_has_no_findings(slack: PlaygroundServer) -> None:
    assert await look(slack, app_token=slack.workspace.app.app_token, users={"U0ANN": "Ann Lee"}) == []


async def test_a_refused_token_is_the_only_finding(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, token="xoxb-not-this-one")

    assert "SLACK_BOT_TOKEN" in finding.what


async def test_a_channel_podline_is_not_in_names_the_line_to_type(
    slack: PlaygroundServer, workspace: Workspace
) -> None:
    workspace.remove_member("C0NORTH", workspace.app.bot_user_id)

    [finding] = await look(slack)

    assert finding.what == "Podline is not in #north (the channel of pod North)."
    assert "/invite @Podline" in finding.act


async def test_an_archived_channel_is_found(slack: PlaygroundServer, workspace: Workspace) -> None:
    workspace.archive("C0NORTH")

    [finding] = await look(slack)

    assert "archived" in finding.what


async def test_a_channel_that_does_not_exist_names_where_the_roster_has_it(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, posts=[Post("C0NOWHERE", "the intake", "intake: channel")])

    assert "intake: channel" in finding.act


async def test_people_who_do_not_exist_or_have_left_are_named(slack: PlaygroundServer, workspace: Workspace) -> None:
    workspace.deactivate("U0ANN")

    gone, unknown = await look(slack, users={"U0ANN": "Ann Lee", "U0EVE": "Eve Fox"})

    assert gone.what == "Ann Lee's Slack account is deactivated."
    assert "Eve Fox's Slack id U0EVE" in unknown.what


async def test_a_wrong_app_token_is_found(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, app_token="xapp-not-this-one")

    assert "connections:write" in finding.act


async def test_a_clock_that_is_wrong_is_found(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, ahead=timedelta(minutes=10))

    assert "ahead of Slack's" in finding.what


def test_a_set_up_that_holds_together_has_no_findings(units: UnitsOfWork) -> None:
    with units.reading() as uow:
        assert list(firm_findings(uow.firm(), uow, with_slack=True)) == []


def test_every_channel_that_is_written_into_is_looked_at_once(units: UnitsOfWork) -> None:
    with units.reading() as uow:
        posts, users = posts_of(uow.firm(), uow), slack_users_of(uow.firm(), uow)

    assert [post.address for post in posts] == ["C0NORTH", "C0ALERTS", "C0DESK"]
    assert users == {"U0ANN": "Ann Lee", "U0BOB": "Bob Roy"}


def test_a_firm_without_pods_is_told_to_import_a_roster(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with UnitsOfWork(engine).reading() as uow:
        [finding] = firm_findings(uow.firm(), uow, with_slack=True)
    engine.dispose()

    assert finding.act == "podline import roster FILE"


def test_a_database_without_a_schema_is_told_to_migrate(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")

    [finding] = [one for one in database_findings(engine) if one.part == "database"]

    assert "podline migrate" in finding.act


def test_doctor_exits_with_1_and_says_what_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["doctor", "--json"]) == 1

    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {"settings", "database"} <= {finding["part"] for finding in findings}
    assert all(finding["act"] for finding in findings)
