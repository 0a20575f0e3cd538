"""The outbox: messages decided on in a transaction, to be sent after it, in order per lane and at least once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, func, literal_column, or_, select, update

from commands.outgoing import Alarm, Message, Priority, Queued, SentCall, Topic
from coverage.ids import PersonId, PlaceId, QuestionNumber
from storage import schema
from storage.transaction import AnyRow, Transaction, insert_unless_there, of_firm

_o = schema.outbox
_older = schema.outbox.alias("older")
_numbered = _o.c.id == bindparam("of_id")
_unsent = _o.c.ended_at.is_(None)
_first_of_its_lane = ~exists().where(
    _older.c.firm == _o.c.firm, _older.c.lane == _o.c.lane, _older.c.ended_at.is_(None), _older.c.id < _o.c.id
)

_ADD = insert_unless_there(_o, _o.c.id)
_QUEUED = select(_o.c.key).where(of_firm(_o), _o.c.key.in_(bindparam("of_keys", expanding=True)))
_AT_ONCE = 500
"""Keys asked about in one statement."""
_TO_BE_SENT = (
    select(_o)
    .where(of_firm(_o), _unsent, _o.c.due_at <= bindparam("now"), _first_of_its_lane)
    .order_by(_o.c.priority, _o.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, of=_o)
)
_BUT_REDRAWS = _TO_BE_SENT.where(_o.c.priority.in_([each for each in Priority if each is not Priority.UPDATE]))
_LEASE = (
    update(_o)
    .where(_o.c.id.in_(bindparam("ids", expanding=True)), _unsent, _o.c.due_at <= bindparam("now"))
    .values(leased=True, unclear=or_(_o.c.unclear, _o.c.leased), attempts=_o.c.attempts + 1)
    .returning(_o.c.id)
)
_END = update(_o).where(of_firm(_o), _numbered, _unsent).values(leased=False)
_GOES_BY = update(_o).where(of_firm(_o), _numbered, _unsent)
_RETRY = (
    update(_o)
    .where(of_firm(_o), _numbered, _unsent)
    .values(leased=False, unclear=or_(_o.c.unclear, bindparam("is_unclear", type_=_o.c.unclear.type)))
)
_PUT_OFF = update(_o).where(of_firm(_o), _numbered, _unsent).values(leased=False, attempts=_o.c.attempts - 1)
_TAKE_OVER = update(_o).where(of_firm(_o), _unsent, _o.c.leased)
_STEP_REACHED = (
    select(_o.c.id)
    .where(
        of_firm(_o),
        _o.c.question == bindparam("number"),
        _o.c.step == bindparam("of_step"),
        _o.c.version == bindparam("of_version"),
        or_(_unsent, _o.c.outcome == "sent"),
    )
    .limit(1)
)
_SENT_CALLS = (
    select(_o.c.id, _o.c.remote, _o.c.to_place, _o.c.to_person, _o.c.via)
    .where(
        of_firm(_o),
        _o.c.question == bindparam("number"),
        _o.c.step.is_not(None),
        _o.c.outcome == "sent",
        _o.c.remote.is_not(None),
    )
    .order_by(_o.c.id)
)
_ALARMS = (
    select(_o.c.queued_at, _o.c.facts, _o.c.question, _o.c.outcome, _o.c.why)
    .where(
        of_firm(_o),
        # A literal, since the index over the alarms is used for nothing else.
        _o.c.topic == literal_column(f"'{Topic.ALARM}'"),
        _o.c.queued_at >= bindparam("since"),
    )
    .order_by(_o.c.queued_at.desc(), _o.c.id.desc())
    .limit(bindparam("at_most"))
)
_EARLIEST = select(func.min(_o.c.due_at)).where(of_firm(_o), _unsent, _first_of_its_lane)
_FORGET = delete(_o).where(of_firm(_o), _o.c.ended_at < bindparam("before"))


class SqlOutbox:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, message: Message, now: datetime) -> None:
        self._transaction.inserted(_ADD, queued_at=now, due_at=now, **_to_row(message))

    def queued_before(self, keys: Iterable[str]) -> frozenset[str]:
        wanted = list(keys)
        rows = (
            self._transaction.rows(_QUEUED, of_keys=wanted[begin : begin + _AT_ONCE])
            for begin in range(0, len(wanted), _AT_ONCE)
        )
        return frozenset(row.key for some in rows for row in some)

    def lease(self, now: datetime, lease: timedelta, limit: int, *, redraws: bool = True) -> list[Queued]:
        rows = self._transaction.rows(_TO_BE_SENT if redraws else _BUT_REDRAWS, now=now, at_most=limit)
        if not rows:
            return []
        until = now + lease
        leased = self._transaction.changed(_LEASE, ids=[row.id for row in rows], now=now, due_at=until)
        ours = {row.id for row in leased}
        return [_to_domain(row, until) for row in rows if row.id in ours]

    def take_over(self, now: datetime) -> int:
        """They stay marked as leased, so that whoever sends them next looks first whether they arrived."""
        return self._transaction.change(_TAKE_OVER, due_at=now)

    def goes_by(self, message: int, platform: str) -> None:
        self._transaction.change(_GOES_BY, of_id=message, via=platform)

    def mark_sent(self, message: int, now: datetime, remote: str | None, via: str | None = None) -> None:
        self._transaction.change(_END, of_id=message, ended_at=now, outcome="sent", remote=remote, via=via, why="")

    def retry(self, message: int, at: datetime, *, unclear: bool, why: str) -> None:
        self._transaction.change(_RETRY, of_id=message, due_at=at, is_unclear=unclear, why=why)

    def put_off(self, message: int, until: datetime, why: str) -> None:
        self._transaction.change(_PUT_OFF, of_id=message, due_at=until, why=why)

    def drop(self, message: int, now: datetime, why: str) -> None:
        self._transaction.change(_END, of_id=message, ended_at=now, outcome="dropped", why=why)

    def bury(self, message: int, now: datetime, why: str) -> None:
        self._transaction.change(_END, of_id=message, ended_at=now, outcome="buried", why=why)

    def step_reached_nobody(self, number: QuestionNumber, step: int, version: int) -> bool:
        values = {"number": number, "of_step": step, "of_version": version}
        return self._transaction.first(_STEP_REACHED, **values) is None

    def sent_calls(self, number: QuestionNumber) -> list[SentCall]:
        """Those of a step: ``commands/announce.py`` gives one to whatever asks for an act, 0 outside the policy."""
        return [
            SentCall(row.id, row.remote, row.to_place, row.to_person, row.via)
            for row in self._transaction.rows(_SENT_CALLS, number=number)
        ]

    def alarms(self, since: datetime, limit: int) -> list[Alarm]:
        return [_alarm(row) for row in self._transaction.rows(_ALARMS, since=since, at_most=limit)]

    def earliest(self) -> datetime | None:
        """When something is to be sent next (UTC): what waits behind another message of its lane does not count."""
        earliest: datetime | None = self._transaction.value(_EARLIEST)
        return earliest

    def forget_before(self, instant: datetime) -> int:
        """Delete what was sent, dropped or buried before ``instant``; returns how many that were."""
        return self._transaction.change(_FORGET, before=instant)


def _to_row(message: Message) -> dict[str, object]:
    return {
        "key": message.key,
        "lane": _lane(message),
        "topic": message.topic,
        "priority": int(message.priority),
        "to_place": message.to_place,
        "to_person": message.to_person,
        "question": message.question,
        "in_thread": message.in_thread,
        "people": message.people,
        "step": message.step,
        "version": message.version,
        "facts": dict(message.facts),
    }


def _lane(message: Message) -> str:
    """Two messages of one lane are sent in the order in which they were queued."""
    to = f"place {message.to_place}" if message.to_place is not None else f"person {message.to_person}"
    if message.topic is Topic.KUDOS:  # they may wait for somebody's return: nothing else waits behind them
        return f"{to}, kudos"
    if (
        message.topic is Topic.SETTLED
    ):  # says what is so when it is sent: no step waits behind the redraw of an old call
        return f"{to}, {message.key}"
    return f"{to}, question {message.question}" if message.question is not None else to


def _alarm(row: AnyRow) -> Alarm:
    question = None if row.question is None else QuestionNumber(row.question)
    return Alarm(row.queued_at, row.facts.get("why", ""), question, row.outcome == "sent", row.why)


def _to_domain(row: AnyRow, lease_until: datetime) -> Queued:
    message = Message(
        key=row.key,
        topic=Topic(row.topic),
        priority=Priority(row.priority),
        to_place=None if row.to_place is None else PlaceId(row.to_place),
        to_person=None if row.to_person is None else PersonId(row.to_person),
        question=None if row.question is None else QuestionNumber(row.question),
        in_thread=row.in_thread,
        people=tuple(row.people),
        step=row.step,
        version=row.version,
        facts=row.facts,
    )
    is_unclear = row.unclear or row.leased
    return Queued(row.id, message, row.attempts + 1, is_unclear, row.queued_at, lease_until, row.via)
