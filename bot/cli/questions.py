"""`podline questions` and `podline explain`: what there is, and why it went where it went."""

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.errors import WRONG_USAGE, fail

if TYPE_CHECKING:
    from commands.look import Shown
    from commands.views import Page

MOST = 10_000
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def questions(
    status: Annotated[str | None, typer.Option(help="Only those in this state.")] = None,
    client: Annotated[str | None, typer.Option(help="Only this client's, by name or alias.")] = None,
    pod: Annotated[str | None, typer.Option(help="Only this pod's, by name.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List questions, newest first."""
    from bot.cli.database import configured_uow
    from commands.look import ListQuery, UnknownName, look_through
    from coverage.question import Status

    if status is not None and status not in [*Status]:
        fail(f"There is no status {status!r}. There are: {', '.join(Status)}.", WRONG_USAGE)
    query = ListQuery(Status(status) if status else None, client, pod, None, limit)
    with configured_uow() as new_uow:
        try:
            found, more = look_through(query, new_uow)
        except UnknownName as unknown:
            fail(f"There is nothing to list: {unknown}.")
    if as_json:
        print(json.dumps({"questions": [_as_json(one) for one in found], "more": more is not None}))
        return
    _print_table(found)
    if more is not None:
        print(f"There are more; --limit {min(limit * 2, MOST)} shows more of them.")


def explain(
    number: Annotated[str, typer.Argument(help="Which question: Q-214.", metavar="Q-214")], as_json: AsJson = False
) -> None:
    """Say why a question went where it went, when, and which rule set each deadline."""
    from bot.cli.database import configured_uow
    from commands.explain import explain_to_operator
    from commands.look import look
    from commands.ports import UnknownQuestion
    from commands.views import plain_text
    from coverage.ids import QuestionNumber

    written = re.fullmatch(r"(?:[Qq]-)?([0-9]{1,9})", number)
    if written is None:
        fail(f"{number!r} is no question. An id looks like Q-214.", WRONG_USAGE)
    which = QuestionNumber(int(written[1]))
    with configured_uow() as new_uow:
        try:
            page, shown = explain_to_operator(which, new_uow), look(which, new_uow)
        except UnknownQuestion:
            fail(f"There is no question Q-{which}.")
    if as_json:
        print(json.dumps({**_as_json(shown), "explanation": [plain_text(one) for one in page.paragraphs]}))
        return
    print(_in_words(page))


def _in_words(page: "Page") -> str:
    """One line for each paragraph, a blank one above each heading, and once at the top which zone the times are in."""
    from commands.views import Bold, When, plain_text

    zones = {segment.timezone for paragraph in page.paragraphs for segment in paragraph if isinstance(segment, When)}
    lines = [page.title, *([f"All times: {', '.join(sorted(zones))}"] if zones else []), ""]
    for paragraph in page.paragraphs:
        lines += ["", plain_text(paragraph)] if isinstance(paragraph[0], Bold) else [plain_text(paragraph)]
    return "\n".join(lines)


def _as_json(shown: "Shown") -> dict[str, object]:
    from bot.web.api_forms import QuestionShown, QuestionWithHistory

    form = QuestionWithHistory if shown.history else QuestionShown
    return form.of(shown).model_dump(mode="json")


def _print_table(found: list["Shown"]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not found:
        print("No questions.")
        return
    table = Table("Id", "Status", "Client", "Pod", "Has it", "Claim due (UTC)", "Asked", box=None)
    for one in found:
        owner = one.claimed_by.name if one.claimed_by else ""
        words = " ".join(one.text.split())[:60]
        cells = [f"Q-{one.number}", one.status.value, one.client or "?", one.pod, owner, _short(one.claim_due), words]
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)


def _short(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" if at else ""
