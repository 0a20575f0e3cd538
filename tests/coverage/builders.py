"""A small firm and its questions; a test names only what it is about."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from coverage.absence import Absence, Half, HalfDay, Kind
from coverage.availability import Presence
from coverage.charter import Charter, Level, Targets
from coverage.clients import Client, Knowledge
from coverage.deadlines import Rules, TimerKind, timers_for, with_deadlines
from coverage.durations import parse_after, parse_duration
from coverage.escalation import Audience
from coverage.firm import Firm
from coverage.ids import ClientId, PersonId, PlaceId, PodId, QuestionNumber
from coverage.people import Person, Pod, WorkingPattern
from coverage.policy import EscalationPolicy, Notify, Reminders, Step
from coverage.question import AskedBy, Question, Status, Via
from coverage.service_hours import ServiceHours
from coverage.timetable import parse_week

ANN, BOB, CAS, DEE, ELI, FAY, GUS = (PersonId(number) for number in range(1, 8))
"""Ann (the named contact), Bob and Cas are North; Dee and Eli are South; Fay leads both; Gus is alone in West."""
NORTH, SOUTH, WEST = PodId(1), PodId(2), PodId(3)
ACME, BOLT = ClientId(1), ClientId(2)
DESK, TEAM_ROOM = PlaceId(90), PlaceId(91)

OFFICE = "Mon-Fri 09:00-17:30"
LONDON = "Europe/London"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MONDAY = utc("2026-11-23T09:00")
"""An opening in London, where it is UTC in winter."""
FRIDAY_NIGHT = utc("2026-11-27T20:00")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def hours(week: str = OFFICE, timezone: str = LONDON, **more: object) -> ServiceHours:
    return ServiceHours(timezone, parse_week(week), **more)  # type: ignore[arg-type]


def hours_that_end(*days: str, window: str = "Mon-Sun 09:00-12:00") -> ServiceHours:
    """Hours made of dates alone: they run out after the last of them."""
    windows = parse_week(window)[0]
    return ServiceHours(LONDON, ((),) * 7, date_hours={date.fromisoformat(day): windows for day in days})


def targets(claim: str | None = "30m", first_response: str | None = "4h", resolution: str | None = "2d") -> Targets:
    return Targets(*(parse_duration(text) if text else None for text in (claim, first_response, resolution)))


def rules(open_at: ServiceHours | None = None, **promised: str | None) -> Rules:
    return Rules(open_at or hours(), Charter("standard", {Level.ROUTINE: targets(**promised)}))


def a_policy(
    *steps: str, every: str | None = None, most: int = 3, team_channel: PlaceId | None = TEAM_ROOM
) -> EscalationPolicy:
    """``a_policy("50% deputies", "100% team")``; the contact centre at 150% comes last unless it is named."""
    lines = list(steps) or ["50% deputies", "100% team"]
    if not lines[-1].endswith(Notify.CONTACT_CENTRE):
        lines.append(f"150% {Notify.CONTACT_CENTRE}")
    read = []
    for line in lines:
        after, notify = line.split()
        channel = {Notify.TEAM: team_channel, Notify.CONTACT_CENTRE: DESK}.get(Notify(notify))
        read.append(Step(parse_after(after), Notify(notify), channel))
    return EscalationPolicy("standard", tuple(read), Reminders(parse_after(every), most) if every else None)


def a_question(
    at: datetime = MONDAY, *, policy: EscalationPolicy | None = None, under: Rules | None = None, **more: object
) -> Question:
    """Acme's question, asked and offered at ``at``, its deadlines worked out; unidentified with ``client=None``."""
    client: ClientId | None = more.pop("client", ACME)  # type: ignore[assignment]
    fresh = Question(
        number=QuestionNumber(214),
        status=Status.ROUTED if client is not None else Status.UNIDENTIFIED,
        text="How do we file this?",
        level=Level.ROUTINE,
        via=Via.EMAIL,
        asked_by=AskedBy("Jo Smith"),
        asked_at=more.pop("asked_at", at),  # type: ignore[arg-type]
        arrived_at=at,
        offered_at=at,
        pod=NORTH,
        policy=policy or a_policy(),
        client=client,
        **more,  # type: ignore[arg-type]
    )
    return with_deadlines(fresh, under or rules())


def timers(question: Question, under: Rules | None = None) -> dict[TimerKind, datetime]:
    return {timer.kind: timer.due_at for timer in timers_for(question, under or rules())}


EVERYBODY = Audience(
    {
        Notify.NAMED_CONTACT: (ANN,),
        Notify.DEPUTIES: (BOB, CAS),
        Notify.POD: (ANN, BOB, CAS),
        Notify.TEAM: (ANN, BOB, CAS, DEE, ELI, FAY),
    },
    other_pods=(DEE, ELI),
)
NOBODY = Audience({})


def without(*kinds: Notify) -> Audience:
    return Audience({kind: who for kind, who in EVERYBODY.people.items() if kind not in kinds}, EVERYBODY.other_pods)


def a_person(who: PersonId, pattern: str | None = None, timezone: str = LONDON, country: str | None = None) -> Person:
    works = WorkingPattern(parse_week(pattern), pattern) if pattern else None
    name = _NAMES[who - 1]
    return Person(who, name, f"{name.lower()}@firm.example", timezone=timezone, country=country, working_pattern=works)


_NAMES = ("Ann", "Bob", "Cas", "Dee", "Eli", "Fay", "Gus")


def away(
    who: PersonId, first: str, last: str | None = None, *, am: str = "", pm: str = "", kind: Kind = Kind.ANNUAL
) -> Absence:
    """Leave from ``first`` to ``last``, both inclusive; ``am`` and ``pm`` name days that are half days."""
    halves = [HalfDay(date.fromisoformat(day), Half.AM) for day in am.split()]
    halves += [HalfDay(date.fromisoformat(day), Half.PM) for day in pm.split()]
    return Absence(who, kind, date.fromisoformat(first), date.fromisoformat(last or first), tuple(halves))


def presence(*absences: Absence, people: Sequence[Person] = ()) -> Presence:
    """Everybody of the firm, ``people`` in the place of those of the same id."""
    everybody = {who: a_person(who) for who in (ANN, BOB, CAS, DEE, ELI, FAY, GUS)}
    return Presence(everybody | {person.id: person for person in people}, absences)


def a_pod(pod: PodId = NORTH, members: Sequence[PersonId] = (ANN, BOB, CAS), lead: PersonId | None = FAY) -> Pod:
    return Pod(pod, f"pod {pod}", PlaceId(pod), tuple(members), lead, "office", "standard", "standard")


def a_firm() -> Firm:
    pods = (a_pod(), a_pod(SOUTH, (DEE, ELI)), a_pod(WEST, (GUS,), lead=None))
    return Firm(1, pods={pod.id: pod for pod in pods})


def a_client(knows: Mapping[PersonId, Knowledge] | None = None, named_contact: PersonId | None = ANN) -> Client:
    return Client(ACME, "Acme Ltd", NORTH, named_contact, knows=knows or {})
