"""Every command and every setting is in the reference, every dependency has its reason."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli.app import app
from bot.config import VARIABLES
from tests.shared import ROOT

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()


def commands(command: Any, path: str = "podline") -> Iterator[str]:
    """The path of each command that does something, as it is typed."""
    below = getattr(command, "commands", None)
    if not below:
        yield path
        return
    for name, subcommand in below.items():
        yield from commands(subcommand, f"{path} {name}")


def variables_in_the_code() -> set[str]:
    """What looks like a variable of ours anywhere in the program."""
    found: set[str] = set()
    for package in ("bot", "commands", "coverage", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            found |= set(re.findall(r"""["'](PODLINE_[A-Z_]*[A-Z])["']""", path.read_text(encoding="utf-8")))
    return found


def direct_dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = (re.match(r"[A-Za-z0-9._-]+", entry) for entry in wanted if isinstance(entry, str))
    return [name.group().lower() for name in names if name]


@pytest.mark.parametrize("command", sorted(commands(typer.main.get_command(app))))
def test_each_command_is_in_the_reference(command: str) -> None:
    assert re.search(rf"`{re.escape(command)}[` ]", REFERENCE), f"add `{command}` to docs/reference.md"


@pytest.mark.parametrize("variable", sorted({*VARIABLES, *variables_in_the_code()}))
def test_each_variable_is_in_the_reference(variable: str) -> None:
    assert f"| `{variable}` |" in REFERENCE, f"add `{variable}` to the table in docs/reference.md"


@pytest.mark.parametrize("name", direct_dependencies())
def test_each_dependency_has_its_reason(name: str) -> None:
    cells = re.findall(r"^\| ([^|]+) \|", DEPENDENCIES, flags=re.MULTILINE)
    words = {word for cell in cells for word in re.split(r"[\s,]+", cell)}

    # "psycopg 3 with its binary wheel" is how a person says psycopg[binary].
    assert name in words, f"say in docs/dependencies.md why {name} is there"
