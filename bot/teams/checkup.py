"""What `podline doctor` asks of Teams: its keys, our token, our own address, and the channels Podline has to be in."""

from collections.abc import Callable, Collection
from datetime import datetime

import aiohttp

from bot.checkup import Finding, Post
from bot.clock import Clock
from bot.platform import TryLater
from bot.proxies import proxy_for
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken, NotReached
from bot.teams.errors import ConnectorError
from bot.teams.http import PATH
from bot.teams.ids import no_ids_in
from bot.teams.link import Link, Registration
from bot.teams.tokens import KeysAway, SigningKeys
from bot.teams.whereabouts import Way, Whereabouts
from commands.ports import NewUnitOfWork

PATIENCE = 10.0
_TOKEN = (
    "In the Azure portal, under App registrations, your bot: compare the Application (client) ID with "
    "PODLINE_TEAMS_CLIENT_ID and the Directory (tenant) ID with the first of PODLINE_TEAMS_TENANTS; under Certificates "
    "& secrets make a new secret and set PODLINE_TEAMS_CLIENT_SECRET to its value."
)
_NETWORK = "Check the network and a proxy, then run podline doctor again."
_ADD = "In Teams, open the team of that channel: Manage team, Apps, add Podline; or correct {field} in the roster."


async def teams_findings(
    registration: Registration,
    public_url: str | None,
    posts: Collection[Post],
    new_uow: NewUnitOfWork,
    clock: Clock,
    wall_now: Callable[[], datetime],
) -> list[Finding]:
    """Everything that is wrong with Teams; of the channels only where we may ask."""
    link = Link(registration, new_uow, clock, wall_now)
    try:
        found = [*_ids(registration), *await _keys(link.keys), *await _endpoint(link.session, public_url)]
        return [*found, *await _beyond(link, posts)]
    finally:
        await link.close()


async def _beyond(link: Link, posts: Collection[Post]) -> list[Finding]:
    """What can be seen only by sending to Teams."""
    try:
        way = await link.whereabouts.anywhere()
        await link.tokens.for_service(way.service_url)
    except TryLater as unheard:
        return [Finding("teams", f"{_sentence(str(unheard))}.", "Write help to Podline in Teams.")]
    except NotReached as away:
        return [Finding("teams", f"There is no token to send to Teams with: {away}.", _NETWORK)]
    except NoToken as refused:
        return [Finding("teams", f"There is no token to send to Teams with: {refused}.", _TOKEN)]
    return await _channels(link.connector, link.whereabouts, way, posts)


def _ids(registration: Registration) -> list[Finding]:
    act = "In the Azure portal, under App registrations, your bot, Overview, is the one that is meant. Copy it."
    return [Finding("teams", what, act) for what in no_ids_in(registration.client_id, registration.tenants)]


async def _keys(keys: SigningKeys) -> list[Finding]:
    try:
        await keys.fetched(PATIENCE)
    except KeysAway as away:
        act = "Check the network, a proxy, and PODLINE_TEAMS_OPENID_URL if it is set."
        return [Finding("teams", f"{away}: nothing Teams sends can be admitted.", act)]
    return []


async def _endpoint(session: aiohttp.ClientSession, public_url: str | None) -> list[Finding]:
    """Whether a stranger who knocks at our public address is refused by us, and not by somebody else."""
    if public_url is None:
        what = "PODLINE_PUBLIC_URL is not set, so it cannot be seen whether Teams reaches Podline."
        return [Finding("teams", what, "Set it to the https address at which Podline is reached from the internet.")]
    url = f"{public_url.rstrip('/')}{PATH}"
    azure = f"In the Azure portal, at the bot under Configuration, the messaging endpoint must be {url}"
    try:
        async with session.post(url, json={}, proxy=proxy_for(url)) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        what = f"Nothing answers at {url} ({type(error).__name__})."
        return [Finding("teams", what, "Start podline serve, and let your proxy or tunnel lead there.")]
    if status != 401:
        what = f"{url} answers {status} to somebody without a token, where Podline would answer 401."
        return [Finding("teams", what, f"Let your proxy or tunnel lead to podline serve. {azure}")]
    return []


async def _channels(
    connector: Connector, whereabouts: Whereabouts, tenant: Way, posts: Collection[Post]
) -> list[Finding]:
    found = []
    for post in posts:
        way = await whereabouts.of_channel(post.address)
        try:
            await connector.look_at(way.service_url or tenant.service_url, post.address)
        except ConnectorError as error:
            if error.status not in (403, 404):
                what = f"Teams answers {error} about {post.address} ({post.use})."
                found.append(Finding("channels", what, "Try again in a minute."))
                continue
            what = f"Podline is not in {post.address} ({post.use}), or it does not exist."
            found.append(Finding("channels", what, _ADD.format(field=post.field)))
        except (aiohttp.ClientError, TimeoutError, OSError, NoToken) as error:
            what = f"Teams cannot be reached ({type(error).__name__})."
            return [*found, Finding("teams", what, "Check the network, and run podline doctor again.")]
    return found


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
