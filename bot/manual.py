"""The tables of the manual that are made from the code: what can be said, who may, what Podline may do on a platform.

``make manual`` (``python -m bot.manual docs``) writes them anew into the pages, between two comments each; a test fails
while a page does not have what the code says.
"""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.slack.manifest import BOT_EVENTS, BOT_SCOPES, SLASH_COMMANDS
from bot.teams.manifest import OFFERED
from commands.grammar import USAGE
from commands.permission_table import ROWS, Who, cell
from commands.permissions import WHO_MAY, WHO_MAY_ACT


def refreshed(page: str) -> str:
    """The page with every table in it made anew. Raises KeyError for one that nobody makes."""
    return _PLACE.sub(lambda found: f"{found['begin']}{TABLES[found['name']]()}{found['end']}", page)


_PLACE = re.compile(r"(?P<begin><!-- made: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def _verbs() -> str:
    own = {command.removeprefix("/") for command in SLASH_COMMANDS}
    rows = (
        (f"`{'/' if name in own else '/podline '}{usage.form}`", usage.does, f"`{usage.example}`")
        for name, usage in USAGE.items()
    )
    return _table(("in Slack", "what it does", "for example"), rows)


def _permissions() -> str:
    return _table(("", *Who), ((f"`{row}`", *(cell(row, who) for who in Who)) for row in ROWS))


def _who_may() -> str:
    return _table(("", "who may"), ((f"`{row}`", may) for row, may in (WHO_MAY | WHO_MAY_ACT).items()))


def _scopes() -> str:
    return _table(("scope", "what it is for"), ((f"`{scope}`", why) for scope, why in BOT_SCOPES.items()))


def _events() -> str:
    return _table(("event", "what Podline does with it"), ((f"`{name}`", what) for name, what in BOT_EVENTS.items()))


def _offered_in_teams() -> str:
    rows = ((f"`{name}`", USAGE[name].does, f"`@Podline {USAGE[name].example}`") for name in OFFERED)
    return _table(("Teams offers", "what it does", "for example"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "verbs": _verbs,
    "permissions": _permissions,
    "who-may": _who_may,
    "scopes": _scopes,
    "events": _events,
    "offered-in-teams": _offered_in_teams,
}


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [[text.replace("|", _BAR) for text in line] for line in (head, *rows)]
    written = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([written[0], "|---" * len(lines[0]) + "|", *written[1:]]) + "\n"


_BAR = "\\|"
"""A bar that parts no cells, also inside of code."""


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.md")):
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
