"""Every message Podline can send, once each: a firm is led through all of them, on a database of its own."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo.firm import the_roster
from bot.playground.page.backstage import Exhibit
from bot.slack.forms import to_modal
from bot.slack.mrkdwn import Users
from bot.slack.render import to_message
from bot.teams.forms import form_card
from bot.teams.render import summary, to_card
from bot.teams.text import People, TeamsMention
from commands.ask import Ask, ask
from commands.briefs import brief
from commands.compose import ToSend, compose
from commands.invocation import Invocation
from commands.kudos_roundup import kudos_roundup
from commands.outgoing import Message, Posting, Priority, Queued, Topic
from commands.ports import Identity, NewUnitOfWork, UnitOfWork
from commands.roster import import_roster
from commands.run import run
from commands.tick import tick
from commands.views import Form, Page, QuestionCard, View
from coverage.question import AskedBy, Via
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
ROUNDS = 50


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


Act = Line | Pass | Comes | Alarm
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
    Line("cara", "leave 7 Dec - 11 Dec"),
    Pass(timedelta(days=7)),
    Comes("Anvil", "Is the payroll filed?"),
    Pass(timedelta(days=14)),
    Alarm("The channel #north cannot be posted in any more: it is archived. Name another one for North."),
)


def exhibits() -> list[Exhibit]:
    """All of it, in the order in which it came about; always the same."""
    with tempfile.TemporaryDirectory(prefix="podline-gallery-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'gallery.db'}")
        try:
            upgrade(engine)
            return list(_Gallery(UnitsOfWork(engine)).shown())
        finally:
            engine.dispose()


class _Gallery:
    def __init__(self, new_uow: NewUnitOfWork) -> None:
        self._new_uow = new_uow
        self._now = MONDAY
        self._names: set[str] = set()
        import_roster(the_roster(), new_uow)
        with new_uow.reading() as uow:
            people = uow.firm().people.values()
            self._users: Users = {one.id: f"U0{one.name.split()[0].upper()}" for one in people}
            self._people: People = {one.id: TeamsMention(self._users[one.id], one.name) for one in people}

    def shown(self) -> Iterator[Exhibit]:
        for number, act in enumerate(SCRIPT):
            yield from self._act(number, act)
            yield from self._passing(A_MINUTE)

    def _act(self, number: int, act: Act) -> Iterator[Exhibit]:
        match act:
            case Line(who, line):
                sender = Identity("slack", "T0FIRM", f"U0{who.upper()}")
                reply = run(Invocation(line, sender, f"slack:command:{number}"), self._new_uow, self._now)
                yield self._exhibit(f"/podline {line}", reply)
            case Pass(by):
                yield from self._passing(by)
            case Comes(client, text, email):
                ask(Ask(text, AskedBy("Jo Smith", email), Via.WEB, client), self._new_uow, self._now)
            case Alarm(why):
                self._alarm(why)

    def _passing(self, by: timedelta) -> Iterator[Exhibit]:
        """Everything that is due meanwhile happens at its time."""
        until = self._now + by
        while True:
            due = tick(self._new_uow, self._now).next_due
            brief(self._new_uow, self._now)
            kudos_roundup(self._new_uow, self._now)
            yield from self._delivered()
            if self._now >= until:
                return
            next_look = min(until, self._now + timedelta(hours=1))
            self._now = min(next_look, max(due or next_look, self._now + timedelta(seconds=1)))

    def _alarm(self, why: str) -> None:
        with self._new_uow() as uow:
            [manager, *_] = uow.firm().managers()
            message = Message("gallery", Topic.ALARM, Priority.REPORT, to_person=manager.id, facts={"why": why})
            uow.outbox.add(message, self._now)
            uow.commit()

    def _delivered(self) -> Iterator[Exhibit]:
        """What is in the outbox, each kind of message once; cards once for each state."""
        for _ in range(ROUNDS):
            with self._new_uow() as uow:
                queued = uow.outbox.lease(self._now, timedelta(seconds=60), 50)
                sent = [(one, self._send(uow, one)) for one in queued]
                uow.commit()
            if not queued:
                return
            for one, view in sent:
                name = _name(one, view) if view else ""
                if view and name not in self._names:
                    self._names.add(name)
                    yield self._exhibit(name, view)

    def _send(self, uow: UnitOfWork, queued: Queued) -> View | None:
        message, composed = queued.message, compose(queued.message, uow, self._now)
        if isinstance(composed, ToSend) and message.topic is Topic.CARD and message.question and message.to_place:
            posting = Posting(message.question, message.to_place, f"ts-{message.question}", composed.draws or 0)
            uow.postings.put_card(posting)
        uow.outbox.mark_sent(queued.id, self._now, f"ts-{queued.id}")
        return composed.view if isinstance(composed, ToSend) else None

    def _exhibit(self, name: str, view: View) -> Exhibit:
        card = form_card(view, self._people) if isinstance(view, Form) else to_card(view, self._people)
        if isinstance(view, Form | Page):
            return Exhibit(name, form=to_modal(view, self._users), card=card)
        drawn = to_message(view, self._users)
        return Exhibit(name, text=drawn["text"], blocks=drawn["blocks"], card=card, summary=summary(view))


def _name(queued: Queued, view: View) -> str:
    message = queued.message
    where = "in a thread" if message.in_thread else "directly" if message.to_person else "in a channel"
    topic = message.topic.value.replace("_", " ")
    if isinstance(view, QuestionCard):
        status = next(("".join(map(str, fact.value)) for fact in view.facts if fact.label == "Status"), "")
        return f"{topic}: {status}"
    return f"{topic}, {where}"
