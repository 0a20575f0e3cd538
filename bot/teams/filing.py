"""The message extension in Teams: "Ask the pod", and "File as question" in the menu of a message."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.answering import Answering, apology
from bot.clock import Clock
from bot.teams.activity import Heard
from bot.teams.client import has_threads
from bot.teams.forms import Filled, TooLongForAForm, form_card
from bot.teams.html_text import text_of
from bot.teams.http import Reply
from bot.teams.invoke_answers import dialog, last_words
from bot.teams.invokes import Invokes
from bot.teams.manifest import ASK_THE_POD, FILE_AS_QUESTION
from bot.teams.name import NAME
from bot.teams.pressed import form_in
from commands.file_message import Entered, Wrong, begin_filing, file_message, filing_form
from commands.invocation import Invocation, UnknownSender
from commands.ports import Identity, NewUnitOfWork
from commands.said import Said
from commands.views import Form, Notice, refusal

log = logging.getLogger(__name__)

Json = dict[str, Any]
Value = TypeVar("Value")

DRAFT = "draft"
"""Under this the form remembers which message it is about."""


class Filing:
    """Opens the forms of the message extension, and takes them when they are sent."""

    def __init__(self, invokes: Invokes, answering: Answering, new_uow: NewUnitOfWork, clock: Clock) -> None:
        self._invokes = invokes
        self._answering = answering
        self._new_uow = new_uow
        self._clock = clock

    def listen(self) -> None:
        self._invokes.listen("composeExtension/fetchTask", self.on_fetch)
        self._invokes.listen("composeExtension/submitAction", self.on_submit)

    async def on_fetch(self, said: Heard) -> Reply:
        """One of the two was chosen."""
        match said.value.get("commandId"):
            case command if command == ASK_THE_POD:
                return await self._invokes.open(said, "question")
            case command if command == FILE_AS_QUESTION:
                return Reply(200, await self._begin(said))
            case _:
                return Reply(200, last_words(refusal("Podline has no such command.")))

    async def on_submit(self, said: Heard) -> Reply:
        """A form was sent. What is wrong is said in it, and it stays open with all that was entered."""
        data = said.value.get("data")
        sent = form_in(data) if isinstance(data, Mapping) else None
        if sent is None or not isinstance(sent.memory.get(DRAFT), str):
            return await self._invokes.submitted(said)
        return Reply(200, await self._file(said, sent))

    async def _begin(self, said: Heard) -> Json:
        message = said.value.get("messagePayload")
        if not isinstance(message, Mapping) or not isinstance(message.get("id"), str):
            return last_words(refusal("Teams did not say which message that is. Please try again."))
        key = f"teams:file:{said.key}"
        try:
            form = await self._known(said, lambda: self._begun(said, message, key))
        except Exception:  # noqa: BLE001 - somebody waits for an answer
            form = apology(Invocation("question", said.identity, key))
        if isinstance(form, Notice):
            return last_words(form)
        return _form(form, {DRAFT: key})

    def _begun(self, said: Heard, message: Mapping[str, Any], key: str) -> Form | Notice:
        author, name = _author(message)
        identity = Identity(NAME, said.tenant, author)
        with self._new_uow.reading() as uow:
            is_colleague = bool(author) and uow.people.by_identity(identity) in uow.firm().people
        remote = str(message["id"])
        thread = message.get("replyToId")
        read = Said(
            key=key,
            place=said.place,
            remote=remote,
            sender=identity,
            text=text_of(_body(message)),
            at=_at(message, self._clock.now()),
            thread=thread if isinstance(thread, str) and thread and has_threads(said.conversation) else None,
            name=None if is_colleague else name,
            email=None,
            attachments=(),
            to_us=False,
            link=_link(message),
        )
        asker = None if is_colleague or not author else author
        return begin_filing(read, asker, said.identity, key, self._new_uow, self._clock.now())

    async def _file(self, said: Heard, sent: Filled) -> Json:
        draft = str(sent.memory[DRAFT])
        client, text, asker = (sent.entries.get(name, "") for name in ("client", "text", "asker"))
        entered = Entered(draft, client, text, asker, said.identity, said.key)
        try:
            answer = await self._known(said, lambda: file_message(entered, self._new_uow, self._clock.now()))
        except Exception:  # noqa: BLE001 - somebody waits for an answer
            answer = apology(Invocation("question", said.identity, said.key))
        if isinstance(answer, Wrong):
            wrong = Notice((answer.says,), is_refusal=True, field=answer.field)
            return await self._again(draft, sent, wrong)
        return await self._again(draft, sent, answer) if answer.is_refusal else last_words(answer)

    async def _again(self, draft: str, sent: Filled, wrong: Notice) -> Json:
        form = await asyncio.to_thread(filing_form, draft, self._new_uow)
        return last_words(wrong) if form is None else _form(form, sent.memory, sent.entries, wrong)

    async def _known(self, said: Heard, act: Callable[[], Value]) -> Value | Notice:
        """Do it in a worker thread; a colleague who is new joins first, somebody else is told that they cannot."""
        try:
            return await asyncio.to_thread(act)
        except UnknownSender as unknown:
            refused = await self._answering.introduce(unknown.identity, said.identity)
        return refused if refused is not None else await asyncio.to_thread(act)


def _form(
    form: Form,
    memory: Mapping[str, Any],
    entries: Mapping[str, str] | None = None,
    refused: Notice | None = None,
) -> Json:
    try:
        return dialog(form.title, form_card(form, {}, memory=memory, entries=entries, refused=refused))
    except TooLongForAForm:
        return last_words(refusal("That message is too long for a form: copy what it asks and type it."))


def _author(message: Mapping[str, Any]) -> tuple[str, str | None]:
    """The directory's id of who wrote it, and their name."""
    sender = message.get("from")
    user = sender.get("user") if isinstance(sender, Mapping) else None
    if not isinstance(user, Mapping):
        return "", None
    known, name = user.get("id"), user.get("displayName")
    return (known.casefold() if isinstance(known, str) else ""), (name if isinstance(name, str) and name else None)


def _body(message: Mapping[str, Any]) -> str:
    body = message.get("body")
    content = body.get("content") if isinstance(body, Mapping) else None
    return content if isinstance(content, str) else ""


def _link(message: Mapping[str, Any]) -> str | None:
    link = message.get("linkToMessage")
    return link if isinstance(link, str) and link.startswith("https://") else None


def _at(message: Mapping[str, Any], now: datetime) -> datetime:
    written = message.get("createdDateTime")
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else now
    except ValueError:
        return now
    return at if at.tzinfo is not None and at < now else now
