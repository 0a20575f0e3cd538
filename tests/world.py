"""A small firm, a clock that is pushed, and what people say and are sent: for stories that go through the use cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.ask import Ask, ask
from commands.client_said import client_deleted, client_edited, client_said
from commands.colleague_said import colleague_said
from commands.compose import Drop, Later, ToSend, compose
from commands.invocation import Invocation
from commands.outgoing import Posting, Queued, Topic
from commands.ports import FollowUp, HistoryRow, Identity, NewUnitOfWork, Place, QuestionQuery, UnitOfWork
from commands.roster import import_roster
from commands.run import run
from commands.said import Said
from commands.tick import Ticked, tick
from commands.undeliverable import undeliverable, unneeded
from commands.views import Button, Form, Listing, Mention, Notice, Page, QuestionCard, Reply, View, plain_text
from coverage.ids import QuestionNumber
from coverage.question import AskedBy, Attachment, Question, Via

Value = TypeVar("Value")

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning in winter: 10:00 in London is 10:00 UTC, and the office is open until 17:30."""

FIRM = """
people:
  - {name: Ann Lee, email: ann@firm.example, slack: U0ANN, timezone: Europe/London, role: manager, aliases: [Annie]}
  - {name: Bob Roy, email: bob@firm.example, slack: U0BOB, timezone: Europe/London}
  - {name: Cara Diaz, email: cara@firm.example, slack: U0CARA, timezone: Europe/London}
  - {name: Dan Low, email: dan@firm.example, slack: U0DAN, timezone: Europe/London}
  - {name: Mia Fox, email: mia@firm.example, slack: U0MIA, timezone: Europe/London, role: manager}
service_hours:
  uk-office: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30"}
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
  - {name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example], lead: mia@firm.example,
     service_hours: uk-office, charter: standard, escalation_policy: standard}
  - {name: South, channel: C0SOUTH, members: [cara@firm.example, dan@firm.example], lead: mia@firm.example,
     service_hours: uk-office, charter: standard, escalation_policy: standard}
clients:
  - {name: Acme Ltd, pod: North, named_contact: ann@firm.example, domains: [acme.example], aliases: [Acme],
     knows: {bob@firm.example: knows}}
  - {name: Birch Bakery, pod: South, named_contact: cara@firm.example, domains: [birch.example]}
intake: {channel: C0INTAKE, pod: North}
alerts_channel: C0ALERTS
"""
"""Ann and Bob (North) look after Acme, Cara and Dan (South) after Birch Bakery; Mia leads both and Ann is a manager."""


@dataclass(frozen=True)
class Sent:
    """A message as its readers get it: ``to`` is a channel's address or a person's first name."""

    to: str
    topic: Topic
    text: str
    calls: tuple[str, ...]
    commands: tuple[str, ...]
    is_redrawn: bool
    in_thread: bool
    at: datetime

    @property
    def line(self) -> str:
        """``C0NORTH card``, ``C0NORTH redrawn``, ``C0NORTH thread: step``, ``Bob: nudge``."""
        if self.topic is Topic.CARD:
            return f"{self.to} {'redrawn' if self.is_redrawn else 'card'}"
        return f"{self.to}{' thread' if self.in_thread else ''}: {self.topic}"


