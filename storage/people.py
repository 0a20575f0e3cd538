"""The firm's people, and who they are on each platform."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, insert, or_, select, update

from commands.ports import Acting, Identity
from coverage.ids import PersonId
from coverage.people import Person, Role
from storage import schema
from storage.setup_version import raise_setup_version
from storage.transaction import AnyRow, Transaction, insert_or_replace, of_firm

_p = schema.person
_i = schema.identity

_ADD = insert(_p).returning(_p.c.id)
_CHANGE = update(_p).where(of_firm(_p), _p.c.id == bindparam("of_id"))
_EVERYBODY = select(_p).where(of_firm(_p), ~_p.c.removed).order_by(_p.c.id)
_on_platform = (of_firm(_i), _i.c.platform == bindparam("of_platform"), _i.c.user == bindparam("of_user"))
_WHO_IS = select(_i.c.person, _i.c.tenant).where(*_on_platform)
_other = schema.identity.alias("other")
_IS_ELSEWHERE = exists().where(
    _other.c.firm == _i.c.firm,
    _other.c.person == _i.c.person,
    _other.c.platform != _i.c.platform,
    or_(_i.c.acted_at.is_(None), _other.c.acted_at > _i.c.acted_at),
)
_WHO_ACTS = select(_i.c.person, _i.c.tenant, _IS_ELSEWHERE.label("comes_over")).where(*_on_platform)
_ACTED = update(_i).where(*_on_platform)
_NOTE_TENANT = update(_i).where(*_on_platform)
_LINK = insert_or_replace(_i, keys=("firm", "platform", "user"), changed=("tenant", "person"))
_UNLINK = delete(_i).where(*_on_platform, _i.c.person == bindparam("of_person"))
_IDENTITIES = select(_i).where(of_firm(_i), _i.c.person == bindparam("of_person")).order_by(_i.c.platform, _i.c.user)
_WAYS = (
    select(_i)
    .where(of_firm(_i), _i.c.person == bindparam("of_person"))
    .order_by(_i.c.acted_at.desc().nulls_last(), _i.c.platform, _i.c.user)
)

_WITH_ACCOUNT = select(_i.c.person).where(of_firm(_i)).distinct()


class SqlPeople:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def by_identity(self, identity: Identity) -> PersonId | None:
        """Who that is. A tenant that nobody knew yet is noted, where we may write; of two that differ, nobody."""
        row = self._row(_WHO_IS, identity)
        return None if row is None else PersonId(row.person)

    def acting(self, identity: Identity) -> Acting | None:
        row = self._row(_WHO_ACTS, identity)
        return None if row is None else Acting(PersonId(row.person), bool(row.comes_over))

    def acted(self, identity: Identity, now: datetime) -> None:
        self._transaction.change(_ACTED, of_platform=identity.platform, of_user=identity.user, acted_at=now)

    def _row(self, who: Select[Any], identity: Identity) -> AnyRow | None:
        row = self._transaction.first(who, of_platform=identity.platform, of_user=identity.user)
        if row is None or (identity.tenant and row.tenant and identity.tenant != row.tenant):
            return None
        if identity.tenant and not row.tenant and self._transaction.writes:
            self._transaction.change(
                _NOTE_TENANT, of_platform=identity.platform, of_user=identity.user, tenant=identity.tenant
            )
        return row

    def identities(self, person: PersonId) -> list[Identity]:
        rows = self._transaction.rows(_IDENTITIES, of_person=person)
        return [Identity(row.platform, row.tenant, row.user) for row in rows]

    def ways_to(self, person: PersonId) -> list[Identity]:
        rows = self._transaction.rows(_WAYS, of_person=person)
        return [Identity(row.platform, row.tenant, row.user) for row in rows]

    def with_account(self) -> set[PersonId]:
        return {PersonId(row.person) for row in self._transaction.rows(_WITH_ACCOUNT)}

    def link(self, person: PersonId, identity: Identity) -> None:
        """From now on that is ``person`` on the platform, and nobody else."""
        known = self._transaction.first(_WHO_IS, of_platform=identity.platform, of_user=identity.user)
        tenant = identity.tenant or (known.tenant if known is not None else "")
        self._transaction.insert(_LINK, person=person, platform=identity.platform, user=identity.user, tenant=tenant)

    def unlink(self, person: PersonId, identity: Identity) -> None:
        """That is not ``person`` any more; harmless where it never was."""
        self._transaction.change(_UNLINK, of_person=person, of_platform=identity.platform, of_user=identity.user)

    def save(self, person: Person) -> Person:
        raise_setup_version(self._transaction)
        values = _to_row(person)
        if person.id:
            self._transaction.change(_CHANGE, of_id=person.id, **values)
            return person
        return replace(person, id=PersonId(self._transaction.inserted(_ADD, **values)))


def everybody(transaction: Transaction) -> list[Person]:
    """The people of the firm as it is now, without those who were removed."""
    return [person_of(row) for row in transaction.rows(_EVERYBODY)]


def _to_row(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "email": person.email,
        "folded_email": person.email.strip().casefold(),
        "timezone": person.timezone,
        "role": person.role,
        "aliases": person.aliases,
        "country": person.country,
        "region": person.region,
        "working_pattern": person.working_pattern,
    }


def person_of(row: AnyRow) -> Person:
    """The person of a row of their table."""
    return Person(
        id=PersonId(row.id),
        name=row.name,
        email=row.email,
        timezone=row.timezone,
        role=Role(row.role),
        aliases=tuple(row.aliases),
        country=row.country,
        region=row.region,
        working_pattern=row.working_pattern,
    )
