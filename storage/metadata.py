"""What the tables have in common: how constraints are named, the firm of each row, indexes over part of a table."""

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BIG = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column of type INTEGER."""


def of_a_firm() -> Column[int]:
    return Column("firm", ForeignKey("firm.id"), nullable=False)


def of_a_question(*, key: bool = False) -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The columns that name a question; with ``key`` they begin the primary key."""
    return (
        Column("firm", Integer, primary_key=key, autoincrement=False, nullable=False),
        Column("question", Integer, primary_key=key, autoincrement=False, nullable=False),
        ForeignKeyConstraint(["firm", "question"], ["question.firm", "question.number"]),
    )


def partial_index(name: str, *columns: str, where: str, sqlite: str | None = None, unique: bool = False) -> Index:
    """An index of the rows for which ``where`` holds: as small as what is still to be done.

    A query is helped by it only where it says the same thing without parameters; ``sqlite`` is how SQLAlchemy says it
    there, should that differ.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(sqlite or where), postgresql_where=text(where))
