"""Who may do what. The table in the manual is made from this one."""

from enum import StrEnum

from commands.grammar import Name
from coverage.firm import Firm
from coverage.people import Person
from coverage.question import Question


class May(StrEnum):
    """Who may use a verb, in the words that are shown to whoever may not."""

    ANY_MEMBER = "any member of the firm"
    THOSE_CONCERNED = "whoever has it, the colleagues of its pod, and managers"
    MANAGERS = "managers"


WHO_MAY: dict[Name, May] = {
    Name.QUESTION: May.ANY_MEMBER,
    Name.CLAIM: May.ANY_MEMBER,
    Name.RELEASE: May.THOSE_CONCERNED,
    Name.HANDOFF: May.THOSE_CONCERNED,
    Name.ANSWERED: May.THOSE_CONCERNED,
    Name.WAITING: May.THOSE_CONCERNED,
    Name.RESOLVE: May.THOSE_CONCERNED,
    Name.REOPEN: May.ANY_MEMBER,
    Name.MINE: May.ANY_MEMBER,
    Name.POD: May.ANY_MEMBER,
    Name.CLIENT: May.ANY_MEMBER,
    Name.WHO: May.ANY_MEMBER,
    Name.LEAVE: May.ANY_MEMBER,
    Name.EXPLAIN: May.ANY_MEMBER,
    Name.HELP: May.ANY_MEMBER,
}
"""Leave of somebody else is the managers' (checked in ``commands/leave.py``, where the words say whose it is)."""


def is_concerned(actor: Person, question: Question, firm: Firm) -> bool:
    """True for the claimer, the colleagues of the question's pod, and managers."""
    return actor.is_manager or actor.id == question.claimed_by or actor.id in firm.pods[question.pod].members


def who_can(question: Question, firm: Firm) -> str:
    """The people who may act on the question, by name, for whoever may not."""
    pod = firm.pods[question.pod]
    owner = [firm.people[question.claimed_by].name] if question.claimed_by is not None else []
    members = [firm.people[who].name for who in pod.members if who in firm.people]
    return f"{', '.join(dict.fromkeys([*owner, *members]))} ({pod.name}) or a manager"
