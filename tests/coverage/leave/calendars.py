"""Small calendars and people to read them for."""

from datetime import UTC, date, datetime

from coverage.ids import PersonId
from coverage.leave.calendar import CalendarKind, Reading, read_calendar
from coverage.leave.changes import Changed, changes_of_feed
from coverage.people import Person

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_person(name: str, *, number: int = 1, **more: object) -> Person:
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}@firm.example"
    known = {"email": email, "timezone": "Europe/London", **more}
    return Person(PersonId(number), name, **known)  # type: ignore[arg-type]


ANN = a_person("Ann Lee", number=1)
BO = a_person("Bo Chen", number=2)
CARA = a_person("Cara Diaz", number=3)
ROBERT = a_person("Robert Jones", number=4, aliases=("Bob",))
ZOE = a_person("Zoë Müller", number=5, timezone="Europe/Berlin")
LIZ = a_person("Elizabeth Hart", number=6)
JAN = a_person("Jan de Vries", number=7)
ANA = a_person("Ana Silva", number=8)
JEAN = a_person("Jean Petit", number=9)
LUCA = a_person("Luca Bianchi", number=10)
JOSE = a_person("José García", number=11)
STAFF = (ANN, BO, CARA, ROBERT, ZOE, LIZ, JAN, ANA, JEAN, LUCA, JOSE)


def a_calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events; each is its lines without the frame, separated by line breaks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.splitlines()]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.splitlines(), "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def an_event(
    summary: str | None, first: str = "20260302", end: str = "20260305", uid: str = "u", more: str = ""
) -> str:
    """``first`` to ``end`` (exclusive), all day; or instants, when they are written as such."""
    kind = "" if "T" in first else ";VALUE=DATE"
    title = [] if summary is None else [f"SUMMARY:{summary}"]
    return "\n".join([f"UID:{uid}", f"DTSTART{kind}:{first}", f"DTEND{kind}:{end}", *title, *more.splitlines()])


def read(
    *events: str,
    people: tuple[Person, ...] = STAFF,
    owner: Person | None = None,
    head: str = "",
    first: date = FIRST,
    last: date = LAST,
) -> Reading:
    """A team's calendar, or the personal one of ``owner``."""
    kind = CalendarKind.TEAM if owner is None else CalendarKind.PERSONAL
    return read_calendar(a_calendar(*events, head=head), people, kind, owner, None, first, last, NOW)


def changed(before: bytes, after: bytes) -> tuple[Changed, ...]:
    """What a second fetch of a team's feed changed."""
    return changes_of_feed(before, after, STAFF, CalendarKind.TEAM, None, None, FIRST, LAST, NOW)


def in_short(reading: Reading) -> list[str]:
    """``Ann annual 02-04``; halves after their day, as ``02pm-04``."""
    names = {person.id: person.name.split()[0] for person in STAFF}
    said = []
    for absence in reading.absences:
        halves = {half.date: half.half.value for half in absence.half_days}
        days = [f"{day:%d}{halves.get(day, '')}" for day in dict.fromkeys((absence.first, absence.last))]
        said.append(f"{names[absence.person]} {absence.kind} {'-'.join(days)}")
    return said
