"""The podline command: what it can be told, each part in a module of its own."""

from collections.abc import Sequence
from typing import Annotated

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_group

from bot.cli import (
    backup,
    demo,
    doctor,
    feeds,
    hours,
    leave,
    manifest,
    migrate,
    person,
    questions,
    roster,
    serve,
    teams,
    token,
    version,
)
from bot.cli.errors import exit_code_of
from bot.cli.nearest import Group

HELP = ["-h", "--help"]

app = typer.Typer(
    cls=Group,
    help="Puts every client's question in front of somebody who knows the client and is in today.",
    epilog="What each command and setting does: docs/reference.md. To look around without an account: podline demo.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP},
)
app.add_typer(hours.app, name="hours")
app.command("manifest")(manifest.print_manifest)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.command("migrate")(migrate.migrate)
app.add_typer(roster.importing, name="import")
app.add_typer(roster.exporting, name="export")
app.add_typer(person.app, name="person")
app.add_typer(leave.app, name="leave")
app.add_typer(feeds.app, name="feeds")
app.command("questions")(questions.questions)
app.command("explain")(questions.explain)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("token")(token.make_token)
app.add_typer(teams.app, name="teams")
app.command("version")(version.print_version)


@app.callback(invoke_without_command=True)
def podline(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if show_version:
        version.print_version()
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (else the command line) say; returns the exit code, raises nothing."""
    return exit_code_of(lambda: _command()(args=arguments, prog_name="podline", standalone_mode=False))


def _command() -> TyperGroup:
    command = get_group(app)
    _show_no_type_for_flags(command)
    return command


def _show_no_type_for_flags(command: TyperGroup | TyperCommand) -> None:
    """Nothing is written after a flag, and Typer's help says ``<bool>`` there."""
    asking = command.get_help_option(typer.Context(command, help_option_names=HELP))
    for option in (*command.params, asking):
        if isinstance(option, TyperOption) and option.is_flag:
            option.metavar = ""
    for inner in command.commands.values() if isinstance(command, TyperGroup) else ():
        if isinstance(inner, TyperGroup | TyperCommand):
            _show_no_type_for_flags(inner)
