"""`podline person`: what the operator does about one person."""

import json
import sys
from typing import Annotated

import typer

from bot.cli.errors import WRONG_USAGE, fail
from bot.cli.nearest import Group

app = typer.Typer(cls=Group, help="Somebody of the firm: promote, export, forget.", no_args_is_help=True)


@app.callback()
def person() -> None:
    """Somebody of the firm."""


@app.command()
def promote(
    email: Annotated[str, typer.Argument(help="Their e-mail address.", metavar="EMAIL")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make somebody a manager: they may change pods, clients, policies and other people's leave."""
    from bot.cli.database import configured_uow
    from commands.promote import Nobody
    from commands.promote import promote as make_manager

    with configured_uow() as new_uow:
        try:
            who, is_new = make_manager(email, new_uow)
        except Nobody:
            fail(f"Nobody has the e-mail address {email}. They become known by a roster, or by using Podline once.")
    if as_json:
        print(json.dumps({"name": who.name, "email": who.email, "role": who.role.value, "changed": is_new}))
    else:
        print(f"{who.name} is a manager now." if is_new else f"{who.name} is a manager already.")


@app.command()
def export(email: Annotated[str, typer.Argument(help="Their e-mail address.", metavar="EMAIL")]) -> None:
    """Print all that is kept about somebody, of the firm or of a client, as JSON. It is for that person alone."""
    from bot.cli.database import configured_uow
    from commands.personal_data import NothingKept, export_person

    with configured_uow() as new_uow:
        try:
            found = export_person(email, new_uow)
        except NothingKept:
            fail(f"Nothing is kept about anybody of the e-mail address {email}.")
    print(json.dumps(found, ensure_ascii=False, indent=1))


@app.command()
def forget(
    email: Annotated[str, typer.Argument(help="Their e-mail address.", metavar="EMAIL")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; goes with --yes.")] = False,
) -> None:
    """Erase who somebody is, of the firm or of a client, and say what was done. It cannot be taken back."""
    from bot.cli.database import configured_uow
    from commands.personal_data import CannotForget, NothingKept, forget_person

    if not yes and not sys.stdin.isatty():
        fail("This cannot be taken back. Say so with --yes.", WRONG_USAGE)
    if not yes and not typer.confirm(f"Erase who {email} is? This cannot be taken back."):
        fail("Nothing was done.")
    with configured_uow() as new_uow:
        try:
            forgotten = forget_person(email, new_uow)
        except NothingKept:
            fail(f"Nothing is kept about anybody of the e-mail address {email}.")
        except CannotForget as needed:
            fail(f"Nothing was done. {needed}")
    if as_json:
        print(json.dumps({"name": forgotten.name, "erased": forgotten.erased, "kept": forgotten.kept}))
        return
    print(f"{forgotten.name} is forgotten. Erased:")
    for what, count in forgotten.erased.items():
        print(f"  {what}: {count}")
    print("Kept, and why it is told here:")
    for what in forgotten.kept:
        print(f"  {what}")
