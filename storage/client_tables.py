"""The tables of clients, and of all by which an incoming question is known to be theirs."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.metadata import metadata, of_a_firm
from storage.types import FreeText, UtcDateTime

client = Table(
    "client",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("name", FreeText, nullable=False),
    Column("pod", ForeignKey("pod.id"), nullable=False, index=True),
    Column("named_contact", ForeignKey("person.id"), index=True),
    Column("removed", Boolean, nullable=False, server_default=text("false")),
    sqlite_autoincrement=True,
)

client_name = Table(
    "client_name",
    metadata,
    of_a_firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is the name, the others are aliases"),
    Column("text", FreeText, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_client_name_folded", "firm", "folded"),
)

client_domain = Table(
    "client_domain",
    metadata,
    of_a_firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("domain", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_client_domain_folded", "firm", "folded"),
)

client_channel = Table(
    "client_channel",
    metadata,
    of_a_firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("place", ForeignKey("place.id"), nullable=False, index=True),
)

client_note = Table(
    "client_note",
    metadata,
    Column("id", Integer, primary_key=True),
    of_a_firm(),
    Column("client", ForeignKey("client.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", ForeignKey("person.id"), nullable=False),
    Column("text", FreeText, nullable=False),
    Index("ix_client_note_client", "firm", "client", "id"),
    sqlite_autoincrement=True,
)

knowledge = Table(
    "knowledge",
    metadata,
    of_a_firm(),
    Column("client", ForeignKey("client.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("knowledge", String(16), nullable=False),
)

confirmed_address = Table(
    "confirmed_address",
    metadata,
    Column("firm", ForeignKey("firm.id"), primary_key=True),
    Column("folded_email", Text, primary_key=True),
    Column("client", ForeignKey("client.id"), primary_key=True, index=True),
)
