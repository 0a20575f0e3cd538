"""Looking at questions from outside: what the API and the command line show of them."""

from dataclasses import dataclass
from datetime import datetime

from commands.ports import NewUnitOfWork, QuestionQuery, UnitOfWork
from commands.wording import pod_name
from coverage.charter import Level
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber
from coverage.people import Person
from coverage.question import AskedBy, Attachment, Question, Status, Via


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``who`` is an e-mail address, or ``podline`` for what happened by itself."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with names in the place of ids. Instants are UTC. ``step_audience`` is the step's ``notify`` word."""

    number: QuestionNumber
    status: Status
    client: str | None
    pod: str
    text: str
    level: Level
    via: Via
    asked_by: AskedBy
    asked_at: datetime
    offered_at: datetime
    claim_due: datetime | None
    first_response_due: datetime | None
    resolution_due: datetime | None
    claimed_by: Person | None
    claimed_at: datetime | None
    step: int
    step_audience: str | None
    urgent: bool
    snoozed_until: datetime | None
    merged_into: QuestionNumber | None
    attachments: tuple[Attachment, ...]
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which questions, by the names people use; ``before`` is the number after which the page goes on."""

    status: Status | None = None
    client: str | None = None
    pod: str | None = None
    before: QuestionNumber | None = None
    limit: int = 50


class UnknownName(LookupError):
    """A filter names a client or pod that is not there; says which."""


def look(number: QuestionNumber, new_uow: NewUnitOfWork) -> Shown:
    """One question with its history. Raises UnknownQuestion."""
    with new_uow.reading() as uow:
        firm = uow.firm()
        question = uow.questions.look_at(number)
        history = tuple(
            HistoryLine(row.at, _who(firm, row.who), row.what.value, row.why) for row in uow.history.of(number)
        )
        return _shown(uow, firm, [question], history)[0]


def look_through(query: ListQuery, new_uow: NewUnitOfWork) -> tuple[list[Shown], QuestionNumber | None]:
    """A page of questions, newest first and without history, and the number after which the next page begins.

    Raises:
        UnknownName: there is no such client or pod.
    """
    with new_uow.reading() as uow:
        firm = uow.firm()
        found = uow.questions.page(_by_ids(query, uow, firm))
        page = found[: query.limit]
        more = page[-1].number if len(found) > query.limit and page else None
        return _shown(uow, firm, page), more


def _by_ids(query: ListQuery, uow: UnitOfWork, firm: Firm) -> QuestionQuery:
    """One more than the limit is asked for, to see whether there is a next page."""
    client = pod = None
    if query.client is not None:
        called = uow.clients.called(query.client)
        if len(called) != 1:
            raise UnknownName(f"{'no' if not called else 'more than one'} client is called “{query.client}”")
        client = called[0].id
    if query.pod is not None:
        pods = [one.id for one in firm.pods.values() if one.name.casefold() == query.pod.strip().casefold()]
        if not pods:
            raise UnknownName(f"no pod is called “{query.pod}”")
        pod = pods[0]
    return QuestionQuery(query.status, client, pod, query.before, query.limit + 1)


def _shown(
    uow: UnitOfWork, firm: Firm, questions: list[Question], history: tuple[HistoryLine, ...] = ()
) -> list[Shown]:
    clients = uow.clients.many(one.client for one in questions if one.client is not None)
    return [
        Shown(
            number=one.number,
            status=one.status,
            client=clients[one.client].name if one.client in clients else None,
            pod=pod_name(firm, one),
            text=one.text,
            level=one.level,
            via=one.via,
            asked_by=one.asked_by,
            asked_at=one.asked_at,
            offered_at=one.offered_at,
            claim_due=one.deadlines.claim,
            first_response_due=one.deadlines.first_response,
            resolution_due=one.deadlines.resolution,
            claimed_by=firm.people.get(one.claimed_by) if one.claimed_by is not None else None,
            claimed_at=one.claimed_at,
            step=one.step,
            step_audience=one.policy.steps[one.step - 1].notify.value if one.step else None,
            urgent=one.urgent,
            snoozed_until=one.snoozed_until,
            merged_into=one.merged_into,
            attachments=one.attachments,
            history=history,
        )
        for one in questions
    ]


def _who(firm: Firm, who: PersonId | None) -> str:
    if who is None:
        return "podline"
    person = firm.people.get(who)
    return person.email if person is not None else "somebody who has left"
