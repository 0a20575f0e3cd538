"""`podline doctor`: looks at everything that has to fit together, and says what to mend and how."""

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.errors import FAILED

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.checkup import Finding, Post
    from bot.config import Settings, SettingsError
    from storage.unit_of_work import UnitsOfWork


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False) -> None:
    """Check the settings, the database, the roster, Slack and Teams. Exit code 1 when something is to be mended."""
    from bot.checkup import in_words
    from bot.config import Settings, SettingsError

    nothing_is_served = False
    try:
        settings = Settings.read()
        findings = [*_misspelt(), *_findings(settings)]
        nothing_is_served = settings.slack_bot_token is None and settings.teams_client_id is None
    except SettingsError as wrong:
        findings = [*_misspelt(), *(_of_value(problem) for problem in wrong.problems)]
    if as_json:
        print(json.dumps({"findings": [{"part": f.part, "what": f.what, "act": f.act} for f in findings]}))
    else:
        print(in_words(findings) or (_WELL_WITHOUT_A_PLATFORM if nothing_is_served else _WELL))
    if findings:
        raise typer.Exit(FAILED)


def _findings(settings: "Settings") -> list["Finding"]:
    from bot.checkup import Finding, database_findings
    from bot.database import open_database
    from bot.errors import PlainError

    findings = _platform_findings(settings)
    try:
        engine = open_database(settings)
        try:
            broken = list(database_findings(engine))
            is_usable = not any(one.part == "database" and "durable" not in one.what for one in broken)
            return [*findings, *broken, *(_further_findings(settings, engine) if is_usable else [])]
        finally:
            engine.dispose()
    except PlainError as away:
        return [*findings, Finding("database", str(away), "Mend that first, then run podline doctor again.")]


def _platform_findings(settings: "Settings") -> list["Finding"]:
    from bot.config import SettingsError

    try:
        settings.check_platforms()
    except SettingsError as wrong:
        is_api_alone = settings.api_tokens and not (settings.slack_bot_token or settings.teams_client_id)
        return [] if is_api_alone else [_of_platforms(wrong)]
    return []


def _of_platforms(wrong: "SettingsError") -> "Finding":
    from bot.checkup import Finding
    from bot.config import HOW_TO_BEGIN

    is_a_start = str(wrong) == HOW_TO_BEGIN
    act = "README.md has the steps." if is_a_start else "Write it into .env; docs/reference.md has all variables."
    return Finding("settings", str(wrong), act)


def _of_value(problem: str) -> "Finding":
    from bot.checkup import Finding
    from bot.config import VARIABLES
    from bot.config_spelling import place_of

    variable = next((name for name in VARIABLES if problem.startswith(f"{name} ")), None)
    act = (
        f"Correct {variable} in {place_of(variable)}." if variable else "Mend the file, then run podline doctor again."
    )
    return Finding("settings", problem, act)


def _misspelt() -> list["Finding"]:
    from bot.checkup import Finding
    from bot.config_spelling import unknown_variables

    try:
        unknown = unknown_variables()
    except (OSError, UnicodeDecodeError):  # what is wrong with the file is a finding of its own
        return []
    return [Finding("settings", says, f"Rename {name}, or take it out.") for name, says in unknown.items()]


def _further_findings(settings: "Settings", engine: "Engine") -> list["Finding"]:
    from bot.checkup import firm_findings, posts_of, slack_teams_of, slack_users_of
    from storage.unit_of_work import UnitsOfWork

    new_uow = UnitsOfWork(engine)
    with_slack, with_teams = settings.slack_bot_token is not None, _is_set_of_teams(settings)
    platforms = [name for name, is_set in (("slack", with_slack), ("teams", with_teams)) if is_set]
    with new_uow.reading() as uow:
        firm = uow.firm()
        findings = list(firm_findings(firm, uow, platforms=platforms))
        named = posts_of(firm, uow), slack_users_of(firm, uow), slack_teams_of(firm, uow)
        in_teams = posts_of(firm, uow, "teams")
    if with_slack:
        findings += asyncio.run(_slack_findings(settings, *named))
    if with_teams:
        findings += asyncio.run(_teams_findings(settings, in_teams, new_uow))
    return findings


def _is_set_of_teams(settings: "Settings") -> bool:
    """Whether Teams is set as a whole; what is set by half is a finding of its own."""
    from bot.config import SettingsError

    try:
        return settings.teams_is_set()
    except SettingsError:
        return False


async def _teams_findings(settings: "Settings", posts: list["Post"], new_uow: "UnitsOfWork") -> list["Finding"]:
    from bot.clock import SystemClock
    from bot.teams.checkup import teams_findings
    from bot.teams.link import registration_of

    clock = SystemClock()
    return await teams_findings(registration_of(settings), settings.public_url, posts, new_uow, clock, clock.now)


async def _slack_findings(
    settings: "Settings", posts: list["Post"], users: dict[str, str], teams: frozenset[str]
) -> list["Finding"]:
    from bot.clock import SystemClock
    from bot.slack.checkup import slack_findings
    from bot.slack.connection import Connection

    assert settings.slack_bot_token is not None
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
    connection = Connection(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        return await slack_findings(connection, app_token, posts, users, SystemClock().now(), teams)
    finally:
        await connection.close()


_WELL = "All is well: settings, database, roster and what is set up of Slack and Teams."
_WELL_WITHOUT_A_PLATFORM = (
    "All is well: settings, database and roster. No platform is set up: only `podline serve --api-only` will run."
)
