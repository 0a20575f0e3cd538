"""Clients: who they are, how people call them, and by what an incoming question is known to be theirs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)

from commands.ports import ClientName, Regular, SaidToKnow
from coverage.clients import Answer, Client, Knowledge, Worth
from coverage.ids import ClientId, PersonId, PlaceId, PodId
from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_c = schema.client
_name = schema.client_name
_domain = schema.client_domain
_channel = schema.client_channel
_knows = schema.knowledge
_address = schema.confirmed_address
_q = schema.question

_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_no_text, _no_number = cast(null(), String), cast(null(), Integer)
_PARTS = union_all(
    select(
        _name.c.client, literal("alias").label("part"), _name.c.position, _name.c.text, _no_number.label("number")
    ).where(_name.c.client.in_(_ids), _name.c.position > 0),
    select(_domain.c.client, literal("domain"), _domain.c.position, _domain.c.domain, _no_number).where(
        _domain.c.client.in_(_ids)
    ),
    select(_channel.c.client, literal("channel"), _channel.c.position, _no_text, _channel.c.place).where(
        _channel.c.client.in_(_ids)
    ),
    select(_knows.c.client, literal("knows"), _knows.c.position, _knows.c.knowledge, _knows.c.person).where(
        _knows.c.client.in_(_ids)
    ),
).order_by("client", "part", "position")
"""Everything that a client has several of, in one statement."""

_THESE = select(_c).where(of_firm(_c), _c.c.id.in_(_ids))
_present = select(_c).where(of_firm(_c), ~_c.c.removed).order_by(_c.c.id)
_EVERYONE = _present
_OF_PODS = _present.where(_c.c.pod.in_(bindparam("pods", expanding=True)))
_CALLED = _present.where(
    _c.c.id.in_(select(_name.c.client).where(of_firm(_name), _name.c.folded == bindparam("folded")))
)
_WITH_DOMAIN = _present.where(
    _c.c.id.in_(select(_domain.c.client).where(of_firm(_domain), _domain.c.folded == bindparam("folded")))
)
_WITH_CHANNEL = _present.where(
    _c.c.id.in_(select(_channel.c.client).where(of_firm(_channel), _channel.c.place == bindparam("place")))
)
_WITH_ADDRESS = _present.where(
    _c.c.id.in_(select(_address.c.client).where(of_firm(_address), _address.c.folded_email == bindparam("folded")))
)
_NAMES = (
    select(_name.c.client, _name.c.text)
    .join(_c, _c.c.id == _name.c.client)
    .where(of_firm(_name), ~_c.c.removed)
    .order_by(_name.c.client, _name.c.position)
)
_WITHOUT_CONTACT = (
    select(_c.c.id, _c.c.name).where(of_firm(_c), _c.c.named_contact.is_(None), ~_c.c.removed).order_by(_c.c.name)
)
_ANSWERS = (
    select(_q.c.answered_by, _q.c.answered_at)
    .where(
        of_firm(_q),
        _q.c.client == bindparam("of_client"),
        _q.c.answered_at >= bindparam("since"),
        _q.c.answered_by.is_not(None),
    )
    .order_by(_q.c.answered_at)
)
_ANSWERS_OF = (
    select(_q.c.client, _q.c.answered_by, _q.c.answered_at)
    .where(of_firm(_q), _q.c.client.in_(_ids), _q.c.answered_at >= bindparam("since"), _q.c.answered_by.is_not(None))
    .order_by(_q.c.client, _q.c.answered_at)
)
_NAMED = select(_c.c.id, _c.c.name, _c.c.pod, _c.c.named_contact).where(of_firm(_c), ~_c.c.removed).order_by(_c.c.id)
_KNOWN = (
    select(_knows.c.client, _knows.c.person)
    .join(_c, _c.c.id == _knows.c.client)
    .where(of_firm(_c), ~_c.c.removed, _knows.c.knowledge == Knowledge.KNOWS)
)
_CONFIRM = insert_unless_there(_address, _address.c.client)
_FORGET = delete(_address).where(
    of_firm(_address), _address.c.folded_email == bindparam("folded"), _address.c.client == bindparam("of_client")
)
_LAST_NAME = select(func.max(_name.c.position)).where(_name.c.client == bindparam("of_client"))
_ADD_NAME = insert(_name)
_ADD = insert(_c).returning(_c.c.id, sort_by_parameter_order=True)
_CHANGE = update(_c).where(of_firm(_c), _c.c.id == bindparam("of_id"))
_PART_TABLES = (_name, _domain, _channel, _knows)
_CLEAR = [delete(table).where(table.c.client.in_(_ids)) for table in _PART_TABLES]
_SET = [insert(table) for table in _PART_TABLES]


class UnknownClient(LookupError):
    """There is no client of that id."""


class SqlClients:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, client: ClientId) -> Client:
        """The client, also one that was removed: old questions are still theirs. Raises UnknownClient."""
        found = self._list(_THESE, ids=[client])
        if not found:
            raise UnknownClient(f"there is no client {client}")
        return found[0]

    def many(self, clients: Iterable[ClientId]) -> dict[ClientId, Client]:
        return {client.id: client for client in self._list(_THESE, ids=list(set(clients)))}

    def called(self, name: str) -> list[Client]:
        return self._list(_CALLED, folded=folded(name))

    def with_domain(self, domain: str) -> list[Client]:
        return self._list(_WITH_DOMAIN, folded=folded(domain))

    def with_channel(self, place: PlaceId) -> list[Client]:
        return self._list(_WITH_CHANNEL, place=place)

    def with_address(self, email: str) -> list[Client]:
        return self._list(_WITH_ADDRESS, folded=folded(email))

    def confirm_address(self, email: str, client: ClientId) -> None:
        self._transaction.inserted(_CONFIRM, folded_email=folded(email), client=client)

    def forget_address(self, email: str, client: ClientId) -> None:
        self._transaction.change(_FORGET, folded=folded(email), of_client=client)

    def add_alias(self, client: ClientId, alias: str) -> None:
        last = self._transaction.value(_LAST_NAME, of_client=client) or 0
        self._transaction.insert(_ADD_NAME, client=client, position=last + 1, text=alias, folded=folded(alias))

    def without_contact(self) -> list[ClientName]:
        return [ClientName(ClientId(row.id), row.name) for row in self._transaction.rows(_WITHOUT_CONTACT)]

    def names(self) -> list[ClientName]:
        return [ClientName(ClientId(row.client), row.text) for row in self._transaction.rows(_NAMES)]

    def answers(self, client: ClientId, since: datetime) -> list[Answer]:
        rows = self._transaction.rows(_ANSWERS, of_client=client, since=since)
        return [Answer(PersonId(row.answered_by), row.answered_at) for row in rows]

    def said_to_know(self) -> list[SaidToKnow]:
        people: dict[int, set[PersonId]] = defaultdict(set)
        for client, person in self._transaction.rows(_KNOWN):
            people[client].add(PersonId(person))
        return [
            SaidToKnow(
                ClientId(client),
                name,
                PodId(pod),
                frozenset(people[client] if contact is None else people[client] | {PersonId(contact)}),
                None if contact is None else PersonId(contact),
            )
            for client, name, pod, contact in self._transaction.rows(_NAMED)
        ]

    def answers_of(self, clients: Iterable[ClientId], since: datetime) -> dict[ClientId, list[Answer]]:
        found: dict[ClientId, list[Answer]] = defaultdict(list)
        ids = list(set(clients))
        for begin in range(0, len(ids), _AT_ONCE):
            rows = self._transaction.rows(_ANSWERS_OF, ids=ids[begin : begin + _AT_ONCE], since=since)
            for client, person, at in rows:
                found[ClientId(client)].append(Answer(PersonId(person), at))
        return dict(found)

    def regulars(
        self, since: datetime, until: datetime, worths: Sequence[Worth], fewest: int, least: float
    ) -> list[Regular]:
        steps = {f"since_{step}": worth.since for step, worth in enumerate(worths[:-1])}
        values = {f"worth_{step}": worth.least for step, worth in enumerate(worths)}
        limits = {"since": since, "until": until, "fewest": fewest, "least": least}
        rows = self._transaction.rows(_regulars(len(worths)), **limits, **steps, **values)
        return [Regular(ClientId(client), PersonId(person), worth) for client, person, worth in rows]

    def of_pods(self, pods: Iterable[PodId]) -> list[Client]:
        return self._list(_OF_PODS, pods=list(pods))

    def everyone(self) -> list[Client]:
        return self._list(_EVERYONE)

    def save(self, client: Client) -> Client:
        return self.save_all([client])[0]

    def save_all(self, clients: Sequence[Client]) -> list[Client]:
        known = [client for client in clients if client.id]
        self._transaction.change_all(_CHANGE, [{"of_id": client.id, **_values(client)} for client in known])
        for clear in _CLEAR if known else ():
            self._transaction.change(clear, ids=[client.id for client in known])
        new = iter(self._transaction.inserted_each(_ADD, [_values(client) for client in clients if not client.id]))
        saved = [client if client.id else replace(client, id=ClientId(next(new))) for client in clients]
        rows_of_each = [(client.id, _part_rows(client)) for client in saved]
        for place, add in enumerate(_SET):
            rows = [{"client": client, **row} for client, parts in rows_of_each for row in parts[place]]
            self._transaction.insert_all(add, rows)
        return saved

    def _list(self, statement: Select[Any], **values: object) -> list[Client]:
        rows = self._transaction.rows(statement, **values)
        parts = self._parts([row.id for row in rows])
        return [
            Client(
                id=ClientId(row.id),
                name=row.name,
                pod=PodId(row.pod),
                named_contact=None if row.named_contact is None else PersonId(row.named_contact),
                domains=tuple(parts[row.id].domains),
                aliases=tuple(parts[row.id].aliases),
                channels=tuple(parts[row.id].channels),
                knows=parts[row.id].knows,
            )
            for row in rows
        ]

    def _parts(self, ids: Sequence[int]) -> dict[int, "_Parts"]:
        parts: dict[int, _Parts] = defaultdict(_Parts)
        for begin in range(0, len(ids), _AT_ONCE):
            for row in self._transaction.rows(_PARTS, ids=ids[begin : begin + _AT_ONCE]):
                parts[row.client].add(row.part, row.text, row.number)
        return parts


@lru_cache
def _regulars(steps: int) -> Select[Any]:
    """The database adds up: of all answers it hands out but a row for each client and person."""
    together = func.sum(_worth(range(steps)))
    return (
        select(_q.c.client, _q.c.answered_by, together.label("worth"))
        .where(
            of_firm(_q),
            _q.c.client.is_not(None),
            _q.c.answered_by.is_not(None),
            _q.c.answered_at.between(bindparam("since"), bindparam("until")),
        )
        .group_by(_q.c.client, _q.c.answered_by)
        .having(func.count() >= bindparam("fewest", type_=Integer), together >= bindparam("least", type_=Float))
    )


def _worth(steps: range) -> ColumnElement[float]:
    """Of an answer that was given in one of these steps: found by halving them, for it is asked of each answer."""
    if len(steps) == 1:
        return bindparam(f"worth_{steps[0]}", type_=Float)
    newer, older = steps[: len(steps) // 2], steps[len(steps) // 2 :]
    return case((_q.c.answered_at >= bindparam(f"since_{newer[-1]}"), _worth(newer)), else_=_worth(older))


_AT_ONCE = 1000
"""Databases limit how many values a statement may name."""


@dataclass(slots=True)
class _Parts:
    aliases: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    channels: list[PlaceId] = field(default_factory=list)
    knows: dict[PersonId, Knowledge] = field(default_factory=dict)

    def add(self, part: str, text: str, number: int) -> None:
        match part:
            case "alias":
                self.aliases.append(text)
            case "domain":
                self.domains.append(text)
            case "channel":
                self.channels.append(PlaceId(number))
            case _:
                self.knows[PersonId(number)] = Knowledge(text)


def folded(text: str) -> str:
    """The form in which names, domains and addresses are compared: whatever the case and spacing."""
    return " ".join(text.split()).casefold()


def _values(client: Client) -> dict[str, object]:
    return {"name": client.name, "pod": client.pod, "named_contact": client.named_contact}


def _part_rows(client: Client) -> tuple[list[dict[str, object]], ...]:
    """The rows of each of ``_PART_TABLES``."""
    return (
        [
            {"position": position, "text": name, "folded": folded(name)}
            for position, name in enumerate((client.name, *client.aliases))
        ],
        [
            {"position": position, "domain": domain, "folded": folded(domain)}
            for position, domain in enumerate(client.domains)
        ],
        [{"position": position, "place": place} for position, place in enumerate(client.channels)],
        [
            {"position": position, "person": person, "knowledge": knowledge}
            for position, (person, knowledge) in enumerate(client.knows.items())
        ],
    )
