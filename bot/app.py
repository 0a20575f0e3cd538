"""Podline as a whole: builds everything, once, from the settings and a clock, and ends it in good order."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy import Engine

from bot.auditing import Auditor, Heartbeat
from bot.background import Background
from bot.clock import Clock, SystemClock
from bot.config import Settings, SlackMode
from bot.counting import CountingUnitsOfWork
from bot.database import open_database, prepare_to_serve, units_of_work
from bot.delivery import Delivery
from bot.errors import PlainError
from bot.feeds.polling import polling_of
from bot.jobs import LOOK, Job, Jobs
from bot.metrics import Metrics
from bot.schedule import Schedule
from bot.slack.app import Slack
from bot.slack.checkup import not_admitted
from bot.teams.app import Teams
from bot.teams.ids import no_ids_in
from bot.teams.link import registration_of
from bot.web.front import Front
from bot.web.health import Health
from bot.web.site import site
from commands import briefs
from commands.clean_up import clean_up
from commands.compose import compose
from commands.feed_polls import warn_of_stale_feeds
from commands.join import join
from commands.kudos_roundup import kudos_roundup
from commands.ports import NewUnitOfWork
from commands.recompute import recompute
from commands.run import run
from commands.undeliverable import delayed, undeliverable, unneeded
from storage.audit import Finding
from storage.engine import sqlite_file
from storage.figures import figures
from storage.lock import AlreadyServed, only_server
from storage.unit_of_work import UnitsOfWork

log = structlog.get_logger(__name__)

STOPPING = 25.0
"""Real seconds in which what is being done at the end may be finished: a little longer than sending one message."""
RECOMPUTE_EVERY, CLEAN_UP_EVERY, AUDIT_EVERY = timedelta(seconds=10), timedelta(hours=1), timedelta(seconds=30)
ROUND_UP_EVERY = timedelta(minutes=10)
MOST_BATCHES = 10_000
STALE_FEEDS_EVERY = timedelta(hours=1)
_OF_DELIVERY = (Finding.MESSAGE_OVERDUE, Finding.EVENT_OVERDUE)


class Podline:
    """The program, running inside ``async with``; ``site`` is its HTTP side, for whoever listens.

    Only what is set is started; with ``api_only`` no platform is, and messages wait in the outbox. ``wall`` is the real
    time, by which platforms sign, where ``clock`` is another. ``paced`` keeps to the platforms' rates; every
    ``look`` real seconds it is seen whether a periodic job is due.

    Raises PlainError when it cannot begin: the settings, the database, or another process that serves the same file.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        api_only: bool = False,
        wall: Clock | None = None,
        paced: bool = True,
        look: float = LOOK,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.metrics = Metrics()
        self.health = Health()
        self.site: Front
        self.new_uow: NewUnitOfWork
        self.slack: Slack | None = None
        self.teams: Teams | None = None
        self._wall = wall or SystemClock()
        self._api_only = api_only
        self._paced = paced
        self._look = look
        self._background = Background()
        self._ending = AsyncExitStack()

    async def __aenter__(self) -> Self:
        try:
            await self._begin()
        except BaseException:
            await self._ending.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.stop(STOPPING)
        await self._ending.aclose()

    async def _begin(self) -> None:
        if not self._api_only:
            self.settings.check_platforms()
        engine = await self._open_database()
        uows = units_of_work(engine, self.settings)
        self.new_uow = CountingUnitsOfWork(uows, self.metrics.happened)
        if sqlite_file(engine) is not None:  # we are its only server: whoever leased something before us is gone
            await asyncio.to_thread(_take_over, uows, self.clock.now())
        self.metrics.read_from(lambda: figures(engine), self.clock.now)
        self.site = Front(site(self.new_uow, self.clock, self.settings.api_tokens, self.health, self.metrics))
        schedule = Schedule(self.new_uow, self.clock, self.metrics, tick_seconds=self.settings.tick_seconds)
        uows.on_commit(schedule.wake)
        if not self._api_only:
            uows.on_commit((await self._begin_platforms()).wake)
        self._background.start("the tick", schedule.run)
        await self._begin_feeds(uows)
        self._begin_jobs(engine)
        self.health.add("the tick", schedule.findings)
        self.health.add("the loops", self._background.findings)

    async def _open_database(self) -> Engine:
        engine = open_database(self.settings)
        self._ending.callback(engine.dispose)
        try:
            self._ending.enter_context(only_server(engine))
        except AlreadyServed as served:
            raise PlainError(str(served)) from None
        copy = await asyncio.to_thread(prepare_to_serve, engine)
        if copy is not None:
            log.info("the database was migrated; it was copied first", copy=str(copy))
        return engine

    async def _begin_platforms(self) -> Delivery:
        """Deliver to every platform that is set, and hear from each."""
        adapters: list[Slack | Teams] = [
            *([self._begin_slack()] if self.settings.slack_mode() is not SlackMode.NONE else []),
            *([self._begin_teams()] if self.settings.teams_is_set() else []),
        ]
        delivery = Delivery(
            self.new_uow,
            [adapter.platform for adapter in adapters],
            self.clock,
            compose=compose,
            undeliverable=undeliverable,
            unneeded=unneeded,
            delayed=delayed,
            tick=self.settings.tick_seconds,
            observe=self.metrics.delivered,
        )
        self._background.start("delivery", delivery.run)
        self.health.add("delivery", delivery.findings)
        for adapter in adapters:
            self._background.start(f"the inbox of {adapter.platform.name.capitalize()}", adapter.inbox.run)
        return delivery

    def _begin_slack(self) -> Slack:
        """Hear from Slack: through its socket where that is set, else by HTTP."""
        token, tick = self.settings.slack_bot_token, self.settings.tick_seconds
        assert token is not None
        slack = Slack(
            self.new_uow,
            self.clock,
            run=run,
            join=join,
            bot_token=token.get_secret_value(),
            api_url=self.settings.slack_api_url,
            tick=tick,
            paced=self._paced,
        )
        self.slack = slack
        self._ending.push_async_callback(slack.close)
        self.health.add("Slack", lambda: not_admitted(slack.connection))
        self._listen_to(slack)
        return slack

    def _begin_teams(self) -> Teams:
        """Hear from Teams, by HTTP."""
        registration = registration_of(self.settings)
        for odd in no_ids_in(registration.client_id, registration.tenants):
            log.warning(odd)
        teams = Teams(
            registration,
            self.new_uow,
            self.clock,
            run=run,
            join=join,
            wall_now=self._wall.now,
            tick=self.settings.tick_seconds,
            paced=self._paced,
            allowed=self.settings.feed_allow,
        )
        self.teams = teams
        self._ending.push_async_callback(teams.close)
        self.health.add("Teams", teams.findings)
        self.site.add(teams.route())
        return teams

    def _listen_to(self, slack: Slack) -> None:
        if self.settings.slack_mode() is SlackMode.SOCKET:
            assert self.settings.slack_app_token is not None
            socket = slack.socket(self.settings.slack_app_token.get_secret_value(), self._wall.now)
            self._background.start("Slack's socket", socket.run)

            async def deaf() -> list[str]:
                return [] if socket.is_healthy() else ["no connection to Slack hears anything"]

            self.health.add("Slack's socket", deaf)
        else:
            assert self.settings.slack_signing_secret is not None
            secret = self.settings.slack_signing_secret.get_secret_value()
            self.site.add(slack.route(secret, self._wall.now))

    async def _begin_feeds(self, uows: UnitsOfWork) -> None:
        """Fetch calendars; first, what an older key encrypted is encrypted with the newest, so that that can go."""
        if self.settings.secret_keys:
            resealed = await asyncio.to_thread(_reseal, uows)
            if resealed:
                log.info("addresses of calendar feeds were encrypted with the newest key", feeds=resealed)
        polling = polling_of(self.settings, self.new_uow, self.clock, self.metrics.polled)
        self._background.start("the calendar feeds", polling.run)

    def _begin_jobs(self, engine: Engine) -> None:
        ignored = _OF_DELIVERY if self._api_only else ()
        auditor = Auditor(engine, self.clock, self.metrics, ignored=ignored)
        heartbeat = Heartbeat(auditor, self.settings.heartbeat_url)
        jobs = [
            Job("recompute", RECOMPUTE_EVERY, self._recompute),
            Job("clean_up", CLEAN_UP_EVERY, self._clean_up),
            Job("briefs", briefs.EVERY, self._brief),
            Job("kudos_roundup", ROUND_UP_EVERY, self._round_up),
            Job("audit", AUDIT_EVERY, heartbeat.beat),
            Job("stale_feeds", STALE_FEEDS_EVERY, self._warn_of_stale_feeds),
        ]
        self._background.start(
            "the periodic jobs", Jobs(jobs, self.new_uow, self.clock, self.metrics, look=self._look).run
        )
        self.health.add("the audit", auditor.findings)

    async def _recompute(self, now: datetime) -> None:
        await asyncio.to_thread(self._recompute_in_batches, now)

    def _recompute_in_batches(self, now: datetime) -> None:
        """Until nothing is left that was worked out under an older set-up; what is left after very many, later."""
        for _ in range(MOST_BATCHES):
            if not recompute(self.new_uow, now):
                return

    async def _brief(self, now: datetime) -> None:
        await asyncio.to_thread(briefs.brief, self.new_uow, now)

    async def _warn_of_stale_feeds(self, now: datetime) -> None:
        await asyncio.to_thread(warn_of_stale_feeds, self.new_uow, now)

    async def _clean_up(self, now: datetime) -> None:
        await asyncio.to_thread(clean_up, self.new_uow, now)

    async def _round_up(self, now: datetime) -> None:
        await asyncio.to_thread(kudos_roundup, self.new_uow, now)


def _reseal(new_uow: NewUnitOfWork) -> int:
    with new_uow() as uow:
        done = uow.feeds.reseal()
        uow.commit()
    return done


def _take_over(new_uow: NewUnitOfWork, now: datetime) -> None:
    with new_uow() as uow:
        uow.outbox.take_over(now)
        uow.inbox.take_over(now)
        uow.commit()
