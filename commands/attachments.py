"""Files and pages that came with a client's words: named and linked to, never opened."""

from collections.abc import Iterable

from commands.views import Link, Segment, Text
from coverage.question import Attachment

ORIGINAL = "the message itself"
"""The name under which a link to the very message a question was asked with is kept among its attachments."""
MOST = 20
"""Attachments of one question."""


def files_of(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """All but the link to the message itself."""
    return tuple(one for one in attachments if one.name != ORIGINAL)


def original_of(attachments: Iterable[Attachment]) -> Attachment | None:
    """The link to the message itself, if there is one."""
    return next((one for one in attachments if one.name == ORIGINAL), None)


def with_original(attachments: Iterable[Attachment], link: str | None) -> tuple[Attachment, ...]:
    """The attachments and, where there is one, the link to the message itself."""
    return (*attachments, Attachment(ORIGINAL, link)) if link else tuple(attachments)


def links(attachments: Iterable[Attachment]) -> Text:
    """``a.pdf, b.png``, each a link."""
    parts: list[Segment] = []
    for one in attachments:
        parts += [", ", _link(one)] if parts else [_link(one)]
    return tuple(parts)


def listed(attachments: tuple[Attachment, ...], shown: int) -> Text:
    """The first ``shown`` of them, and how many more there are."""
    more = len(attachments) - shown
    return (*links(attachments[:shown]), f" and {more} more") if more > 0 else links(attachments)


def counted(attachments: tuple[Attachment, ...]) -> str:
    """``2 attachments``."""
    return f"{len(attachments)} attachment{'' if len(attachments) == 1 else 's'}"


def files_in_words(attachments: Iterable[Attachment]) -> str:
    """What stands for the text of a message that has files and no words."""
    return f"(no words, only files: {', '.join(one.name for one in files_of(attachments))})"


def _link(one: Attachment) -> Link:
    return Link(one.name.strip() or one.url, one.url)
