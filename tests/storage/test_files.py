"""The SQLite file: who serves it, how it is copied and put back, and what an address must look like."""

import sqlite3
import subprocess
import sys
from threading import Thread

import pytest
from sqlalchemy import text

from storage.copies import CannotCopy, backup, restore
from storage.engine import CannotOpenDatabase, DatabaseBusy, open_engine, sqlite_file
from storage.lock import AlreadyServed, only_server
from storage.unit_of_work import UnitsOfWork
from tests.storage.builders import a_question, asked

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

SERVE = """
import sys
from storage.engine import open_engine
from storage.lock import only_server
with only_server(open_engine(sys.argv[1])):
    print("serving", flush=True)
    sys.stdin.read()
"""


@on_sqlite
def test_a_second_server_of_a_file_is_refused_until_the_first_is_gone(engine, database_url):
    first = subprocess.Popen(
        [sys.executable, "-c", SERVE, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin is not None
    assert first.stdout is not None
    assert first.stdout.readline() == "serving\n"

    with pytest.raises(AlreadyServed, match=f"served by process {first.pid}"), only_server(engine):
        pass

    first.kill()
    first.wait(timeout=10)
    first.stdin.close()
    first.stdout.close()
    with only_server(engine):
        pass


@on_postgresql
def test_postgresql_takes_any_number_of_servers(engine):
    with only_server(engine), only_server(engine):
        pass


@on_sqlite
def test_a_copy_holds_what_was_there_when_it_was_made_and_can_be_put_back(engine, new_uow, office, tmp_path):
    kept = asked(new_uow, a_question(office))
    backup(engine, tmp_path / "copy.db")
    asked(new_uow, a_question(office))

    restore(engine, tmp_path / "copy.db")

    with new_uow.reading() as uow:
        assert uow.questions.owned_by(office.ann) == []
        assert uow.questions.unclaimed_in([office.north]) == [kept]
    assert asked(new_uow, a_question(office)).number == 2
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob("*.unfinished"))


@on_sqlite
def test_a_copy_is_made_while_somebody_writes(engine, new_uow, office, tmp_path):
    with new_uow() as uow:
        uow.questions.add(a_question(office))
        backup(engine, tmp_path / "copy.db")
        uow.commit()

    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM question").fetchone() == (0,)
    copy.close()


@on_sqlite
def test_what_is_no_copy_is_not_put_back(engine, new_uow, office, tmp_path):
    asked(new_uow, a_question(office))
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE note (text)")
    other.close()
    (tmp_path / "text.db").write_text("this is no database, although it is long enough to look at" * 20)

    for name, why in (("other.db", "not a Podline"), ("text.db", "not a database"), ("missing.db", "no file")):
        with pytest.raises(CannotCopy, match=why):
            restore(engine, tmp_path / name)

    with new_uow.reading() as uow:
        assert len(uow.questions.unclaimed_in([office.north])) == 1


@on_sqlite
def test_a_copy_that_cannot_be_written_says_why(engine, tmp_path):
    with pytest.raises(CannotCopy, match="does not exist"):
        backup(engine, tmp_path / "missing" / "copy.db")
    file = sqlite_file(engine)
    assert file is not None
    with pytest.raises(CannotCopy, match="is the database itself"):
        backup(engine, file)


@on_postgresql
def test_postgresql_is_copied_with_its_own_tools(engine, tmp_path):
    with pytest.raises(CannotCopy, match="pg_dump"):
        backup(engine, tmp_path / "copy")
    with pytest.raises(CannotCopy, match="pg_restore"):
        restore(engine, tmp_path / "copy")


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "podline.db", "", "postgresql+asyncpg://x/y"]
)
def test_an_address_that_is_neither_is_refused_in_words(url):
    with pytest.raises(CannotOpenDatabase, match=r"sqlite:///podline\.db"):
        open_engine(url)


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotOpenDatabase, match="does not exist"):
        open_engine(f"sqlite:///{tmp_path}/missing/podline.db")


@pytest.mark.parametrize("url", ["postgres://x/y", "postgresql://x/y", "postgresql+psycopg://x/y"])
def test_every_address_of_postgresql_means_psycopg(url):
    engine = open_engine(url)

    assert engine.driver == "psycopg"
    engine.dispose()


@on_sqlite
def test_a_commit_to_sqlite_is_durable_and_rows_may_not_dangle(engine):
    with engine.connect() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@on_sqlite
def test_who_waits_too_long_for_another_program_is_told_so(database_url, new_uow):
    impatient = open_engine(database_url, busy_seconds=0.05)
    other = sqlite3.connect(str(sqlite_file(impatient)), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with UnitsOfWork(impatient)() as uow, pytest.raises(DatabaseBusy, match="keeps the database file locked"):
        uow.places.at("slack", "C0")

    other.close()
    with UnitsOfWork(impatient)() as uow:
        uow.places.at("slack", "C0")
        uow.commit()
    impatient.dispose()


@on_sqlite
def test_writers_of_two_programs_wait_for_each_other(database_url, new_uow, office):
    elsewhere = open_engine(database_url)

    def ask_ten(units):
        for _ in range(10):
            asked(units, a_question(office))

    threads = [Thread(target=ask_ten, args=[units]) for units in (new_uow, UnitsOfWork(elsewhere))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert asked(new_uow, a_question(office)).number == 21
    elsewhere.dispose()