class World:
    """A firm on a database. ``now`` is pushed with ``wait`` or ``sleep``; nothing else moves it."""

    def __init__(self, new_uow: NewUnitOfWork, now: datetime = MONDAY, firm: str | None = FIRM) -> None:
        self.new_uow = new_uow
        self.now = now
        self.dead: dict[str, str] = {}
        """Channels and people that cannot be reached any more, and why."""
        self._keys = (f"slack:command:{number}" for number in count(1))
        self._messages = count(1)
        if firm is not None:
            self.change(firm)

    def change(self, roster: str) -> None:
        """Import a roster over what is there."""
        import_roster(roster_of(document_of(roster)), self.new_uow)

    def ask(
        self,
        text: str = "How do we file the return?",
        client: str | None = "Acme",
        *,
        asked_at: datetime | None = None,
        email: str | None = None,
        key: str = "",
    ) -> Question:
        asked = Ask(text, AskedBy("Jo", email), Via.EMAIL, client, asked_at=asked_at, key=key)
        return ask(asked, self.new_uow, self.now).question

    def client_says(
        self,
        who: str,
        text: str,
        *,
        place: str = "C0ACME",
        thread: str | None = None,
        files: tuple[str, ...] = (),
        to_us: bool = False,
        link: str | None = None,
    ) -> str:
        """``who`` (``Jo``) of a client writes in a channel; returns what the platform calls the message."""
        said = self.message(who, text, place, thread, files, to_us, link)
        client_said(said, self.new_uow, self.now)
        return said.remote

    def client_edits(self, who: str, message: str, before: str, text: str, *, place: str = "C0ACME") -> None:
        said = replace(self.message(who, text, place, None), remote=message)
        client_edited(said, before, self.new_uow, self.now)

    def client_deletes(self, who: str, message: str, before: str, *, place: str = "C0ACME") -> None:
        said = replace(self.message(who, before, place, None), remote=message)
        client_deleted(said, self.new_uow, self.now)

    def colleague_says(
        self, who: str, text: str, thread: str | None, *, place: str = "C0ACME", to_us: bool = False
    ) -> None:
        """``who`` (``Bob``) of the firm writes in a client's channel, in a thread or not."""
        said = replace(self.message(who, text, place, thread, (), to_us), sender=user(who))
        colleague_said(said, self.new_uow, self.now)

    def message(
        self,
        who: str,
        text: str,
        place: str = "C0ACME",
        thread: str | None = None,
        files: tuple[str, ...] = (),
        to_us: bool = False,
        link: str | None = None,
    ) -> Said:
        """A message as its platform tells of it, stored in the inbox and not heard yet."""
        number = next(self._messages)
        key = f"slack:event:{number}"
        with self.new_uow() as uow:
            uow.inbox.take(key, "slack", {}, self.now)
            uow.commit()
        return Said(
            key=key,
            place=Place("slack", place),
            remote=f"said-{number}",
            sender=Identity("slack", "T0FIRM", f"U0{who.upper()}"),
            text=text,
            at=self.now,
            thread=thread,
            name=who,
            attachments=tuple(Attachment(name, f"https://files.example/{name}") for name in files),
            to_us=to_us,
            link=link,
        )

    def reply(
        self,
        who: str,
        line: str,
        *,
        key: str | None = None,
        place: str | None = None,
        thread: str | None = None,
        drawn_for: int | None = None,
        from_inbox: bool = False,
    ) -> Reply:
        """What ``who`` (``Bob``) is answered."""
        where = Place("slack", place) if place else None
        said = Invocation(line, user(who), key or next(self._keys), where, thread, drawn_for, from_inbox)
        return run(said, self.new_uow, self.now)

    def say(self, who: str, line: str, *, place: str | None = None, thread: str | None = None) -> str:
        """The words of the reply to something that is done."""
        reply = self.reply(who, line, place=place, thread=thread)
        assert not is_refusal(reply), words(reply)
        return words(reply)

    def refused(self, who: str, line: str) -> str:
        """The words of the reply to something that is not done."""
        reply = self.reply(who, line)
        assert is_refusal(reply), words(reply)
        return words(reply)

    def sleep(self, **span: float) -> None:
        """Time passes and nobody looks: the process is down."""
        self.now += timedelta(**span)

    def wait(self, **span: float) -> list[Sent]:
        """Time passes and everything that is due happens at its time; returns what was sent meanwhile."""
        until = self.now + timedelta(**span)
        sent: list[Sent] = []
        for _ in range(_MOST_ROUNDS):
            ticked = self.tick()
            sent += self.deliver()
            due = [at for at in (ticked.next_due, self._next_message()) if at is not None and at <= until]
            if not due:
                self.now = until
                return sent
            self.now = max(min(due), self.now + timedelta(milliseconds=100))
        raise AssertionError("the tick never comes to rest")

    def _next_message(self) -> datetime | None:
        with self.new_uow.reading() as uow:
            return uow.outbox.earliest()

    def tick(self) -> Ticked:
        ticked = tick(self.new_uow, self.now)
        assert not ticked.failed
        return ticked

    def deliver(self) -> list[Sent]:
        """Send everything that is in the outbox, as the real sender would."""
        sent: list[Sent] = []
        for _ in range(_MOST_ROUNDS):
            with self.new_uow() as uow:
                queued = uow.outbox.lease(self.now, timedelta(seconds=60), 50)
                uow.commit()
            if not queued:
                return sent
            for message in queued:
                sent += self._deliver(message)
        raise AssertionError("the outbox never empties")

    def must_send(self, *lines: str) -> list[Sent]:
        """Deliver, and fail on any message that is missing or not expected."""
        sent = self.deliver()
        assert sorted(one.line for one in sent) == sorted(lines)
        return sent

    def _deliver(self, queued: Queued) -> Iterator[Sent]:
        message = queued.message
        with self.new_uow() as uow:
            composed = compose(message, uow, self.now)
            to = self._name_of(uow, queued)
            card = (
                uow.postings.card(message.question, message.to_place) if message.question and message.to_place else None
            )
            if isinstance(composed, Later):
                uow.outbox.put_off(queued.id, composed.at, composed.why)
            elif isinstance(composed, ToSend) and to not in self.dead:
                _hang_card(uow, queued, composed)
                uow.outbox.mark_sent(queued.id, self.now, f"ts-{queued.id}")
            uow.commit()
        if isinstance(composed, Drop):
            unneeded(queued, composed.why, self.new_uow, self.now)
        elif isinstance(composed, ToSend) and to in self.dead:
            undeliverable(queued, self.dead[to], self.new_uow, self.now)
        elif isinstance(composed, ToSend):
            view = composed.view
            calls = () if card is not None and message.topic is Topic.CARD else tuple(mentioned(view))
            yield Sent(
                to, message.topic, words(view), calls, tuple(one.command for one in buttons(view)),
                card is not None, message.in_thread, self.now,
            )  # fmt: skip

    def _name_of(self, uow: UnitOfWork, queued: Queued) -> str:
        message = queued.message
        if message.to_place is not None:
            return uow.places.get(message.to_place).address
        person = uow.firm().people.get(message.to_person) if message.to_person else None
        return person.name.split()[0] if person is not None else "nobody"

    def question(self, number: int = 1) -> Question:
        with self.new_uow.reading() as uow:
            return uow.questions.look_at(QuestionNumber(number))

    def owner(self, number: int = 1) -> str | None:
        """The first name of whoever has it."""
        return self._first_name(self.question(number).claimed_by)

    def called(self, number: int = 1) -> list[str | None]:
        return [self._first_name(who) for who in self.question(number).called]

    def _first_name(self, who: int | None) -> str | None:
        with self.new_uow.reading() as uow:
            names: Mapping[int, str] = {one.id: one.name for one in uow.firm().people.values()}
        return names[who].split()[0] if who is not None else None

    def history(self, number: int = 1) -> list[HistoryRow]:
        with self.new_uow.reading() as uow:
            return uow.history.of(QuestionNumber(number))

    def follow_ups(self, number: int = 1) -> list[FollowUp]:
        with self.new_uow.reading() as uow:
            return uow.follow_ups.of(QuestionNumber(number))

    def number_of_questions(self) -> int:
        with self.new_uow.reading() as uow:
            return len(uow.questions.page(QuestionQuery()))

    def happened(self, number: int = 1) -> list[str]:
        """The history's words: ``asked``, ``offered`` ..."""
        return [row.what.value for row in self.history(number)]

    def thread_of(self, number: int = 1, place: str = "C0NORTH") -> str:
        """The platform's name of the card's message."""
        with self.new_uow.reading() as uow:
            channel = uow.places.find("slack", place)
            assert channel is not None
            posting = uow.postings.card(QuestionNumber(number), channel)
        assert posting is not None
        return posting.remote


