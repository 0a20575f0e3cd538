"""Import a file of clients: an upsert by name, all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from commands.again import again
from commands.client_checks import client_problems, client_warnings
from commands.clients_file import ClientsFile
from commands.ports import NewUnitOfWork, UnitOfWork
from commands.roster import Told, following, lay_over
from commands.roster_checks import Problem
from commands.roster_lines import Roster
from commands.roster_merge import Change, Happened
from coverage.ids import PersonId


@dataclass(frozen=True, slots=True)
class ImportedClients:
    """What a file changed, or would change; ``unchanged`` are its clients who are stored just so already. ``warnings``
    are about what is allowed and may yet surprise."""

    changes: tuple[Change, ...]
    unchanged: int
    warnings: tuple[str, ...]

    def how_many(self, happened: Happened) -> int:
        return sum(one.happened is happened for one in self.changes)


def import_clients(
    file: ClientsFile,
    new_uow: NewUnitOfWork,
    *,
    dry_run: bool = False,
    told: Told = lambda _done, _of: None,
    now: datetime | None = None,
) -> ImportedClients:
    """Lay the file over the stored clients, in one transaction. The second import of a file changes nothing.

    Only columns that the file has change anything. With ``dry_run`` nothing is stored, and nobody is kept waiting.
    At ``now`` (UTC) the open questions of a client follow it to another pod; without it they stay where they are.

    Raises:
        RosterRefused: with every mistake of every line, in their order.
        Overtaken: people change the same questions all the time; nothing was done.
    """

    def once() -> ImportedClients:
        with new_uow.reading() if dry_run else new_uow() as uow:
            done = import_into(uow, file, dry_run=dry_run, told=told, now=now)
            if done.changes and not dry_run:
                uow.commit()
        return done

    return again(once)


def import_into(
    uow: UnitOfWork,
    file: ClientsFile,
    *,
    dry_run: bool,
    told: Told = lambda _done, _of: None,
    who: PersonId | None = None,
    now: datetime | None = None,
) -> ImportedClients:
    """The same inside an open unit of work; ``who`` gave us the file. Raises RosterRefused, Overtaken."""
    lines = Roster(clients=file.lines)

    def check(_: Roster, __: Roster, known: Roster) -> list[Problem]:
        return file.in_order([*file.mistakes, *client_problems(lines, known)])

    changes, wanted = lay_over(lines, uow, check, dry_run=dry_run, told=told, then=following(uow, who, now))
    return ImportedClients(changes, len(file.lines) - len(changes), tuple(client_warnings(lines, wanted)))
