"""Whatever can be typed, set, called or watched is in the manual, and every dependency has its reason."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from sqlalchemy import Engine

from bot.cli.app import app
from bot.clock import SystemClock
from bot.config import VARIABLES
from bot.metrics import Metrics
from bot.roster import entries
from bot.slack.http import PATH
from bot.web.health import Health
from bot.web.site import OPENAPI_URL, site
from commands.grammar import Name
from storage.figures import figures
from storage.unit_of_work import UnitsOfWork
from tests.shared import ROOT


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


REFERENCE = page("reference.md")
DEPENDENCIES = page("dependencies.md").lower()
BY_HAND = page("daily-use.md") + page("administration.md")


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


@pytest.mark.parametrize("name", Name)
def test_each_verb_is_explained_by_hand_beside_its_row_in_the_table(name: Name) -> None:
    spoken = re.findall(r"`(?:/podline |/|@Podline )?(\w+)[^`\n]*`", BY_HAND)

    assert name in spoken, f"say in docs/daily-use.md or docs/administration.md what `{name}` is for"


@pytest.mark.parametrize(
    "key",
    sorted(
        {
            key
            for entry in vars(entries).values()
            if isinstance(entry, type) and issubclass(entry, entries.Entry)
            for key in entry.model_fields
        }
    ),
)
def test_each_key_of_the_roster_is_in_its_page(key: str) -> None:
    assert re.search(rf"\b{key}:|`{key}`", page("roster.md")), f"show `{key}:` in the file of docs/roster.md"


@pytest.mark.parametrize("key", entries.SettingsEntry.model_fields)
def test_each_choice_of_the_firm_is_explained_with_its_default(key: str) -> None:
    default = str(entries.SettingsEntry.model_fields[key].default).lower()

    assert f"| `{key}` | {default} |" in page("roster.md"), f"add `{key}` to the table of settings in docs/roster.md"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_address_over_http_is_in_the_manual(new_uow: UnitsOfWork) -> None:
    made = site(new_uow, SystemClock(), (), Health(), Metrics())
    paths = {*made.openapi()["paths"], PATH, OPENAPI_URL, "/docs"}

    told = page("api.md") + page("operation.md")
    assert [path for path in sorted(paths) if re.sub(r"\{\w+\}", "Q-214", path) not in told] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_figure_is_in_the_manual(engine: Engine) -> None:
    metrics = Metrics()
    metrics.read_from(lambda: figures(engine), SystemClock().now)
    names = re.findall(r"^# TYPE (podline_\w+)", metrics.text().decode(), re.MULTILINE)

    assert names
    assert [name for name in names if not re.search(rf"`{name}[`{{]", page("operation.md"))] == []


@pytest.mark.parametrize("name", direct_dependencies())
def test_each_dependency_has_its_reason(name: str) -> None:
    cells = re.findall(r"^\| ([^|]+) \|", DEPENDENCIES, flags=re.MULTILINE)
    words = {word for cell in cells for word in re.split(r"[\s,]+", cell)}

    # "psycopg 3 with its binary wheel" is how a person says psycopg[binary].
    assert name in words, f"say in docs/dependencies.md why {name} is there"
