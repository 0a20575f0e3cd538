"""`podline hours`: when a target is due, and how much service time has passed, for a calendar in a file."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.cli.errors import WRONG_USAGE, fail
from bot.cli.nearest import Group
from coverage.calendar_file import Calendar, read_calendar, read_instant
from coverage.durations import Duration, InvalidDuration, ServiceTime, parse_duration
from coverage.service_hours import NeverOpen, StillPaused
from coverage.timetable import InvalidTimetable
from coverage.wall_clock import zone_of

app = typer.Typer(cls=Group, help="Service hours: deadlines and elapsed service time.", no_args_is_help=True)

_REFUSALS = (InvalidTimetable, InvalidDuration, NeverOpen, StillPaused)

Answer = TypeVar("Answer")

CalendarFile = Annotated[
    Path | None,
    typer.Option(
        "--calendar",
        help="JSON file: tz, week, holidays, date_hours, pauses; docs/reference.md shows one.",
        metavar="FILE",
    ),
]
CasesFile = Annotated[
    Path | None, typer.Option("--cases", help="Work out a whole file of cases, one JSON line each.", metavar="FILE")
]
Start = Annotated[
    str | None, typer.Option(help="ISO time; without an offset it is local to the calendar.", metavar="ISO")
]
End = Annotated[str | None, typer.Option(help="ISO time, like --start.", metavar="ISO")]
For = Annotated[str | None, typer.Option("--for", help="90s, 30m, 4h, 1h30m, or 2d for open days.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@app.command()
def deadline(
    calendar: CalendarFile = None,
    start: Start = None,
    duration: For = None,
    cases: CasesFile = None,
    as_json: AsJson = False,
) -> None:
    """When a target is due that counts from --start, in service hours."""
    if cases is not None:
        _work_out(cases, "deadline", _deadline_of_case)
        return
    if calendar is None or start is None or duration is None:
        fail("Give --calendar FILE, --start ISO and --for 4h, or --cases FILE.", WRONG_USAGE)
    known = _read_calendar_file(calendar)
    begin, target = _instant("--start", start, known), _duration(duration)
    due = _answered(lambda: known.hours.deadline(begin, target, known.pauses))
    typer.echo(json.dumps({"deadline": _iso(due)}) if as_json else _due_sentence(due, known))


@app.command()
def elapsed(
    calendar: CalendarFile = None,
    start: Start = None,
    end: End = None,
    cases: CasesFile = None,
    as_json: AsJson = False,
) -> None:
    """How much service time passes from --start to --end."""
    if cases is not None:
        _work_out(cases, "elapsed_seconds", _elapsed_of_case)
        return
    if calendar is None or start is None or end is None:
        fail("Give --calendar FILE, --start ISO and --end ISO, or --cases FILE.", WRONG_USAGE)
    known = _read_calendar_file(calendar)
    begin, until = _instant("--start", start, known), _instant("--end", end, known)
    passed = _answered(lambda: known.hours.elapsed(begin, until, known.pauses))
    typer.echo(json.dumps({"seconds": _seconds(passed)}) if as_json else _elapsed_sentence(passed))


def _work_out(path: Path, kind: str, work_out: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """One line for each case of the kind, in order; one that cannot be worked out does not stop the rest."""
    failed = 0
    for case in _cases_of(path, kind):
        line = {"id": case.get("id")}
        try:
            line |= work_out(case)
        except _REFUSALS as problem:
            failed += 1
            line["error"] = str(problem)
        typer.echo(json.dumps(line))
    if failed:
        fail(f'{failed} of the cases in {path} cannot be worked out; their lines say why ("error").')


def _cases_of(path: Path, kind: str) -> Iterator[dict[str, object]]:
    content = _read_json(path)
    cases = content.get("cases") if isinstance(content, dict) else content
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        fail(f'{path} has no list of cases. It looks like {{"cases": [{{"id": "A1", "op": "{kind}", ...}}]}}.')
    return (case for case in cases if case.get("op") == kind)


def _deadline_of_case(case: dict[str, object]) -> dict[str, object]:
    known = read_calendar(case.get("calendar"))
    start = read_instant(case.get("start"), known.hours.timezone)
    return {"deadline": _iso(known.hours.deadline(start, _target_of(case), known.pauses))}


def _elapsed_of_case(case: dict[str, object]) -> dict[str, object]:
    known = read_calendar(case.get("calendar"))
    start, end = (read_instant(case.get(name), known.hours.timezone) for name in ("start", "end"))
    return {"seconds": _seconds(known.hours.elapsed(start, end, known.pauses))}


def _target_of(case: dict[str, object]) -> Duration:
    seconds = case.get("seconds")
    if seconds is None:
        return parse_duration(str(case.get("for", "")))
    if isinstance(seconds, (int, float)) and seconds >= 0 and float(seconds).is_integer():
        return parse_duration(f"{int(seconds)}s")
    raise InvalidDuration(str(seconds), "is not a number of whole seconds, zero or more.")


def _read_calendar_file(path: Path) -> Calendar:
    try:
        return read_calendar(_read_json(path))
    except InvalidTimetable as problem:
        fail(f"{path}: {problem}")


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        fail(f"{path} cannot be read: {problem.strerror}. Check the path.")
    except json.JSONDecodeError as problem:
        fail(f"{path} is not JSON: {problem.msg} in line {problem.lineno}. Mend the file.")
    except (UnicodeDecodeError, RecursionError):
        fail(f"{path} is not a JSON text in UTF-8. Check that it is the right file.")


def _instant(option: str, text: str, calendar: Calendar) -> datetime:
    try:
        return read_instant(text, calendar.hours.timezone)
    except InvalidTimetable as problem:
        fail(f"{option}: {problem}", WRONG_USAGE)


def _duration(text: str) -> Duration:
    try:
        return parse_duration(text)
    except InvalidDuration as problem:
        fail(f"--for: {problem}", WRONG_USAGE)


def _answered(question: Callable[[], Answer]) -> Answer:
    try:
        return question()
    except _REFUSALS as problem:
        fail(str(problem))


def _due_sentence(due: datetime, calendar: Calendar) -> str:
    local = due.astimezone(zone_of(calendar.hours.timezone))
    return f"Due on {local:%A, %-d %B %Y at %H:%M:%S} in {calendar.hours.timezone} ({_iso(due)})."


def _elapsed_sentence(passed: timedelta) -> str:
    return f"{ServiceTime(int(passed.total_seconds()))} of service time ({_seconds(passed)} seconds)."


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _seconds(passed: timedelta) -> int | float:
    seconds = passed.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
