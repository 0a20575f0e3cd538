"""A database is brought to the present schema from wherever it is, or refused in words."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine import open_engine
from storage.migrate import OURS, SchemaState, SchemaTooNew, state, upgrade
from storage.schema import metadata
from storage.unit_of_work import UnitsOfWork
from tests.databases import new_postgresql_database


@pytest.fixture
def postgresql_url(postgresql_server):
    """Of its own, since these tests change the tables."""
    with new_postgresql_database(postgresql_server) as url:
        yield url


@pytest.fixture
def set_compatibility(engine):
    def write(*statements):
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    return write


def test_migrating_an_empty_database_makes_exactly_the_tables_of_the_schema(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(engine):
    assert state(engine) is SchemaState.CURRENT
    assert upgrade(engine) is None
    assert state(engine) is SchemaState.CURRENT


def test_a_file_that_is_not_there_is_empty_and_looking_does_not_make_it(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/new.db")

    assert state(engine) is SchemaState.EMPTY
    assert not (tmp_path / "new.db").exists()

    assert upgrade(engine) is None
    with UnitsOfWork(engine).reading() as uow:
        assert uow.firm().version == 1
    assert (tmp_path / "new.db").stat().st_mode & 0o077 == 0
    engine.dispose()


def test_a_database_that_only_newer_programs_may_use_is_refused(engine, set_compatibility):
    set_compatibility(
        "UPDATE compatibility SET oldest_code = '2099_01_01_other_tables'",
        "UPDATE alembic_version SET version_num = '2099_01_01_other_tables'",
    )

    assert state(engine) is SchemaState.TOO_NEW
    with pytest.raises(SchemaTooNew, match="newer Podline"):
        upgrade(engine)


def test_a_database_of_a_newer_program_that_older_ones_may_use_is_used(engine, set_compatibility):
    set_compatibility("UPDATE alembic_version SET version_num = '2099_01_01_one_more_index'")

    assert state(engine) is SchemaState.CURRENT
    assert upgrade(engine) is None


def test_an_old_database_is_migrated_with_its_data_and_on_sqlite_copied_before(engine, later_migrations):
    assert state(engine, later_migrations) is SchemaState.OLD

    copy = upgrade(engine, later_migrations)

    assert state(engine, later_migrations) is SchemaState.CURRENT
    assert state(engine) is SchemaState.CURRENT, "the program before may still run"
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT remark FROM firm")) == "none"
    assert (copy is not None) == (engine.dialect.name == "sqlite")
    if copy is not None:
        before = open_engine(f"sqlite:///{copy}")
        assert state(before, later_migrations) is SchemaState.OLD
        before.dispose()


def test_a_migration_that_fails_changes_nothing(engine, later_migrations):
    later = later_migrations / "versions" / LATER
    later.write_text(later.read_text() + "    raise ZeroDivisionError\n")

    with pytest.raises(ZeroDivisionError):
        upgrade(engine, later_migrations)

    assert state(engine, later_migrations) is SchemaState.OLD
    with engine.connect() as connection:
        assert "remark" not in connection.execute(text("SELECT * FROM firm")).mappings().one()


LATER = "2099_01_01_add_remark.py"


@pytest.fixture
def later_migrations(tmp_path):
    """Our migrations and one more, which adds a column."""
    folder = tmp_path / "migrations"
    shutil.copytree(OURS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = ScriptDirectory(str(folder)).get_current_head()
    (folder / "versions" / LATER).write_text(
        "from alembic import op\n"
        "from sqlalchemy import Column, Text\n"
        "revision = '2099_01_01_add_remark'\n"
        f"down_revision = '{newest}'\n"
        "def upgrade():\n"
        "    op.add_column('firm', Column('remark', Text, server_default='none'))\n"
    )
    return folder
