"""What happens to a question, in the past tense: each event becomes one row of its history and, maybe, messages."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coverage.ids import ClientId, PersonId, QuestionNumber
from coverage.policy import Notify


class Promise(StrEnum):
    """What a charter promises and a breach breaks."""

    CLAIM = "claim"
    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


class OfferReason(StrEnum):
    """Why a question waits for somebody (again)."""

    ASKED = "asked"
    IDENTIFIED = "identified"
    CORRECTED = "corrected"
    RELEASED = "released"
    NOT_ANSWERED = "not_answered"
    AWAY = "away"
    REOPENED = "reopened"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Asked:
    """``by`` is the colleague who filed it, None when it came in by itself."""

    by: PersonId | None


@dataclass(frozen=True, slots=True)
class Identified:
    by: PersonId | None
    client: ClientId


@dataclass(frozen=True, slots=True)
class Moved:
    """It is from another client than was thought; ``owner`` had it until then."""

    by: PersonId | None
    client: ClientId
    was: ClientId
    owner: PersonId | None


@dataclass(frozen=True, slots=True)
class Offered:
    reason: OfferReason
    why: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """The card calls ``person``, in the place of ``stands_in_for`` (who is away until and with ``until``, or simply
    not at work when that is None)."""

    person: PersonId
    stands_in_for: PersonId | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NobodyToCall:
    """Nobody of the pod is there at the next open instant."""

    pod_name: str


@dataclass(frozen=True, slots=True)
class StepReached:
    """Step ``step`` (1-based) fired for ``people``; ``channel_steps`` are the steps whose channel gets a message,
    ``slept_through`` those whose time passed during an outage. ``early`` says why it fired before its own time.
    ``called_by`` has, for each of the people, the step whose audience they are of: the last one, where of several."""

    step: int
    notify: Notify
    people: tuple[PersonId, ...]
    channel_steps: tuple[int, ...] = ()
    slept_through: tuple[int, ...] = ()
    early: str = ""
    called_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StepSkipped:
    step: int
    notify: Notify
    why: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last step's call, a message into its channel, is repeated for the ``count``-th time."""

    count: int


@dataclass(frozen=True, slots=True)
class ManagersTold:
    """Once a day, at opening, for as long as nobody claims although every step and reminder has gone out.

    ``people`` are the managers who are not on leave, maybe none.
    """

    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    by: PersonId
    from_outside: bool = False


@dataclass(frozen=True, slots=True)
class Released:
    by: PersonId
    owner: PersonId
    why: str


@dataclass(frozen=True, slots=True)
class HandedOff:
    by: PersonId
    to: PersonId
    owner: PersonId | None
    why: str


@dataclass(frozen=True, slots=True)
class Nudged:
    """Half of the time to the first response has passed: the claimer is told."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Answered:
    by: PersonId
    said: str


@dataclass(frozen=True, slots=True)
class Waiting:
    by: PersonId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Resumed:
    by: PersonId | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    by: PersonId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    by: PersonId | None
    why: str


@dataclass(frozen=True, slots=True)
class MovedToPod:
    """Another pod looks after the question from now on; ``why`` says which and why."""

    by: PersonId | None
    why: str


@dataclass(frozen=True, slots=True)
class Breached:
    promise: Promise


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is to be answered: spam, or whatever ``why`` says."""

    by: PersonId
    why: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Nobody is reminded of it until ``until`` (UTC)."""

    by: PersonId
    until: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """``by`` nobody: by itself, or because of ``why``. ``remind`` is whoever has it and is told so."""

    by: PersonId | None
    why: str = ""
    remind: PersonId | None = None


@dataclass(frozen=True, slots=True)
class MarkedUrgent:
    """``owner`` is whoever has it."""

    by: PersonId
    owner: PersonId | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class NoLongerUrgent:
    by: PersonId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """It turned out to be the same as ``into``, which has its words from now on."""

    by: PersonId
    into: QuestionNumber
    why: str = ""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """``other`` turned out to be the same and was merged into it. ``owner`` is whoever has this one."""

    by: PersonId
    other: QuestionNumber
    owner: PersonId | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Alarmed:
    """Something of ours failed for this question, and somebody was told."""

    why: str


Event = (
    Asked
    | Identified
    | Moved
    | Offered
    | Called
    | NobodyToCall
    | StepReached
    | StepSkipped
    | Reminded
    | ManagersTold
    | Claimed
    | Released
    | HandedOff
    | Nudged
    | Answered
    | Waiting
    | Resumed
    | Resolved
    | Reopened
    | MovedToPod
    | Closed
    | Snoozed
    | SnoozeEnded
    | MarkedUrgent
    | NoLongerUrgent
    | Merged
    | Absorbed
    | Breached
    | Alarmed
)
