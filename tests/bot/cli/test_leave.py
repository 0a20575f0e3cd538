"""`podline leave`: answers for programs and for people, and one clear line when something is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.leave import app

DATA = Path(__file__).parents[2] / "data" / "leave"
PEOPLE = [
    {"name": "Ann Lee", "email": "ann.lee@example.com", "timezone": "Europe/London", "country": "GB", "slack": "U1"},
    {"name": "Bo Chen", "email": "bo.chen@example.com", "timezone": "Europe/London", "aliases": ["Bobo"]},
    {"name": "Cara Diaz", "email": "cara.diaz@example.com", "tz": "Europe/Madrid"},
    {"name": "Dan Roe", "email": "dan.roe@example.com", "country": "NO"},
]
MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.json"
    path.write_text(json.dumps({"people": PEOPLE, "pods": "whatever else stands there"}))
    return path


def leave(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refused(result: Result, code: int) -> str:
    """The one line of a refusal: never a traceback."""
    assert result.exit_code == code
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("command", ["preview", "events"])
def test_a_day_beyond_all_calendars_is_refused(roster: Path, command: str) -> None:
    people = ("--roster", roster, "--kind", "team") if command == "preview" else ()

    result = leave(command, DATA / "L04.ics", *people, "--from", "0001-01-01", "--to", "9999-12-31")

    assert refused(result, 2) == "--from 0001-01-01 is too far away. Years from 1900 to 2200 are read."


def test_a_preview_for_programs_has_the_form_of_the_contract(roster: Path) -> None:
    result = leave("preview", DATA / "L04.ics", "--roster", roster, "--kind", "team", *MARCH, "--json")

    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["absences"] == [
        {
            "person": "ann.lee@example.com",
            "kind": "annual",
            "from": "2026-03-02",
            "to": "2026-03-04",
            "half_days": [],
            "uid": "b1@bamboohr.example",
        },
        {
            "person": "bo.chen@example.com",
            "kind": "sick",
            "from": "2026-03-06",
            "to": "2026-03-06",
            "half_days": [{"date": "2026-03-06", "half": "unknown"}],
            "uid": "b2@bamboohr.example",
        },
    ]
    assert [one["uid"] for one in answer["not_away"]] == ["b4@bamboohr.example"]
    assert [(one["uid"], one["candidates"]) for one in answer["needs_human"]] == [("b3@bamboohr.example", [])]
    assert "changes" not in answer


def test_a_second_fetch_adds_what_changed(roster: Path) -> None:
    flags = ("--roster", roster, "--kind", "team", "--from", "2026-01-01", "--to", "2026-03-31", "--json")
    result = leave(
        "preview", DATA / "L39b.ics", "--previous", DATA / "L39a.ics", "--now", "2026-03-01T12:00:00Z", *flags
    )

    assert {(one["uid"], one["change"]) for one in json.loads(result.stdout)["changes"]} == {
        ("m1", "moved"),
        ("m2", "removed"),
        ("m3", "shortened"),
        ("m5", "added"),
    }


def test_a_second_fetch_that_is_not_believed_is_refused_with_the_reason(roster: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.ics"
    empty.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    flags = ("--roster", roster, "--kind", "team", *MARCH, "--now", "2026-03-01T12:00:00Z", "--json")

    result = leave("preview", empty, "--previous", DATA / "L39a.ics", *flags)

    assert "no event at all" in refused(result, 1)
    assert result.stdout == ""


def test_a_preview_for_people_names_them(roster: Path) -> None:
    result = leave("preview", DATA / "L01.ics", "--roster", roster, "--kind", "team", *MARCH)

    assert "Ann Lee: Mon 02 Mar 2026 - Fri 06 Mar 2026 (annual)" in result.stdout
    assert ": working" in result.stdout


def test_a_yaml_roster_is_read_too(tmp_path: Path) -> None:
    roster = tmp_path / "roster.yaml"
    roster.write_text("people:\n  - {name: Ann Lee, email: ann.lee@example.com, country: NO}\n")

    result = leave(
        "preview",
        DATA / "L14.ics",
        "--roster",
        roster,
        "--kind",
        "personal",
        *MARCH,
        "--json",
        "--owner",
        "Ann.Lee@example.com",
    )

    assert {one["person"] for one in json.loads(result.stdout)["absences"]} == {"ann.lee@example.com"}


def test_events_are_printed_raw(tmp_path: Path) -> None:
    result = leave("events", DATA / "L18.ics", "--from", "2026-03-01", "--to", "2026-03-09", "--json")

    assert json.loads(result.stdout) == {
        "import": "ok",
        "why": None,
        "warnings": [],
        "spans": [
            {
                "uid": "z1",
                "start": "2026-03-02",
                "end": "2026-03-05",
                "all_day": True,
                "status": "CANCELLED",
                "transp": None,
                "summary": "Ann Lee - Annual leave",
            }
        ],
    }


def test_an_import_error_prints_its_json_and_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.ics"
    page.write_text("<html>Please sign in</html>")

    result = leave("events", page, "--from", "2026-03-01", "--to", "2026-04-01", "--json")

    assert "web page" in refused(result, 1)
    answer = json.loads(result.stdout)
    assert (answer["import"], answer["spans"]) == ("error", [])
    assert "web page" in answer["why"]


def test_a_refused_series_is_capped_and_the_rest_is_printed(tmp_path: Path) -> None:
    calendar = tmp_path / "endless.ics"
    text = (DATA / "L09.ics").read_text(encoding="utf-8")
    calendar.write_text(text.replace("SUMMARY:Ann on leave", "SUMMARY:Ann on leave\nRRULE:FREQ=SECONDLY"))

    result = leave("events", calendar, "--from", "2026-03-01", "--to", "2026-04-01", "--json")

    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["import"]) == (0, "capped")
    assert "secondly" in answer["why"]
    assert {span["uid"] for span in answer["spans"]} == {"s2", "s3", "s4"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "personal", *MARCH), "--owner"),
        (("--kind", "personal", "--owner", "nobody@example.com", *MARCH), "nobody@example.com"),
        (("--kind", "holidays", *MARCH), "--country"),
        (("--kind", "team", "--from", "2026-03-32", "--to", "2026-04-01"), "--from 2026-03-32"),
        (("--kind", "team", "--from", "2026-03-02", "--to", "2026-03-01"), "before"),
        (("--kind", "team", *MARCH, "--now", "yesterday"), "--now yesterday"),
    ],
)
def test_flags_that_do_not_fit_are_wrong_usage(roster: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(leave("preview", DATA / "L01.ics", "--roster", roster, *arguments), 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("pods: []", "no people"),
        ("people:\n  - {name: Ann Lee}", "email"),
        ("people:\n  - {name: A, email: a@x.example, timezone: Mars/Olympus}", "Mars/Olympus"),
        ("people:\n  - {name: A, email: a@x.example}\n  - {name: B, email: A@x.example}", "twice"),
    ],
)
def test_a_roster_without_usable_people_is_refused(tmp_path: Path, content: str, says: str) -> None:
    roster = tmp_path / "roster.yaml"
    roster.write_text(content)

    assert says in refused(leave("preview", DATA / "L01.ics", "--roster", roster, "--kind", "team", *MARCH), 1)


def test_a_preview_for_people_names_what_is_not_leave_by_its_title_and_day(roster: Path) -> None:
    result = leave("preview", DATA / "L04.ics", "--roster", roster, "--kind", "team", *MARCH)

    assert "b4@bamboohr.example" not in result.stdout
    assert " Mar 2026: " in result.stdout.partition("Not leave")[2]
