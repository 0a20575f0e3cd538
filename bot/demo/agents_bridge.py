"""A bridge for Microsoft's Agents Playground: it signs what that sends, as Teams would, so that Podline lets it in.

``python -m bot.demo.agents_bridge`` on the machine on which both run; docs/install-teams.md says the rest. Its key is
new each time and known to nobody but the Podline that is told to ask here for it.
"""

import argparse
import asyncio
import json
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from bot.clock import SystemClock
from bot.playground.loopback import on_loopback

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
PLAYGROUNDS_TENANT = "00000000-0000-0000-0000-0000000000001"
CLIENT_ID = "00000000-0000-0000-0000-000000000011"
"""Of no bot anywhere: Podline and the bridge only have to agree on it."""
LIFE = 3600
"""Seconds a token is good for."""
LARGEST = 1024 * 1024
PASSED_BACK = aiohttp.ClientTimeout(total=30)


class Bridge:
    """Serves on a loopback port, as an async context manager: keys, tokens, and the way to ``podline`` (its address).

    ``now`` is the real time, by which it signs.
    """

    def __init__(self, podline: str, now: Callable[[], datetime], *, client_id: str = CLIENT_ID, port: int = 0) -> None:
        self._endpoint = f"{podline.rstrip('/')}/api/messages"
        self._now = now
        self._client_id = client_id
        self._port = port
        self._key = generate_private_key(65537, 2048)
        self._key_id = secrets.token_hex(8)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=PASSED_BACK)
        application = web.Application(client_max_size=LARGEST)
        application.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.post("/token", self._token),
                web.post("/api/messages", self._pass_on),
                web.get("/api/messages", self._is_there),
            ]
        )
        self._runner, self.base_url = await on_loopback(application, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._session.close()

    def settings(self) -> dict[str, str]:
        """What Podline must be told, and nothing but for trying it."""
        return {
            "PODLINE_TEAMS_CLIENT_ID": self._client_id,
            "PODLINE_TEAMS_CLIENT_SECRET": "playground",
            "PODLINE_TEAMS_TENANTS": PLAYGROUNDS_TENANT,
            "PODLINE_TEAMS_OPENID_URL": f"{self.base_url}/openid",
            "PODLINE_TEAMS_SERVICE_HOSTS": "localhost",
        }

    async def _openid(self, request: web.Request) -> web.StreamResponse:
        where = {"jwks_uri": f"{self.base_url}/keys", "token_endpoint": f"{self.base_url}/token"}
        return web.json_response({"issuer": ISSUER, "id_token_signing_alg_values_supported": ["RS256"], **where})

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return web.json_response({"keys": [{**public, "kid": self._key_id, "use": "sig", "endorsements": [CHANNEL]}]})

    async def _token(self, request: web.Request) -> web.StreamResponse:
        """For Podline's own calls: the Playground asks for none and takes any."""
        return web.json_response({"access_token": "playground", "token_type": "Bearer", "expires_in": LIFE})

    async def _is_there(self, request: web.Request) -> web.StreamResponse:
        """The Playground looks whether anybody listens."""
        return web.Response()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        """The activity as it came, with a token; and Podline's answer as it is."""
        body = await request.read()
        try:
            activity = json.loads(body)
        except ValueError:
            return web.Response(status=400, text="That is no JSON.")
        service = activity.get("serviceUrl", "") if isinstance(activity, dict) else ""
        headers = {"Authorization": f"Bearer {self._signed(str(service))}", "Content-Type": "application/json"}
        try:
            async with self._session.post(self._endpoint, data=body, headers=headers) as answer:
                kind = answer.content_type if answer.content_type == "application/json" else "text/plain"
                return web.Response(status=answer.status, body=await answer.read(), content_type=kind)
        except (aiohttp.ClientError, TimeoutError) as error:
            return web.Response(status=502, text=f"Podline does not answer at {self._endpoint}: {error}")

    def _signed(self, service_url: str) -> str:
        now = int(self._now().timestamp())
        claims: dict[str, Any] = {"iss": ISSUER, "aud": self._client_id, "serviceurl": service_url}
        claims |= {"nbf": now - 5, "exp": now + LIFE}
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._key_id})


async def serve(podline: str, port: int) -> None:
    """Serve until it is interrupted, having said what to set and what to start."""
    async with Bridge(podline, SystemClock().now, port=port) as bridge:
        set_up = "\n".join(f"  {name}={value}" for name, value in bridge.settings().items())
        start = f"agentsplayground start -c {CHANNEL} -e {bridge.base_url}/api/messages"
        sys.stdout.write(f"Start Podline with these settings, for trying it only:\n{set_up}\nthen: {start}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bot.demo.agents_bridge", description=__doc__.partition("\n")[0])
    asked.add_argument("--podline", default="http://127.0.0.1:3000", help="where Podline listens")
    asked.add_argument("--port", type=int, default=3979, help="where the bridge listens")
    given = asked.parse_args()
    try:
        asyncio.run(serve(given.podline, given.port))
    except KeyboardInterrupt:
        return
    except OSError as error:
        asked.exit(1, f"The bridge cannot listen on port {given.port} ({error.strerror}): name another with --port.\n")


if __name__ == "__main__":
    main()
