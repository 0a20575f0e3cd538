"""Adding a calendar feed and changing one: what managers do in chat and operators at the command line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from commands.import_leave import replace_leave
from commands.ports import Body, CannotUnseal, NoSecretKey, UnitOfWork
from coverage.feeds import Feed, FeedState, confirmed, due_now, paused, resumed
from coverage.firm import Firm
from coverage.ids import FeedId, PersonId
from coverage.leave.interpretation import CalendarKind
from coverage.people import Person
from coverage.public_holidays import UnknownRegion, check_region

LONGEST_ADDRESS = 2_000
FROM_A_FEED = "feed:"
"""How the source of leave begins that a feed has told."""
NO_KEY = (
    "A calendar's address is a secret and is kept encrypted, and there is no key for that yet. Whoever runs Podline "
    'makes one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))", sets it as PODLINE_SECRET_KEY, '
    "keeps a copy of it apart from the database, and starts Podline again."
)
NOT_AN_ADDRESS = "That is not the address of a calendar. It begins with https:// or webcal:// and is one word."


class FeedRefused(Exception):
    """It is not done; the message says why and what to do, and never has an address in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed somebody wants to add: ``owner`` with a personal one, ``country`` (ISO code) with holidays."""

    address: str
    kind: CalendarKind
    owner: Person | None = None
    country: str | None = None


def source_of(feed: FeedId) -> str:
    """What leave out of the feed is known by among all leave."""
    return f"{FROM_A_FEED}{feed}"


def add_feed(uow: UnitOfWork, firm: Firm, wanted: Wanted, by: PersonId | None, now: datetime) -> Feed:
    """Keep it, to be fetched at once. Raises FeedRefused."""
    address = address_in(wanted.address)
    host = urlsplit(address).hostname or ""
    country = _checked(wanted.country) if wanted.kind is CalendarKind.HOLIDAYS else None
    owner = wanted.owner.id if wanted.owner is not None and wanted.kind is CalendarKind.PERSONAL else None
    feeds = uow.feeds.everything()
    known = next((one for one in feeds if one.host == host and _is_at(uow, one, address)), None)
    if known is not None:
        raise FeedRefused(f"That calendar is there already: it is the feed {known.name} ({known.fingerprint}).")
    name = _free_name(_name(wanted, country), feeds)
    feed = Feed(FeedId(0), name, wanted.kind, owner, country, host, "", now, by, due_at=now)
    try:
        return uow.feeds.add(feed, address)
    except NoSecretKey:
        raise FeedRefused(NO_KEY) from None


def address_in(text: str) -> str:
    """The https address that was meant: webcal is another word for it. Raises FeedRefused."""
    written = unescape(text.strip().strip("<>").partition("|")[0].strip())
    scheme, separator, rest = written.partition("://")
    scheme = {"webcal": "https", "webcals": "https"}.get(scheme.casefold(), scheme.casefold())
    if not separator or scheme not in ("https", "http") or len(written) > LONGEST_ADDRESS or _UNPRINTABLE.search(rest):
        raise FeedRefused(NOT_AN_ADDRESS)
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        is_complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete:
        raise FeedRefused(NOT_AN_ADDRESS)
    return f"{scheme}://{rest}"


_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def feed_named(feeds: Sequence[Feed], name: str) -> Feed:
    """By its name or its fingerprint. Raises FeedRefused, which names the nearest or all there are."""
    wanted = " ".join(name.split()).casefold()
    for feed in feeds:
        if wanted in (feed.name.casefold(), feed.fingerprint):
            return feed
    if not feeds:
        raise FeedRefused("There is no calendar feed yet. The first is added with: feed add URL for @ann.")
    names = [feed.name for feed in feeds]
    if not wanted:
        raise FeedRefused(f"Which feed? There are: {_listed(names)}.")
    if "://" in wanted:
        raise FeedRefused(f"An address is a secret: name the feed instead. There are: {_listed(names)}.")
    near = process.extractOne(wanted, names, scorer=fuzz.WRatio, score_cutoff=70, processor=str.casefold)
    meant = f" Did you mean {near[0]}?" if near else f" There are: {_listed(names)}."
    raise FeedRefused(f"No feed is called “{' '.join(name.split())[:60]}”.{meant}")


def pause_feed(uow: UnitOfWork, feed: Feed) -> str:
    """Stop fetching it; what it said stays. Returns what was done, in words."""
    if feed.is_paused:
        return f"{feed.name} is paused already."
    uow.feeds.save(paused(feed))
    return f"{feed.name} is paused: it is not fetched, and the leave it has told so far stays as it is."


def resume_feed(uow: UnitOfWork, feed: Feed, now: datetime) -> str:
    if not feed.is_paused:
        return f"{feed.name} is fetched already."
    uow.feeds.save(resumed(feed, now))
    uow.feeds.drop_body(feed.id, Body.HELD)
    return f"{feed.name} is fetched again, from now on."


def poll_feed(uow: UnitOfWork, feed: Feed, now: datetime) -> str:
    """Fetch it now. Raises FeedRefused."""
    if feed.is_paused:
        raise FeedRefused(f"{feed.name} is paused. It is fetched again after: feed resume {feed.name}.")
    uow.feeds.save(due_now(feed, now))
    return f"{feed.name} is fetched now."


def confirm_feed(uow: UnitOfWork, feed: Feed, now: datetime) -> str:
    """Believe the calendar that is held back, just as it came. Raises FeedRefused."""
    if feed.state is not FeedState.HELD:
        raise FeedRefused(f"Nothing of {feed.name} is held back.")
    if feed.held_digest is None:
        raise FeedRefused(
            f"What came of {feed.name} is no whole calendar, so there is nothing to believe: {feed.why} It is fetched "
            f"again by itself; feed poll {feed.name} does it now."
        )
    uow.feeds.save(confirmed(feed, now))
    return f"{feed.name}: what was held back is believed, and its leave is taken in now."


def remove_feed(uow: UnitOfWork, feed: Feed, now: datetime) -> str:
    """Forget it and its address, and take back the leave it told that is not over yet."""
    first, last = now.date().replace(year=now.year - 3, day=1), now.date().replace(year=now.year + 20, day=1)
    taken_back = replace_leave((), source_of(feed.id), first, last, uow, now).removed
    uow.feeds.remove(feed.id)
    leave = f" Leave it told that is still to come is taken back ({taken_back})." if taken_back else ""
    return f"{feed.name} is removed, and its address forgotten.{leave}"


def _is_at(uow: UnitOfWork, feed: Feed, address: str) -> bool:
    try:
        return uow.feeds.address_of(feed.id) == address
    except CannotUnseal:
        return False


def _checked(country: str | None) -> str:
    code = (country or "").strip().upper()
    try:
        check_region(code)
    except UnknownRegion as unknown:
        raise FeedRefused(str(unknown)) from None
    return code


def _name(wanted: Wanted, country: str | None) -> str:
    if wanted.owner is not None and wanted.kind is CalendarKind.PERSONAL:
        return wanted.owner.name
    return f"holidays {country}" if country else "team"


def _free_name(name: str, feeds: Iterable[Feed]) -> str:
    taken = {feed.name.casefold() for feed in feeds}
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _listed(names: Sequence[str]) -> str:
    return ", ".join([*names[:8], *(["..."] if len(names) > 8 else [])])
