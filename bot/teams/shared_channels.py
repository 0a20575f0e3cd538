"""What clients and colleagues say in channels that clients read, from the inbox: nothing is ever answered there."""

import asyncio
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from bot.answering import Answer, Answering
from bot.clock import Clock
from bot.errands import Errands
from bot.teams.activity import CHANGED, DELETED, SAID, Heard, is_to_us, words_of
from bot.teams.hearing import Hearing, is_a_colleague
from bot.teams.private import Private
from commands.client_said import client_deleted, client_edited, client_said
from commands.colleague_said import colleague_said
from commands.join import Stranger, no_member
from commands.ports import NewUnitOfWork
from commands.said import Said
from coverage.question import Attachment

_FILE = re.compile(r"<attachment\s", re.IGNORECASE)


class SharedChannels:
    """Hears what is said, changed and deleted there."""

    def __init__(
        self,
        hearing: Hearing,
        answering: Answering,
        private: Private,
        errands: Errands,
        new_uow: NewUnitOfWork,
        clock: Clock,
    ) -> None:
        self._hearing = hearing
        self._answering = answering
        self._private = private
        self._errands = errands
        self._new_uow = new_uow
        self._clock = clock

    async def take(self, said: Heard, key: str) -> bool:
        """Let a message have its effect where it is a client's, or a colleague's to a client; False where it is
        neither, but may be said to us. Raises what goes wrong, so that it is tried again."""
        if said.value or not await self._hearing.may_be_read_by_clients(said):
            return False
        author = await self._hearing.author(said)
        if author is None or is_a_colleague(author):
            return await self._colleague(said, key)
        is_client = author.is_outsider or await self._hearing.is_a_clients(said.conversation)
        if author.is_bot or not is_client:
            return not is_to_us(said)
        await self._client(said, message_of(said, key, author, self._clock.now()))
        if author.is_guest and is_to_us(said) and (refused := no_member(author)) is not None:
            self._errands.run(self._private.tell(said, Answer(refused), ""))
        return True

    async def _client(self, said: Heard, message: Said) -> None:
        now = self._clock.now()
        if said.kind == DELETED:
            await asyncio.to_thread(client_deleted, message, self._new_uow, now)
        elif said.kind == CHANGED:
            before = None if _is_of_these_days(said.id, now) else ""
            await asyncio.to_thread(client_edited, message, before, self._new_uow, now)
        else:
            await asyncio.to_thread(client_said, message, self._new_uow, now)

    async def _colleague(self, said: Heard, key: str) -> bool:
        """One whom the firm does not know yet joins by answering a client."""
        if is_to_us(said):
            return False
        if said.kind != SAID or said.root is None:
            return True
        message = message_of(said, key, None, self._clock.now())
        await self._answering.let_join(said.identity, lambda: colleague_said(message, self._new_uow, self._clock.now()))
        return True


def _is_of_these_days(message: str, now: datetime) -> bool:
    """Whether a message is so new that it was said to a Podline that read along: its id is when it was written, in
    milliseconds. What it said before Teams does not tell."""
    return not message.isdecimal() or now - datetime.fromtimestamp(int(message[:13]) / 1000, UTC) < _THESE_DAYS


_THESE_DAYS = timedelta(days=2)


def message_of(said: Heard, key: str, author: Stranger | None, now: datetime) -> Said:
    """The message in our words, ``author`` being who wrote it where that is no colleague. Of files in a channel Teams
    tells a bot no more than that there are some: the message itself is where they are."""
    link = link_to(said)
    return Said(
        key=key,
        place=said.place,
        remote=said.id,
        sender=said.identity,
        text=words_of(said) if said.kind != DELETED else "",
        at=_at(said.body.get("timestamp"), now),
        thread=said.root,
        name=author.name if author is not None and author.name != said.user else None,
        email=author.email if author is not None else None,
        attachments=_files(said.body.get("attachments"), link),
        to_us=is_to_us(said),
        link=link,
    )


def link_to(said: Heard) -> str:
    """Where the message is (https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams)."""
    team = said.body.get("channelData")
    group = team.get("team", {}).get("aadGroupId") if isinstance(team, Mapping) else None
    known = {"tenantId": said.tenant, "groupId": group, "parentMessageId": said.thread or said.id}
    where = f"{quote(said.conversation, safe='')}/{quote(said.id, safe='')}"
    return (
        f"https://teams.microsoft.com/l/message/{where}?{urlencode({name: one for name, one in known.items() if one})}"
    )


def _files(attachments: Any, link: str) -> tuple[Attachment, ...]:
    listed = [one for one in attachments if isinstance(one, Mapping)] if isinstance(attachments, list) else []
    pictures = sum(str(one.get("contentType") or "").startswith("image/") for one in listed)
    words = (one.get("content") for one in listed if one.get("contentType") == "text/html")
    count = pictures + sum(len(_FILE.findall(html)) for html in words if isinstance(html, str))
    return (Attachment("a file" if count == 1 else f"{count} files", link),) if count else ()


def _at(written: object, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else now
    except ValueError:
        return now
    return min(at.astimezone(UTC), now) if at.tzinfo is not None else now
