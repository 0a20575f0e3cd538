"""The version of the firm's set-up: it grows with every change, and tells every process to read it anew."""

from sqlalchemy import bindparam, select, update

from storage import schema
from storage.transaction import Transaction

_f = schema.firm
_RAISE = update(_f).where(_f.c.id == bindparam("of_firm")).values(setup_version=_f.c.setup_version + 1)
_READ = select(_f.c.setup_version).where(_f.c.id == bindparam("of_firm"))


def raise_setup_version(transaction: Transaction) -> None:
    """Once per transaction is enough; on PostgreSQL it also makes those who change the set-up wait for each other."""
    if not transaction.has_changed_setup:
        transaction.change(_RAISE)
        transaction.has_changed_setup = True


def setup_version(transaction: Transaction) -> int:
    version = transaction.value(_READ)
    return 0 if version is None else int(version)
