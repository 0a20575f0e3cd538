"""Every message Podline can send, once each: a firm is led through all of them, on a database of its own."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.calendar_reading import LeaveFile, read_leave
from bot.demo.firm import ROOMS, the_roster
from bot.demo.gallery_index import OF_TOPIC, Where, in_parts, of_line
from bot.demo.gallery_script import A_MINUTE, SCRIPT, Act, Alarm, Appears, AtHome, Comes, Fed, Line, Pass, Says
from bot.playground.page.backstage import Exhibit, Part
from bot.slack.forms import to_modal
from bot.slack.home import to_home
from bot.slack.mrkdwn import Users
from bot.slack.render import to_message
from bot.teams.forms import form_card
from bot.teams.render import summary, to_card, to_home_card
from bot.teams.text import People, TeamsMention
from commands.ask import Ask, ask
from commands.briefs import brief
from commands.client_said import client_said
from commands.compose import ToSend, compose
from commands.feed_polls import digest_of, take_due, take_in
from commands.home import home
from commands.invocation import Invocation
from commands.join import Stranger, join
from commands.kudos_roundup import kudos_roundup
from commands.outgoing import Message, Posting, Priority, Queued, Topic
from commands.ports import Identity, NewUnitOfWork, Place, UnitOfWork
from commands.roster import import_roster
from commands.run import run
from commands.said import Said
from commands.tick import tick
from commands.views import Form, Page, QuestionCard, View
from coverage.feeds import Version
from coverage.question import AskedBy, Via
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
ROUNDS = 50
Hung = tuple[Where, Exhibit]
_KEY = "a key for a database that lives for a second"


def gallery() -> list[Part]:
    """All of it by what it is about, each part in the order in which it came about; always the same."""
    with tempfile.TemporaryDirectory(prefix="podline-gallery-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'gallery.db'}")
        try:
            upgrade(engine)
            return in_parts(_Gallery(UnitsOfWork(engine, sealing=Sealing([_KEY]))).shown())
        finally:
            engine.dispose()


class _Gallery:
    def __init__(self, new_uow: NewUnitOfWork) -> None:
        self._new_uow = new_uow
        self._now = MONDAY
        self._names: set[str] = set()
        roster = the_roster()
        settings = {**roster.settings, "confirm_in_shared_channels": True}
        import_roster(replace(roster, settings=settings), new_uow)
        with new_uow.reading() as uow:
            people = uow.firm().people.values()
            places = uow.places.everywhere()
        self._first_names = {one.id: one.name.split()[0] for one in people}
        self._users: Users = {one: f"U0{name.upper()}" for one, name in self._first_names.items()}
        self._people: People = {one.id: TeamsMention(self._users[one.id], one.name) for one in people}
        rooms = {room.id: f"#{room.name}" for room in ROOMS}
        self._channels = {place: rooms[where.address] for place, where in places.items()}

    def shown(self) -> Iterator[Hung]:
        for number, act in enumerate(SCRIPT):
            yield from self._act(number, act)
            yield from self._passing(A_MINUTE)

    def _act(self, number: int, act: Act) -> Iterator[Hung]:
        match act:
            case Line():
                yield from self._answered(number, act)
            case AtHome():
                yield self._at_home(act)
            case Pass(by):
                yield from self._passing(by)
            case Comes(client, text, email):
                ask(Ask(text, AskedBy("Jo Smith", email), Via.WEB, client), self._new_uow, self._now)
            case Alarm(why):
                self._alarm(why)
            case Says(text):
                self._says(number, text)
            case Fed(calendar):
                self._fed(calendar.encode())
            case Appears(name, email):
                account = Identity("teams", "", email.partition("@")[0])
                join(Stranger(account, name, email, None), self._new_uow, self._now)

    def _answered(self, number: int, act: Line) -> Iterator[Hung]:
        invocation = Invocation(act.line, _sender(act.who), f"slack:command:{number}")
        reply = run(invocation, self._new_uow, self._now)
        if act.shows:
            one = Exhibit(act.shows, f"{act.who.capitalize()} types", f"/podline {act.line}")
            where = Where.FORMS if isinstance(reply, Form) else act.where or of_line(act.line)
            yield where, self._exhibit(one, reply)

    def _at_home(self, act: AtHome) -> Hung:
        shown = home(_sender(act.who), self._new_uow, self._now)
        blocks = to_home(shown, self._users)["blocks"]
        how = f"{act.who.capitalize()} looks at their home"
        return Where.HOME, Exhibit(act.shows, how, blocks=blocks, card=to_home_card(shown, self._people))

    def _passing(self, by: timedelta) -> Iterator[Hung]:
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

    def _says(self, number: int, text: str) -> None:
        """Wendy of Acme writes in the channel that Acme shares with the firm."""
        key, sender = f"slack:event:{number}", Identity("slack", "T0ACME", "U0WENDY")
        with self._new_uow() as uow:
            uow.inbox.take(key, "slack", {}, self._now)
            uow.commit()
        said = Said(key, Place("slack", "C0ACME"), f"said-{number}", sender, text, self._now, name="Wendy Widget")
        client_said(said, self._new_uow, self._now)

    def _fed(self, calendar: bytes) -> None:
        """As the poller does, but for the fetching."""
        for feed in take_due(self._new_uow, self._now, timedelta(minutes=1), limit=10):
            days = (feed.first, feed.last)
            reading, _ = read_leave(
                LeaveFile(calendar, list(feed.people), feed.feed.kind, None, None, *days, self._now)
            )
            take_in(feed, Version(digest_of(calendar)), calendar, reading, None, self._new_uow, self._now, 0.0)

    def _delivered(self) -> Iterator[Hung]:
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
                    yield self._sent(one.message, view)

    def _sent(self, message: Message, view: View) -> Hung:
        where, title = OF_TOPIC[message.topic]
        name = _status(view) if isinstance(view, QuestionCard) else title
        return where, self._exhibit(Exhibit(name, self._addressed(message)), view)

    def _addressed(self, message: Message) -> str:
        if message.to_person is not None:
            return f"directly to {self._first_names[message.to_person]}"
        assert message.to_place is not None, "a message goes to a person or to a place"
        channel = self._channels[message.to_place]
        return f"in a thread of {channel}" if message.in_thread else f"in {channel}"

    def _send(self, uow: UnitOfWork, queued: Queued) -> View | None:
        message, composed = queued.message, compose(queued.message, uow, self._now)
        if isinstance(composed, ToSend) and message.topic is Topic.CARD and message.question and message.to_place:
            posting = Posting(message.question, message.to_place, f"ts-{message.question}", composed.draws or 0)
            uow.postings.put_card(posting)
        uow.outbox.mark_sent(queued.id, self._now, f"ts-{queued.id}")
        return composed.view if isinstance(composed, ToSend) else None

    def _exhibit(self, one: Exhibit, view: View) -> Exhibit:
        card = form_card(view, self._people) if isinstance(view, Form) else to_card(view, self._people)
        if isinstance(view, Form | Page):
            return replace(one, form=to_modal(view, self._users), card=card)
        drawn = to_message(view, self._users)
        return replace(one, text=drawn["text"], blocks=drawn["blocks"], card=card, summary=summary(view))


def _sender(who: str) -> Identity:
    return Identity("slack", "T0FIRM", f"U0{who.upper()}")


def _name(queued: Queued, view: View) -> str:
    """What only one of is shown: a card in each state, any other message in each place."""
    message = queued.message
    if isinstance(view, QuestionCard):
        return f"{message.topic}: {_status(view)}"
    where = "in a thread" if message.in_thread else "directly" if message.to_person else "in a channel"
    return f"{message.topic}, {where}"


def _status(card: QuestionCard) -> str:
    return next(("".join(map(str, fact.value)) for fact in card.facts if fact.label == "Status"), "")
