"""Questions: stored under the firm's next number, saved only by who saw the newest revision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, or_, select, update

from commands.ports import Overtaken, QuestionQuery, UnknownQuestion
from coverage.charter import Level
from coverage.events import Promise
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.question import UNCLAIMED, AskedBy, Deadlines, Question, Status, Via
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_q = schema.question
_numbered = (of_firm(_q), _q.c.number == bindparam("of_number"))
# Literals, since the indexes over part of the table are used for nothing else.
_is_open = _q.c.status != literal_column(f"'{Status.RESOLVED}'")
_is_unclaimed = _q.c.status.in_([literal_column(f"'{status}'") for status in UNCLAIMED])

_NEXT_NUMBER = (
    update(schema.firm)
    .where(schema.firm.c.id == bindparam("of_firm"))
    .values(next_question=schema.firm.c.next_question + 1)
    .returning(schema.firm.c.next_question - 1, schema.firm.c.setup_version)
)
_ADD = insert(_q)
_SAVE = update(_q).where(*_numbered, _q.c.revision == bindparam("seen_revision"))
_LOOK_AT = select(_q).where(*_numbered)
_GET = _LOOK_AT.with_for_update()
_OWNED_BY = select(_q).where(of_firm(_q), _q.c.claimed_by == bindparam("owner"), _is_open).order_by(_q.c.number)
_UNCLAIMED_IN = (
    select(_q)
    .where(of_firm(_q), _q.c.pod.in_(bindparam("pods", expanding=True)), _is_unclaimed)
    .order_by(_q.c.claim_due.nulls_last(), _q.c.number)
)
_OF_CLIENTS_SINCE = (
    select(_q)
    .where(
        of_firm(_q),
        _q.c.client.in_(bindparam("clients", expanding=True)),
        _q.c.arrived_at >= bindparam("since"),
    )
    .order_by(_q.c.number.desc())
    .limit(bindparam("at_most"))
)
_COUNT_OPEN = (
    select(func.count())
    .select_from(_q)
    .where(of_firm(_q), _is_open, _q.c.rules_version >= 0, (_q.c.pod + 0).in_(bindparam("pods", expanding=True)))
)
"""By the index over the open questions, few among the many of a pod: + 0 keeps the index over those out of it."""
_of_client = (of_firm(_q), _q.c.client == bindparam("of_client"))
_OPEN_OF = select(_q).where(*_of_client, _is_open).order_by(_q.c.number.desc())
_ANSWERED_OF = (
    select(_q)
    .where(*_of_client, _q.c.answered_by.is_not(None))
    .order_by(_q.c.answered_at.desc())
    .limit(bindparam("at_most"))
)
_TEXTS_OF = select(_q.c.number, _q.c.text).where(*_of_client).order_by(_q.c.number.desc())
_UNDER_OLD_RULES = (
    select(_q.c.number)
    .where(of_firm(_q), _is_open, _q.c.rules_version < bindparam("rules"))
    .order_by(_q.c.rules_version, _q.c.number)
    .limit(bindparam("at_most"))
)
_MARK_RECOMPUTED = update(_q).where(*_numbered)
_IN_THREAD = select(schema.posting.c.question).where(
    of_firm(schema.posting),
    schema.posting.c.place == bindparam("place"),
    schema.posting.c.remote == bindparam("remote"),
)

_ASKED_AS = select(_q.c.number).where(
    of_firm(_q),
    _q.c.origin == bindparam("place"),
    _q.c.origin_remote == bindparam("remote"),
    _q.c.origin_remote.is_not(None),
)
_ASKED_IN = (
    select(_q)
    .where(
        of_firm(_q),
        _q.c.origin == bindparam("place"),
        _q.c.origin_thread == bindparam("thread"),
        _q.c.origin_thread.is_not(None),
    )
    .order_by(_q.c.number.desc())
    .limit(bindparam("at_most"))
)
_ASKED_BY = (
    select(_q)
    .where(
        of_firm(_q),
        _q.c.origin == bindparam("place"),
        _q.c.asker == bindparam("user"),
        _q.c.asker.is_not(None),
        or_(_is_open, _q.c.merged_into.is_not(None)),
    )
    .order_by(_q.c.number.desc())
    .limit(bindparam("at_most"))
)


class SqlQuestions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._seen: dict[QuestionNumber, Question] = {}
        """As they were read or saved last in this transaction."""

    def add(self, question: Question) -> Question:
        [(number, rules_version)] = self._transaction.changed(_NEXT_NUMBER)
        added = replace(question, number=QuestionNumber(number), revision=1)
        self._transaction.insert(_ADD, number=number, rules_version=rules_version, **_to_row(added))
        return added

    def get(self, number: QuestionNumber) -> Question:
        return self._one(_GET if self._transaction.writes else _LOOK_AT, number)

    def look_at(self, number: QuestionNumber) -> Question:
        return self._one(_LOOK_AT, number)

    def save(self, question: Question) -> Question:
        saved = replace(question, revision=question.revision + 1)
        values = self._changed(saved)
        if not self._transaction.change(_SAVE, of_number=question.number, seen_revision=question.revision, **values):
            raise Overtaken(f"Q-{question.number} was changed by somebody else in the meantime")
        self._seen[saved.number] = saved
        return saved

    def owned_by(self, person: PersonId) -> list[Question]:
        return self._list(_OWNED_BY, owner=person)

    def unclaimed_in(self, pods: Iterable[PodId]) -> list[Question]:
        return self._list(_UNCLAIMED_IN, pods=list(pods))

    def of_clients_since(self, clients: Iterable[ClientId], since: datetime, limit: int) -> list[Question]:
        return self._list(_OF_CLIENTS_SINCE, clients=list(clients), since=since, at_most=limit)

    def count_open(self, pods: Iterable[PodId]) -> int:
        count: int = self._transaction.value(_COUNT_OPEN, pods=list(pods))
        return count

    def open_of(self, client: ClientId) -> list[Question]:
        return self._list(_OPEN_OF, of_client=client)

    def answered_of(self, client: ClientId, limit: int) -> list[Question]:
        return self._list(_ANSWERED_OF, of_client=client, at_most=limit)

    def texts_of(self, client: ClientId) -> list[tuple[QuestionNumber, str]]:
        rows = self._transaction.rows(_TEXTS_OF, of_client=client)
        return [(QuestionNumber(row.number), row.text) for row in rows]

    def page(self, query: QuestionQuery) -> list[Question]:
        asked_for: dict[str, object] = {"status": query.status, "client": query.client, "pod": query.pod}
        values = {f"of_{name}": value for name, value in asked_for.items() if value is not None}
        statement = select(_q).where(of_firm(_q), *(_q.c[name[3:]] == bindparam(name) for name in values))
        if query.before is not None:
            statement = statement.where(_q.c.number < bindparam("before"))
            values["before"] = query.before
        newest_first = statement.order_by(_q.c.number.desc()).limit(bindparam("at_most"))
        return self._list(newest_first, at_most=query.limit, **values)

    def under_old_rules(self, firm_version: int, limit: int) -> list[QuestionNumber]:
        rows = self._transaction.rows(_UNDER_OLD_RULES, rules=firm_version, at_most=limit)
        return [QuestionNumber(row.number) for row in rows]

    def mark_recomputed(self, number: QuestionNumber, firm_version: int) -> None:
        self._transaction.change(_MARK_RECOMPUTED, of_number=number, rules_version=firm_version)

    def in_thread(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        number = self._transaction.value(_IN_THREAD, place=place, remote=remote)
        return None if number is None else QuestionNumber(number)

    def asked_as(self, place: PlaceId, remote: str) -> QuestionNumber | None:
        number = self._transaction.value(_ASKED_AS, place=place, remote=remote)
        return None if number is None else QuestionNumber(number)

    def asked_in(self, place: PlaceId, thread: str, limit: int = 5) -> list[Question]:
        return self._list(_ASKED_IN, place=place, thread=thread, at_most=limit)

    def asked_by(self, place: PlaceId, user: str, limit: int = 5) -> list[Question]:
        return self._list(_ASKED_BY, place=place, user=user, at_most=limit)

    def _changed(self, saved: Question) -> dict[str, object]:
        """What is to be written, given that the row still has the revision before this one: a column that is written
        costs each index over it, changed or not."""
        values, seen = _to_row(saved), self._seen.get(saved.number)
        if seen is None or seen.revision + 1 != saved.revision:
            return values
        known = _to_row(seen)
        return {name: value for name, value in values.items() if value is not known[name] and value != known[name]}

    def _one(self, statement: Any, number: QuestionNumber) -> Question:
        row = self._transaction.first(statement, of_number=number)
        if row is None:
            raise UnknownQuestion(number)
        found = self._seen[number] = _to_domain(row)
        return found

    def _list(self, statement: Any, **values: object) -> list[Question]:
        return [_to_domain(row) for row in self._transaction.rows(statement, **values)]


def _to_row(question: Question) -> dict[str, object]:
    return {
        "revision": question.revision,
        "version": question.version,
        "status": question.status,
        "level": question.level,
        "via": question.via,
        "pod": question.pod,
        "client": question.client,
        "named_as": question.named_as,
        "candidates": question.candidates,
        "asked_by_name": question.asked_by.name,
        "asked_by_email": question.asked_by.email,
        "filed_by": question.asked_by.filed_by,
        "asked_at": question.asked_at,
        "arrived_at": question.arrived_at,
        "offered_at": question.offered_at,
        "claim_due": question.deadlines.claim,
        "first_response_due": question.deadlines.first_response,
        "resolution_due": question.deadlines.resolution,
        "called": question.called,
        "step": question.step,
        "reminded": question.reminded,
        "managers_told_at": question.managers_told_at,
        "brought_forward": question.brought_forward,
        "brought_forward_because": question.brought_forward_because,
        "claimed_by": question.claimed_by,
        "claimed_at": question.claimed_at,
        "nudged": question.nudged,
        "answered_at": question.answered_at,
        "answered_by": question.answered_by,
        "resolved_at": question.resolved_at,
        "pauses": question.pauses,
        "breached": sorted(question.breached),
        "origin": question.origin,
        "origin_remote": question.origin_remote,
        "origin_thread": question.origin_thread,
        "asker": question.asked_by.user,
        "attachments": question.attachments,
        "urgent": question.urgent,
        "snoozed_until": question.snoozed_until,
        "merged_into": question.merged_into,
        "policy": question.policy,
        "text": question.text,
    }


def _to_domain(row: AnyRow) -> Question:
    return Question(
        number=QuestionNumber(row.number),
        status=Status(row.status),
        text=row.text,
        level=Level(row.level),
        via=Via(row.via),
        asked_by=AskedBy(row.asked_by_name, row.asked_by_email, _person(row.filed_by), row.asker),
        asked_at=row.asked_at,
        arrived_at=row.arrived_at,
        offered_at=row.offered_at,
        pod=PodId(row.pod),
        policy=row.policy,
        client=None if row.client is None else ClientId(row.client),
        candidates=tuple(row.candidates),
        named_as=row.named_as,
        deadlines=Deadlines(row.claim_due, row.first_response_due, row.resolution_due),
        called=tuple(row.called),
        step=row.step,
        reminded=row.reminded,
        managers_told_at=row.managers_told_at,
        brought_forward=row.brought_forward,
        brought_forward_because=row.brought_forward_because,
        claimed_by=_person(row.claimed_by),
        claimed_at=row.claimed_at,
        nudged=row.nudged,
        answered_at=row.answered_at,
        answered_by=_person(row.answered_by),
        resolved_at=row.resolved_at,
        pauses=row.pauses,
        breached=frozenset(map(Promise, row.breached)),
        origin=None if row.origin is None else PlaceId(row.origin),
        origin_remote=row.origin_remote,
        origin_thread=row.origin_thread,
        attachments=row.attachments,
        urgent=row.urgent,
        snoozed_until=row.snoozed_until,
        merged_into=None if row.merged_into is None else QuestionNumber(row.merged_into),
        version=row.version,
        revision=row.revision,
    )


def _person(number: int | None) -> PersonId | None:
    return None if number is None else PersonId(number)
