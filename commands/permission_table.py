"""The permission table: for each verb and act, what the rules say of each kind of person.

Nothing is decided here. The manual prints this table, and tests try each cell of it on the real thing.
"""

from datetime import UTC, datetime
from enum import StrEnum

from commands.grammar import Name
from commands.join import Stranger, no_member
from commands.permissions import WHO_MAY_ACT, Act, may, may_act
from commands.ports import Identity
from coverage.charter import Level
from coverage.firm import Firm
from coverage.ids import PersonId, PlaceId, PodId, QuestionNumber
from coverage.people import Person, Pod, Role
from coverage.policy import EscalationPolicy
from coverage.question import AskedBy, Question, Status, Via


class Who(StrEnum):
    """The columns: who somebody is to the question, or to the firm."""

    MEMBER = "member"
    COLLEAGUE = "colleague of the pod"
    CLAIMER = "claimer"
    MANAGER = "manager"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"


class Cell(StrEnum):
    YES = "yes"
    WHILE_UNCLAIMED = "while nobody has it"
    NO = "no"


ROWS: tuple[Name | Act, ...] = (*Name, *WHO_MAY_ACT)


def cell(row: Name | Act, who: Who) -> Cell:
    """Whether ``who`` may."""
    if who in _STRANGERS:
        return Cell.NO if no_member(_STRANGERS[who]) is not None else Cell.YES
    actor = _PEOPLE[who]
    if isinstance(row, Act):
        return Cell.YES if may_act(actor, row) else Cell.NO
    if may(actor, row, _question(claimed_by=_PEOPLE[Who.CLAIMER].id), _FIRM):
        return Cell.YES
    return Cell.WHILE_UNCLAIMED if may(actor, row, _question(claimed_by=None), _FIRM) else Cell.NO


_NOBODY_YET = Identity("", "", "")
_STRANGERS = {
    Who.GUEST: Stranger(_NOBODY_YET, "", None, None, is_guest=True),
    Who.OUTSIDER: Stranger(_NOBODY_YET, "", None, None, is_outsider=True),
    Who.BOT: Stranger(_NOBODY_YET, "", None, None, is_bot=True),
}
_PEOPLE = {
    who: Person(
        PersonId(number), who, f"{number}@firm.example", role=Role.MANAGER if who is Who.MANAGER else Role.MEMBER
    )
    for number, who in enumerate((Who.MEMBER, Who.COLLEAGUE, Who.CLAIMER, Who.MANAGER), start=1)
}
"""Only the colleague is in the pod: each of the others may what they may for one reason alone."""
_POD = Pod(PodId(1), "", PlaceId(1), (_PEOPLE[Who.COLLEAGUE].id,), None, "", "", "")
_FIRM = Firm(0, {person.id: person for person in _PEOPLE.values()}, {_POD.id: _POD})
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def _question(claimed_by: PersonId | None) -> Question:
    return Question(
        number=QuestionNumber(1),
        status=Status.ROUTED if claimed_by is None else Status.CLAIMED,
        text="",
        level=Level.ROUTINE,
        via=Via.CHAT,
        asked_by=AskedBy(),
        asked_at=_LONG_AGO,
        arrived_at=_LONG_AGO,
        offered_at=_LONG_AGO,
        pod=_POD.id,
        policy=EscalationPolicy("", ()),
        claimed_by=claimed_by,
    )
