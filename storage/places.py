"""Places: which channel of which platform a number stands for."""

from sqlalchemy import bindparam, select

from commands.ports import Place
from coverage.ids import PlaceId
from storage import schema
from storage.transaction import Transaction, insert_unless_there, of_firm

_p = schema.place
_FIND = select(_p.c.id).where(of_firm(_p), _p.c.platform == bindparam("platform"), _p.c.address == bindparam("address"))
_ADD = insert_unless_there(_p, _p.c.id)
_GET = select(_p.c.platform, _p.c.address).where(of_firm(_p), _p.c.id == bindparam("place"))


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

    def find(self, platform: str, address: str) -> PlaceId | None:
        number = self._transaction.value(_FIND, platform=platform, address=address)
        return None if number is None else PlaceId(number)

    def get(self, place: PlaceId) -> Place:
        """Raises UnknownPlace."""
        row = self._transaction.first(_GET, place=place)
        if row is None:
            raise UnknownPlace(f"there is no place {place}")
        return Place(row.platform, row.address)
