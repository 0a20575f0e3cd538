"""The words of kudos, whose they are, and when somebody who is away hears of theirs."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from commands.ports import Kudos, UnitOfWork, UnknownQuestion
from commands.views import Bold, Button, Mention, Notice, Quote, Text
from commands.wording import first_line, name_of
from coverage.availability import Presence
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber, short_id
from coverage.question import Question

_QUOTED = re.compile(
    r"(?:[“„«](?P<marked>.*)[”“»]|\"(?P<plain>[^\"]*)\")"
    r"(?:\s*,?\s*(?:[-–—]|\b(?:says?|said|writes|wrote)\b)\s*(?P<by>[^“”„«»\"]{1,80}))?",
    re.DOTALL,
)
_TWO_QUOTATIONS = re.compile(r"”[^“”]*“")


def clients_words(sentence: str) -> str | None:
    """What stands between the quotation marks where all of the sentence is a quotation, nothing included, but for who
    said it: ``“Great!” says Jo``; else None."""
    found = _QUOTED.fullmatch(sentence.strip())
    if found is None:
        return None
    inner: str = found["marked"] if found["marked"] is not None else found["plain"]
    return None if _TWO_QUOTATIONS.search(inner) else inner.strip()


def has_a_quotation(sentence: str) -> bool:
    """Whether somebody is quoted in it, among other words."""
    return _SOME_QUOTED.search(sentence) is not None


_SOME_QUOTED = re.compile(r"[“„«][^”“»]+[”“»]|\"[^\"]+\"")


def speaker_named(sentence: str) -> str:
    """Who said it, by the giver: ``Jo on the phone`` of ``“Great!” – Jo on the phone``."""
    found = _QUOTED.fullmatch(sentence.strip())
    return (found["by"] or "").strip(" .\n") if found is not None else ""


def as_clients(words: str, by: str = "") -> str:
    """The words as a client's, in a sentence of kudos for a question; marks in them that would end the quotation are
    straightened. ``by`` is whom the giver names as having said it."""
    if _TWO_QUOTATIONS.search(words):
        words = words.replace("“", '"').replace("”", '"')
    return f"“{words.strip()}” – {by}" if by else f"“{words.strip()}”"


def is_clients(kudos: Kudos) -> bool:
    """Whether a colleague passed on what the client of the question said."""
    return kudos.question is not None and clients_words(kudos.sentence) is not None


def said_in(kudos: Kudos) -> str:
    """The sentence as it is shown as a quotation, which needs no marks of its own where a client said it."""
    words = clients_words(kudos.sentence) if is_clients(kudos) else None
    return words or kudos.sentence


def thanks_line(receiver_email: str, question: QuestionNumber, words: str = "") -> str:
    """The line that passes a client's thanks on; without ``words`` a form asks for them."""
    return f"kudos {receiver_email} for {short_id(question)} {as_clients(words)}"


def thanks_button(question: Question, firm: Firm, *, seen_by: PersonId | None = None) -> Iterator[Button]:
    """Passes on the client's thanks to whoever answered, or has, the question; nothing where that is ``seen_by``, where
    nobody is, and where the firm gives no kudos."""
    who = question.answered_by or question.claimed_by
    if who is None or who not in firm.people or who == seen_by or not firm.settings.kudos_per_day:
        return
    number, person = short_id(question.number), firm.people[who]
    line = thanks_line(person.email, question.number)
    yield Button("Pass on thanks", line, f"Pass on to {person.name} that the client of {number} said thank you")


def who_said(kudos: Kudos, uow: UnitOfWork) -> str:
    """The client whose words these are: ``Jo of Acme Ltd``, or who the giver says it was: ``Sam (Acme Ltd)``."""
    assert kudos.question is not None
    named = speaker_named(kudos.sentence)
    try:
        question = uow.questions.look_at(kudos.question)
    except UnknownQuestion:
        return named or "the client"
    client = uow.clients.get(question.client).name if question.client is not None else None
    if named:
        return f"{named} ({client})" if client else named
    asker = first_line(question.asked_by.name or "")
    return " of ".join(part for part in (asker, client) if part) or "the client"


def thanks(kudos: Kudos, firm: Firm, *, is_direct: bool, is_called: bool, said_by: str | None = None) -> Notice:
    """What the receiver reads (``is_direct``), or the kudos channel; there the receiver is mentioned if ``is_called``,
    otherwise named. ``said_by`` is the client whose words the giver passes on. The words of either call nobody."""
    receiver = name_of(firm, kudos.receiver)
    whom: Text = ("you",) if is_direct else ((Mention(kudos.receiver, receiver) if is_called else Bold(receiver)),)
    what: Text = (" for ", Bold(short_id(kudos.question))) if kudos.question is not None else ()
    if said_by is None:
        return Notice((Bold(name_of(firm, kudos.giver)), " thanks ", *whom, *what, ":\n", Quote(kudos.sentence)))
    passed_on = f"\nsays {said_by}. Passed on by {name_of(firm, kudos.giver)}."
    return Notice(("A client thanks ", *whom, *what, ":\n", Quote(said_in(kudos)), passed_on))


def when_back(presence: Presence, who: PersonId, now: datetime) -> datetime:
    """When to look again whether somebody on leave is back: daily, since leave may be cut short, at last when they work
    again: the weekend before is theirs."""
    tomorrow = now + _DAILY
    back = presence.back_at(who, now)
    return tomorrow if back is None or presence.is_on_leave(who, tomorrow) else back


_DAILY = timedelta(days=1)
