"""Who may call the API: a bearer token whose hash is configured."""

import hashlib
import hmac
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.config_values import ApiToken
from bot.web.problems import problem

PROTECTED = "/api/v1/"
CALLER = "podline_caller"
"""Under this name the scope of an admitted request carries the name of its token."""


class BearerTokens:
    """Lets requests to the API pass that carry a known token; the rest are answered before anything of them is read."""

    def __init__(self, app: ASGIApp, tokens: Sequence[ApiToken]) -> None:
        self._app = app
        self._tokens = tuple(tokens)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{scope['path']}/".startswith(PROTECTED):
            return await self._app(scope, receive, send)
        caller = caller_of(_authorization(scope), self._tokens)
        if caller is None:
            return await _unauthorized(bool(self._tokens))(scope, receive, send)
        scope[CALLER] = caller
        return await self._app(scope, receive, send)


def caller_of(authorization: str, tokens: Sequence[ApiToken]) -> str | None:
    """The name of the token in an ``Authorization`` header; every known one is compared, in constant time."""
    scheme, _, token = authorization.partition(" ")
    sha256 = hashlib.sha256(token.strip().encode()).hexdigest()
    matching = [known.name for known in tokens if hmac.compare_digest(known.sha256, sha256)]
    return matching[0] if matching and scheme.lower() == "bearer" else None


def _authorization(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), "")


def _unauthorized(there_are_tokens: bool) -> ASGIApp:
    detail = (
        "Send a token that Podline knows: Authorization: Bearer <token>."
        if there_are_tokens
        else "No token is set up yet: make one with `podline token NAME` and put its hash into PODLINE_API_TOKENS."
    )
    return problem(401, detail, headers={"WWW-Authenticate": "Bearer"})
