"""A command that does not exist: the nearest one is named, where one is near enough to be meant."""

from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

_NEAR_ENOUGH = 0.7
"""Of 1; Typer's own 0.6 takes "bogus" for "hours"."""


class Group(TyperGroup):
    """Commands, of which a misspelt one is told the nearest."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.suggest_commands = False
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException as usage:
            nearest = get_close_matches(args[0], self.commands, n=1, cutoff=_NEAR_ENOUGH) if args else []
            if nearest:
                usage.message = f"{usage.message.rstrip('.')}. Did you mean '{nearest[0]}'?"
            raise
