"""What is to be sent, where it hangs, and where places are."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from commands.outgoing import Alarm, Message, Posting, Queued, SentCall
from commands.place import Place
from coverage.ids import PlaceId, QuestionNumber


class Outbox(Protocol):
    def add(self, message: Message, now: datetime) -> None:
        """Queue it, unless a message of the same key was queued before."""
        ...

    def queued_before(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys under which a message was queued, sent or not, as far back as messages are kept."""
        ...

    def lease(self, now: datetime, lease: timedelta, limit: int, *, redraws: bool = True) -> list[Queued]:
        """Take what is to be sent, most urgent first, only the oldest unsent one per (place or person, question).

        Without ``redraws`` those of priority UPDATE stay where they are.

        A message whose lease ran out counts as unclear: its sender may have died after sending.
        """
        ...

    def take_over(self, now: datetime) -> int:
        """Make what a process had leased that is gone now due at once, as unclear; only for whoever knows that nobody
        else can be sending. Returns how many."""
        ...

    def goes_by(self, message: int, platform: str) -> None:
        """Note by which platform a message to a person is being sent now, before it is: it must not go by another one
        while that may have arrived."""
        ...

    def mark_sent(self, message: int, now: datetime, remote: str | None, via: str | None = None) -> None:
        """It was accepted, under ``remote``; ``via`` is the platform, of a message to a person."""
        ...

    def retry(self, message: int, at: datetime, *, unclear: bool, why: str) -> None:
        """Try again at ``at``; ``unclear`` means that the last try may have arrived."""
        ...

    def put_off(self, message: int, until: datetime, why: str) -> None:
        """It waits on purpose until then: that was no try, and tries are what failed."""
        ...

    def drop(self, message: int, now: datetime, why: str) -> None:
        """It need not be sent any more."""
        ...

    def bury(self, message: int, now: datetime, why: str) -> None:
        """It can never be delivered; what follows from that is decided by ``commands/undeliverable.py``."""
        ...

    def step_reached_nobody(self, number: QuestionNumber, step: int, version: int) -> bool:
        """True when no message of that step was accepted and none is still to be sent."""
        ...

    def sent_calls(self, number: QuestionNumber) -> list[SentCall]:
        """Messages that asked somebody to act on the question and were accepted, oldest first; the card is none."""
        ...

    def alarms(self, since: datetime, limit: int) -> list[Alarm]:
        """The alarms queued from then on, sent or not, the newest first; one for each place or person told."""
        ...

    def earliest(self) -> datetime | None: ...

    def forget_before(self, instant: datetime) -> int:
        """Delete what was sent, dropped or buried before then; returns how many."""
        ...


class Postings(Protocol):
    def card(self, number: QuestionNumber, place: PlaceId) -> Posting | None: ...

    def cards(self, number: QuestionNumber) -> list[Posting]: ...

    def put_card(self, posting: Posting) -> None:
        """Remember where a card hangs and what it shows (insert or update)."""
        ...


class Places(Protocol):
    def at(self, platform: str, address: str) -> PlaceId:
        """The place of that address, made known if it was not."""
        ...

    def all_at(self, places: Iterable[Place]) -> dict[Place, PlaceId]:
        """The same for several at once."""
        ...

    def everywhere(self) -> dict[PlaceId, Place]:
        """All places of the firm."""
        ...

    def find(self, platform: str, address: str) -> PlaceId | None: ...

    def get(self, place: PlaceId) -> Place: ...

    def of_clients(self, platform: str) -> frozenset[str]:
        """The addresses of the channels that belong to clients."""
        ...

    def move(self, platform: str, old: str, new: str) -> bool:
        """The platform calls the place ``old`` by the address ``new`` from now on; False where we know no such place.
        What is known of ``new`` already is known of the same place then."""
        ...


class References(Protocol):
    """What an adapter remembers of how the places and people of its platform are reached; only it reads the content."""

    def put(self, platform: str, key: str, content: Mapping[str, object], now: datetime) -> None:
        """Remember it, in the place of what was known of that key before."""
        ...

    def find(self, platform: str, key: str) -> Mapping[str, object] | None: ...

    def of_platform(self, platform: str) -> Mapping[str, Mapping[str, object]]:
        """Everything that is remembered of the platform, by key."""
        ...

    def forget(self, platform: str, key: str) -> None:
        """It leads nowhere any more; harmless where nothing is known."""
        ...
