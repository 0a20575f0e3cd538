"""What somebody wrote in a channel shared with a client, and whose words are whose."""

from dataclasses import dataclass
from datetime import datetime

from commands.ports import Identity, Place
from coverage.firm import Firm
from coverage.question import Attachment
from coverage.small_talk import Talk, small_talk


@dataclass(frozen=True, slots=True)
class Said:
    """A message as its platform told us of it.

    ``key`` is the inbox event's, to be marked done with the effect. ``remote`` is what the platform calls the message,
    ``thread`` the first message of the thread it is in, None where it is in none. ``at`` (UTC) is when it was written.
    ``to_us``: it was said to Podline, by mentioning it; the text is without that. ``link`` leads to the message.
    """

    key: str
    place: Place
    remote: str
    sender: Identity
    text: str
    at: datetime
    thread: str | None = None
    name: str | None = None
    email: str | None = None
    attachments: tuple[Attachment, ...] = ()
    to_us: bool = False
    link: str | None = None


def talk_of(said: Said, firm: Firm, *others: str) -> frozenset[Talk]:
    """The kinds of small talk that are all it says; empty where it says more. A file that is sent is more. ``others``
    are names, beside those of the firm's people, that may be greeted or thanked."""
    if said.attachments:
        return frozenset()
    colleagues = (name for one in firm.people.values() for name in (one.name, *one.aliases))
    return small_talk(said.text, (*colleagues, *others))
