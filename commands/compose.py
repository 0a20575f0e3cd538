"""The words of a queued message, found when it is sent, so that they are true then and call nobody who is away then."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from commands import client_words_told
from commands.account import now_known, who_is
from commands.at_hand import at_hand
from commands.brief_words import about_leave
from commands.calling import presence_of, surroundings_of
from commands.card import card_of
from commands.cover_brief import cover_brief
from commands.coverage_picture import coverage_picture
from commands.feed_messages import feed_news, feed_question
from commands.history import AUDIENCE_WORDS
from commands.kudos_roundup import roundup
from commands.kudos_words import is_clients, thanks, when_back, who_said
from commands.new_channel import which_pod
from commands.outgoing import Message, Topic
from commands.outlook import outlook
from commands.ports import UnitOfWork, UnknownQuestion
from commands.settled import buttons_for, settled
from commands.views import Bold, Button, Mention, Notice, QuestionCard, Quote, Segment, Text, View
from commands.wording import (
    at,
    client_words,
    first_line,
    name_of,
    pod_name,
    shortened,
)
from coverage.clients import Client
from coverage.events import OfferReason
from coverage.firm import Firm
from coverage.ids import PersonId, QuestionNumber, short_id
from coverage.policy import Notify
from coverage.question import Question, Status


@dataclass(frozen=True, slots=True)
class ToSend:
    """What to send. ``draws`` is the revision of the question that a card shows; ``in_place_of`` the message that is
    redrawn, and nothing is sent where that is gone; ``in_reply_to`` the message, not ours, that it answers."""

    view: View
    draws: int | None = None
    in_place_of: str | None = None
    in_reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """It need not be sent any more, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """It is not for now: look at it again at ``at`` (UTC), and why."""

    at: datetime
    why: str


def compose(message: Message, uow: UnitOfWork, now: datetime) -> ToSend | Drop | Later:
    """Turn a queued message into what is sent at ``now``.

    A reminder that no longer holds, a message to somebody who went on leave while it waited (but what they asked for
    themselves), and a card that already shows this state are dropped. Kudos and alarms to somebody on leave wait until
    they are back.
    """
    firm = uow.firm()
    if message.topic in (Topic.KUDOS, Topic.KUDOS_ROUNDUP):
        return _kudos(message, firm, uow, now)
    if message.topic is Topic.SETTLED:
        return _settled(message, firm, uow)
    to = message.to_person
    if (
        to is not None
        and message.topic not in (Topic.PICTURE, Topic.NOW_KNOWN)
        and presence_of(uow, firm, (to,), now).is_on_leave(to, now)
    ):
        must_not_be_lost = message.topic in (
            Topic.ALARM, Topic.FEED, Topic.FEED_QUESTION, Topic.COVER, Topic.WHO_IS,
        )  # fmt: skip
        return _once_back(to, firm, uow, now) if must_not_be_lost else Drop(_ON_LEAVE)
    if message.question is None:
        return _about_no_question(message, firm, uow, now)
    try:
        question = uow.questions.look_at(message.question)
    except UnknownQuestion:
        return Drop("the question is gone")
    if message.topic is Topic.CARD or message.topic in client_words_told.TOPICS:
        return (_card if message.topic is Topic.CARD else _told)(message, question, firm, uow, now)
    if message.topic is Topic.RESOLUTION_MISSED:
        if question.status is Status.RESOLVED:
            return Drop("it is resolved now")
    elif message.version is not None and message.version != question.version:
        return Drop("the question has moved on")
    people = _callable(message, firm, uow, now)
    if message.people and not people:
        return Drop("whom it calls is on leave")
    client = uow.clients.get(question.client) if question.client is not None else None
    other = uow.questions.look_at(QuestionNumber(int(message.facts["other"]))) if "other" in message.facts else None
    return ToSend(_Words(message, question, firm, client, people, now, other).notice())


