"""A small firm in a SQLite file of its own, and questions of its clients, for the benchmarks of what is stored."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.calling import rules_of
from commands.ports import NewUnitOfWork
from commands.roster import import_roster
from coverage.charter import Level
from coverage.deadlines import timers_for, with_deadlines
from coverage.firm import Firm
from coverage.ids import ClientId, QuestionNumber
from coverage.question import AskedBy, Question, Status, Via
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""10:00 in London, and the office is open until 17:30."""

ROSTER = """
people:
  - {name: Ann Lee, email: ann@firm.example, slack: U0ANN, timezone: Europe/London, role: manager}
  - {name: Bob Roy, email: bob@firm.example, slack: U0BOB, timezone: Europe/London}
  - {name: Cara Diaz, email: cara@firm.example, slack: U0CARA, timezone: Europe/London}
service_hours:
  uk-office: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30"}
  always: {timezone: Europe/London, week: "Mon-Sun 00:00-24:00"}
charters:
  standard: {routine: {claim: 30m, first_response: 4h, resolution: 2d}}
escalation_policies:
  standard:
    steps:
      - {after: 50%, notify: deputies}
      - {after: 100%, notify: team, channel: C0TEAM}
      - {after: 150%, notify: contact_centre, channel: C0DESK}
    remind: {every: 50%, max: 2}
pods:
  - {name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example, cara@firm.example],
     lead: ann@firm.example, service_hours: uk-office, charter: standard, escalation_policy: standard}
  - {name: Night, channel: C0NIGHT, members: [ann@firm.example, bob@firm.example, cara@firm.example],
     lead: ann@firm.example, service_hours: always, charter: standard, escalation_policy: standard}
clients:
  - {name: Acme Ltd, pod: North, named_contact: ann@firm.example, knows: {bob@firm.example: knows}}
  - {name: Birch Bakery, pod: Night, named_contact: bob@firm.example}
intake: {channel: C0INTAKE, pod: North}
"""


@contextmanager
def a_folder() -> Iterator[Path]:
    """A new folder on the disk where the program is: where temporary files go may be memory, and nothing durable."""
    build = Path(__file__).parent.parent / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        yield Path(folder)


def database_in(folder: Path) -> str:
    """The address of a new database with the firm in it."""
    url = f"sqlite:///{folder / 'podline.db'}"
    engine = open_engine(url)
    upgrade(engine)
    import_roster(roster_of(document_of(ROSTER)), UnitsOfWork(engine))
    engine.dispose()
    return url


def firm_of(new_uow: NewUnitOfWork) -> Firm:
    with new_uow.reading() as uow:
        return uow.firm()


def a_question(firm: Firm, pod_name: str, asked_at: datetime) -> Question:
    """Of the pod's first client, calling the pod's first member; not stored yet."""
    pod = next(pod for pod in firm.pods.values() if pod.name == pod_name)
    question = Question(
        number=QuestionNumber(0),
        status=Status.ROUTED,
        text="How do we register for VAT, and until when do we have to? Our turnover went over the threshold in May.",
        level=Level.ROUTINE,
        via=Via.EMAIL,
        asked_by=AskedBy("Jo Smith", "jo@acme.example"),
        asked_at=asked_at,
        arrived_at=asked_at,
        offered_at=asked_at,
        pod=pod.id,
        policy=firm.policy_of(pod.id),
        client=_CLIENTS[pod_name],
        called=pod.members[:1],
    )
    return with_deadlines(question, rules_of(firm, question))


def store(new_uow: NewUnitOfWork, questions: Iterable[Question], firm: Firm) -> list[Question]:
    """Store them with their timers, all in one transaction."""
    with new_uow() as uow:
        stored = [uow.questions.add(question) for question in questions]
        for question in stored:
            uow.timers.replace(question.number, timers_for(question, rules_of(firm, question)))
        uow.commit()
    return stored


_CLIENTS = {"North": ClientId(1), "Night": ClientId(2)}
