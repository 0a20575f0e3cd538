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


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False) -> None:
    """Check the settings, the database, the roster and Slack. Exit code 1 when something is to be mended."""
    from bot.checkup import in_words
    from bot.config import Settings, SettingsError

    without_slack = False
    try:
        settings = Settings.read()
        findings = [*_misspelt(), *_findings(settings)]
        without_slack = settings.slack_bot_token is None
    except SettingsError as wrong:
        findings = [*_misspelt(), *(_of_value(problem) for problem in wrong.problems)]
    if as_json:
        print(json.dumps({"findings": [{"part": f.part, "what": f.what, "act": f.act} for f in findings]}))
    else:
        print(in_words(findings) or (_WELL_WITHOUT_SLACK if without_slack else _WELL))
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
        return [] if settings.api_tokens and not settings.slack_bot_token else [_of_platforms(wrong)]
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

    with_slack = settings.slack_bot_token is not None
    with UnitsOfWork(engine).reading() as uow:
        firm = uow.firm()
        findings = list(firm_findings(firm, uow, with_slack=with_slack))
        named = posts_of(firm, uow), slack_users_of(firm, uow), slack_teams_of(firm, uow)
    if with_slack:
        findings += asyncio.run(_slack_findings(settings, *named))
    return findings


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


_WELL = "All is well: settings, database, roster and what is set up of Slack."
_WELL_WITHOUT_SLACK = (
    "All is well: settings, database and roster. Slack is not set up: only `podline serve --api-only` will run."
)
