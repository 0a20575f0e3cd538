"""`podline manifest`: what to paste where Slack asks for an app manifest."""

import json
from typing import Annotated

import typer

from bot.cli.errors import WRONG_USAGE, fail


def print_manifest(
    url: Annotated[
        str | None,
        typer.Option(help="Where Slack reaches Podline, for example https://podline.firm.example: the HTTP form."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of YAML; Slack takes both.")] = False,
) -> None:
    """Print the Slack app manifest: for Socket Mode, or with --url for HTTP."""
    from bot.config_values import is_web_address
    from bot.slack.manifest import as_yaml, manifest

    if url is not None and not (is_web_address(url) and url.startswith("https://")):
        fail("--url must be an address that starts with https://: Slack calls no other.", WRONG_USAGE)
    content = manifest(url)
    print(json.dumps(content, indent=2) if as_json else as_yaml(content), end="\n" if as_json else "")
