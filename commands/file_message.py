"""The message shortcut "File as question": a form filled in with a message, and the question it becomes when sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.again import again
from commands.ask import Ask, AskedInTheFuture, NothingAsked, NotSetUp, TooLong, put_to_the_pod
from commands.attachments import files_in_words, with_original
from commands.belonging import question_of_message
from commands.client_said import asked_key
from commands.identify import client_of
from commands.invocation import UnknownSender
from commands.names import clients_like
from commands.ports import Identity, NewUnitOfWork, UnitOfWork
from commands.question import told
from commands.said import Said
from commands.views import Field, FieldKind, Form, Notice, notice, refusal
from commands.wording import explain_button, first_line
from coverage.ids import PersonId, PlaceId, short_id
from coverage.question import AskedBy, Attachment, Question, Via

FITS = 2_900
"""Characters of a text that a form shows; of a longer message the rest is kept beside it."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A form that was sent: its draft's key, what was entered, by whom. ``key`` is unique per delivery."""

    draft: str
    client: str
    text: str
    asker: str
    sender: Identity
    key: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The form cannot be taken as it is: what is wrong with which of its fields."""

    field: str
    says: str


def begin_filing(
    said: Said, asker: str | None, by: Identity, key: str, new_uow: NewUnitOfWork, now: datetime
) -> Form | Notice:
    """The form for the message, which is kept under ``key`` until it is sent; or the question that it is already.
    ``asker`` is what the platform calls whoever of a client wrote it, None where that was a colleague.

    Raises:
        UnknownSender: ``by`` is not a person of the firm yet.
    """
    with new_uow() as uow:
        _person(uow, by)
        place = uow.places.at(said.place.platform, said.place.address)
        already = question_of_message(uow, place, said.remote)
        if already is not None:
            return _is_one(already)
        draft = _Draft.of(said, asker)
        uow.drafts.keep(key, draft.content, now)
        found = client_of(uow, named=None, channel=place, email=said.email, text=draft.text)
        uow.commit()
    return _form(draft, found.client.name if found.client is not None else "")


def filing_form(key: str, new_uow: NewUnitOfWork) -> Form | None:
    """The form of the message that is kept under ``key``, as it was opened; None where it is kept no longer."""
    with new_uow.reading() as uow:
        content = uow.drafts.find(key)
    return None if content is None else _form(_Draft(content), "")


def file_message(entered: Entered, new_uow: NewUnitOfWork, now: datetime) -> Notice | Wrong:
    """Put the message to the pod of the client that was entered. Where that is not possible nothing has happened, and
    the form can be mended and sent again.

    Raises:
        UnknownSender: the sender is not a person of the firm yet.
        Overtaken: others change the same all the time; nothing was done.
    """
    return again(lambda: _file_once(entered, new_uow, now))


def _file_once(entered: Entered, new_uow: NewUnitOfWork, now: datetime) -> Notice | Wrong:
    with new_uow() as uow:
        who = _person(uow, entered.sender)
        if not uow.deliveries.remember(entered.key, now):
            return notice("That was done already.")
        content = uow.drafts.find(entered.draft)
        if content is None:
            return Wrong(
                "text", "This form is more than a week old. Copy what you wrote, and begin with the message anew."
            )
        draft = _Draft(content)
        place = draft.place(uow)
        uow.deliveries.remember(asked_key(place, draft.remote), now)  # of two at once, the second waits here
        already = question_of_message(uow, place, draft.remote)
        if already is not None:
            return Wrong("text", f"This message is {short_id(already.number)} already.")
        if (near := _near_misses(uow, entered.client)) is not None:
            return Wrong("client", near)
        try:
            question = put_to_the_pod(uow, draft.asked(entered, place, who, now), now)
        except (NothingAsked, TooLong, NotSetUp, AskedInTheFuture) as why:
            return Wrong("text", str(why))
        firm = uow.firm()
        uow.commit()
    return told(firm, question)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message that is being filed, as it is kept."""

    content: Mapping[str, Any]

    @classmethod
    def of(cls, said: Said, asker: str | None) -> "_Draft":
        return cls(
            {
                "platform": said.place.platform,
                "address": said.place.address,
                "remote": said.remote,
                "thread": said.thread,
                "text": said.text if said.text.strip() or not said.attachments else files_in_words(said.attachments),
                "at": said.at.isoformat(),
                "name": said.name,
                "email": said.email,
                "asker": asker,
                "attachments": [[one.name, one.url] for one in with_original(said.attachments, said.link)],
            }
        )

    @property
    def remote(self) -> str:
        return str(self.content["remote"])

    @property
    def text(self) -> str:
        return str(self.content["text"])

    @property
    def name(self) -> str:
        return str(self.content["name"] or "")

    @property
    def shown(self) -> str:
        """The text as far as a form shows it."""
        text = self.text.strip()
        return text if len(text) <= FITS else f"{text[: FITS - 1].rstrip()}…"

    def place(self, uow: UnitOfWork) -> PlaceId:
        return uow.places.at(str(self.content["platform"]), str(self.content["address"]))

    def asked(self, entered: Entered, place: PlaceId, who: PersonId, now: datetime) -> Ask:
        """The message with what was entered: its whole text, unless somebody changed what the form showed of it."""
        is_untouched = entered.text.split() == self.shown.split()
        is_theirs = entered.asker.strip() == self.name
        return Ask(
            text=self.text if is_untouched else entered.text,
            asked_by=AskedBy(
                name=entered.asker.strip() or None,
                email=self.content["email"] if is_theirs else None,
                filed_by=who,
                user=self.content["asker"] if is_theirs else None,
            ),
            via=Via.CHAT,
            client=entered.client.strip() or None,
            asked_at=min(datetime.fromisoformat(self.content["at"]), now),
            channel=place,
            remote=self.remote,
            thread=self.content["thread"],
            attachments=tuple(Attachment(name, url) for name, url in self.content["attachments"]),
        )


def _person(uow: UnitOfWork, identity: Identity) -> PersonId:
    who = uow.people.by_identity(identity)
    if who is None or who not in uow.firm().people:
        raise UnknownSender(identity)
    return who


def _is_one(question: Question) -> Notice:
    number = short_id(question.number)
    return refusal(f"That message is {number} already.", buttons=(explain_button(question.number),))


def _near_misses(uow: UnitOfWork, name: str) -> str | None:
    """What to say of a name that no client has and some nearly have; a name that is nobody's is for the intake."""
    if not name.strip() or uow.clients.called(name):
        return None
    near = clients_like(uow, name)
    if not near:
        return None
    names = " or ".join(one.name for one in near[:3])
    return f"No client is called “{first_line(name)}”. Did you mean {names}? Leave it empty if you do not know."


def _form(draft: _Draft, client: str) -> Form:
    length = len(draft.text.strip())
    whole = f"Shortened: all {length:,} characters go in, unless you change this." if length > FITS else ""
    return Form(
        title="File as question",
        line="question {client}: {text}",
        fields=(
            Field("client", "Client", FieldKind.LINE, client, optional=True, hint=_IF_UNKNOWN),
            Field("text", "What they asked", FieldKind.LONG, draft.shown, hint=whole),
            Field("asker", "Who asked", FieldKind.LINE, draft.name, optional=True),
        ),
        submit="Ask their pod",
        example="question Acme: how do we file the Q3 return?",
    )


_IF_UNKNOWN = "Leave it empty if you do not know: the intake finds out"
