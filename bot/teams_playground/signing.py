"""The stand-in's own keys: what it signs activities with, and how it makes them known."""

import base64
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers, generate_private_key

ISSUER = "https://api.botframework.com"
LIFE = 3600
"""Seconds a token is good for."""
BITS = 2048


@cache
def a_key(name: str) -> RSAPrivateKey:
    """The key of that name; made once in a process, for that takes long."""
    assert name
    return generate_private_key(65537, BITS)


class Signer:
    """Signs as the Bot Connector does: RS256, for one bot, bound to one service."""

    def __init__(self, app_id: str, service_url: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._app_id = app_id
        self._service_url = service_url
        self._now = now
        self.key_name = "first"
        self.endorsements: list[str] = ["msteams", "webchat"]

    @property
    def key_id(self) -> str:
        return f"key-{self.key_name}"

    def claims(self, **other: Any) -> dict[str, Any]:
        """What a token says; ``other`` claims take the place of the right ones, None leaves one out."""
        now = int(self._now().timestamp())
        right: dict[str, Any] = {
            "iss": ISSUER,
            "aud": self._app_id,
            "serviceurl": self._service_url(),
            "nbf": now - 5,
            "exp": now + LIFE,
        }
        return {name: value for name, value in {**right, **other}.items() if value is not None}

    def token(self, *, headers: Mapping[str, Any] | None = None, key_name: str | None = None, **other: Any) -> str:
        """A signed token. ``key_name`` signs with another key than the header says."""
        said = {name: one for name, one in {"kid": self.key_id, **(headers or {})}.items() if one is not None}
        return jwt.encode(self.claims(**other), a_key(key_name or self.key_name), algorithm="RS256", headers=said)

    def jwks(self) -> dict[str, Any]:
        """The public keys, each with the channels it is endorsed for."""
        public = a_key(self.key_name).public_key().public_numbers()
        return {"keys": [_public(public, self.key_id) | {"endorsements": self.endorsements}]}


def bearer() -> str:
    """A token as a bot gets one to send with."""
    return f"connector-{uuid.uuid4().hex}"


def _public(numbers: RSAPublicNumbers, key_id: str) -> dict[str, Any]:
    return {"kty": "RSA", "use": "sig", "kid": key_id, "n": _number(numbers.n), "e": _number(numbers.e)}


def _number(value: int) -> str:
    written = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()
