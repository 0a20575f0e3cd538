"""What is to be sent: a message says for whom and about what; its words are found when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from coverage.ids import PersonId, PlaceId, QuestionNumber


class Topic(StrEnum):
    """What a message is about; ``commands/compose.py`` turns each into a view of the state at the time of sending."""

    CARD = "card"
    STEP = "step"
    REMINDER = "reminder"
    MANAGERS = "managers"
    CALLED = "called"
    SETTLED = "settled"
    HANDED_OFF = "handed_off"
    NUDGE = "nudge"
    RESOLUTION_MISSED = "resolution_missed"
    SNOOZE_OVER = "snooze_over"
    URGENT = "urgent"
    MERGED = "merged"
    MOVED = "moved"
    ALARM = "alarm"
    KUDOS = "kudos"
    KUDOS_ROUNDUP = "kudos_roundup"
    HAND_OVER = "hand_over"
    GAPS = "gaps"
    RETURN = "return"
    FOLLOW_UP = "follow_up"
    WHICH_OF_TWO = "which_of_two"
    CONFIRMED = "confirmed"
    COVER = "cover"
    OUTLOOK = "outlook"
    PICTURE = "picture"
    FEED = "feed"
    FEED_QUESTION = "feed_question"
    WHICH_POD = "which_pod"
    WHO_IS = "who_is"
    NOW_KNOWN = "now_known"


class Priority(IntEnum):
    """Between questions: a new question goes before an escalation, that before an update, that before a report."""

    NEW_QUESTION = 0
    ESCALATION = 1
    UPDATE = 2
    REPORT = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a place or to a person (exactly one of the two).

    ``key`` is unique: deciding twice queues once. ``in_thread`` makes it a reply to the card at ``to_place``.
    ``people`` are those it may call, as decided when it was queued: who of them is away when it is sent is not called.
    ``step`` and ``version`` say for which step and turn it was queued; when the question has moved on it is dropped.
    With a ``step`` (0: of none) it asks its readers to act, so that it is redrawn once the question has moved on.
    ``facts`` are what the words need and the state at sending time no longer has.
    """

    key: str
    topic: Topic
    priority: Priority
    to_place: PlaceId | None = None
    to_person: PersonId | None = None
    question: QuestionNumber | None = None
    in_thread: bool = False
    people: tuple[PersonId, ...] = ()
    step: int | None = None
    version: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queued:
    """A message taken from the outbox to be sent, leased until ``lease_until`` (UTC).

    ``unclear`` is set when an earlier try may have arrived: look for its mark before sending it again. ``via`` is the
    platform by which that try went, of a message to a person who is on several.
    """

    id: int
    message: Message
    attempts: int
    unclear: bool
    queued_at: datetime
    lease_until: datetime
    via: str | None = None


@dataclass(frozen=True, slots=True)
class SentCall:
    """A message that asked somebody to act, as it hangs in a channel, a thread or a conversation under ``remote``.
    ``via`` is the platform of a conversation, where that is known."""

    id: int
    remote: str
    to_place: PlaceId | None
    to_person: PersonId | None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something the managers had to know, queued at ``at`` (UTC). ``trouble`` is why it has not reached them, empty
    where it has or where nothing stands in its way yet."""

    at: datetime
    why: str
    question: QuestionNumber | None
    is_sent: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a question's card hangs: ``remote`` is the platform's own name of that message, ``drawn`` the newest
    state of the question that is to be seen there."""

    question: QuestionNumber
    place: PlaceId
    remote: str
    drawn: int
