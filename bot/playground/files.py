"""Uploaded files: announced, then sent, then finished, as files.getUploadURLExternal and its sister have it; and those
that people share, which an app may fetch."""

from dataclasses import dataclass, field
from itertools import count

from bot.playground.errors import SlackError
from bot.playground.records import Json

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class _Upload:
    name: str
    length: int
    content: bytes | None = None
    is_finished: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """A file that the person ``user`` shared in ``channel``."""

    id: str
    name: str
    content: bytes
    user: str
    channel: str
    created: int


@dataclass(slots=True)
class Files:
    """What the app has uploaded and what people have shared, by file id."""

    shared: dict[str, Shared] = field(default_factory=dict)
    _uploads: dict[str, _Upload] = field(default_factory=dict)
    _from_outside: dict[str, Json] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def announce(self, name: str, length: int) -> str:
        """A file id for a file still to come."""
        file_id = f"F0{next(self._numbers):06d}"
        self._uploads[file_id] = _Upload(name, length)
        return file_id

    def share(self, name: str, content: bytes, user: str, channel: str, created: int) -> Shared:
        """Keep a file that a person shares; ``created`` in seconds since the epoch."""
        file = Shared(f"F0{next(self._numbers):06d}", name, content, user, channel, created)
        self.shared[file.id] = file
        return file

    def remove(self, file_id: str) -> None:
        """Delete a file that was shared."""
        self.shared.pop(file_id)

    def receive(self, file_id: str, content: bytes) -> None:
        """Take the bytes; they must be as many as announced.

        Raises:
            SlackError: file_not_found or invalid_length.
        """
        upload = self._find(file_id)
        if len(content) != upload.length:
            raise SlackError("invalid_length")
        upload.content = content

    def finish(self, file_id: str, title: str | None) -> Json:
        """The file object of a file that has arrived."""
        upload = self._find(file_id)
        if upload.content is None:
            raise SlackError("file_not_found")
        upload.is_finished = True
        return {"id": file_id, "name": upload.name, "title": title or upload.name, "size": upload.length}

    def is_shown(self, file_id: str) -> bool:
        """Whether a message may show it: it has arrived, was finished, and is a picture."""
        upload = self._uploads.get(file_id)
        return upload is not None and upload.is_finished and (upload.content or b"").startswith(_PNG)

    def share_from_outside(self, file_id: str, name: str, permalink: str) -> None:
        """Somebody from outside has shared a file: of those an app is told the id, and asks for the rest."""
        self._from_outside[file_id] = {"id": file_id, "name": name, "title": name, "permalink": permalink}

    def info(self, file_id: str) -> Json:
        """The file object of a file somebody shared.

        Raises:
            SlackError: file_not_found.
        """
        if self.is_shown(file_id):
            upload = self._find(file_id)
            return {"id": file_id, "name": upload.name, "mimetype": "image/png", "size": upload.length}
        if file_id not in self._from_outside:
            raise SlackError("file_not_found")
        return self._from_outside[file_id]

    def content(self, file_id: str) -> bytes:
        """The bytes of a file."""
        return self._find(file_id).content or b""

    def _find(self, file_id: str) -> _Upload:
        if file_id not in self._uploads:
            raise SlackError("file_not_found")
        return self._uploads[file_id]
