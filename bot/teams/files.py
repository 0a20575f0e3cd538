"""Files are given to Podline in Slack or on the command line; in Teams it is said so."""

from commands.attached import Attached, FileKind, FileWanted, Unreadable


class NoFiles:
    """Says of every file that is asked for that it is not read here, and how it is read."""

    async def read(self, wanted: FileWanted, user: str) -> Attached:
        is_of_clients = wanted.kind is FileKind.CLIENTS
        command = "podline import clients FILE.csv" if is_of_clients else "podline leave import FILE.ics"
        return Unreadable(f"Podline takes no files in Teams. Whoever runs it can import yours: {command}")