def _told(message: Message, question: Question, firm: Firm, uow: UnitOfWork, now: datetime) -> ToSend | Drop:
    """What a client said. It is shown whoever is there; only who is away is not called by it."""
    people = _callable(message, firm, uow, now)
    told = client_words_told.told(message, question, firm, people, uow)
    if isinstance(told, str):
        return Drop(told)
    return ToSend(told, in_reply_to=message.facts["thread"] if message.topic is Topic.CONFIRMED else None)


def _about_no_question(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> ToSend | Drop:
    match message.topic:
        case Topic.ALARM:
            return ToSend(Notice((Bold("Podline needs you. "), message.facts.get("why", ""))))
        case Topic.FEED | Topic.FEED_QUESTION:
            say = feed_news if message.topic is Topic.FEED else feed_question
            view = say(message.facts, uow, firm, now)
            return ToSend(view) if view is not None else Drop("it is settled")
        case Topic.HAND_OVER | Topic.GAPS | Topic.RETURN:
            told = about_leave(message, firm, uow, now)
            return ToSend(told) if told is not None else Drop("there is nothing to say")
        case Topic.PICTURE:
            picture = coverage_picture(message, firm, uow, now)
            return ToSend(picture) if picture is not None else Drop("they have left")
        case Topic.OUTLOOK:
            ahead = outlook(message, firm, uow, now)
            return ToSend(ahead) if ahead is not None else Drop("they are no manager any more")
        case Topic.COVER:
            brief = cover_brief(message, firm, uow, now)
            return ToSend(brief) if brief is not None else Drop("they do not cover the client any more")
        case Topic.WHICH_POD:
            asked = which_pod(message.to_place, uow) if message.to_place is not None else None
            return ToSend(asked) if asked is not None else Drop("it is settled")
        case Topic.WHO_IS | Topic.NOW_KNOWN:
            whose = (who_is if message.topic is Topic.WHO_IS else now_known)(message, firm, uow)
            return ToSend(whose) if whose is not None else Drop("it is settled")
        case _:
            return Drop("it is about no question")


def _once_back(who: PersonId, firm: Firm, uow: UnitOfWork, now: datetime) -> Later:
    """An alarm is sent to a manager on leave only where no other is there: it must not be lost."""
    return Later(when_back(presence_of(uow, firm, (who,), now), who, now), _ON_LEAVE)


_ON_LEAVE = "they are on leave"


def _kudos(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> ToSend | Drop | Later:
    if message.topic is Topic.KUDOS_ROUNDUP:
        return _roundup(message, firm, uow)
    kudos = uow.kudos.get(int(message.facts["kudos"]))
    if kudos is None or kudos.receiver not in firm.people:
        return Drop("they have left")
    presence = presence_of(uow, firm, (kudos.receiver,), now)
    if message.to_person is not None and presence.is_on_leave(kudos.receiver, now):
        return Later(when_back(presence, kudos.receiver, now), "they are on leave")
    is_called = message.to_place is not None and not presence.is_on_leave(kudos.receiver, now)
    said_by = who_said(kudos, uow) if is_clients(kudos) else None
    is_direct = message.to_person is not None
    return ToSend(thanks(kudos, firm, is_direct=is_direct, is_called=is_called, said_by=said_by))


def _roundup(message: Message, firm: Firm, uow: UnitOfWork) -> ToSend | Drop:
    given = uow.kudos.many(int(one) for one in message.facts["kudos"].split())
    view = roundup(given, message.facts["month"], uow, firm)
    return ToSend(view) if view is not None else Drop("they have left")


def _settled(message: Message, firm: Firm, uow: UnitOfWork) -> ToSend | Drop:
    """An edit notifies nobody, so it may be of a message to somebody who has gone on leave since."""
    assert message.question is not None
    try:
        question = uow.questions.look_at(message.question)
    except UnknownQuestion:
        return Drop("the question is gone")
    return ToSend(settled(question, firm, uow, message.to_person), in_place_of=message.facts["remote"])


def _card(message: Message, question: Question, firm: Firm, uow: UnitOfWork, now: datetime) -> ToSend | Drop:
    posting = uow.postings.card(question.number, message.to_place) if message.to_place is not None else None
    if posting is not None and posting.drawn >= question.revision:
        return Drop("the card shows this already")
    return ToSend(card_view(question, firm, uow, now), draws=question.revision)


def card_view(question: Question, firm: Firm, uow: UnitOfWork, now: datetime) -> QuestionCard:
    """The card of the question as it is at ``now``."""
    candidates = uow.clients.many(question.candidates)
    around = surroundings_of(uow, firm, question, now)
    fitting = tuple(candidates[one] for one in question.candidates if one in candidates)
    added = uow.follow_ups.of(question.number)
    return card_of(question, firm, around, fitting, now, added, at_hand(question, uow, firm, now))


def _callable(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> tuple[PersonId, ...]:
    presence = presence_of(uow, firm, message.people, now)
    return tuple(who for who in message.people if who in firm.people and not presence.is_on_leave(who, now))


@dataclass(frozen=True, slots=True)
class _Words:
    message: Message
    question: Question
    firm: Firm
    client: Client | None
    people: tuple[PersonId, ...]
    now: datetime
    other: Question | None = None
    """A second question that the message is about."""

    def notice(self) -> Notice:
        question = self.question
        buttons = self._buttons()
        return Notice(self._text(), buttons, about=question.number, version=question.version)

    def _text(self) -> Text:  # noqa: C901 (one case a topic)
        match self.message.topic:
            case Topic.CALLED:
                return (*self._why_offered(), *self._mentions(), "can you take ", Bold(self._id), "? ", *self._due())
            case Topic.STEP if self.message.in_thread:
                return (
                    *self._mentions(),
                    "nobody has claimed ",
                    Bold(self._id),
                    f" yet; can {'one of you' if len(self.people) > 1 else 'you'} take it? ",
                    *self._due(),
                )
            case Topic.STEP if self.message.to_person is not None:
                return (
                    "Nobody has claimed ",
                    *self._asks(),
                    *self._due(),
                    " You are called as one of ",
                    self._audience,
                    ".",
                )
            case Topic.STEP:
                return (
                    "Nobody of ",
                    self._pod,
                    " has claimed ",
                    *self._asks(),
                    *self._due(),
                    " Whoever can help, take it.",
                )
            case Topic.REMINDER:
                return ("Reminder: still nobody has claimed ", *self._asks(), *self._due())
            case Topic.MANAGERS:
                return ("Every step has been taken, and still nobody has claimed ", *self._asks(), *self._due())
            case Topic.HANDED_OFF:
                return self._handed_off()
            case Topic.NUDGE:
                return ("You have ", *self._asks(), "Half of the time for an answer has passed. ", *self._answer_due())
            case Topic.SNOOZE_OVER:
                return ("You put this off until now, and have it still: ", *self._asks(), *self._answer_due())
            case Topic.URGENT:
                why = f" “{first_line(self.message.facts['why'], 300)}”" if self.message.facts["why"] else ""
                return (f"{self._by} marks as urgent what you have: ", *self._asks(), *self._answer_due(), why)
            case Topic.MERGED:
                return self._merged()
            case Topic.MOVED:
                return (
                    f"{self._by} says that ",
                    Bold(self._id),
                    f" is from {self._client}. {self._pod} is asked now; you have it no longer.",
                )
            case Topic.RESOLUTION_MISSED:
                owner = name_of(self.firm, self.question.claimed_by) if self.question.claimed_by else "nobody"
                return (Bold(self._id), f" from {self._client} was to be resolved by now and is not; {owner} has it.")
            case Topic.CARD | Topic.ALARM | Topic.KUDOS | Topic.KUDOS_ROUNDUP | Topic.SETTLED:
                return ()
            case Topic.HAND_OVER | Topic.GAPS | Topic.RETURN | Topic.FEED | Topic.FEED_QUESTION | Topic.WHICH_POD:
                return ()
            case Topic.COVER | Topic.OUTLOOK | Topic.PICTURE | Topic.WHO_IS | Topic.NOW_KNOWN:
                return ()
            case Topic.FOLLOW_UP | Topic.WHICH_OF_TWO | Topic.CONFIRMED:
                return ()
        assert_never(self.message.topic)

    def _handed_off(self) -> Text:
        by = PersonId(int(self.message.facts["by"]))
        who = name_of(self.firm, by)
        why = f" “{first_line(self.message.facts['why'], 300)}”" if self.message.facts.get("why") else ""
        if not self.message.in_thread:
            return (f"{who} hands you ", *self._asks(), *self._answer_due(), why)
        if by == self.question.claimed_by:
            return (f"{who} has taken over ", Bold(self._id), f".{why}")
        return (f"{who} hands ", Bold(self._id), " to ", *self._mentions(end=""), f".{why}")

    def _merged(self) -> Text:
        if self.other is None:
            return ()
        added = (
            f"{self._by} says that ",
            Bold(short_id(self.other.number)),
            " asks the same. The client's words there:\n",
        )
        return (*self._mentions(), *added, Quote(shortened(self.other.text)))

    def _buttons(self) -> tuple[Button, ...]:
        if self.message.topic in (Topic.MERGED, Topic.MOVED):
            return ()
        return buttons_for(self.question, self._client, self.message.to_person)

    @property
    def _id(self) -> str:
        return short_id(self.question.number)

    @property
    def _by(self) -> str:
        return name_of(self.firm, PersonId(int(self.message.facts["by"])))

    @property
    def _client(self) -> str:
        return client_words(self.question, self.client.name if self.client else None)

    @property
    def _pod(self) -> str:
        return pod_name(self.firm, self.question)

    @property
    def _audience(self) -> str:
        number = int(self.message.facts.get("called_by", self.message.step or 1))
        step = self.question.policy.steps[number - 1]
        return AUDIENCE_WORDS[step.notify] if step.notify is not Notify.NAMED_CONTACT else "those who know them"

    def _asks(self) -> Text:
        urgent = " (urgent)" if self.question.urgent else ""
        return (Bold(self._id), f" from {self._client}{urgent}:\n", Quote(shortened(self.question.text)), "\n")

    def _due(self) -> Text:
        due = self.question.deadlines.claim
        if due is None:
            return ()
        tense = "It was to be claimed by " if due <= self.now else "It is to be claimed by "
        return (tense, at(self.firm, self.question, due), ".")

    def _answer_due(self) -> Text:
        is_answered = self.question.answered_at is not None
        promised = self.question.deadlines
        due = promised.resolution if is_answered else promised.first_response
        if due is None:
            return ()
        what = "It is to be resolved by " if is_answered else "An answer is due "
        return (what, at(self.firm, self.question, due), ".")

    def _mentions(self, end: str = ", ") -> Text:
        parts: list[Segment] = []
        for who in self.people:
            parts += [" ", Mention(who, name_of(self.firm, who))] if parts else [Mention(who, name_of(self.firm, who))]
        return (*parts, end) if parts else ()

    def _why_offered(self) -> Text:
        reason, why = self.message.facts.get("reason"), self.message.facts.get("why", "")
        if reason is None:
            return ()
        said = f" “{first_line(why)}”" if why else ""
        return (f"{_OFFERED_WORDS[OfferReason(reason)]}{said}. ",)


_OFFERED_WORDS = {
    OfferReason.ASKED: "A new question",
    OfferReason.IDENTIFIED: "The client is known now",
    OfferReason.CORRECTED: "It is from another client than was thought",
    OfferReason.RELEASED: "It was given back to the pod",
    OfferReason.NOT_ANSWERED: "It was claimed but not answered in time, so it is offered again",
    OfferReason.AWAY: "Its claimer is away, so it is offered again",
    OfferReason.REOPENED: "It was reopened",
    OfferReason.MOVED: "This pod looks after the client now",
}
