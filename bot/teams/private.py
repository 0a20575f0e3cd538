"""What one person is told in Teams, which knows no words for one reader alone: in their own chat with the bot."""

import logging
from typing import Any

from bot.answering import Answer
from bot.platform import CannotDeliver, TryLater, Unclear
from bot.teams.activity import Heard
from bot.teams.client import TeamsPlatform, people_of
from bot.teams.hearing import Hearing
from bot.teams.people import AWAY
from bot.teams.render import to_activity
from commands.views import Form, notice

log = logging.getLogger(__name__)

Json = dict[str, Any]
_NOT_TOLD = (*AWAY, TryLater, Unclear, CannotDeliver)
_WRITE_TO_ME = notice(
    "I have an answer for you and cannot write to you alone. Add Podline to your chats (Apps, Podline, Add), then ask "
    "again."
)


class Private:
    """Tells one person something, at once and best effort. What fails is logged: the effect they caused is kept."""

    def __init__(self, platform: TeamsPlatform, hearing: Hearing) -> None:
        self._platform = platform
        self._hearing = hearing

    async def tell(self, said: Heard, answer: Answer, line: str) -> None:
        """The answer to what was typed: in the chat it was typed in, or in their own one where others would read it.
        Who cannot be written to is told so where they are, without the answer; where clients read, nothing is said."""
        typed = line if isinstance(answer.reply, Form) else None
        activity = to_activity(answer.reply, people_of(answer.users), typed=typed)
        try:
            await self._platform.to_person(said.user, activity)
        except _NOT_TOLD as error:
            log.warning("%s cannot be told in their chat: %s", said.user, error)
            if not (said.is_chat or await self._hearing.may_be_read_by_clients(said)):
                await self._where_they_are(said)

    async def _where_they_are(self, said: Heard) -> None:
        try:
            await self._platform.to_channel(said.conversation, said.thread, to_activity(_WRITE_TO_ME, {}))
        except _NOT_TOLD as error:
            log.warning("Nor can they be told in %s: %s", said.conversation, error)
