"""The configured database for a command that runs beside `serve`."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.config import Settings
from bot.database import open_current, open_database, prepare_to_work, units_of_work, unreachable
from bot.errors import PlainError
from storage.engine import DatabaseBusy
from storage.unit_of_work import UnitsOfWork


@contextmanager
def configured_engine(*, must_be_current: bool = True) -> Iterator[Engine]:
    """The engine of ``PODLINE_DATABASE_URL``, closed afterwards; PlainError says what to do where it cannot be used."""
    settings = Settings.read()
    engine = open_current(settings) if must_be_current else open_database(settings)
    try:
        yield engine
    except DatabaseBusy as busy:
        raise PlainError(str(busy)) from None
    except OperationalError as problem:
        raise unreachable(engine, problem) from None
    finally:
        engine.dispose()


@contextmanager
def configured_uow(*, may_make: bool = False) -> Iterator[UnitsOfWork]:
    """Units of work on it; with ``may_make`` a SQLite file that is not there yet is made."""
    with configured_engine(must_be_current=not may_make) as engine:
        if may_make:
            prepare_to_work(engine)
        yield units_of_work(engine, Settings.read())
