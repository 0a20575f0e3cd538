"""Who somebody is in Slack, for those whom the firm does not know yet."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.answering import NobodyThere
from bot.slack.connection import Connection
from bot.slack.errors import code_of
from commands.join import Stranger
from commands.ports import Identity
from commands.views import Code

KEPT = 300.0
"""Seconds for which an answer of users.info (100 a minute) is believed."""
MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    stranger: Stranger
    until: float


class SlackPeople:
    """Looks people up, each at most once in some minutes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, _Known] = {}

    async def stranger(self, identity: Identity) -> Stranger:
        """Who this is by Slack's account. Raises NobodyThere, and what the call raises.

        Slack's user ids are unique among all workspaces: what is believed of one holds whichever they act in.
        """
        now = asyncio.get_running_loop().time()
        known = self._known.get(identity.user)
        if known is None or known.until < now:
            answer = await self._account(identity.user)
            team = (await self._connection.installation()).team_id
            known = _Known(stranger_from(answer["user"], identity, team), now + KEPT)
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[identity.user] = known
        return replace(known.stranger, identity=identity)

    async def _account(self, user: str) -> Any:
        try:
            return await self._connection.direct.users_info(user=user)
        except SlackApiError as error:
            if code_of(error) in ("user_not_found", "users_not_found", "user_not_visible"):
                raise NobodyThere("Slack does not know the person ", Code(user), ".") from error
            raise


def stranger_from(user: dict[str, Any], identity: Identity, our_team: str) -> Stranger:
    """Slack's user object in our words. In an organisation somebody belongs to several workspaces at once."""
    profile = user.get("profile") or {}
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    return Stranger(
        identity=identity,
        name=profile.get("real_name") or user.get("real_name") or user.get("name") or identity.user,
        email=profile.get("email"),
        timezone=user.get("tz"),
        is_bot=bool(user.get("is_bot") or user.get("id") == "USLACKBOT"),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_outsider=bool(user.get("is_stranger")) or our_team not in teams,
    )
