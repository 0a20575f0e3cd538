"""The stand-in for Teams on a loopback port: its keys, its tokens, the Bot Connector, and people to act."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground.loopback import on_loopback
from bot.playground.misbehave import Misbehaviour
from bot.playground.mishap_answers import after
from bot.teams_playground.acting import People
from bot.teams_playground.checking import Refused
from bot.teams_playground.connector import LARGEST_BODY, Connector, goes_wrong_before, said_no
from bot.teams_playground.files import Files
from bot.teams_playground.signing import ISSUER, LIFE, Signer, bearer
from bot.teams_playground.tenant import Tenant

SERVICE = "/teams"


class TeamsPlayground:
    """Serves a tenant in the running loop, as an async context manager.

    ``wall_clock`` is the real time, by which it signs. Mishaps befall ``create_conversation``, ``create_activity``,
    ``reply``, ``update_activity``, ``member``, ``token``, ``openid``, ``keys`` and ``download``, where asked for by
    conversation.
    """

    def __init__(
        self,
        tenant: Tenant,
        *,
        wall_clock: Callable[[], datetime],
        port: int = 0,
        messaging_endpoint: str | None = None,
        misbehaviour: Misbehaviour | None = None,
    ) -> None:
        self.tenant = tenant
        self.misbehaviour = misbehaviour or Misbehaviour()
        self.signer = Signer(tenant.app_id, lambda: self.service_url, wall_clock)
        self.files = Files(tenant.now, lambda: self.base_url, self.misbehaviour)
        self.people = People(tenant, self.signer, lambda: self.service_url, self.files)
        self.people.endpoint = messaging_endpoint
        self.tokens: set[str] = set()
        self._port = port

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes(Connector(self.tenant, self.misbehaviour, self.tokens).routes(SERVICE))
        application.add_routes(self.files.routes())
        application.add_routes(
            [
                web.get("/openidconfiguration", self._openid),
                web.get("/keys", self._keys),
                web.post("/token", self._token),
            ]
        )
        self._runner, self.base_url = await on_loopback(application, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.people.close()
        await self._runner.cleanup()

    @property
    def service_url(self) -> str:
        """Where the bot is to send to, as activities say."""
        return f"{self.base_url}{SERVICE}"

    @property
    def openid_url(self) -> str:
        """The value for PODLINE_TEAMS_OPENID_URL."""
        return f"{self.base_url}/openidconfiguration"

    async def _openid(self, request: web.Request) -> web.StreamResponse:
        if (early := await self._trouble(request, "openid")) is not None:
            return early
        return web.json_response(
            {
                "issuer": ISSUER,
                "jwks_uri": f"{self.base_url}/keys",
                "token_endpoint": f"{self.base_url}/token",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        return await self._trouble(request, "keys") or web.json_response(self.signer.jwks())

    async def _token(self, request: web.Request) -> web.StreamResponse:
        if (early := await self._trouble(request, "token")) is not None:
            return early
        asked = await request.post()
        wanted = ("client_credentials", self.tenant.app_id, self.tenant.secret)
        if (asked.get("grant_type"), asked.get("client_id"), asked.get("client_secret")) != wanted:
            return said_no(Refused(401, "invalid_client"))
        token = bearer()
        self.tokens.add(token)
        return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": LIFE})

    async def _trouble(self, request: web.Request, name: str) -> web.StreamResponse | None:
        mishap = self.misbehaviour.take(name, None)
        if mishap is None:
            return None
        early = await goes_wrong_before(request, mishap)
        if early is None:
            await after(request, mishap)
        return early
