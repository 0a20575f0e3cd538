"""What people press and fill in in Teams: each is answered at once, with a card, a dialog or a few words."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.answering import Answer, Answering
from bot.clock import Clock
from bot.errands import Errands
from bot.given_files import takes_long
from bot.platform import users_of
from bot.teams.activity import Heard, mapping
from bot.teams.client import people_of
from bot.teams.elements import ON_HOME, VERB
from bot.teams.form_answers import BACK, NOTHING, OPENED, FormAnswers
from bot.teams.forms import filled, is_form, is_on_home
from bot.teams.home import Homes, asks_for_home
from bot.teams.http import Reply
from bot.teams.invoke_answers import dialog, in_its_place, in_words, last_words, no_button
from bot.teams.name import NAME
from bot.teams.pressed import pressed_in, question_in
from bot.teams.private import Private
from bot.teams.render import to_card
from commands.card_now import Hanging, card_about, card_now
from commands.invocation import Invocation, UnknownSender
from commands.ports import NewUnitOfWork
from commands.said_again import DONE_ALREADY
from commands.views import Form, Notice, notice, refusal

log = logging.getLogger(__name__)

Json = dict[str, Any]
Handle = Callable[[Heard], Awaitable[Reply]]

_NOT_YOURS = refusal("There is nothing of yours here.")
_IN_CHAT = "The answer is in your chat with Podline."
_READING = "I am reading the file; the answer comes in your chat with Podline."


class Invokes:
    """Answers invokes. Whatever they carry, there is an answer that Teams understands."""

    def __init__(
        self,
        answering: Answering,
        private: Private,
        homes: Homes,
        forms: FormAnswers,
        errands: Errands,
        new_uow: NewUnitOfWork,
        clock: Clock,
    ) -> None:
        self._answering = answering
        self._private = private
        self._homes = homes
        self._forms = forms
        self._errands = errands
        self._new_uow = new_uow
        self._clock = clock
        self._known: Mapping[str, Handle] = {
            "adaptiveCard/action": self._on_action,
            "task/fetch": self._on_fetch,
            "task/submit": self.submitted,
        }

    def listen(self, name: str, handle: Handle) -> None:
        """Invokes of that name are answered by ``handle``."""
        self._known = {**self._known, name: handle}

    async def answer(self, said: Heard) -> Reply:
        """501 for what is no invoke of ours, as Teams expects of a bot that does not know one."""
        handle = self._known.get(said.name)
        if handle is None:
            log.info("Nothing is done about the invoke %s.", said.name[:80])
            return Reply(501)
        if not (said.is_by_a_person and said.id and said.conversation):
            return Reply(400)
        return await handle(said)

    async def _on_action(self, said: Heard) -> Reply:
        """A button of a card, or a form that stands in the place of one."""
        action = said.value.get("action")
        data = mapping(mapping(action).get("data"))
        pressed = pressed_in(data)
        if mapping(action).get("verb") != VERB or pressed is None:
            return Reply(200, no_button("That is no button of Podline's."))
        line, version = pressed
        if not line:
            return await self._as_it_is(said, data)
        if takes_long(line):
            self._errands.run(self._later(said, line, version))
            return Reply(200, in_words(notice(_READING)))
        answer = await self._answering.answer(_invocation(said, line, version))
        if _is_refused_form(data, answer):
            again = await self._again(said, data, answer, in_dialog=False)
            return Reply(200, in_words(_of_notice(answer)) if again is None else in_its_place(again[1]))
        if is_on_home(data):
            return await self._on_home(said, answer, line)
        hanging = await self._hanging(said, data)
        if hanging is None:
            return await self._beside(said, answer, line, of_form=is_form(data))
        return await self._in_place(said, answer, hanging, line, version)

    async def _later(self, said: Heard, line: str, version: int | None) -> None:
        """What may take longer than Teams waits is answered in their chat."""
        await self._private.tell(said, await self._answering.answer(_invocation(said, line, version)), line)

    async def _in_place(self, said: Heard, answer: Answer, hanging: Hanging, line: str, version: int | None) -> Reply:
        """On a question's card: the card as it is now, or for whoever pressed it alone what they asked for. What it was
        answered and the card does not say, nor offer, is in their chat."""
        reply = answer.reply
        if isinstance(reply, Form):
            return Reply(200, in_its_place(await self._forms.card(answer, reply, line, in_dialog=False)))
        if isinstance(reply, Notice) and not _is_for_reading(reply, version):
            is_as_drawn = version in (None, hanging.card.version)
            if not reply.is_refusal and reply != DONE_ALREADY and (reply.buttons or is_as_drawn):
                self._errands.run(self._private.tell(said, answer, line))
            if not reply.is_refusal or not is_as_drawn:
                return Reply(200, in_its_place(await self._true_card(hanging)))
            if not reply.buttons:
                return Reply(200, in_words(reply))
        return Reply(200, in_its_place(_with_back(to_card(reply, people_of(answer.users)), {"about": hanging.number})))

    async def _beside(self, said: Heard, answer: Answer, line: str, *, of_form: bool) -> Reply:
        """On any other message, which stays as it is: what is short is said at once, all else in their chat. A form
        that stood in its place gives way to what came of it."""
        if isinstance(answer.reply, Form):
            return Reply(200, in_its_place(await self._forms.card(answer, answer.reply, line, in_dialog=False)))
        if of_form and isinstance(answer.reply, Notice) and not answer.reply.is_refusal:
            return Reply(200, in_its_place(to_card(answer.reply, people_of(answer.users))))
        if isinstance(answer.reply, Notice) and not answer.reply.buttons:
            return Reply(200, in_words(answer.reply))
        self._errands.run(self._private.tell(said, answer, line))
        return Reply(200, in_words(notice(_IN_CHAT)))

    async def _on_home(self, said: Heard, answer: Answer, line: str) -> Reply:
        """On somebody's home: what is longer stands in its place, else it is drawn anew with the answer at its top."""
        reply = answer.reply
        if isinstance(reply, Form):
            return Reply(
                200, in_its_place(await self._forms.card(answer, reply, line, in_dialog=False, memory=ON_HOME))
            )
        if isinstance(reply, Notice):
            return Reply(200, in_its_place(await self._home(said, answer)))
        if asks_for_home(line):
            return Reply(200, in_its_place(await self._home(said)))
        return Reply(200, in_its_place(_with_back(to_card(reply, people_of(answer.users)), ON_HOME)))

    async def _home(self, said: Heard, answer: Answer | None = None) -> Json:
        try:
            return await self._homes.card(said.identity, answer)
        except UnknownSender:
            return to_card(answer.reply if answer is not None else _NOT_YOURS, {})

    async def _as_it_is(self, said: Heard, data: Mapping[str, Any]) -> Reply:
        if is_on_home(data):
            return Reply(200, in_its_place(await self._home(said)))
        hanging = await self._hanging(said, data)
        return Reply(
            200,
            in_words(notice("There is nothing to go back to."))
            if hanging is None
            else in_its_place(await self._true_card(hanging)),
        )

    async def _on_fetch(self, said: Heard) -> Reply:
        """A dialog is to be opened."""
        pressed = pressed_in(mapping(said.value.get("data")))
        if pressed is None:
            return Reply(200, last_words(refusal("That is no button of Podline's.")))
        return await self.open(said, *pressed)

    async def open(self, said: Heard, line: str, version: int | None = None) -> Reply:
        """The dialog that a line leads to: a form, or the words of its answer."""
        answer = await self._answering.answer(_invocation(said, line, version))
        return Reply(200, await self._dialog(answer, line))

    async def submitted(self, said: Heard) -> Reply:
        """A dialog was sent. What is refused is said in it, and it stays open with all that was entered."""
        data = mapping(said.value.get("data"))
        pressed = pressed_in(data)
        if pressed is None:
            return Reply(200, last_words(refusal("That is no form of Podline's.")))
        answer = await self._answering.answer(_invocation(said, *pressed))
        again = await self._again(said, data, answer, in_dialog=True) if _is_refused_form(data, answer) else None
        return Reply(200, await self._dialog(answer, pressed[0]) if again is None else dialog(*again))

    async def _again(
        self, said: Heard, data: Mapping[str, Any], refused: Answer, *, in_dialog: bool
    ) -> tuple[str, Json] | None:
        """The form as it was sent, with why it was not taken: its title and its card. None where what opened it leads
        to none any more."""
        sent = filled(data)
        opened = sent.memory.get(OPENED)
        if not isinstance(opened, str):
            return None
        again = await self._answering.answer(replace(_invocation(said, opened, sent.version), key=f"{said.key}:again"))
        form = again.reply
        if not isinstance(form, Form):
            return None
        card = await self._forms.again(again, form, sent, _of_notice(refused), in_dialog=in_dialog)
        return None if card is None else (form.title, card)

    async def _dialog(self, answer: Answer, line: str) -> Json:
        reply = answer.reply
        if isinstance(reply, Form):
            return dialog(reply.title, await self._forms.card(answer, reply, line, in_dialog=True))
        if isinstance(reply, Notice) and not reply.buttons:
            return last_words(reply)
        return dialog(getattr(reply, "title", "Podline"), to_card(reply, people_of(answer.users)))

    async def _hanging(self, said: Heard, data: Mapping[str, Any]) -> Hanging | None:
        """The question on whose card was pressed, or on a copy of it that was sent twice."""
        message, about = said.reply_to, question_in(data)
        if message is None:
            return None
        now = self._clock.now()
        hanging = await asyncio.to_thread(card_now, said.place, message, self._new_uow, now)
        if hanging is not None or said.is_chat or about is None:
            return hanging
        return await asyncio.to_thread(card_about, about, said.place, message, self._new_uow, now)

    async def _true_card(self, hanging: Hanging) -> Json:
        users = await asyncio.to_thread(self._users, hanging)
        return to_card(hanging.card, people_of(users))

    def _users(self, hanging: Hanging) -> Mapping[Any, str]:
        with self._new_uow.reading() as uow:
            return users_of(hanging.card, NAME, uow)


def _invocation(said: Heard, line: str, version: int | None) -> Invocation:
    return Invocation(
        line=line,
        sender=said.identity,
        key=said.key,
        place=said.place,
        thread=said.thread or said.reply_to,
        drawn_for=version,
        may_come_again=True,
    )


def _is_for_reading(reply: Notice, version: int | None) -> bool:
    """Whether it says what can be done with the question as it was drawn: nothing was done that redraws its card."""
    return bool(reply.buttons) and not reply.is_refusal and version is not None and reply.version == version


def _is_refused_form(data: Mapping[str, Any], answer: Answer) -> bool:
    return is_form(data) and isinstance(answer.reply, Notice) and answer.reply.is_refusal


def _of_notice(answer: Answer) -> Notice:
    assert isinstance(answer.reply, Notice)
    return answer.reply


def _with_back(card: Json, drawn_for: Mapping[str, Any] = NOTHING) -> Json:
    """The card with the way back to the one it stands in the place of."""
    face = {"title": BACK.label, "tooltip": BACK.accessible}
    back = {"type": "Action.Execute", "verb": VERB, "data": {"line": BACK.command, **drawn_for}, **face}
    return {**card, "actions": [*card.get("actions", ()), back]}
