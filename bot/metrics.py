"""Figures for Prometheus: what happened in this process, and what waits in the database. Nothing personal."""

from collections.abc import Callable, Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.delivery import Outcome
from commands.outgoing import Topic
from commands.ports import What
from storage.figures import Figures

_SECONDS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)

ReadFigures = Callable[[], Figures]


class Metrics:
    """One set per process. Counters begin at zero when it starts and are of this process; Prometheus adds them up."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._happened = Counter(
            "podline_happened",
            "What happened to questions, as their history has it.",
            ["what"],
            registry=self._registry,
        )
        self._lateness = Histogram(
            "podline_lateness_seconds",
            "How long after its due time a timer was looked after.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._ticks = Counter("podline_ticks", "Rounds of the tick.", ["outcome"], registry=self._registry)
        self._failed_rows = Counter(
            "podline_failed_questions",
            "Questions that could not be looked after and were put back.",
            registry=self._registry,
        )
        self._deliveries = Counter(
            "podline_deliveries", "Tries to send a message.", ["topic", "outcome"], registry=self._registry
        )
        self._waited = Histogram(
            "podline_delivery_wait_seconds",
            "How long a message waited until it was sent.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._jobs = Counter("podline_jobs", "Runs of periodic jobs.", ["job", "outcome"], registry=self._registry)
        self._polls = Counter("podline_feed_polls", "Polls of calendar feeds.", ["outcome"], registry=self._registry)
        self._findings = Gauge(
            "podline_audit_findings", "What the auditor found wrong when it last looked.", registry=self._registry
        )
        for what in What:
            self._happened.labels(what.value)

    def happened(self, what: Iterable[What]) -> None:
        for one in what:
            self._happened.labels(one.value).inc()

    def ticked(self, lateness: Iterable[float], failed: int) -> None:
        self._ticks.labels("done").inc()
        self._failed_rows.inc(failed)
        for seconds in lateness:
            self._lateness.observe(max(0.0, seconds))

    def tick_failed(self) -> None:
        self._ticks.labels("failed").inc()

    def delivered(self, topic: Topic, outcome: Outcome, waited: float) -> None:
        """Fits ``bot.delivery.Observe``."""
        self._deliveries.labels(topic.value, outcome.value).inc()
        if outcome is Outcome.SENT and topic is not Topic.KUDOS:  # those wait on purpose for somebody's return
            self._waited.observe(max(0.0, waited))

    def job_ran(self, job: str, outcome: str) -> None:
        self._jobs.labels(job, outcome).inc()

    def polled(self, outcome: str) -> None:
        """Fits ``bot.feeds.polling.Observe``."""
        self._polls.labels(outcome).inc()

    def audited(self, findings: int) -> None:
        self._findings.set(findings)

    def read_from(self, read: ReadFigures, now: Callable[[], datetime]) -> None:
        """Ask the database, too, each time the figures are asked for."""
        self._registry.register(_Waiting(read, now))

    def text(self) -> bytes:
        """All figures in Prometheus' own form."""
        return generate_latest(self._registry)


class _Waiting(Collector):
    """What waits in the database when somebody asks."""

    def __init__(self, read: ReadFigures, now: Callable[[], datetime]) -> None:
        self._read = read
        self._now = now

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        found = self._read()
        questions = GaugeMetricFamily("podline_open_questions", "Open questions.", labels=["status"])
        for status, count in found.open_questions.items():
            questions.add_metric([status], count)
        oldest = (self._now() - found.oldest_unsent).total_seconds() if found.oldest_unsent else 0.0
        return (
            questions,
            GaugeMetricFamily("podline_outbox_pending", "Messages to be sent.", value=found.outbox_pending),
            GaugeMetricFamily("podline_outbox_oldest_seconds", "How long the oldest of them waits.", value=oldest),
            GaugeMetricFamily("podline_outbox_failed", "Messages given up in 7 days.", value=found.outbox_buried),
            GaugeMetricFamily("podline_inbox_pending", "Events to be worked off.", value=found.inbox_pending),
        )
