"""Places: which channel of which platform a number stands for."""

from collections.abc import Iterable

from sqlalchemy import Column, Table, bindparam, delete, select, update

from commands.ports import Place
from coverage.ids import PlaceId
from storage import schema
from storage.setup_version import raise_setup_version
from storage.transaction import Transaction, insert_unless_there, of_firm

_p = schema.place
_f = schema.firm
_FIND = select(_p.c.id).where(of_firm(_p), _p.c.platform == bindparam("platform"), _p.c.address == bindparam("address"))
_ADD = insert_unless_there(_p, _p.c.id)
_GET = select(_p.c.platform, _p.c.address).where(of_firm(_p), _p.c.id == bindparam("place"))
_OF_CLIENTS = (
    select(_p.c.address)
    .distinct()
    .join(schema.client_channel, schema.client_channel.c.place == _p.c.id)
    .join(schema.client, schema.client.c.id == schema.client_channel.c.client)
    .where(of_firm(_p), _p.c.platform == bindparam("platform"), ~schema.client.c.removed)
)
_RENAME = update(_p).where(of_firm(_p), _p.c.id == bindparam("of_id"))


def _meaning_a_place() -> list[tuple[Table, Column[int]]]:
    """Every column of our tables that says which place something is at."""
    referring = [
        (table, column)
        for table in schema.metadata.sorted_tables
        for column in table.columns
        if any(key.column is _p.c.id for key in column.foreign_keys)
    ]
    return referring + [(_f, column) for column in (_f.c.intake_channel, _f.c.alerts_channel, _f.c.kudos_channel)]


_MEAN_ANOTHER = [
    update(table)
    .where(_f.c.id == bindparam("of_firm") if table is _f else of_firm(table), column == bindparam("was"))
    .values({column: bindparam("is_now")})
    for table, column in _meaning_a_place()
]
_card = schema.posting
_FORGET_CARDS = delete(_card).where(
    of_firm(_card),
    _card.c.place == bindparam("was"),
    _card.c.question.in_(select(_card.c.question).where(of_firm(_card), _card.c.place == bindparam("is_now"))),
)
_ADDRESSES = select(_p.c.id, _p.c.address).where(
    of_firm(_p), _p.c.platform == bindparam("platform"), _p.c.address.in_(bindparam("addresses", expanding=True))
)
_ALL = select(_p.c.id, _p.c.platform, _p.c.address).where(of_firm(_p))
_ADD_ALL = insert_unless_there(_p)
_AT_ONCE = 1000
"""Databases limit how many values a statement may name."""


class UnknownPlace(LookupError):
    """There is no such place."""


class SqlPlaces:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def at(self, platform: str, address: str) -> PlaceId:
        """The place of that address, made known if it was not, by whoever was first."""
        known = self.find(platform, address)
        if known is None:
            self._transaction.inserted(_ADD, platform=platform, address=address)
            known = self.find(platform, address)
        if known is None:
            raise UnknownPlace(f"{platform} {address} was neither there nor could it be made known")
        return known

    def all_at(self, places: Iterable[Place]) -> dict[Place, PlaceId]:
        wanted = set(places)
        known = self._those(wanted)
        new = sorted(wanted - known.keys(), key=lambda one: (one.platform, one.address))
        self._transaction.insert_all(_ADD_ALL, [{"platform": one.platform, "address": one.address} for one in new])
        return known | self._those(new)

    def _those(self, places: Iterable[Place]) -> dict[Place, PlaceId]:
        by_platform: dict[str, list[str]] = {}
        for place in places:
            by_platform.setdefault(place.platform, []).append(place.address)
        found = {}
        for platform, addresses in by_platform.items():
            for begin in range(0, len(addresses), _AT_ONCE):
                part = addresses[begin : begin + _AT_ONCE]
                for row in self._transaction.rows(_ADDRESSES, platform=platform, addresses=part):
                    found[Place(platform, row.address)] = PlaceId(row.id)
        return found

    def everywhere(self) -> dict[PlaceId, Place]:
        return {PlaceId(row.id): Place(row.platform, row.address) for row in self._transaction.rows(_ALL)}

    def find(self, platform: str, address: str) -> PlaceId | None:
        number = self._transaction.value(_FIND, platform=platform, address=address)
        return None if number is None else PlaceId(number)

    def get(self, place: PlaceId) -> Place:
        """Raises UnknownPlace."""
        row = self._transaction.first(_GET, place=place)
        if row is None:
            raise UnknownPlace(f"there is no place {place}")
        return Place(row.platform, row.address)

    def of_clients(self, platform: str) -> frozenset[str]:
        return frozenset(row.address for row in self._transaction.rows(_OF_CLIENTS, platform=platform))

    def move(self, platform: str, old: str, new: str) -> bool:
        """A place made known by its new address meanwhile becomes the old one, which everything else knows; its row
        keeps the old address."""
        place, twin = self.find(platform, old), self.find(platform, new)
        if place is None or place == twin:
            return False
        raise_setup_version(self._transaction)
        if twin is not None:
            self._transaction.change(_FORGET_CARDS, was=twin, is_now=place)
            for mean_another in _MEAN_ANOTHER:
                self._transaction.change(mean_another, was=twin, is_now=place)
            self._transaction.change(_RENAME, of_id=twin, address=f"{old} until it was {new}")
        self._transaction.change(_RENAME, of_id=place, address=new)
        if twin is not None:
            self._transaction.change(_RENAME, of_id=twin, address=old)
        return True
