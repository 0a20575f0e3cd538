"""Notes about clients."""

from dataclasses import replace

from sqlalchemy import bindparam, delete, insert, select

from commands.ports import ClientNote
from coverage.ids import ClientId, PersonId
from storage import schema
from storage.transaction import AnyRow, Transaction, of_firm

_n = schema.client_note
_numbered = (of_firm(_n), _n.c.id == bindparam("of_id"))
_ADD = insert(_n).returning(_n.c.id)
_OF = (
    select(_n)
    .where(of_firm(_n), _n.c.client == bindparam("of_client"))
    .order_by(_n.c.id.desc())
    .limit(bindparam("at_most"))
)
_GET = select(_n).where(*_numbered)
_REMOVE = delete(_n).where(*_numbered)


class SqlNotes:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, note: ClientNote) -> ClientNote:
        number = self._transaction.inserted(_ADD, client=note.client, at=note.at, by=note.by, text=note.text)
        return replace(note, id=number)

    def of(self, client: ClientId, limit: int = 1_000) -> list[ClientNote]:
        return [_to_domain(row) for row in self._transaction.rows(_OF, of_client=client, at_most=limit)]

    def get(self, note: int) -> ClientNote | None:
        row = self._transaction.first(_GET, of_id=note)
        return None if row is None else _to_domain(row)

    def remove(self, note: int) -> bool:
        return bool(self._transaction.change(_REMOVE, of_id=note))


def _to_domain(row: AnyRow) -> ClientNote:
    return ClientNote(row.id, ClientId(row.client), PersonId(row.by), row.at, row.text)
