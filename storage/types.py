"""How values of the domain are kept in columns: instants in UTC, free text, small structures as JSON text."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from coverage.service_hours import NaiveInstant


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes of any zone, raises NaiveInstant for naive ones, returns aware UTC.

    PostgreSQL keeps a ``timestamptz``; SQLite, which has no such type, ISO text of one width, so that texts sort as
    the instants do.
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(f"{value} has no time zone, so it is not an instant and is not stored.")
        instant = value.astimezone(UTC)
        return instant if dialect.name == "postgresql" else instant.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else datetime.fromisoformat(value)


class FreeText(TypeDecorator[str]):
    """Text that somebody outside wrote. What no database keeps (NUL, half of a surrogate pair) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if "\x00" in value:
            value = value.replace("\x00", "\ufffd")
        if value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Coded(TypeDecorator[Any]):
    """A value kept as JSON text, by the two functions that write and read it.

    Text and not the engine's own JSON: it comes back exactly as it was written, on both engines, NUL and all, and
    equal texts can share one decoded value.
    """

    impl = Text
    cache_ok = True

    def __init__(self, write: Callable[[Any], str] = json.dumps, read: Callable[[str], Any] = json.loads) -> None:
        super().__init__()
        self.write = write
        self.read = read

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.read(value)
