"""What the gallery's firm is led through, so that it sends every message there is."""

from dataclasses import dataclass
from datetime import timedelta

from bot.demo.gallery_index import Where


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody (a Slack id without its U0) types a line, or presses a button that says it. ``shows`` names the answer,
    which hangs with those to the same verb, or ``where``; without a name it is not shown."""

    who: str
    line: str
    shows: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class AtHome:
    """Somebody looks at their own corner; ``shows`` names what they find."""

    who: str
    shows: str


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


Act = Line | AtHome | Pass | Comes | Alarm | Says | Fed | Appears
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
    Line("ann", "help", "All there is to say"),
    Line("ann", "help claim", "One verb, explained"),
    Line("ann", "clam Q-1", "A word with a slip in it"),
    Line("ann", "claim", "Nothing to claim"),
    Line("ann", "claim Q-99", "A question that is not there"),
    Line("ann", "question", "Ask the pod"),
    Comes("Acme", "Do we charge them our VAT or theirs?"),
    Line("bob", "claim Q-1", "Claimed: it is yours"),
    Line("cara", "claim Q-1", "Somebody else has it"),
    Line("bob", "mine", "What you have"),
    Line("cara", "mine", "What you have: nothing"),
    AtHome("bob", "A member's home"),
    Line("bob", "handoff Q-1", "Hand it to a colleague"),
    Line("bob", "handoff Q-1 @Cara Column I am in a meeting", "Handed off"),
    Line("cara", "release Q-1", "Given back to the pod"),
    Line("cara", "answered Q-1 Neither: it is reverse-charged.", "Answered"),
    Line("cara", "waiting Q-1", "Waiting for the client"),
    Line("cara", "resolve Q-1", "Resolved"),
    Line("cara", "reopen Q-1 they ask again", "Opened again"),
    Line("cara", "explain Q-1", "Why it went where it went"),
    Line("cara", "resolve Q-1"),
    Line("ann", "pod", "All pods"),
    Line("ann", "pod North", "One pod"),
    Line("ann", "client Acme", "A client at a glance"),
    Line("ann", "who Acme", "Who knows a client"),
    Line("ann", "coverage", "Who is out this week"),
    Line("ann", "coverage picture", "A picture is asked for"),
    Line("ann", "coverage Acme", "One client, day by day"),
    Line("ann", "coverage what if @Cara Column 30 Nov - 11 Dec", "What if she were away?"),
    Line("ann", "kudos", "Thank somebody"),
    Line("ann", "kudos @Cara Column for Q-1 you knew it by heart", "Thanked"),
    Line("bob", "leave", "Mark leave"),
    Line("bob", "leave 30 Nov - 4 Dec annual leave", "Leave is marked"),
    Line("bob", "leave list", "Your leave"),
    Line("bob", "leave cancel 2 Dec", "One day taken back"),
    Line("bob", "leave for @Cara Column today", "Somebody else's leave is a manager's"),
    Comes("Anvil", "When is our payroll due?"),
    Line("ann", "claim Q-2"),
    Line("bob", "urgent Q-2 they pay on Friday", "Marked as urgent"),
    Line("ann", "urgent Q-2 no", "No longer urgent"),
    Pass(timedelta(hours=3)),
    Comes(None, "Which form do we need?", "jo@nobody.example"),
    Line("ann", "client Q-3 is Borealis", "Now its client is known", Where.ACTS),
    Pass(timedelta(days=2)),
    Line("dan", "claim Q-3"),
    Pass(timedelta(hours=6)),
    Line("dan", "claim Q-3", "It is yours already"),
    Pass(timedelta(days=6)),
    Line("dan", "leave today sick", "Away at once: what you had is offered again"),
    Comes("Acme", "May we write off the old van?"),
    Comes("Acme", "Did you get my question about the van?"),
    Line("ann", "merge Q-5", "Two questions that are one"),
    Line("bob", "claim Q-5"),
    Line("ann", "merge Q-5 into Q-4", "Merged"),
    Pass(timedelta(hours=13)),
    Line("ann", "urgent Q-4 they sign today", "Urgent, and nobody has it yet"),
    Line("bob", "claim Q-4"),
    Line("bob", "snooze Q-4", "Be reminded later"),
    Line("bob", "snooze Q-4 30m", "Snoozed"),
    Pass(timedelta(hours=1)),
    Line("bob", "close Q-4", "Close it without an answer"),
    Line("bob", "close Q-4 spam", "Closed without an answer"),
    Comes("Acme", "Where do we send the parcel?"),
    Line("bob", "claim Q-6"),
    Line("ann", "client Q-6 is Borealis", "It is another client's", Where.ACTS),
    Line("ann", "policy", "The escalation policies"),
    Line("ann", "charter standard", "A charter"),
    Line("ann", "hours", "The service hours"),
    Line("ann", "pod North policy new-york", "A pod gets another policy"),
    Line("ann", "client Acme alias The Acme", "A client gets another name"),
    Line("ann", "undo", "The last change is taken back"),
    Line("ann", "import", "Import clients"),
    Line("ann", "feed list", "The calendars that are read by themselves"),
    Line("ann", "client Acme note Prefers the phone in the morning", "A note about a client"),
    Line("ann", "client Acme learning @Dan Digit", "Somebody learns a client"),
    Line("ann", "person @Cara Column", "A person at a glance"),
    Line("ann", "person @Cara Column leaves", "Somebody leaves the firm"),
    Line("ann", "person @Cara Column leaves 18 Dec to @Bob Balance", "What leaving will change"),
    Appears("Bob Balance", "bbalance@tallyquill.onmicrosoft.example"),
    Line("ann", "person teams:bbalance is @Bob Balance", "Whose account that is"),
    Line("ann", "hours all closed 24 Dec - 28 Dec", "The whole firm closes"),
    Line("cara", "leave 7 Dec - 11 Dec"),
    AtHome("ann", "A manager's home"),
    Line("ann", "feed add https://calendar.example/leave.ics team", "A calendar is added"),
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
