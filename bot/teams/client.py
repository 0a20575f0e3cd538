"""Teams as a platform to deliver to: posts to channels, threads and chats, and redraws."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.platform import CannotDeliver, Letter, NoLongerThere, NotItsTurn, TryLater
from bot.teams.connector import Connector
from bot.teams.errors import TOO_LARGE, ConnectorError, InstallationBroken, meaning_of
from bot.teams.name import NAME
from bot.teams.pace import Pace
from bot.teams.pictures import with_picture
from bot.teams.plain import to_plain_activity
from bot.teams.render import to_activity
from bot.teams.text import TeamsMention
from bot.teams.whereabouts import Way, Whereabouts
from coverage.ids import PersonId

log = logging.getLogger(__name__)

Json = dict[str, Any]
Value = TypeVar("Value")

NOT_OURS = "BotNotInConversationRoster"
"""The code for a conversation that we are not in."""
SLEPT_OUT = 1.2
"""A shorter wait for one's turn is slept out; for a longer one the message goes back to the outbox."""
_NO_THREADS = ("@thread.v2", "@unq.gbl.spaces")
"""How the ids of chats of several people end."""


class TeamsPlatform:
    """Delivers to Teams. ``us`` is what Teams calls the bot. Without ``paced`` it sends as fast as it can."""

    def __init__(self, connector: Connector, whereabouts: Whereabouts, us: str, *, paced: bool = True) -> None:
        self._connector = connector
        self._whereabouts = whereabouts
        self._us = us
        self._pace = Pace(asyncio.get_running_loop().time) if paced else None

    @property
    def name(self) -> str:
        return NAME

    def redraws_in(self) -> float:
        """Teams counts by conversation, and redraws as it counts messages: nothing holds all of them up."""
        return 0.0

    async def post(self, letter: Letter) -> str:
        ways = _ways_to_say(letter)
        try:
            ways = [*await with_picture(letter.view, ways[0]), *ways]
            return await _first_taken(ways, lambda activity: self._post(letter, activity))
        except ConnectorError as error:
            raise meaning_of(error, writes=True) from error

    async def update(self, letter: Letter, remote: str) -> None:
        way = await self._way(letter)
        if way is None:
            raise NoLongerThere("their chat is gone")
        try:
            await _first_taken(_ways_to_say(letter), lambda activity: self._put(way, remote, activity))
        except ConnectorError as error:
            if error.is_lost_conversation and letter.is_direct:
                await self._whereabouts.forget_person(letter.address)
            raise meaning_of(error, writes=False, redraws=True) from error

    async def find(self, letter: Letter) -> str | None:
        """Teams cannot be asked: the letter is sent again, which is counted as the outcome ``unclear`` is."""
        log.warning("Whether message %s has reached Teams is unclear: it is sent again.", letter.mark)
        return None

    async def to_person(self, user: str, activity: Json) -> str:
        """Say something to somebody alone, in their chat, which is made if there is none or theirs is gone.

        Raises ConnectorError and what delivery knows.
        """
        way = await self._whereabouts.of_person(user)
        if way is not None:
            try:
                return await self._say(way, way.conversation, activity)
            except ConnectorError as error:
                if not error.is_lost_conversation and error.code != NOT_OURS:
                    raise
                log.info("The chat with %s is gone, or none of ours; making it anew.", user)
                await self._whereabouts.forget_person(user)
        way = await self.new_chat(user)
        return await self._say(way, way.conversation, activity)

    async def to_channel(self, address: str, thread: str | None, activity: Json) -> str:
        """Say something in a channel, or in a thread of it. Raises ConnectorError and what delivery knows."""
        conversation = f"{address};messageid={thread}" if thread is not None and has_threads(address) else address
        way = await self._whereabouts.of_channel(address)
        try:
            return await self._say(way, conversation, activity)
        except ConnectorError as error:
            if not error.is_lost_conversation or not await self._whereabouts.forget_channel(address):
                raise
            another = await self._whereabouts.anywhere()
            if another.service_url == way.service_url:
                raise
        log.info("The channel %s is looked for at another address of Teams.", address)
        return await self._say(another, conversation, activity)

    async def _post(self, letter: Letter, activity: Json) -> str:
        if letter.is_direct:
            return await self.to_person(letter.address, activity)
        return await self.to_channel(letter.address, letter.thread, activity)

    async def _put(self, way: Way, remote: str, activity: Json) -> None:
        where = way.conversation
        await self._in_turn(where, lambda: self._connector.put(way.service_url, where, remote, activity))

    async def _way(self, letter: Letter) -> Way | None:
        """How the conversation of a message that is there is reached."""
        if letter.is_direct:
            return await self._whereabouts.of_person(letter.address)
        way = await self._whereabouts.of_channel(letter.address)
        return Way(way.service_url, way.tenant, letter.address)

    async def new_chat(self, user: str) -> Way:
        """A chat with somebody for whom Podline is added, or who is in a team with it; nothing is said in it. Raises
        what delivery knows."""
        at = await self._whereabouts.anywhere()
        try:
            chat = await self._connector.chat_with(at.service_url, self._us, user, at.tenant)
        except Exception as error:
            raise self._told(meaning_of(error, writes=False)) from error
        way = Way(at.service_url, at.tenant, chat)
        await self._whereabouts.put_person(user, way)
        return way

    async def _say(self, way: Way, conversation: str, activity: Json) -> str:
        where = conversation.partition(";")[0]
        return await self._in_turn(where, lambda: self._connector.post(way.service_url, conversation, activity))

    async def _in_turn(self, conversation: str, call: Callable[[], Awaitable[Value]]) -> Value:
        """Raises ConnectorError for a refusal that is the caller's to understand, else what it means."""
        await self._wait_for_turn(conversation)
        try:
            return await call()
        except ConnectorError as error:
            meaning = self._told(meaning_of(error, writes=True))
            if isinstance(meaning, CannotDeliver):
                raise
            if isinstance(meaning, TryLater) and meaning.after is not None and self._pace is not None:
                self._pace.close(conversation, meaning.after)
            raise
        except Exception as error:
            raise self._told(meaning_of(error, writes=True)) from error

    async def _wait_for_turn(self, conversation: str) -> None:
        if self._pace is None:
            return
        wait = self._pace.take(conversation)
        if 0 < wait <= SLEPT_OUT:
            await asyncio.sleep(wait)
            wait = self._pace.take(conversation)
        if wait > 0:
            raise NotItsTurn("it is not yet its turn at Teams' pace", wait)

    def _told(self, meaning: Exception) -> Exception:
        if isinstance(meaning, InstallationBroken):
            log.critical("Teams refuses Podline itself (%s): check PODLINE_TEAMS_CLIENT_ID and its secret.", meaning)
        return meaning


