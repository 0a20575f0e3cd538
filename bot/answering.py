"""From what somebody did to their private answer; colleagues who are new join, nobody is left without one."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.platform import people_in, users_of
from commands.attached import Attached, FileWanted
from commands.invocation import Invocation, UnknownSender
from commands.join import Stranger, no_member
from commands.ports import Identity, NewUnitOfWork
from commands.views import Code, Notice, Reply, Segment, Text, plain_text, refusal
from coverage.ids import PersonId

log = logging.getLogger(__name__)

Run = Callable[[Invocation, NewUnitOfWork, datetime], Reply]
"""``commands.run.run``."""
Join = Callable[[Stranger, NewUnitOfWork, datetime], Notice | None]
"""``commands.join.join``."""

MOST_STRANGERS = 10
"""How many people who are not known yet one line may name."""
IN_TIME = 2.0
"""Seconds for all questions to the platform on the way to an answer: platforms wait for that for three."""


class NobodyThere(Exception):
    """The platform does not know the person it was asked about; ``says`` is that in words for whoever named them."""

    def __init__(self, *says: Segment) -> None:
        super().__init__(plain_text(says))
        self.says: Text = says


class Strangers(Protocol):
    """What an adapter knows of people whom the firm does not know yet."""

    async def stranger(self, identity: Identity) -> Stranger:
        """Who this is by the platform's account. Raises NobodyThere, and what the call raises."""
        ...


class Files(Protocol):
    """How an adapter fetches the files that lines are about."""

    async def read(self, wanted: FileWanted, user: str) -> Attached: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply, and the platform's ids of whom it mentions."""

    reply: Reply
    users: Mapping[PersonId, str] = field(default_factory=dict)


class Patience:
    """How long the platform may be asked on the way to one answer: whoever it names, all of that together."""

    def __init__(self) -> None:
        self._left = IN_TIME

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """What is done meanwhile must be done in what is left. Raises TimeoutError."""
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left = max(0.0, self._left - (asyncio.get_running_loop().time() - began))


class Answering:
    """Runs invocations: each use case in a worker thread, once."""

    def __init__(
        self, run: Run, join: Join, new_uow: NewUnitOfWork, clock: Clock, people: Strangers, files: Files
    ) -> None:
        self._run = run
        self._join = join
        self._new_uow = new_uow
        self._clock = clock
        self._people = people
        self._files = files

    async def answer(self, invocation: Invocation) -> Answer:
        """Run it. Whatever goes wrong, whoever asked gets a sentence and the log gets the rest."""
        try:
            return await self.act(invocation)
        except Exception:  # noqa: BLE001 - somebody waits for an answer
            return Answer(apology(invocation))

    async def act(self, invocation: Invocation) -> Answer:
        """Run it; raises what goes wrong, so that it can be tried again, and DoneBefore."""
        patience = Patience()
        for _ in range(MOST_STRANGERS):
            try:
                return await asyncio.to_thread(self._act, invocation)
            except FileWanted as wanted:
                invocation = replace(invocation, attached=await self._files.read(wanted, invocation.sender.user))
                continue
            except UnknownSender as unknown:
                refused = await self.introduce(unknown.identity, invocation.sender, patience)
            if refused is not None:
                return Answer(refused)
        return Answer(refusal(f"That names more than {MOST_STRANGERS} people whom Podline does not know yet."))

    def _act(self, invocation: Invocation) -> Answer:
        reply = self._run(invocation, self._new_uow, self._clock.now())
        if not people_in(reply):
            return Answer(reply)
        with self._new_uow.reading() as uow:
            return Answer(reply, users_of(reply, invocation.sender.platform, uow))

    async def let_join(self, sender: Identity, act: Callable[[], object]) -> None:
        """Do what somebody said without speaking to us, in a worker thread. A colleague whom the firm does not know yet
        joins by it; for a guest nothing is done. Raises what goes wrong, so that it can be tried again."""
        try:
            await asyncio.to_thread(act)
        except UnknownSender as unknown:
            if await self.introduce(unknown.identity, sender) is None:
                await asyncio.to_thread(act)

    async def introduce(self, identity: Identity, sender: Identity, patience: Patience | None = None) -> Notice | None:
        """Make a colleague known; a notice says why that is not possible. Raises what asking raises."""
        try:
            async with (patience or Patience()).spent():
                stranger = await self._people.stranger(identity)
        except NobodyThere as nobody:
            return refusal(*nobody.says)
        refused = await asyncio.to_thread(self._join, stranger, self._new_uow, self._clock.now())
        if refused is None or identity == sender:
            return refused
        if no_member(stranger) is None:
            return refusal(f"It is not clear yet who {stranger.name} is. The managers are asked; nothing was done.")
        return refusal(f"{stranger.name} is not a member of the firm, so nothing was done.")


def apology(invocation: Invocation) -> Notice:
    """One sentence with a reference, under which the log has the traceback. Call it where the error is handled."""
    reference = secrets.token_hex(3)
    verb = invocation.line.split(maxsplit=1)[0] if invocation.line.strip() else "nothing"
    log.exception("Reference %s: %s failed for %s (%s)", reference, verb, invocation.sender.user, invocation.key)
    return refusal(
        "Something went wrong on our side and nothing was changed. Please try again; if it happens again, ",
        "tell whoever runs Podline this reference: ",
        Code(reference),
    )
