"""What is kept about one person, found in every table that names them, and how it is erased."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, delete, func, or_, select, update

from commands.ports import Rows
from coverage.absence import HalfDay
from coverage.ids import PersonId, short_id
from coverage.people import Person
from storage import schema
from storage.people import person_of
from storage.transaction import Transaction, of_firm

_p, _a, _i = schema.person, schema.absence, schema.identity
_q, _h, _k, _n = schema.question, schema.history, schema.kudos, schema.client_note
_r = schema.reference
_f, _c, _out, _change = schema.follow_up, schema.confirmed_address, schema.outbox, schema.setup_change
_whose: BindParameter[int] = bindparam("whose")
_folded: BindParameter[str] = bindparam("folded")
_pattern: BindParameter[str] = bindparam("pattern")
_by_them = func.lower(func.trim(_q.c.asked_by_email)) == _folded

_COLLEAGUE = select(_p).where(of_firm(_p), _p.c.folded_email == _folded).order_by(_p.c.id.desc()).limit(1)
_EXPORT = {
    "person": select(
        _p.c.name, _p.c.email, _p.c.timezone, _p.c.role, _p.c.aliases, _p.c.country, _p.c.region, _p.c.working_pattern
    ).where(of_firm(_p), _p.c.id == _whose),
    "accounts": select(_i.c.platform, _i.c.tenant, _i.c.user).where(of_firm(_i), _i.c.person == _whose),
    "pods": (
        select(schema.pod.c.name)
        .join(schema.membership, schema.membership.c.pod == schema.pod.c.id)
        .where(of_firm(schema.pod), schema.membership.c.person == _whose)
    ),
    "clients known": (
        select(schema.client.c.name, schema.knowledge.c.knowledge)
        .join(schema.knowledge, schema.knowledge.c.client == schema.client.c.id)
        .where(of_firm(schema.client), schema.knowledge.c.person == _whose)
    ),
    "leave": (
        select(_a.c.first, _a.c.last, _a.c.half_days, _a.c.kind, _a.c.source)
        .where(of_firm(_a), _a.c.person == _whose)
        .order_by(_a.c.first)
    ),
    "questions": (
        select(_q.c.number, _q.c.status, _q.c.claimed_at, _q.c.answered_at, _q.c.resolved_at)
        .where(of_firm(_q), or_(_q.c.claimed_by == _whose, _q.c.answered_by == _whose, _q.c.filed_by == _whose))
        .order_by(_q.c.number)
    ),
    "acts": (
        select(_h.c.question, _h.c.at, _h.c.what, _h.c.why).where(of_firm(_h), _h.c.who == _whose).order_by(_h.c.id)
    ),
    "kudos received": select(_k.c.at, _k.c.sentence).where(of_firm(_k), _k.c.receiver == _whose),
    "kudos given": select(_k.c.at, _k.c.sentence).where(of_firm(_k), _k.c.giver == _whose),
    "notes": select(_n.c.at, _n.c.text).where(of_firm(_n), _n.c.by == _whose),
    "calendar feeds": select(schema.feed.c.name, schema.feed.c.host, schema.feed.c.added_at).where(
        of_firm(schema.feed), schema.feed.c.owner == _whose
    ),
    "changes of the set-up": select(_change.c.at, _change.c.words).where(of_firm(_change), _change.c.by == _whose),
}
_EXPORT_ASKER = {
    "questions asked": (
        select(_q.c.number, _q.c.asked_at, _q.c.asked_by_name, _q.c.asked_by_email, _q.c.text)
        .where(of_firm(_q), _by_them)
        .order_by(_q.c.number)
    ),
    "said afterwards": (
        select(_f.c.question, _f.c.at, _f.c.by, _f.c.text)
        .join(_q, (_q.c.firm == _f.c.firm) & (_q.c.number == _f.c.question))
        .where(of_firm(_f), _by_them)
        .order_by(_f.c.id)
    ),
    "confirmed addresses": (
        select(schema.client.c.name)
        .join(_c, _c.c.client == schema.client.c.id)
        .where(of_firm(_c), _c.c.folded_email == _folded)
    ),
}
_ERASE = {
    "leave": delete(_a).where(of_firm(_a), _a.c.person == _whose),
    "ways to reach them": delete(_r).where(
        of_firm(_r),
        or_(
            _r.c.key.in_(select("person:" + _i.c.user).where(of_firm(_i), _i.c.person == _whose)),
            _r.c.key.in_(select("files:" + _i.c.user).where(of_firm(_i), _i.c.person == _whose)),
        ),
    ),
    "accounts": delete(_i).where(of_firm(_i), _i.c.person == _whose),
    "kudos received": delete(_k).where(of_firm(_k), _k.c.receiver == _whose),
    "messages to them": delete(_out).where(of_firm(_out), _out.c.to_person == _whose),
}
_feed, _asked = schema.feed, schema.feed_question
_THEIR_FEEDS = select(_feed.c.id).where(of_firm(_feed), _feed.c.owner == _whose)
_OF_FEED = bindparam("of_feed", type_=Integer)
_ERASE_FEED = (
    delete(_asked).where(of_firm(_asked), _asked.c.feed == _OF_FEED),
    delete(schema.feed_body).where(of_firm(schema.feed_body), schema.feed_body.c.feed == _OF_FEED),
    delete(_feed).where(of_firm(_feed), _feed.c.id == _OF_FEED),
)
_UNNAME_ASKED = update(_asked).where(
    of_firm(_asked), or_(_asked.c.title.like(_pattern, escape="!"), _asked.c.name.like(_pattern, escape="!"))
)
_NAMED_IN_HISTORY = select(_h.c.id, _h.c.why).where(of_firm(_h), _h.c.why.like(_pattern, escape="!"))
_REWRITE = update(_h).where(of_firm(_h), _h.c.id == bindparam("of_id"))
_SETUP_NAMING = delete(_change).where(
    of_firm(_change),
    or_(
        func.lower(_change.c.before).like(_pattern, escape="!"),
        func.lower(_change.c.after).like(_pattern, escape="!"),
        _change.c.by == _whose,
    ),
)
_ANONYMOUS = update(_p).where(of_firm(_p), _p.c.id == _whose)
_ASKED = select(_q.c.number).where(of_firm(_q), _by_them)
_WITHOUT_ASKER = update(_q).where(of_firm(_q), _by_them)
_WITHOUT_SPEAKER = update(_f).where(of_firm(_f), _f.c.question == bindparam("of_question"))
_UNCONFIRM = delete(_c).where(of_firm(_c), _c.c.folded_email == _folded)

NOBODY = "a former colleague"


class SqlPersonal:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def colleague(self, email: str) -> Person | None:
        row = self._transaction.first(_COLLEAGUE, folded=_fold(email))
        return None if row is None else person_of(row)

    def of_colleague(self, person: PersonId) -> Mapping[str, Rows]:
        return {what: self._rows(statement, whose=person) for what, statement in _EXPORT.items()}

    def erase_colleague(self, person: Person) -> Mapping[str, int]:
        erased = {what: self._transaction.change(statement, whose=person.id) for what, statement in _ERASE.items()}
        erased["calendar feeds"] = self._erase_feeds(person)
        erased["names in histories"] = self._rewrite_histories(person.name)
        erased["changes of the set-up"] = self._transaction.change(
            _SETUP_NAMING, pattern=_containing(_fold(person.email)), whose=person.id
        )
        nobody = f"forgotten-{person.id}@podline.invalid"
        erased["person"] = self._transaction.change(
            _ANONYMOUS, whose=person.id, name=NOBODY, email=nobody, folded_email=nobody, timezone="UTC", aliases=(),
            country=None, region=None, working_pattern=None, removed=True,
        )  # fmt: skip
        return erased

    def of_asker(self, email: str) -> Mapping[str, Rows]:
        return {what: self._rows(statement, folded=_fold(email)) for what, statement in _EXPORT_ASKER.items()}

    def erase_asker(self, email: str) -> Mapping[str, int]:
        folded = _fold(email)
        asked = [row.number for row in self._transaction.rows(_ASKED, folded=folded)]
        said = sum(self._transaction.change(_WITHOUT_SPEAKER, of_question=number, by=None) for number in asked)
        nobody = {"asked_by_name": None, "asked_by_email": None, "asker": None}
        return {
            "said afterwards": said,
            "questions asked": self._transaction.change(_WITHOUT_ASKER, folded=folded, **nobody),
            "confirmed addresses": self._transaction.change(_UNCONFIRM, folded=folded),
        }

    def _erase_feeds(self, person: Person) -> int:
        feeds = [row.id for row in self._transaction.rows(_THEIR_FEEDS, whose=person.id)]
        for number in feeds:
            for statement in _ERASE_FEED:
                self._transaction.change(statement, of_feed=number)
        self._transaction.change(_UNNAME_ASKED, pattern=_containing(person.name), title=None, name=None)
        return len(feeds)

    def _rewrite_histories(self, name: str) -> int:
        named = self._transaction.rows(_NAMED_IN_HISTORY, pattern=_containing(name))
        for row in named:
            self._transaction.change(_REWRITE, of_id=row.id, why=row.why.replace(name, NOBODY))
        return len(named)

    def _rows(self, statement: Any, **values: object) -> Rows:
        names = [column.key for column in statement.selected_columns]
        rows = self._transaction.rows(statement, **values)
        return [{name: _plain(name, value) for name, value in zip(names, row, strict=True)} for row in rows]


def _fold(email: str) -> str:
    return email.strip().casefold()


def _containing(words: str) -> str:
    """A pattern for ``LIKE`` with ``!`` as its escape."""
    return f"%{re.sub('[!%_]', lambda mark: f'!{mark[0]}', words)}%"


def _plain(name: str, value: Any) -> object:
    if name in ("number", "question") and value is not None:
        return short_id(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple) and all(isinstance(each, HalfDay) for each in value):
        return [f"{each.date.isoformat()} {each.half}" for each in value]
    text: object = getattr(value, "text", value)
    return text
