"""The commands that work on the database: what they print, what they refuse, and their exit codes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.app import run
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ROSTER, ask_for_acme, set_up_small_firm

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def firm(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A configured database with the small firm and one question in it."""
    engine = open_engine(sqlite_url)
    set_up_small_firm(UnitsOfWork(engine))
    ask_for_acme("How do we post\nthis [bold]invoice[/bold]?", UnitsOfWork(engine), MONDAY)
    engine.dispose()
    monkeypatch.setenv("PODLINE_DATABASE_URL", sqlite_url)
    return sqlite_url


def roster_file(folder: Path, written: str = ROSTER) -> str:
    file = folder / "roster.yaml"
    file.write_text(written, encoding="utf-8")
    return str(file)


def test_a_roster_may_be_the_first_thing_that_is_ever_imported(folder: Path, capsys: Captured) -> None:
    first = run(["import", "roster", roster_file(folder)])
    again = run(["import", "roster", roster_file(folder)])

    printed = capsys.readouterr().out
    assert (first, again) == (0, 0)
    assert "added client Acme Ltd" in printed
    assert "9 changes." in printed
    assert printed.endswith("Nothing to change: all of the file is stored already.\n")


def test_a_mistake_in_a_roster_is_a_line_and_exit_code_1(folder: Path, capsys: Captured) -> None:
    code = run(["import", "roster", roster_file(folder, ROSTER.replace("role: manager", "role: boss"))])

    said = capsys.readouterr().err.splitlines()
    assert code == 1
    assert "line 3: people[0] (Ann Lee).role" in said[0]
    assert said[-1].startswith("Nothing was changed")


def test_a_file_that_is_not_there_is_said_by_name(capsys: Captured) -> None:
    assert run(["import", "roster", "nowhere.yaml"]) == 1
    assert "nowhere.yaml: no such file or directory" in capsys.readouterr().err


