"""The auditor: finds what should have happened by now and has not, by plain SQL that shares nothing with the tick.

Each query states a promise on its own terms, so that a mistake in the code that keeps it does not hide here too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, Executable, bindparam, text

from coverage.ids import FirmId
from storage.schema import THE_FIRM
from storage.types import UtcDateTime


class Finding(StrEnum):
    """What can be wrong."""

    ACT_OVERDUE = "act_overdue"
    NOBODY_WILL_BE_CALLED = "nobody_will_be_called"
    MESSAGE_OVERDUE = "message_overdue"
    EVENT_OVERDUE = "event_overdue"
    KEEPS_FAILING = "keeps_failing"
    """Not due now, but only because it failed and is put off: no sign that the loops stand still."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """``count`` things of one kind, the oldest due since ``since`` (UTC, None where the very time is missing);
    ``example`` names one of them. As text, a sentence for the operator."""

    finding: Finding
    count: int
    since: datetime | None
    example: str

    def __str__(self) -> str:
        since = f"; the oldest was due at {self.since:%Y-%m-%d %H:%M:%S} UTC" if self.since is not None else ""
        return f"{_SENTENCES[self.finding].format(count=self.count, example=self.example)}{since}."


def audit(engine: Engine, now: datetime, grace: timedelta, firm: FirmId = THE_FIRM) -> tuple[Overdue, ...]:
    """What is late by more than ``grace`` at ``now`` (UTC); empty when all is well. Reads only, and waits for nobody.

    All but one are index look-ups; for ``NOBODY_WILL_BE_CALLED`` every unclaimed question is looked at.
    """
    late = {"firm": firm, "late": now - grace}
    with engine.connect() as connection:
        rows = [(finding, connection.execute(query, late).one()) for finding, query in _QUERIES.items()]
    return tuple(Overdue(finding, row.number, row.since, str(row.example)) for finding, row in rows if row.number)


_SENTENCES = {
    Finding.ACT_OVERDUE: "Overdue acts on open questions: {count}, for example on Q-{example}",
    Finding.NOBODY_WILL_BE_CALLED: "Unclaimed questions for which nothing is set to call anybody: {count}, "
    "for example Q-{example}",
    Finding.MESSAGE_OVERDUE: "Overdue messages in the outbox: {count}, for example number {example}",
    Finding.EVENT_OVERDUE: "Events that were acknowledged and not worked on: {count}, for example number {example}",
    Finding.KEEPS_FAILING: "Things that failed several times, or for too long, and are put off: "
    "{count}, for example {example}",
}


def _query(sql: str) -> Executable:
    late = [bindparam("late", type_=UtcDateTime)] if ":late" in sql else []
    return text(sql).bindparams(*late).columns(since=UtcDateTime)


_QUERIES = {
    # A timer may be born late (a letter that was noted days after); it counts from when it became somebody's turn.
    Finding.ACT_OVERDUE: _query(
        """
        SELECT count(*) AS number, min(timer.due_at) AS since, min(timer.question) AS example
          FROM timer
          JOIN question ON question.firm = timer.firm AND question.number = timer.question
         WHERE timer.firm = :firm AND timer.due_at < :late
           AND question.status <> 'resolved' AND question.offered_at < :late
           AND (question.claimed_at IS NULL OR question.claimed_at < :late)
        """
    ),
    Finding.NOBODY_WILL_BE_CALLED: _query(
        """
        SELECT count(*) AS number, min(question.claim_due) AS since, min(question.number) AS example
          FROM question
         WHERE question.firm = :firm AND question.status IN ('unidentified', 'routed')
           AND NOT EXISTS (
               SELECT 1 FROM timer
                WHERE timer.firm = question.firm AND timer.question = question.number
                  AND timer.kind IN ('step', 'reminder', 'managers'))
        """
    ),
    # What waits behind an earlier message of its lane is not late by itself; redraws (priority 2)
    # wait for their turn at the platform's rate, and are found below where they fail.
    Finding.MESSAGE_OVERDUE: _query(
        """
        SELECT count(*) AS number, min(outbox.due_at) AS since, min(outbox.id) AS example
          FROM outbox
         WHERE outbox.firm = :firm AND outbox.ended_at IS NULL AND outbox.due_at < :late AND outbox.priority <> 2
           AND NOT EXISTS (
               SELECT 1 FROM outbox AS earlier
                WHERE earlier.firm = outbox.firm AND earlier.lane = outbox.lane
                  AND earlier.ended_at IS NULL AND earlier.id < outbox.id)
        """
    ),
    Finding.EVENT_OVERDUE: _query(
        """
        SELECT count(*) AS number, min(inbox.due_at) AS since, min(inbox.id) AS example
          FROM inbox
         WHERE inbox.firm = :firm AND inbox.done_at IS NULL AND inbox.due_at < :late
        """
    ),
    # A message that is put off on purpose counts no try, so one that waits for somebody's return is not among these.
    Finding.KEEPS_FAILING: _query(
        """
        SELECT count(*) AS number, min(failing.due_at) AS since, min(failing.what) AS example
          FROM (SELECT timer.due_at, 'Q-' || timer.question AS what
                  FROM timer
                 WHERE timer.firm = :firm AND timer.attempts > 0 AND timer.attempts >= 3
                 UNION ALL
                SELECT inbox.due_at, 'event ' || inbox.id
                  FROM inbox
                 WHERE inbox.firm = :firm AND inbox.done_at IS NULL AND inbox.attempts >= 3
                 UNION ALL
                SELECT tried.queued_at, 'message ' || tried.id || coalesce(' about Q-' || tried.question, '')
                  FROM (SELECT outbox.*, attempts - CASE WHEN leased THEN 1 ELSE 0 END AS failures
                          FROM outbox
                         WHERE outbox.firm = :firm AND outbox.ended_at IS NULL) AS tried
                 WHERE tried.failures >= 5 OR (tried.failures >= 1 AND tried.queued_at < :late)) AS failing
        """
    ),
}
