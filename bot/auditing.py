"""The auditor's rounds: what it found last, told to /readyz and the metrics, and the heartbeat after a clean one."""

import asyncio
from collections.abc import Collection
from datetime import datetime

import httpx
import structlog
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.clock import Clock
from bot.metrics import Metrics
from bot.real_time import in_real_seconds
from storage.audit import Finding, Overdue, audit
from storage.engine import DatabaseBusy

log = structlog.get_logger(__name__)

GRACE = 60.0
"""Real seconds by which something may be late before it is a finding."""
KEPT = 5.0
"""Real seconds for which what was found is believed: asking whether we are well shall not keep the database busy."""
HEARTBEAT_TIMEOUT = 10.0


class Auditor:
    """Looks for what should have happened and has not. ``ignored`` findings are nobody's business in this process."""

    def __init__(self, engine: Engine, clock: Clock, metrics: Metrics, *, ignored: Collection[Finding] = ()) -> None:
        self._engine = engine
        self._clock = clock
        self._metrics = metrics
        self._ignored = frozenset(ignored)
        self._looking = asyncio.Lock()
        self._found: list[str] = []
        self._looked_at: float | None = None

    async def findings(self) -> list[str]:
        """Sentences for the operator, a few seconds old at most; a database that is away is a finding too."""
        now = asyncio.get_running_loop().time()
        async with self._looking:
            if self._looked_at is None or now - self._looked_at > KEPT:
                self._found = await self._found_now()
                self._looked_at = asyncio.get_running_loop().time()
        return self._found

    async def _found_now(self) -> list[str]:
        try:
            overdue = await asyncio.to_thread(self._look)
        except (OperationalError, DatabaseBusy) as error:
            log.warning("the audit could not be done", error=type(error).__name__)
            return ["the database does not answer"]
        self._metrics.audited(sum(one.count for one in overdue))
        return [str(one) for one in overdue]

    def _look(self) -> list[Overdue]:
        now = self._clock.now()
        grace = in_real_seconds(self._clock, GRACE) - now
        return [one for one in audit(self._engine, now, grace) if one.finding not in self._ignored]


class Heartbeat:
    """Audits, and calls ``url`` only when nothing was found: who watches it notices when it stays away."""

    def __init__(self, auditor: Auditor, url: SecretStr | None) -> None:
        self._auditor = auditor
        self._url = url

    async def beat(self, _now: datetime) -> None:
        findings = await self._auditor.findings()
        for finding in findings:
            log.error("the audit found something", finding=finding)
        if not findings and self._url is not None:
            await self._call(self._url.get_secret_value())

    async def _call(self, url: str) -> None:
        try:
            async with httpx.AsyncClient(timeout=HEARTBEAT_TIMEOUT) as client:
                answer = await client.get(url)
        except httpx.HTTPError as error:
            log.warning("the heartbeat address does not answer", error=type(error).__name__)
            return
        if answer.is_error:
            log.warning("the heartbeat address refuses", status=answer.status_code)
