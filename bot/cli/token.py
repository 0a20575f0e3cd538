"""`podline token NAME`: a token with which another program may call the API."""

import hashlib
import json
import secrets
from typing import Annotated

import typer

from bot.cli.errors import WRONG_USAGE, fail, say
from bot.config_values import TOKEN_NAME

PREFIX = "podline_"
"""By which a token that leaked is found, and by which the log knows it."""


def make_token(
    name: Annotated[
        str, typer.Argument(help="What it is called in the log, such as the program's name.", metavar="NAME")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a token for the API. It is printed this once; Podline keeps only a hash, in PODLINE_API_TOKENS."""
    if not TOKEN_NAME.fullmatch(name):
        fail(
            f"{name!r} cannot be a token's name: use up to 64 letters, digits, dots, dashes and underscores.",
            WRONG_USAGE,
        )
    token = PREFIX + secrets.token_urlsafe(32)
    line = f"PODLINE_API_TOKENS={name}:{hash_of(token)}"
    if as_json:
        print(json.dumps({"name": name, "token": token, "environment": line}))
        return
    print(token)
    print(line)
    say(
        "The first line is the token, shown only this once; the second goes into Podline's environment. "
        "Several are separated by commas: PODLINE_API_TOKENS=one:...,two:..."
    )


def hash_of(token: str) -> str:
    """What is kept of a token: SHA-256 in lower-case hex. It is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