_MOST_ROUNDS = 300


def _hang_card(uow: UnitOfWork, queued: Queued, composed: ToSend) -> None:
    message = queued.message
    if message.topic is Topic.CARD and message.question is not None and message.to_place is not None:
        hanging = uow.postings.card(message.question, message.to_place)
        remote = hanging.remote if hanging is not None else f"ts-{queued.id}"
        uow.postings.put_card(Posting(message.question, message.to_place, remote, composed.draws or 0))


def user(who: str) -> Identity:
    return Identity("slack", "T0FIRM", f"U0{who.upper()}")


def is_refusal(reply: Reply) -> bool:
    return isinstance(reply, Notice) and reply.is_refusal


def words(view: View) -> str:
    """Everything that is to be read, without markup."""
    match view:
        case Notice():
            return plain_text(view.text)
        case Listing():
            return "\n".join([view.title, *(plain_text(row.text) for row in view.rows)] if view.rows else [view.empty])
        case Page():
            return "\n".join([view.title, *(plain_text(paragraph) for paragraph in view.paragraphs)])
        case Form():
            return f"{view.title}: {', '.join(field.label for field in view.fields)}"
        case QuestionCard():
            facts = "; ".join(f"{fact.label} {plain_text(fact.value)}" for fact in view.facts)
            return f"{view.plain}\n{view.quote}\n{facts}\n{plain_text(view.call)}\n{plain_text(view.context)}"


def buttons(view: View) -> tuple[Button, ...]:
    match view:
        case Notice() | QuestionCard():
            return view.buttons
        case Listing():
            return tuple(button for row in view.rows for button in row.buttons)
        case Page() | Form():
            return ()


def commands_of(view: View) -> list[str]:
    """What the buttons of a view say when they are pressed."""
    return [button.command for button in buttons(view)]


def mentioned(view: View) -> Iterator[str]:
    """The names of those whom a view calls."""
    if isinstance(view, Notice | QuestionCard):
        text = view.text if isinstance(view, Notice) else view.call
        yield from (segment.name for segment in text if isinstance(segment, Mention))


def only(found: list[Value]) -> Value:
    """The one there is."""
    assert len(found) == 1, found
    return found[0]
