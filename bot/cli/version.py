"""`podline version`."""

import json
import platform
from typing import Annotated

import typer

from bot import __version__


def print_version(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print the version of Podline and of the Python it runs on."""
    versions = {"podline": __version__, "python": platform.python_version()}
    print(json.dumps(versions) if as_json else f"podline {__version__} (Python {versions['python']})")
