"""10,000 questions with their timers, one durable commit each, against 10,000 jobs in APScheduler's own job store."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bench.firm import MONDAY, a_folder, a_question, database_in, firm_of
from bench.report import Measurement, interleaved, seconds_for
from commands.calling import rules_of
from coverage.deadlines import timers_for
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork

ROUNDS, EACH = 10, 1_000
TARGET = 3.0
FAR = MONDAY + timedelta(days=3650)
"""Nothing falls due while it is measured; each a second after the one before."""


def measure() -> list[Measurement]:
    with a_folder() as folder, _our_questions(folder) as ours, _their_jobs(folder) as theirs:
        rates = interleaved(lambda: _rate(ours), lambda: _rate(theirs), ROUNDS)
    return [Measurement("questions with timers, durable", rates.ours, rates.floor, "a second", rates.ratio, TARGET)]


def _rate(add_one: Callable[[], None]) -> float:
    def add_all() -> None:
        for _ in range(EACH):
            add_one()

    return EACH / seconds_for(add_all)


@contextmanager
def _our_questions(folder: Path) -> Iterator[Callable[[], None]]:
    """Stores one question, with the timers its rules ask for, in a transaction of its own."""
    engine = open_engine(database_in(folder))
    new_uow = UnitsOfWork(engine)
    firm = firm_of(new_uow)
    questions = [a_question(firm, "Night", FAR + timedelta(seconds=number)) for number in range((ROUNDS + 1) * EACH)]
    with_timers = iter([(question, timers_for(question, rules_of(firm, question))) for question in questions])

    def add_one() -> None:
        question, timers = next(with_timers)
        with new_uow() as uow:
            added = uow.questions.add(question)
            uow.timers.replace(added.number, timers)
            uow.commit()

    yield add_one
    engine.dispose()


@contextmanager
def _their_jobs(folder: Path) -> Iterator[Callable[[], None]]:
    """Adds one job with a date to a running scheduler, which stores it in a transaction of its own."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / 'jobs.db'}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start()
    seconds = count()

    def add_one() -> None:
        scheduler.add_job(call_somebody, "date", run_date=FAR + timedelta(seconds=next(seconds)))

    yield add_one
    scheduler.shutdown()


def call_somebody() -> None:
    """What a job would do; the store names it by its module."""
