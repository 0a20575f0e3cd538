"""The only sender: takes messages from the outbox, sends each on its platform, and notes what became of it.

At least once, and seen once where the platform can be asked for a message's mark (bot/platform.py). No database
connection is held while something is sent.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from bot.clock import Clock, sleep_until
from bot.drafting import Compose, Draft, Nobody, NotYet, Unneeded, draft
from bot.platform import CannotDeliver, NoLongerThere, NotItsTurn, Platform, TryLater, Unclear
from bot.real_time import in_real_seconds
from commands.announce import overtaken
from commands.outgoing import Message, Posting, Queued, SentCall, Topic
from commands.ports import NewUnitOfWork, UnitOfWork
from coverage.ids import short_id

log = logging.getLogger(__name__)

LEASE = 30.0
"""Real seconds; must outlast ``BUDGET``, or another process sends the same message as well."""
BUDGET = 20.0
"""Real seconds that sending one message may take, looking for its mark included."""
BREATH = 0.05
"""Real seconds between two looks into the outbox, so that a burst of commits is one look and not as many."""
FIRST_RETRY, LAST_RETRY = 1.0, 300.0
FAILURES = 8
"""After so many errors that nobody expected a message is given up, with an alarm."""
DELAYED, LATE = 5, 120.0
"""After so many tries in vain, and so many real seconds (a platform may ask for a pause), the managers are told of a
message that goes on being tried."""


class Outcome(StrEnum):
    """What became of one try."""

    SENT = "sent"
    REDRAWN = "redrawn"
    DROPPED = "dropped"
    LATER = "later"
    UNCLEAR = "unclear"
    UNDELIVERABLE = "undeliverable"
    FAILED = "failed"


Observe = Callable[[Topic, Outcome, float], None]
"""Told of each try: topic, outcome, and for how many seconds of the clock the message has been waiting."""
Undeliverable = Callable[[Queued, str, NewUnitOfWork, datetime], None]
"""``undeliverable``, ``unneeded`` and ``delayed`` of ``commands.undeliverable``."""


class Delivery:
    """Sends what is in the outbox: many messages at once, those about one question to one place in their order.

    ``tick`` is in real seconds: how long a commit of another process may go unnoticed.
    """

    def __init__(
        self,
        new_uow: NewUnitOfWork,
        platforms: Iterable[Platform],
        clock: Clock,
        *,
        compose: Compose,
        undeliverable: Undeliverable,
        unneeded: Undeliverable,
        delayed: Undeliverable,
        tick: float = 2.0,
        at_once: int = 8,
        observe: Observe | None = None,
        dice: random.Random | None = None,
    ) -> None:
        self._new_uow = new_uow
        self._platforms: Mapping[str, Platform] = {platform.name: platform for platform in platforms}
        self._clock = clock
        self._compose = compose
        self._undeliverable = undeliverable
        self._unneeded = unneeded
        self._delayed = delayed
        self._tick = tick
        self._at_once = at_once
        self._observe = observe
        self._dice = dice or random.Random()
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._failures: dict[int, int] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._has_looked = False

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished first."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                self._woken.clear()
                next_due = await self._begin_what_is_due()
                await asyncio.sleep(BREATH)
                await sleep_until(self._clock, next_due, self._woken)
        finally:
            await self._finish()

    def wake(self) -> None:
        """Look again at once: something was queued. May be called from any thread."""
        if self._loop is not None and not self._woken.is_set() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def findings(self) -> list[str]:
        """Why nothing is being sent, if that is so."""
        return [] if self._has_looked else ["the outbox could not be looked at yet"]

    async def drain(self) -> None:
        """Send all that can be sent at the present time of the clock; for tests and for the end of a program."""
        while True:
            await self._begin_what_is_due()
            if not self._sending:
                return
            await self._finish()

    async def _begin_what_is_due(self) -> datetime:
        """Start sending what there is room for; returns when to look again."""
        redraws_in = min((platform.redraws_in() for platform in self._platforms.values()), default=0.0)
        later = in_real_seconds(self._clock, min(self._tick, redraws_in) if redraws_in else self._tick)
        room = self._at_once - len(self._sending)
        if room <= 0:
            return later
        try:
            leased, earliest = await asyncio.to_thread(self._lease, room, redraws=not redraws_in)
        except Exception:
            log.exception("The outbox could not be read; trying again.")
            self._has_looked = False
            return later
        self._has_looked = True
        for queued in leased:
            if queued.id not in self._sending:
                self._sending[queued.id] = asyncio.create_task(self._deliver(queued))
        return later if earliest is None else min(earliest, later)

    def _lease(self, room: int, *, redraws: bool) -> tuple[list[Queued], datetime | None]:
        """Take what is due, and say when the next is due. Reading waits for nobody, so look first whether to write."""
        now = self._clock.now()
        with self._new_uow.reading() as uow:
            earliest = uow.outbox.earliest()
        if earliest is None or earliest > now:
            return [], earliest
        with self._new_uow() as uow:
            leased = uow.outbox.lease(now, in_real_seconds(self._clock, LEASE) - now, room, redraws=redraws)
            uow.commit()
        return leased, None

    async def _deliver(self, queued: Queued) -> None:
        """Send one message and note the outcome. One message that cannot be dealt with stops no other."""
        try:
            outcome = await self._try(queued)
        except Exception as error:  # noqa: BLE001 - the one place where anything may go wrong with one message
            outcome = await self._failed(queued, error)
        finally:
            del self._sending[queued.id]
            self._woken.set()
        if self._observe is not None:
            waited = (self._clock.now() - queued.queued_at).total_seconds()
            self._observe(queued.message.topic, outcome, waited)

    async def _try(self, queued: Queued) -> Outcome:
        drafted = await asyncio.to_thread(
            draft, queued, self._new_uow, self._compose, self._platforms, self._clock.now()
        )
        match drafted:
            case Unneeded(why):
                return await self._note(Outcome.DROPPED, self._drop, queued, why)
            case NotYet(until, why):
                return await self._note(Outcome.LATER, self._put_off, queued, why, until)
            case Nobody(why):
                return await self._give_up(queued, why)
            case Draft():
                return await self._send(queued, drafted)

    async def _send(self, queued: Queued, drafted: Draft) -> Outcome:
        try:
            async with asyncio.timeout(BUDGET):
                drafted, remote, is_new = await self._by_one_of_its_ways(queued, drafted)
        except NotItsTurn as early:
            until = in_real_seconds(self._clock, early.after)
            return await self._note(Outcome.LATER, self._put_off, queued, str(early), until)
        except TryLater as later:
            return await self._again(Outcome.LATER, queued, str(later), later.after, queued.unclear)
        except (Unclear, TimeoutError) as unclear:
            why = str(unclear) or f"no answer within {BUDGET:.0f} seconds"
            return await self._again(Outcome.UNCLEAR, queued, why, None, True)
        except CannotDeliver as dead:
            return await self._give_up(queued, str(dead))
        return await self._note(Outcome.SENT if is_new else Outcome.REDRAWN, self._sent, queued, drafted, remote)

    async def _by_one_of_its_ways(self, queued: Queued, drafted: Draft) -> tuple[Draft, str, bool]:
        """By the first that is not closed to us, never by two. By which is noted before it is sent, so that after an
        unclear outcome it is looked for there."""
        has_several, via = drafted.instead is not None, queued.via
        while True:
            if has_several and drafted.platform.name != via:
                via = drafted.platform.name
                await asyncio.to_thread(self._goes_by, queued, via)
            try:
                remote, is_new = await self._post_or_redraw(queued, drafted)
            except CannotDeliver as closed:
                if drafted.instead is None:
                    raise
                log.warning("Message %s cannot go by %s and goes by another: %s", queued.id, via, closed)
                drafted = drafted.instead
            else:
                return drafted, remote, is_new

    async def _post_or_redraw(self, queued: Queued, drafted: Draft) -> tuple[str, bool]:
        """The remote id, and whether people see a new message."""
        platform, letter, hangs = drafted.platform, drafted.letter, drafted.hangs_at
        if hangs is not None:
            try:
                await platform.update(letter, hangs)
            except NoLongerThere:
                if drafted.only_redraws:
                    return hangs, False
                log.info("The card of Q-%s is gone; hanging it anew.", queued.message.question)
            else:
                return hangs, False
        found = await platform.find(letter) if queued.unclear else None
        if found is None:
            return await platform.post(letter), True
        if drafted.draws is not None:
            await self._redraw_found(queued, drafted, found)
        return found, True

    async def _redraw_found(self, queued: Queued, drafted: Draft, found: str) -> None:
        """A card that did arrive shows what was true when it was sent: note where it hangs, then redraw it."""
        await asyncio.to_thread(self._hang, queued, found, 0)
        try:
            await drafted.platform.update(drafted.letter, found)
        except NoLongerThere:
            raise TryLater("the card was deleted just now") from None

    async def _again(self, outcome: Outcome, queued: Queued, why: str, after: float | None, unclear: bool) -> Outcome:
        """It is tried until it arrives; the log says so each time, and the managers are told when that takes long."""
        message = queued.message
        about = f" about {short_id(message.question)}" if message.question is not None else ""
        log.warning(
            "Message %s (%s%s) did not arrive at try %s (%s) and is tried again: %s",
            queued.id, message.topic, about, queued.attempts, outcome, why,
        )  # fmt: skip
        await self._note(outcome, self._retry, queued, why, after, unclear)
        if queued.attempts >= DELAYED and self._is_late(queued):
            try:
                await asyncio.to_thread(self._delayed, queued, why, self._new_uow, self._clock.now())
            except Exception:
                log.exception("The managers could not be told that message %s is late.", queued.id)
        return outcome

    def _is_late(self, queued: Queued) -> bool:
        now = self._clock.now()
        return now - queued.queued_at >= in_real_seconds(self._clock, LATE) - now

    async def _give_up(self, queued: Queued, why: str) -> Outcome:
        log.warning("Message %s (%s) cannot be delivered: %s", queued.id, queued.message.topic, why)
        await asyncio.to_thread(self._undeliverable, queued, why, self._new_uow, self._clock.now())
        self._failures.pop(queued.id, None)
        return Outcome.UNDELIVERABLE

    async def _failed(self, queued: Queued, error: Exception) -> Outcome:
        """An error nobody expected, perhaps after it was sent: then it must be looked for."""
        failures = self._failures[queued.id] = self._failures.get(queued.id, 0) + 1
        log.error("Message %s (%s) failed (%s)", queued.id, queued.message.topic, failures, exc_info=error)
        try:
            if failures >= FAILURES:
                return await self._give_up(queued, f"it failed {failures} times: {type(error).__name__}")
            await asyncio.to_thread(self._retry, queued, f"{type(error).__name__}: {error}", None, True)
        except Exception:
            log.exception("What became of message %s could not be noted.", queued.id)
        return Outcome.FAILED

    async def _note(self, outcome: Outcome, note: Callable[..., None], queued: Queued, *what: object) -> Outcome:
        await asyncio.to_thread(note, queued, *what)
        if outcome in (Outcome.SENT, Outcome.REDRAWN, Outcome.DROPPED):
            self._failures.pop(queued.id, None)
        return outcome

    def _sent(self, queued: Queued, drafted: Draft, remote: str) -> None:
        message, now = queued.message, self._clock.now()
        with self._new_uow() as uow:
            via = drafted.platform.name if message.to_person is not None else None
            redraw = overtaken(uow, message, SentCall(queued.id, remote, message.to_place, message.to_person, via))
            uow.outbox.mark_sent(queued.id, now, remote or None, via)
            if redraw is not None and remote:
                uow.outbox.add(redraw, now)
            if drafted.draws is not None and remote:
                _put_card(uow, message, remote, drafted.draws)
            uow.commit()

    def _goes_by(self, queued: Queued, platform: str) -> None:
        with self._new_uow() as uow:
            uow.outbox.goes_by(queued.id, platform)
            uow.commit()

    def _hang(self, queued: Queued, remote: str, drawn: int) -> None:
        with self._new_uow() as uow:
            _put_card(uow, queued.message, remote, drawn)
            uow.commit()

    def _drop(self, queued: Queued, why: str) -> None:
        self._unneeded(queued, why, self._new_uow, self._clock.now())

    def _put_off(self, queued: Queued, why: str, until: datetime) -> None:
        with self._new_uow() as uow:
            uow.outbox.put_off(queued.id, until, why)
            uow.commit()

    def _retry(self, queued: Queued, why: str, after: float | None, unclear: bool) -> None:
        seconds = self._back_off(queued.attempts) if after is None else after
        with self._new_uow() as uow:
            uow.outbox.retry(queued.id, in_real_seconds(self._clock, seconds), unclear=unclear, why=why)
            uow.commit()

    def _back_off(self, attempts: int) -> float:
        """Doubled each time, a fifth more or less, so that what failed together does not return together."""
        doubled: float = FIRST_RETRY * 2.0 ** min(max(0, attempts - 1), 20)
        return min(doubled, LAST_RETRY) * self._dice.uniform(0.8, 1.2)

    async def _finish(self) -> None:
        """Wait for what is being sent just now; nothing of it is cut off."""
        while self._sending:
            await asyncio.shield(asyncio.wait(list(self._sending.values())))


def _put_card(uow: UnitOfWork, message: Message, remote: str, draws: int) -> None:
    """Note where a question's card hangs, and what it shows."""
    if message.question is not None and message.to_place is not None:
        uow.postings.put_card(Posting(message.question, message.to_place, remote, draws))
