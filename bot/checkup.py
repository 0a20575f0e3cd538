"""What `podline doctor` looks at and finds: each finding says what is wrong and the exact act that mends it."""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from bot.database import MIGRATE, name_of, schema_of
from commands.ports import UnitOfWork
from coverage.firm import Firm
from storage.engine import sqlite_file
from storage.migrate import SchemaState

LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` is wrong with ``part``; ``act`` is what to do about it, as exactly as we know it."""

    part: str
    what: str
    act: str


@dataclass(frozen=True, slots=True)
class Post:
    """A channel Podline has to be in, and what for; ``field`` is where the roster names it."""

    address: str
    use: str
    field: str


def database_findings(engine: Engine) -> Iterator[Finding]:
    """Whether it answers, has our schema, keeps what it was told, and has room. Raises PlainError where it is away."""
    match schema_of(engine):
        case SchemaState.EMPTY:
            yield Finding("database", f"There is no Podline database at {name_of(engine)} yet.", MIGRATE)
        case SchemaState.OLD:
            yield Finding("database", f"{name_of(engine)} has an older schema.", MIGRATE)
        case SchemaState.TOO_NEW:
            yield Finding("database", f"{name_of(engine)} belongs to a newer Podline.", "Install that version.")
        case SchemaState.CURRENT:
            yield from _durability(engine)
    file = sqlite_file(engine)
    if file is not None:
        yield from _room(file)


def _durability(engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                if connection.scalar(text(f"SHOW {name}")) == "off":
                    what = f"PostgreSQL runs with {name} = off: a power cut may lose questions that were accepted."
                    yield Finding("database", what, f"ALTER SYSTEM SET {name} = on; SELECT pg_reload_conf();")
            return
        mode, level = (connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous"))
    if str(mode).lower() != "wal" or int(level or 0) < _FULL:
        what = f"The database file is not durable here (journal {mode}, synchronous {level})."
        yield Finding("database", what, "Put it on a local disk: network drives cannot keep SQLite's promises.")


def _room(file: Path) -> Iterator[Finding]:
    folder = file.absolute().parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        yield Finding("disk", f"Only {free // 1_000_000} MB are free in {folder}.", "Make room, or move the database.")
    if not os.access(folder, os.W_OK):
        yield Finding("disk", f"{folder} cannot be written to.", f"Give this user the right: chown or chmod {folder}.")


def firm_findings(firm: Firm, uow: UnitOfWork, *, platforms: Collection[str]) -> Iterator[Finding]:
    """Whether the set-up holds together: pods, managers, where unknown clients' questions go, who can be called on the
    ``platforms`` that are set."""
    if not firm.pods:
        yield Finding("roster", "No pod is set up, so no question can be taken.", "podline import roster FILE")
        return
    if not firm.managers():
        what = "Nobody is a manager: nobody can change the set-up or is told when a question is stuck."
        yield Finding("roster", what, "podline person promote EMAIL")
    if firm.intake is None:
        first = min(firm.pods.values(), key=lambda pod: pod.id)
        what = f"No intake is set: questions of unknown clients go to {first.name}, because it was set up first."
        yield Finding("roster", what, "Add `intake: {channel: C..., pod: ...}` to the roster and import it.")
    if firm.alerts_channel is None:
        what = "No alerts_channel is set: what cannot be delivered is told to the managers by direct message."
        yield Finding("roster", what, "Add `alerts_channel: C...` to the roster and import it.")
    for pod in firm.pods.values():
        if not pod.members:
            yield Finding(
                "roster", f"The pod {pod.name} has no members.", "Name its members in the roster and import it."
            )
    if platforms:
        yield from _unreachable(firm, uow, platforms)


_ROSTER_LINES = {"slack": "slack: U...", "teams": "teams: their Object ID in Microsoft Entra"}


def _unreachable(firm: Firm, uow: UnitOfWork, platforms: Collection[str]) -> Iterator[Finding]:
    called = {who for pod in firm.pods.values() for who in (*pod.members, *([pod.lead] if pod.lead else []))}
    for who in sorted(called | {manager.id for manager in firm.managers()}):
        if not {identity.platform for identity in uow.people.identities(who)} & set(platforms):
            names = " or ".join(one.capitalize() for one in sorted(platforms))
            lines = " or ".join(f"`{_ROSTER_LINES[one]}`" for one in sorted(platforms))
            person = firm.people[who]
            what = (
                f"{person.name} ({person.email}) has no {names} id, so Podline can neither mention nor write to them."
            )
            yield Finding("people", what, f"Add {lines} to the roster, or let them ask Podline for help once.")


def posts_of(firm: Firm, uow: UnitOfWork, platform: str = "slack") -> list[Post]:
    """Every channel of the platform that Podline has to be in, each once: those it writes into and those of clients."""
    found = [
        (pod.channel, f"the channel of pod {pod.name}", f"pods ({pod.name}): channel") for pod in firm.pods.values()
    ]
    if firm.intake is not None:
        found.append((firm.intake.channel, "the intake", "intake: channel"))
    if firm.alerts_channel is not None:
        found.append((firm.alerts_channel, "the alerts channel", "alerts_channel"))
    if firm.kudos_channel is not None:
        found.append((firm.kudos_channel, "the kudos channel", "kudos_channel"))
    for policy in firm.policies.values():
        for number, step in enumerate(policy.steps, start=1):
            if step.channel is not None:
                where = f"escalation_policies.{policy.name}: step {number}: channel"
                found.append((step.channel, f"step {number} of the policy {policy.name}", where))
    for client in uow.clients.everyone():
        found += [(at, f"a channel of {client.name}", f"clients ({client.name}): channels") for at in client.channels]
    posts: dict[str, Post] = {}
    for place, use, field in found:
        at = uow.places.get(place)
        if at.platform == platform:
            posts.setdefault(at.address, Post(at.address, use, field))
    return list(posts.values())


def slack_users_of(firm: Firm, uow: UnitOfWork) -> dict[str, str]:
    """The Slack ids of the firm's people, with their names."""
    users: dict[str, str] = {}
    for person in firm.people.values():
        for identity in uow.people.identities(person.id):
            if identity.platform == "slack":
                users[identity.user] = person.name
    return users


def slack_teams_of(firm: Firm, uow: UnitOfWork) -> frozenset[str]:
    """The Slack workspaces in which the firm's people have used Podline so far."""
    identities = (identity for person in firm.people for identity in uow.people.identities(person))
    return frozenset(one.tenant for one in identities if one.platform == "slack" and one.tenant)


def in_words(findings: Iterable[Finding]) -> str:
    """One paragraph each, for a terminal."""
    return "\n".join(f"- {one.part}: {one.what}\n  To mend it: {one.act}" for one in findings)


_FULL = 2
