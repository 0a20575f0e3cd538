"""Who may do what. The table in the manual is made from this one."""

from enum import StrEnum

from commands.grammar import Name
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Person
from coverage.question import Question


class May(StrEnum):
    """Who may use a verb, in the words that are shown to whoever may not."""

    ANY_MEMBER = "any member of the firm"
    THOSE_CONCERNED = "whoever has it, the colleagues of its pod, and managers"
    MANAGERS = "managers"
    WHOEVER_MAY_CLAIM = "whoever has it, the colleagues of its pod, and managers; any member while nobody has it"


WHO_MAY: dict[Name, May] = {
    Name.QUESTION: May.ANY_MEMBER,
    Name.CLAIM: May.ANY_MEMBER,
    Name.RELEASE: May.THOSE_CONCERNED,
    Name.HANDOFF: May.THOSE_CONCERNED,
    Name.ANSWERED: May.WHOEVER_MAY_CLAIM,
    Name.WAITING: May.THOSE_CONCERNED,
    Name.RESOLVE: May.THOSE_CONCERNED,
    Name.REOPEN: May.ANY_MEMBER,
    Name.MINE: May.ANY_MEMBER,
    Name.POD: May.ANY_MEMBER,
    Name.CLIENT: May.ANY_MEMBER,
    Name.WHO: May.ANY_MEMBER,
    Name.LEAVE: May.ANY_MEMBER,
    Name.COVERAGE: May.ANY_MEMBER,
    Name.KUDOS: May.ANY_MEMBER,
    Name.MERGE: May.THOSE_CONCERNED,
    Name.SNOOZE: May.THOSE_CONCERNED,
    Name.URGENT: May.THOSE_CONCERNED,
    Name.CLOSE: May.THOSE_CONCERNED,
    Name.EXPLAIN: May.ANY_MEMBER,
    Name.POLICY: May.ANY_MEMBER,
    Name.CHARTER: May.ANY_MEMBER,
    Name.HOURS: May.ANY_MEMBER,
    Name.UNDO: May.MANAGERS,
    Name.IMPORT: May.ANY_MEMBER,
    Name.FEED: May.MANAGERS,
    Name.PERSON: May.MANAGERS,
    Name.HELP: May.ANY_MEMBER,
}


class Act(StrEnum):
    """What some verbs do in some of their forms, where that is not for everybody who may use the verb; in the words in
    which it is typed."""

    CHANGE_POD = "pod North add | remove | lead | channel | client | policy ..."
    CHANGE_CLIENT = "client Acme pod | contact | knows | alias ..."
    CHANGE_RULES = "policy | charter | hours standard ..."
    TAKE_BACK = "undo"
    NOTE = "client Acme note ..."
    NOTE_OF_OTHERS = "client Acme note remove 3 (somebody else's note)"
    LEAVE_OF_OTHERS = "leave for @ann ..."
    IMPORT_CLIENTS = "import clients FILE"
    CONFIRM_ALIAS = 'leave alias "AL" is @ann'


WHO_MAY_ACT: dict[Act, May] = {
    Act.CHANGE_POD: May.MANAGERS,
    Act.CHANGE_CLIENT: May.MANAGERS,
    Act.CHANGE_RULES: May.MANAGERS,
    Act.TAKE_BACK: May.MANAGERS,
    Act.NOTE: May.ANY_MEMBER,
    Act.NOTE_OF_OTHERS: May.MANAGERS,
    Act.LEAVE_OF_OTHERS: May.MANAGERS,
    Act.IMPORT_CLIENTS: May.MANAGERS,
    Act.CONFIRM_ALIAS: May.MANAGERS,
}


def may_act(actor: Person, act: Act) -> bool:
    """Whether ``actor`` may do what concerns no question in particular."""
    return WHO_MAY_ACT[act] is May.ANY_MEMBER or actor.is_manager


def managers_words(firm: Firm) -> str:
    """The managers by name, for whoever is none."""
    return ", ".join(manager.name for manager in firm.managers()) or "no manager is set up yet"


def may(actor: Person, verb: Name, question: Question, firm: Firm) -> bool:
    """Whether ``actor`` may use ``verb`` on the question."""
    match WHO_MAY[verb]:
        case May.ANY_MEMBER:
            return True
        case May.WHOEVER_MAY_CLAIM:
            return question.is_unclaimed or is_concerned(actor, question, firm)
        case May.THOSE_CONCERNED:
            return is_concerned(actor, question, firm)
        case May.MANAGERS:
            return actor.is_manager


def is_concerned(actor: Person, question: Question, firm: Firm) -> bool:
    """True for the claimer, the colleagues of the question's pod, and managers."""
    return actor.is_manager or actor.id == question.claimed_by or actor.id in colleagues(question, firm)


def colleagues(question: Question, firm: Firm) -> tuple[PersonId, ...]:
    """The members of the question's pod; nobody where that pod was dissolved since."""
    pod = firm.pods.get(question.pod)
    return pod.members if pod is not None else ()


def who_can(question: Question, firm: Firm) -> str:
    """The people who may act on the question, by name, for whoever may not."""
    able = [who for who in (question.claimed_by, *colleagues(question, firm)) if who is not None]
    names = [firm.people[who].name for who in dict.fromkeys(able) if who in firm.people]
    return f"{', '.join(names)} or a manager" if names else "a manager"
