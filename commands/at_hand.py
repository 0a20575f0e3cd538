"""What a card says of its client in a line each: the question that was answered last, and the newest note."""

from datetime import datetime

from commands.ports import UnitOfWork
from commands.views import Fact
from commands.wording import date_words, first_line, name_of, zone_of
from coverage.firm import Firm
from coverage.ids import short_id
from coverage.question import Question

_ASKED, _NOTED = 60, 120


def at_hand(question: Question, uow: UnitOfWork, firm: Firm, now: datetime) -> tuple[Fact, ...]:
    """While the question is open and its client is known; ``client Acme`` shows the rest."""
    if question.client is None or not question.is_open:
        return ()
    facts = []
    others = [one for one in uow.questions.answered_of(question.client, 2) if one.number != question.number]
    if others:
        facts.append(Fact("Last", (_answered(others[0], firm, now),)))
    if notes := uow.notes.of(question.client, 1):
        facts.append(Fact("Note", (first_line(notes[0].text, _NOTED),)))
    return tuple(facts)


def _answered(last: Question, firm: Firm, now: datetime) -> str:
    """``Q-3 How do we file?, answered by Bob Roy on 3 Mar``; of somebody who has left there is nothing to ask."""
    on = date_words(last.answered_at or last.asked_at, zone_of(firm, last), now)
    by = f" by {name_of(firm, last.answered_by)}" if last.answered_by in firm.people else ""
    return f"{short_id(last.number)} {first_line(last.text, _ASKED)}, answered{by} on {on}"
