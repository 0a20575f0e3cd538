"""Who knows a client, and how well: the named contact, who is said to know them, and who has answered them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from coverage.ids import ClientId, PersonId, PlaceId, PodId

HALF_LIFE = timedelta(days=180)
"""An answer counts half as much after this long: what somebody knew of a client fades."""


class Knowledge(StrEnum):
    """What the firm says of somebody and a client."""

    KNOWS = "knows"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Client:
    id: ClientId
    name: str
    pod: PodId
    named_contact: PersonId | None = None
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    channels: tuple[PlaceId, ...] = ()
    knows: Mapping[PersonId, Knowledge] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Evidence: ``person`` answered a question of the client at ``at`` (UTC)."""

    person: PersonId
    at: datetime


class Basis(StrEnum):
    """Why we say that somebody knows a client, the strongest first."""

    NAMED_CONTACT = "named contact"
    KNOWS = "knows"
    ANSWERED = "answered"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """How well ``person`` knows a client: ``score`` only orders people, ``evidence`` is the part of it that their
    answers make; ``answers`` is how many of the client's questions they answered, ``last_answer`` when (UTC)."""

    person: PersonId
    basis: Basis
    score: float
    evidence: float = 0.0
    answers: int = 0
    last_answer: datetime | None = None

    @property
    def knows_them(self) -> bool:
        """True when the person counts for the client's coverage depth: learning a client does not help to count."""
        return self.basis in (Basis.NAMED_CONTACT, Basis.KNOWS) or _is_enough(self.evidence)


_SAID = {Basis.NAMED_CONTACT: 3.0, Basis.KNOWS: 1.0, Basis.LEARNING: 0.25, Basis.ANSWERED: 0.0}
_ONE_ANSWER = 0.25
_ENOUGH_EVIDENCE = 0.6
"""Three answers of the last eight weeks, or five that are half a year old: then somebody knows a client without
anybody having said so."""
FEWEST_ANSWERS = 3
"""With fewer nobody gets there, however new they are."""


def who_knows(client: Client, answers: Iterable[Answer], now: datetime) -> tuple[Acquaintance, ...]:
    """Everybody who knows ``client`` or is learning them, best first; ties in the order of their ids.

    The firm's word counts first (named contact, then ``knows``), and evidence adds to it: every answered question
    adds a quarter, halved for each 180 days since. ``answers`` later than ``now`` do not count.
    """
    evidence: dict[PersonId, list[datetime]] = {}
    for answer in answers:
        if answer.at <= now:
            evidence.setdefault(answer.person, []).append(answer.at)
    people = {*client.knows, *evidence} | ({client.named_contact} if client.named_contact is not None else set())
    known = (_acquaintance(client, person, evidence.get(person, []), now) for person in people)
    return tuple(sorted(known, key=lambda one: (-one.score, one.person)))


def known_by_answers(answers: Iterable[Answer], now: datetime) -> frozenset[PersonId]:
    """Those whose answers up to ``now`` alone say that they know the client: as in ``who_knows``, for many clients."""
    answered: dict[PersonId, list[datetime]] = {}
    for answer in answers:
        if answer.at <= now:
            answered.setdefault(answer.person, []).append(answer.at)
    return frozenset(
        who for who, at in answered.items() if len(at) >= FEWEST_ANSWERS and _is_enough(_evidence(at, now))
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer counts at least that was given at ``since`` (UTC) or later: so that many can be added up by
    whoever only compares instants."""

    since: datetime
    least: float


def worths(since: datetime, now: datetime) -> tuple[Worth, ...]:
    """What an answer given between the two instants (UTC) counts at ``now``, rounded down in steps of a part of
    HALF_LIFE; the newest step first."""
    steps = ceil((now - since) / _STEP)
    return tuple(Worth(now - step * _STEP, _one_answer(step * _STEP)) for step in range(1, steps + 1))


def is_enough_for_sure(worth: float) -> bool:
    """True when answers that are together worth so much, by ``worths``, make somebody know a client. Otherwise they
    may or may not from MAY_BE_ENOUGH on, and do not below it."""
    return worth >= _ENOUGH_EVIDENCE * (1 + _ROUNDING)


_STEP = HALF_LIFE / 24
_ROUNDING = 1e-9
"""Sums of the same numbers differ by less, in whatever order they are added up."""


def _one_answer(age: timedelta) -> float:
    return float(_ONE_ANSWER * 0.5 ** (age / HALF_LIFE))


MAY_BE_ENOUGH = _ENOUGH_EVIDENCE * _one_answer(_STEP) / _ONE_ANSWER * (1 - _ROUNDING)


def _evidence(answered: Iterable[datetime], now: datetime) -> float:
    return sum(_one_answer(now - at) for at in answered)


def _is_enough(evidence: float) -> bool:
    return evidence >= _ENOUGH_EVIDENCE


def _acquaintance(client: Client, person: PersonId, answered: list[datetime], now: datetime) -> Acquaintance:
    basis = _basis(client, person)
    evidence = _evidence(answered, now)
    return Acquaintance(person, basis, _SAID[basis] + evidence, evidence, len(answered), max(answered, default=None))


def _basis(client: Client, person: PersonId) -> Basis:
    if person == client.named_contact:
        return Basis.NAMED_CONTACT
    match client.knows.get(person):
        case Knowledge.KNOWS:
            return Basis.KNOWS
        case Knowledge.LEARNING:
            return Basis.LEARNING
        case None:
            return Basis.ANSWERED
