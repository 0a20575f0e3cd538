"""The manual: its tables are the code's, its links lead somewhere, and the commands it prints are commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.app import app
from bot.manual import TABLES, refreshed
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.slack.manifest import SLASH_COMMANDS
from commands.grammar import Command, parse
from commands.roster import import_roster
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.shared import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))])
TEXT = {page: page.read_text(encoding="utf-8") for page in PAGES}
_LINK = re.compile(r"\]\((?!https?:)(?P<page>[^)#\s]*)(?:#(?P<heading>[^)\s]+))?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_that_are_made_from_the_code_say_what_the_code_says(page: Path) -> None:
    assert TEXT[page] == refreshed(TEXT[page]), "run: make manual"


def test_every_table_that_is_made_stands_somewhere() -> None:
    everything = "".join(TEXT.values())

    assert [name for name in TABLES if f"<!-- made: {name} -->" not in everything] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.finditer(TEXT[page]):
        to = (page.parent / link["page"]).resolve() if link["page"] else page
        assert to.exists(), f"{link['page']} is not there"
        if link["heading"] is not None:
            assert link["heading"] in headings(to), f"{to.name} has no heading #{link['heading']}"


def headings(page: Path) -> set[str]:
    """The anchors GitHub makes of a page's headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_page_is_reached_from_the_readme_and_from_the_beginning_of_the_manual() -> None:
    for start in (ROOT / "README.md", DOCS / "README.md"):
        reached, ahead = set[Path](), [start]
        while ahead:
            page = ahead.pop()
            if page in TEXT and page not in reached:
                reached.add(page)
                ahead += [(page.parent / link["page"]).resolve() for link in _LINK.finditer(TEXT[page]) if link["page"]]
        assert [page.name for page in PAGES if page.parent == DOCS and page not in reached] == []


def printed(text: str) -> Iterator[str]:
    """The command lines a page prints, in code in a line or in a block of it."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4,}(.+)$", text, re.MULTILINE)
    for line in [*"\n".join(blocks).splitlines(), *indented, *re.findall(r"`([^`\n]+)`", text)]:
        found = re.match(r"(?:\$ )?(?:\.venv/bin/)?(podline|make) (\S.*)", line.strip())
        if found:
            yield re.split(r"\s{2,}|\s#|\s>", f"{found[1]} {found[2]}")[0].strip()


COMMAND_LINES = sorted({line for text in TEXT.values() for line in printed(text)})


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("podline ")])
def test_each_command_line_is_one_that_podline_understands(line: str) -> None:
    command: Any = typer.main.get_command(app)
    words = line.split()[1:]
    while words and getattr(command, "commands", None):
        name = words.pop(0)
        if name == "COMMAND":
            return
        assert name in command.commands, f"podline has no {name}"
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
    assert {word.rstrip(",.") for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if line.startswith("make ")])
def test_each_make_is_a_target(line: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert line.split()[1] in targets


def said() -> list[str]:
    """The lines that are typed in a chat, in code anywhere in the manual, as their verb and what follows it."""
    spans = re.findall(r"`(/podline |/|@Podline )([a-z][^`\n]*)`", "".join(TEXT.values()))
    return sorted({f"{'/' if start == '/' else ''}{line}" for start, line in spans if f"/{line}" not in _NO_COMMANDS})


_NO_COMMANDS = (
    "/podline",
    "/slack/events",
    "/api/messages",
    "/docs",
    "/openapi.json",
    "/metrics",
    "/healthz",
    "/readyz",
    "/api/",
    "/invite @Podline",
)


@pytest.mark.parametrize("line", said())
def test_each_line_to_type_in_slack_is_understood(line: str) -> None:
    first = line.split()[0]

    assert isinstance(parse(line), Command)
    assert first in SLASH_COMMANDS or not first.startswith("/"), f"write /podline {line.lstrip('/')}"


def test_the_roster_to_begin_with_is_a_roster(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    example = (DOCS / "example-roster.yaml").read_text(encoding="utf-8")

    import_roster(roster_of(document_of(example)), UnitsOfWork(engine))

    with UnitsOfWork(engine).reading() as uow:
        assert [pod.name for pod in uow.firm().pods.values()] == ["North"]
    engine.dispose()
