"""`podline person`: what the operator does about one person."""

import json
from typing import Annotated

import typer

from bot.cli.errors import fail
from bot.cli.nearest import Group

app = typer.Typer(cls=Group, help="Somebody of the firm: promote.", no_args_is_help=True)


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
