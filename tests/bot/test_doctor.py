"""What doctor finds: in the database, in the set-up, and, against the stand-in, in Slack."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkup import Finding, Post, database_findings, firm_findings, posts_of, slack_teams_of, slack_users_of
from bot.cli.app import run
from bot.clock import SystemClock
from bot.playground.installation import Installation
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.slack.checkup import slack_findings
from bot.slack.connection import Connection
from bot.slack.manifest import BOT_SCOPES
from commands.ports import Identity
from commands.roster import import_roster
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
    teams: tuple[str, ...] = (),
) -> list[Finding]:
    connection = Connection(token or slack.workspace.app.bot_token, slack.url)
    try:
        return await slack_findings(connection, app_token, posts, users or {}, SystemClock().now() + ahead, teams)
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


async def test_each_missing_scope_is_named_with_the_place_to_add_it(
    slack: PlaygroundServer, workspace: Workspace
) -> None:
    workspace.installation = Installation(scopes=frozenset(BOT_SCOPES) - {"groups:history"})

    [finding] = await look(slack, users={"U0ANN": "Ann Lee"})

    assert finding.what.startswith("The token lacks the scope groups:history: ")
    assert "add groups:history under OAuth & Permissions, Bot Token Scopes, then reinstall" in finding.act


async def test_what_cannot_be_seen_for_want_of_a_scope_is_said_once(
    slack: PlaygroundServer, workspace: Workspace
) -> None:
    workspace.installation = Installation(scopes=frozenset(BOT_SCOPES) - {"channels:read", "users:read"})

    findings = [one.what for one in await look(slack, users={"U0ANN": "Ann Lee", "U0EVE": "Eve Fox"})]

    assert findings[-1] == "The channels and people could not be looked at, for want of channels:read and users:read."
    assert len(findings) == 3


async def test_channels_podline_is_in_are_not_asked_for_one_by_one(
    slack: PlaygroundServer, workspace: Workspace
) -> None:
    slack.misbehaviour.rate_limit("conversations.info", retry_after=30)
    for number in range(450):
        workspace.add_channel(f"C0N{number}", f"n{number}", members=["U0ANN"])

    posts = [Post(f"C0N{number}", "a channel of Acme", "clients (Acme): channels") for number in range(450)]

    assert await look(slack, posts=posts) == []


async def test_a_token_of_another_workspace_is_told_by_where_people_have_used_podline(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, users={"U0EVE": "Eve Fox"}, teams=("T0OTHER",))

    assert finding.what == (
        "SLACK_BOT_TOKEN is of the workspace Firm (T0FIRM), but the people of this database use Podline in T0OTHER."
    )
    assert await look(slack, users={"U0ANN": "Ann Lee"}, teams=("T0FIRM",)) == []


async def test_a_token_of_another_workspace_is_told_by_none_of_the_roster_being_there(slack: PlaygroundServer) -> None:
    posts = [Post("C0NOWHERE", "the intake", "intake: channel"), Post("C0NOT", "the alerts channel", "alerts_channel")]

    [finding] = await look(slack, posts=posts, users={"U0EVE": "Eve Fox"})

    assert finding.what == (
        "None of the roster's channels (2) and people (1) are in Firm, the workspace SLACK_BOT_TOKEN is of."
    )


async def test_people_who_do_not_exist_or_have_left_are_named(slack: PlaygroundServer, workspace: Workspace) -> None:
    workspace.deactivate("U0ANN")

    gone, unknown = await look(slack, users={"U0ANN": "Ann Lee", "U0EVE": "Eve Fox"})

    assert gone.what == "Ann Lee's Slack account is deactivated."
    assert "Eve Fox's Slack id U0EVE" in unknown.what


async def test_ids_of_bots_and_of_people_of_other_firms_are_named(
    slack: PlaygroundServer, workspace: Workspace
) -> None:
    workspace.add_user("U0ROBO", "robo", is_bot=True)
    workspace.add_user("U0ZOE", "zoe", team_id="T0ACME")

    bot, outsider = await look(slack, users={"U0ROBO": "Bob Roy", "U0ZOE": "Dan Low"})

    assert "is a bot's" in bot.what
    assert "another firm's workspace" in outsider.what


async def test_two_tokens_of_two_apps_are_found(slack: PlaygroundServer, workspace: Workspace) -> None:
    workspace.app = replace(workspace.app, app_token="xapp-1-A0OTHER-1-0f")

    [finding] = await look(slack, app_token="xapp-1-A0OTHER-1-0f")

    assert finding.what.startswith("SLACK_APP_TOKEN is of the app A0OTHER, SLACK_BOT_TOKEN of A0PODLINE")


async def test_a_wrong_app_token_is_found(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, app_token="xapp-not-this-one")

    assert "connections:write" in finding.act


async def test_a_clock_that_is_wrong_is_found(slack: PlaygroundServer) -> None:
    [finding] = await look(slack, ahead=timedelta(minutes=10))

    assert "ahead of Slack's" in finding.what


def test_a_set_up_that_holds_together_has_no_findings(units: UnitsOfWork) -> None:
    with units.reading() as uow:
        assert list(firm_findings(uow.firm(), uow, platforms=["slack"])) == []


def test_every_channel_podline_has_to_be_in_is_looked_at_once(units: UnitsOfWork) -> None:
    more = "{kudos_channel: C0KUDOS, clients: [{name: Acme Ltd, channels: [C0ACME, C0NORTH]}]}"
    import_roster(roster_of(document_of(more)), units)
    with units.reading() as uow:
        posts, users = posts_of(uow.firm(), uow), slack_users_of(uow.firm(), uow)

    assert [post.address for post in posts] == ["C0NORTH", "C0ALERTS", "C0KUDOS", "C0DESK", "C0ACME"]
    assert users == {"U0ANN": "Ann Lee", "U0BOB": "Bob Roy"}


def test_the_workspaces_are_those_people_have_been_seen_in(units: UnitsOfWork) -> None:
    with units() as uow:
        before = slack_teams_of(uow.firm(), uow)
        uow.people.by_identity(Identity("slack", "T0FIRM", "U0ANN"))
        uow.commit()
    with units.reading() as uow:
        after = slack_teams_of(uow.firm(), uow)

    assert before == set()
    assert after == {"T0FIRM"}


def test_a_firm_without_a_manager_is_told_how_to_make_one(units: UnitsOfWork) -> None:
    import_roster(roster_of(document_of("people: [{email: ann@firm.example, name: Ann Lee, role: member}]")), units)
    with units.reading() as uow:
        [finding] = firm_findings(uow.firm(), uow, platforms=["slack"])

    assert finding.act == "podline person promote EMAIL"


def test_a_firm_without_pods_is_told_to_import_a_roster(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with UnitsOfWork(engine).reading() as uow:
        [finding] = firm_findings(uow.firm(), uow, platforms=["slack"])
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
