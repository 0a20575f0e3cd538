"""Phrases that several messages share, so that the same thing is always said the same way."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.views import Button, ButtonStyle, Text, When
from coverage.absence import FOR_GOOD
from coverage.availability import Presence
from coverage.charter import Level
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber, short_id
from coverage.question import Question, Status, Via

SHOWN = 300
"""How much of a question's text a card shows before it is cut."""

STATUS_WORDS = {
    Status.UNIDENTIFIED: "Whose question is it?",
    Status.ROUTED: "Waiting for somebody to claim it",
    Status.CLAIMED: "Claimed",
    Status.WAITING: "Waiting for the client",
    Status.ANSWERED: "Answered",
    Status.RESOLVED: "Resolved",
}


VIA_WORDS = {
    Via.EMAIL: "by e-mail",
    Via.PHONE: "by phone",
    Via.WEB: "on the web",
    Via.CHAT: "in a chat",
    Via.LETTER: "by letter",
    Via.IN_PERSON: "in person",
}


def shortened(text: str, limit: int = SHOWN) -> str:
    """``text`` on as few lines as it has, cut with an ellipsis at a word where it is longer than ``limit``."""
    text = text.strip()
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit * 2 // 3)
    return (cut[:space] if space > 0 else cut).rstrip() + "…"


def first_line(text: str, limit: int = 80) -> str:
    return shortened(" ".join(text.split()), limit)


def level_words(level: Level) -> str:
    return level.value.replace("_", " ")


def name_of(firm: Firm, who: PersonId | None) -> str:
    person = firm.people.get(who) if who is not None else None
    return person.name if person is not None else "somebody who has left"


def client_words(question: Question, client: str | None) -> str:
    """The client's name; until it is known, what they were called by whoever passed the question on."""
    if client is not None:
        return client
    return f"“{first_line(question.named_as)}”, not known yet" if question.named_as else "a client not known yet"


def pod_name(firm: Firm, question: Question) -> str:
    pod = firm.pods.get(question.pod)
    return pod.name if pod is not None else "a pod that is gone"


def zone_of(firm: Firm, question: Question) -> str:
    return firm.hours_of(question.pod).timezone if question.pod in firm.pods else "UTC"


def at(firm: Firm, question: Question, instant: datetime) -> When:
    return When(instant, zone_of(firm, question))


def since(firm: Firm, question: Question) -> Text:
    """Who has it and since when: ``Ann Lee has it since Mon 23 Nov 09:12``."""
    owner = name_of(firm, question.claimed_by)
    claimed_at = question.claimed_at or question.offered_at
    return (f"{owner} has it since ", at(firm, question, claimed_at))


def day_words(day: date) -> str:
    """``Tue 24 Nov``: a day near enough that nobody asks which year."""
    return f"{day:%a} {day.day} {day:%b}"


def date_words(instant: datetime, timezone: str, now: datetime) -> str:
    """``3 Mar``, with its year where that is not the year of ``now``, by the calendar of ``timezone`` (IANA)."""
    zone = ZoneInfo(timezone)
    day = instant.astimezone(zone).date()
    year = f" {day.year}" if day.year != now.astimezone(zone).year else ""
    return f"{day.day} {day:%b}{year}"


def presence_words(presence: Presence, who: PersonId, now: datetime) -> str:
    """``is in``, ``is away until Tue 24 Nov``, ``is not there``; never why."""
    return "is in" if presence.is_available(who, now) else until_words(presence.away_until(who, now))


def until_words(until: date | None) -> str:
    """``away until Tue 24 Nov``, that they have left for good, or just that they are not there."""
    if until is not None and until >= FOR_GOOD:
        return "has left"
    return f"is away until {day_words(until)}" if until is not None else "is not there"


def claim_button(number: QuestionNumber, client: str) -> Button:
    return Button(
        "Claim", f"claim {short_id(number)}", f"Claim question {short_id(number)} from {client}", ButtonStyle.PRIMARY
    )


def explain_button(number: QuestionNumber, *, is_cut: bool = False) -> Button:
    """Why it went here, and the whole text: that is what people look for where a card had to cut it."""
    if is_cut:
        return Button("Show all", f"explain {short_id(number)}", f"The whole text of question {short_id(number)}")
    spoken = f"Explain why question {short_id(number)} went where it went"
    return Button("Why here?", f"explain {short_id(number)}", spoken)