def test_what_is_exported_can_be_imported(firm: str, folder: Path, capsys: Captured) -> None:
    run(["export", "roster"])
    as_yaml = capsys.readouterr().out
    run(["export", "roster", "--json"])
    as_json = capsys.readouterr().out

    for written in (as_yaml, as_json):
        assert run(["import", "roster", roster_file(folder, written), "--prune", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["changes"] == []


def test_a_dry_run_makes_no_database(folder: Path, capsys: Captured) -> None:
    assert run(["import", "roster", roster_file(folder), "--dry-run"]) == 1
    assert "podline migrate" in capsys.readouterr().err
    assert not (folder / "podline.db").exists()


def test_questions_are_listed_for_people_and_for_programs(firm: str, capsys: Captured) -> None:
    run(["questions"])
    table = capsys.readouterr().out
    run(["questions", "--status", "routed", "--client", "Acme", "--pod", "North", "--json"])
    listed = json.loads(capsys.readouterr().out)

    assert "Q-1" in table
    assert "[bold]" in table, "a client's words are no markup"
    assert [one["id"] for one in listed["questions"]] == ["Q-1"]
    assert listed["more"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["questions", "--status", "lost"], 2, "unidentified, routed"),
        (["questions", "--client", "Nobody"], 1, "no client is called"),
        (["questions", "--limit", "0"], 2, "--limit"),
        (["explain", "Q-9"], 1, "There is no question Q-9"),
        (["explain", "nine"], 2, "Q-214"),
        (["person", "promote", "eve@firm.example"], 1, "Nobody has the e-mail address"),
        (["restore", "nowhere.db", "--yes"], 1, "There is no file nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    firm: str, capsys: Captured, arguments: list[str], code: int, says: str
) -> None:
    assert run(arguments) == code

    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_explain_says_why_in_words_and_for_programs(firm: str, capsys: Captured) -> None:
    run(["explain", "Q-1"])
    words = capsys.readouterr().out
    run(["explain", "q-1", "--json"])
    explained = json.loads(capsys.readouterr().out)

    assert "Acme Ltd" in words
    assert explained["id"] == "Q-1"
    assert explained["history"]
    assert explained["explanation"]


def test_a_person_is_promoted_once(firm: str, capsys: Captured) -> None:
    run(["person", "promote", "bob@firm.example"])
    run(["person", "promote", "bob@firm.example"])

    assert capsys.readouterr().out == "Bob Roy is a manager now.\nBob Roy is a manager already.\n"


def test_migrate_makes_a_database_and_says_when_there_is_nothing_to_do(folder: Path, capsys: Captured) -> None:
    run(["migrate"])
    run(["migrate", "--json"])

    made, again = capsys.readouterr().out.splitlines()
    assert made.startswith("podline.db is ready.")
    assert json.loads(again) == {"database": "podline.db", "before": "current", "copy": None}


def test_a_command_before_the_database_is_made_says_what_to_do(capsys: Captured) -> None:
    assert run(["questions"]) == 1
    assert "Run `podline migrate`" in capsys.readouterr().err


def test_a_copy_can_be_put_back(firm: str, capsys: Captured) -> None:
    run(["backup", "copy.db"])
    run(["person", "promote", "bob@firm.example"])
    code = run(["restore", "copy.db", "--yes"])
    run(["person", "promote", "bob@firm.example"])

    assert code == 0
    assert capsys.readouterr().out.count("Bob Roy is a manager now.") == 2


def test_a_client_with_an_open_question_is_not_pruned(firm: str, folder: Path, capsys: Captured) -> None:
    assert run(["import", "roster", roster_file(folder, "clients: []"), "--prune"]) == 1
    assert "Acme Ltd has the open question Q-1" in capsys.readouterr().err


def calendar_of(folder: Path, day: str) -> str:
    """A calendar.ics in a folder of its own, with one holiday on ``day``."""
    folder.mkdir(exist_ok=True)
    file = folder / "calendar.ics"
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1@test.example")
    event = ("DTSTAMP:20260101T000000Z", f"DTSTART;VALUE=DATE:{day}", "SUMMARY:Vacation", "END:VEVENT", "END:VCALENDAR")
    file.write_text("\r\n".join([*lines, *event, ""]), encoding="utf-8")
    return str(file)


def imported_leave(file: str, owner: str, capsys: Captured) -> str:
    days = ("--from", "2030-12-01", "--to", "2030-12-31")
    assert run(["leave", "import", file, "--kind", "personal", "--owner", owner, *days]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("firm")
def test_files_of_one_name_are_two_calendars_when_they_have_two_owners(folder: Path, capsys: Captured) -> None:
    imported_leave(calendar_of(folder / "a", "20301202"), "ann@firm.example", capsys)
    of_bob = imported_leave(calendar_of(folder / "b", "20301203"), "bob@firm.example", capsys)
    of_ann_again = imported_leave(calendar_of(folder / "a", "20301204"), "ann@firm.example", capsys)

    assert "1 added, 0 taken back" in of_bob
    assert "Taken back\n  Ann Lee: Mon 02 Dec 2030" in of_ann_again


@pytest.mark.usefixtures("firm")
def test_a_copy_replaces_an_earlier_one_only_when_told_to(folder: Path, capsys: Captured) -> None:
    codes = [run(["backup", "copy.db"]), run(["backup", "copy.db"]), run(["backup", "copy.db", "--force"])]

    assert codes == [0, 1, 0]
    assert "copy.db is there already" in capsys.readouterr().err


@pytest.mark.usefixtures("firm")
def test_what_cannot_be_restored_is_said_before_anything_is_asked(capsys: Captured) -> None:
    code = run(["restore", "nowhere.db"])

    said = capsys.readouterr()
    assert (code, said.out, said.err) == (1, "", "There is no file nowhere.db.\n")


@pytest.mark.usefixtures("firm")
def test_a_copy_into_a_folder_that_is_not_there_names_the_folder(folder: Path, capsys: Captured) -> None:
    assert run(["backup", str(folder / "nowhere" / "copy.db")]) == 1
    assert f"The folder {folder / 'nowhere'} does not exist" in capsys.readouterr().err


@pytest.mark.usefixtures("firm")
def test_a_pod_that_is_still_needed_is_not_pruned_and_says_by_whom(folder: Path, capsys: Captured) -> None:
    code = run(["import", "roster", roster_file(folder, "pods: []\n"), "--prune"])

    [mistake, _] = capsys.readouterr().err.splitlines()
    assert code == 1
    assert '"North" would be deleted and is still the pod of Acme Ltd' in mistake


@pytest.mark.usefixtures("firm")
def test_an_explanation_says_in_which_zone_its_times_are(capsys: Captured) -> None:
    assert run(["explain", "Q-1"]) == 0

    assert capsys.readouterr().out.splitlines()[1].startswith("All times: ")
