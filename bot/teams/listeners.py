"""What people say in Teams, and what becomes of the channels Podline is in: from the inbox, each once."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import asdict

from bot.answering import Answering
from bot.clock import Clock
from bot.errands import Errands
from bot.given_files import Dropped, dropped, takes_long
from bot.teams.activity import CHANGED, CHANNEL_DELETED, DELETED, SAID, Heard, heard, is_to_us, line_of, quoted
from bot.teams.files import TeamsFiles, files_in
from bot.teams.name import NAME
from bot.teams.people import TeamsPeople
from bot.teams.pressed import pressed_in
from bot.teams.private import Private
from bot.teams.shared_channels import SharedChannels
from bot.teams.whereabouts import Whereabouts
from commands.channel_changes import Lost, channels_lost
from commands.invocation import DoneBefore, Invocation
from commands.new_channel import added_to
from commands.ports import Arrived, NewUnitOfWork, Place

log = logging.getLogger(__name__)

TEAM_GONE = frozenset({"teamArchived", "teamDeleted", "teamHardDeleted"})


def concerns_us(said: Heard) -> bool:
    """Whether an activity that is no invoke asks for something: it is said to us by a person, or it is about a channel
    we are in."""
    if not (said.id and said.conversation):
        return False
    return is_for_us(said) or _installed(said) is not None or _lost(said) is not None


def is_for_us(said: Heard) -> bool:
    """Whether it is a message that is said to us by a person."""
    return said.kind == SAID and said.is_by_a_person and (is_to_us(said) or bool(said.value))


class Listeners:
    """Lets what is in the inbox have its effect."""

    def __init__(
        self,
        answering: Answering,
        people: TeamsPeople,
        private: Private,
        files: TeamsFiles,
        channels: SharedChannels,
        errands: Errands,
        whereabouts: Whereabouts,
        new_uow: NewUnitOfWork,
        clock: Clock,
    ) -> None:
        self._answering = answering
        self._people = people
        self._private = private
        self._files = files
        self._channels = channels
        self._errands = errands
        self._whereabouts = whereabouts
        self._new_uow = new_uow
        self._clock = clock

    async def dispatch(self, arrived: Arrived) -> str:
        """One activity; says why it had no effect, which nothing does so far that raises nothing."""
        said = heard(arrived.payload)
        self._people.notice(said)
        if said.kind in (SAID, CHANGED, DELETED):
            if not await self._channels.take(said, arrived.key) and is_for_us(said):
                await self._on_message(said, arrived.key)
        elif _lost(said) is not None:
            await self._on_lost(said, arrived.key)
        elif not (said.is_chat or said.is_in_a_shared_channel):  # there clients might read what is asked
            now = self._clock.now()
            await asyncio.to_thread(added_to, arrived.key, Place(NAME, said.channel), self._new_uow, now)
        return ""

    async def _on_message(self, said: Heard, key: str) -> None:
        """A line, or a button where Teams could not do more than send what it carries."""
        invocation = await self._invocation(said, key)
        if invocation is None:
            return
        if (given := await self._given(said, invocation.line)) is not None:
            self._errands.run(self._answer_file(said, key, given))  # fetching it must not keep others waiting
            return
        if takes_long(invocation.line):
            self._errands.run(self._answer_file(said, key, Dropped(invocation.line)))
            return
        try:
            answer = await self._answering.act(invocation)
        except DoneBefore:
            return
        self._errands.run(self._private.tell(said, answer, invocation.line))

    async def _invocation(self, said: Heard, key: str) -> Invocation | None:
        line, version = line_of(said, await self._people.mentioned(said)), None
        if said.value:
            pressed = pressed_in(said.value)
            if pressed is None:
                log.info("A message of Teams carries what is none of ours.")
                return None
            line, version = pressed
        return Invocation(
            line=line,
            sender=said.identity,
            key=key,
            place=said.place,
            thread=said.thread or quoted(said) or said.reply_to,
            drawn_for=version,
            from_inbox=True,
            may_come_again=True,
        )

    async def _given(self, said: Heard, line: str) -> Dropped | None:
        """What the files ask for that came with a message; we remember where they are."""
        given = files_in(said) if not said.value else ()
        for one in given:
            await self._files.keep(said.user, one)
        return dropped(line, [asdict(one) for one in given])

    async def _answer_file(self, said: Heard, key: str, given: Dropped) -> None:
        """What importing a file would change; nothing is changed before somebody presses the button."""
        invocation = Invocation(
            line=given.line, sender=said.identity, key=key, place=said.place, attached=given.unreadable
        )
        await self._private.tell(said, await self._answering.answer(invocation), given.line)

    async def _on_lost(self, said: Heard, key: str) -> None:
        """We were removed, or a channel is gone: of each channel the managers are told."""
        lost = _lost(said)
        assert lost is not None
        if said.is_chat:
            await self._whereabouts.forget_person(said.user)
            return
        addresses = [said.channel] if lost is Lost.DELETED else await self._all_of_team(said)
        places = [Place(NAME, one) for one in addresses]
        await asyncio.to_thread(channels_lost, key, places, lost, self._new_uow, self._clock.now())

    async def _all_of_team(self, said: Heard) -> list[str]:
        """Podline is in a team or not: with it all of its channels are lost."""
        known = await self._whereabouts.channels_of(said.team) if said.team else []
        return list(dict.fromkeys((said.conversation, *known)))


def _installed(said: Heard) -> bool | None:
    """True where we were added, False where we were removed, None where the activity tells nothing of that."""
    if said.kind == "installationUpdate":
        action = str(said.body.get("action") or "")
        return True if action.startswith("add") else False if action.startswith("remove") else None
    if said.kind != "conversationUpdate":
        return None
    if said.us in _ids(said.body.get("membersAdded")):
        # General's id is the team's: which of its channels was chosen is told by the installation then.
        return True if said.is_chat or said.channel != said.team else None
    return False if said.us in _ids(said.body.get("membersRemoved")) else None


def _lost(said: Heard) -> Lost | None:
    """How the channels that it is about were lost to us; None where they were not."""
    if said.event == CHANNEL_DELETED:
        return Lost.DELETED
    if said.event in TEAM_GONE:
        return Lost.ARCHIVED if said.event == "teamArchived" else Lost.LEFT
    return Lost.LEFT if _installed(said) is False else None


def _ids(members: object) -> set[str]:
    listed = members if isinstance(members, list) else []
    return {str(one.get("id")) for one in listed if isinstance(one, Mapping)}
