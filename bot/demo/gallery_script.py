"""What the gallery's firm is led through, so that it sends every message there is."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody (a Slack id without its U0) types a line, or presses a button that says it."""

    who: str
    line: str


@dataclass(frozen=True, slots=True)
class Pass:
    """Time goes by and what is due happens."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class Comes:
    """A client's question comes in by the API."""

    client: str | None
    text: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that the managers must know, such as a channel that is gone."""

    why: str


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody of a client writes in the channel shared with them."""

    text: str


@dataclass(frozen=True, slots=True)
class Fed:
    """The calendars that are read by themselves are fetched, and this is what they give."""

    calendar: str


@dataclass(frozen=True, slots=True)
class Appears:
    """Somebody acts in Teams whom nobody knows by their address there."""

    name: str
    email: str


Act = Line | Pass | Comes | Alarm | Says | Fed | Appears
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Tally and Quill//Leave//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20261116T100000Z
DTSTART;VALUE=DATE:20270201
DTEND;VALUE=DATE:20270206
SUMMARY:Cara Column - annual leave
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20261116T100000Z
DTSTART;VALUE=DATE:20270208
DTEND;VALUE=DATE:20270210
SUMMARY:Bobby - leave
END:VEVENT
END:VCALENDAR
"""
A_MINUTE = timedelta(minutes=1)

SCRIPT: tuple[Act, ...] = (
    Line("ann", "help"),
    Line("ann", "help claim"),
    Line("ann", "clam Q-1"),
    Line("ann", "claim"),
    Line("ann", "claim Q-99"),
    Line("ann", "question"),
    Comes("Acme", "Do we charge them our VAT or theirs?"),
    Line("bob", "claim Q-1"),
    Line("cara", "claim Q-1"),
    Line("bob", "mine"),
    Line("cara", "mine"),
    Line("bob", "handoff Q-1"),
    Line("bob", "handoff Q-1 @Cara Column I am in a meeting"),
    Line("cara", "release Q-1"),
    Line("cara", "answered Q-1 Neither: it is reverse-charged."),
    Line("cara", "waiting Q-1"),
    Line("cara", "resolve Q-1"),
    Line("cara", "reopen Q-1 they ask again"),
    Line("cara", "explain Q-1"),
    Line("cara", "resolve Q-1"),
    Line("ann", "pod"),
    Line("ann", "pod North"),
    Line("ann", "client Acme"),
    Line("ann", "who Acme"),
    Line("ann", "coverage"),
    Line("ann", "coverage picture"),
    Line("ann", "coverage Acme"),
    Line("ann", "coverage what if @Cara Column 30 Nov - 11 Dec"),
    Line("ann", "kudos"),
    Line("ann", "kudos @Cara Column for Q-1 you knew it by heart"),
    Line("bob", "leave"),
    Line("bob", "leave 30 Nov - 4 Dec annual leave"),
    Line("bob", "leave list"),
    Line("bob", "leave cancel 2 Dec"),
    Line("bob", "leave for @Cara Column today"),
    Comes("Anvil", "When is our payroll due?"),
    Line("ann", "claim Q-2"),
    Line("bob", "urgent Q-2 they pay on Friday"),
    Line("ann", "urgent Q-2 no"),
    Pass(timedelta(hours=3)),
    Comes(None, "Which form do we need?", "jo@nobody.example"),
    Line("ann", "client Q-3 is Borealis"),
    Pass(timedelta(days=2)),
    Line("dan", "claim Q-3"),
    Pass(timedelta(hours=6)),
    Line("dan", "claim Q-3"),
    Pass(timedelta(days=6)),
    Line("dan", "leave today sick"),
    Comes("Acme", "May we write off the old van?"),
    Comes("Acme", "Did you get my question about the van?"),
    Line("ann", "merge Q-5"),
    Line("bob", "claim Q-5"),
    Line("ann", "merge Q-5 into Q-4"),
    Pass(timedelta(hours=13)),
    Line("ann", "urgent Q-4 they sign today"),
    Line("bob", "claim Q-4"),
    Line("bob", "snooze Q-4"),
    Line("bob", "snooze Q-4 30m"),
    Pass(timedelta(hours=1)),
    Line("bob", "close Q-4"),
    Line("bob", "close Q-4 spam"),
    Comes("Acme", "Where do we send the parcel?"),
    Line("bob", "claim Q-6"),
    Line("ann", "client Q-6 is Borealis"),
    Line("ann", "policy"),
    Line("ann", "charter standard"),
    Line("ann", "hours"),
    Line("ann", "pod North policy new-york"),
    Line("ann", "client Acme alias The Acme"),
    Line("ann", "undo"),
    Line("ann", "import"),
    Line("ann", "feed list"),
    Line("ann", "client Acme note Prefers the phone in the morning"),
    Line("ann", "client Acme learning @Dan Digit"),
    Line("ann", "person @Cara Column"),
    Line("ann", "person @Cara Column leaves"),
    Line("ann", "person @Cara Column leaves 18 Dec to @Bob Balance"),
    Appears("Bob Balance", "bbalance@tallyquill.onmicrosoft.example"),
    Line("ann", "person teams:bbalance is @Bob Balance"),
    Line("ann", "hours all closed 24 Dec - 28 Dec"),
    Line("cara", "leave 7 Dec - 11 Dec"),
    Line("ann", "feed add https://calendar.example/leave.ics team"),
    Fed(CALENDAR),
    Pass(timedelta(days=7)),
    Comes("Anvil", "Is the payroll filed?"),
    Pass(timedelta(days=5)),
    Comes("Birchwood", "Do we need the old receipts?"),
    Pass(timedelta(days=9)),
    Says("May we pay the deposit in cash?"),
    Pass(timedelta(minutes=11)),
    Says("And who signs the form?"),
    Says("The one for the deposit, I mean."),
    Alarm("The channel #north cannot be posted in any more: it is archived. Name another one for North."),
)
