"""`podline hours`: answers for programs and for people, and one clear line when something is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.hours import app

CASES = Path(__file__).parents[2] / "data" / "service_hours.json"
UK = {"tz": "Europe/London", "week": {day: [["09:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}}


def hours(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def a_calendar(folder: Path, **more: object) -> Path:
    return a_file(folder, json.dumps({**UK, **more}))


def a_file(folder: Path, text: str) -> Path:
    path = folder / "calendar.json"
    path.write_text(text)
    return path


def refused(result: Result, code: int) -> str:
    """The one line of a refusal: never a traceback, nothing else on either stream."""
    assert result.exit_code == code
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("2026-11-20T17:20", "30m", "2026-11-23T09:20:00Z"),
        ("2026-07-03T17:20", "1800s", "2026-07-06T08:20:00Z"),
        ("2026-11-20T12:00:00Z", "2d", "2026-11-24T12:00:00Z"),
        ("2026-11-20T12:00:00.250Z", "1h", "2026-11-20T13:00:00.250000Z"),
    ],
)
def test_a_deadline_for_programs_is_in_utc(tmp_path: Path, start: str, duration: str, due: str) -> None:
    result = hours("deadline", "--calendar", a_calendar(tmp_path), "--start", start, "--for", duration, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"deadline": due}


def test_a_deadline_for_people_is_a_sentence_in_local_time(tmp_path: Path) -> None:
    result = hours("deadline", "--calendar", a_calendar(tmp_path), "--start", "2026-07-03T17:20", "--for", "30m")

    assert result.stdout == "Due on Monday, 6 July 2026 at 09:20:00 in Europe/London (2026-07-06T08:20:00Z).\n"


def test_elapsed_service_time_leaves_out_closed_hours_and_pauses(tmp_path: Path) -> None:
    calendar = a_calendar(tmp_path, pauses=[["2026-11-20T17:00", "2026-11-23T09:15"]])
    span = ("--calendar", calendar, "--start", "2026-11-20T16:00", "--end", "2026-11-23T09:30:00.500Z")

    assert json.loads(hours("elapsed", *span, "--json").stdout) == {"seconds": 4500.5}
    assert hours("elapsed", *span).stdout == "1h15m of service time (4500.5 seconds).\n"


def test_whole_seconds_are_whole_numbers(tmp_path: Path) -> None:
    span = ("--calendar", a_calendar(tmp_path), "--start", "2026-11-20T16:00", "--end", "2026-11-20T17:00")

    assert hours("elapsed", *span, "--json").stdout == '{"seconds": 3600}\n'


@pytest.mark.parametrize(("verb", "op", "count"), [("deadline", "deadline", 103), ("elapsed", "elapsed_seconds", 24)])
def test_a_whole_case_file_is_worked_out_in_order(verb: str, op: str, count: int) -> None:
    cases = [case for case in json.loads(CASES.read_text())["cases"] if case["op"] == op]

    result = hours(verb, "--cases", CASES)

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line["id"] for line in lines] == [case["id"] for case in cases]
    assert len(lines) == count


def test_expected_values_are_never_read(tmp_path: Path) -> None:
    case = {"id": "A", "op": "deadline", "calendar": UK, "start": "2026-11-20T17:20", "for": "2d", "expected": "never"}

    result = hours("deadline", "--cases", a_file(tmp_path, json.dumps([case])))

    assert json.loads(result.stdout) == {"id": "A", "deadline": "2026-11-24T17:20:00Z"}


def test_a_broken_case_does_not_stop_the_others(tmp_path: Path) -> None:
    good: dict[str, object] = {"op": "deadline", "calendar": UK, "start": "2026-11-20T17:20", "seconds": 1800}
    broken: list[dict[str, object]] = [
        {**good, "calendar": {"tz": "UTC"}},
        {**good, "calendar": None},
        {**good, "start": "soon"},
        {**good, "seconds": -1},
        {**good, "seconds": float("inf")},
        {**good, "seconds": "1800"},
        {"op": "deadline", "calendar": {**UK, "pauses": [["2026-11-20T17:00", None]]}, "start": "2026-11-20T17:20"},
    ]
    cases = [{**case, "id": number} for number, case in enumerate([*broken, good])]

    result = hours("deadline", "--cases", a_file(tmp_path, json.dumps({"cases": cases})))

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(line) for line in lines] == [{"id", "error"}] * len(broken) + [{"id", "deadline"}]
    assert result.exit_code == 1
    assert "7 of the cases" in result.stderr


def test_what_is_missing_on_the_command_line_is_named(tmp_path: Path) -> None:
    calendar = ("--calendar", a_calendar(tmp_path))

    assert "--for 4h" in refused(hours("deadline", *calendar, "--start", "2026-11-20T17:20"), 2)
    assert "--end ISO" in refused(hours("elapsed", *calendar, "--start", "2026-11-20T17:20"), 2)
    assert "--for: " in refused(hours("deadline", *calendar, "--start", "2026-11-20T17:20", "--for", "4 hours"), 2)
    assert "--start: " in refused(hours("deadline", *calendar, "--start", "Friday", "--for", "4h"), 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON"),
        ("\xff\xfe", "is not JSON"),
        ("[]", "A calendar is an object"),
        ('{"tz": "Europe/Lodnon", "week": {"mon": [["09:00", "17:00"]]}}', 'Did you mean "Europe/London"'),
        ('{"tz": "UTC", "week": {"mon": []}}', "never open"),
        ('{"tz": "UTC", "date_hours": {"2020-01-01": [["09:00", "17:00"]]}}', "do not open often enough"),
        ('{"tz": "UTC", "week": "Mon 09:00-10:00", "pauses": [["2026-11-20T17:00", null]]}', "no end yet"),
    ],
)
def test_a_calendar_that_cannot_answer_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    result = hours("deadline", "--calendar", a_file(tmp_path, text), "--start", "2026-11-20T17:20", "--for", "4h")

    assert says in refused(result, 1)


@pytest.mark.parametrize("option", ["--calendar", "--cases"])
def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path, option: str) -> None:
    result = hours("deadline", option, tmp_path / "none.json", "--start", "2026-11-20T17:20", "--for", "4h")

    assert "cannot be read" in refused(result, 1)


def test_a_file_without_cases_is_one_clear_line(tmp_path: Path) -> None:
    assert "has no list of cases" in refused(hours("elapsed", "--cases", a_calendar(tmp_path)), 1)