def _ways_to_say(letter: Letter) -> list[Json]:
    """As a card or else in plain words: better plain than lost."""
    drawn = (to_activity(letter.view, people_of(letter.users)), to_plain_activity(letter.view))
    return [marked(one, letter.mark) for one in drawn]


async def _first_taken(activities: Sequence[Json], send: Callable[[Json], Awaitable[Value]]) -> Value:
    """Send the first of them that is not more than Teams can show. Raises what ``send`` does."""
    for activity in activities[:-1]:
        try:
            return await send(activity)
        except ConnectorError as error:
            if error.status not in TOO_LARGE:
                raise
            mark = activity["channelData"]["podline"]["mark"]
            log.error("Teams refuses how message %s is drawn; it is sent more plainly: %s", mark, error)
    return await send(activities[-1])


def people_of(users: Mapping[PersonId, str]) -> dict[PersonId, TeamsMention]:
    """Whom a card may mention, by their ids in the directory."""
    return {person: TeamsMention(user) for person, user in users.items()}


def marked(activity: Json, mark: str) -> Json:
    """The message with our own id of it, which nobody sees."""
    return {**activity, "channelData": {"podline": {"mark": mark}}}


def has_threads(address: str) -> bool:
    """Whether it is a channel of a team: in chats nothing is a reply."""
    return address.startswith("19:") and not address.endswith(_NO_THREADS)
