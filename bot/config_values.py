"""How single settings are written. Each refusal continues the variable's name and never repeats its value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any
from urllib.parse import urlsplit

SHORTEST_KEY = 32
TOKEN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class ApiToken:
    """Who may call the API: a name for the log, and the SHA-256 (lower-case hex) of the token itself."""

    name: str
    sha256: str


def words(value: Any) -> Any:
    """``a, b`` as ``("a", "b")``; what is not text is passed on."""
    return tuple(distinct(_listed(value))) if isinstance(value, str) else value


def database_url(value: Any) -> Any:
    """A SQLite or PostgreSQL address; PostgreSQL always with the driver that is installed."""
    if not isinstance(value, str):
        return value
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", value.strip())
    if not url.startswith(("sqlite:///", "sqlite://", "postgresql+psycopg://")):
        raise ValueError(
            "must be sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME (its value is not shown here)"
        )
    return url


def web_address(value: Any) -> Any:
    """An http or https address without a slash at its end."""
    if not isinstance(value, str):
        return value
    if not is_web_address(value.strip()):
        raise ValueError("must be an address that starts with https:// or http://")
    return value.strip().rstrip("/")


def is_web_address(text: str) -> bool:
    """Whether ``text`` is a complete http or https address."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and parts.hostname is not None and parts.port != 0
    except ValueError:
        return False


def web_folder(value: Any) -> Any:
    """An http or https address that ends in a slash, so that names can be added to it."""
    return f"{web_address(value)}/" if isinstance(value, str) else value


def networks(value: Any) -> Any:
    """``10.0.0.0/8, fd00::/8`` as networks."""
    return tuple(_network(entry) for entry in _listed(value)) if isinstance(value, str) else value


def _network(entry: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(entry)
    except ValueError:
        raise ValueError(f"must list networks like 10.1.0.0/16, and {entry!r} is none") from None


def secret_keys(value: Any) -> Any:
    """Keys separated by commas, the newest first: it encrypts, all of them decrypt."""
    if not isinstance(value, str):
        return value
    keys = _listed(value)
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(
            f"must list keys of at least {SHORTEST_KEY} characters, the newest first "
            '(one is made by: python3 -c "import secrets; print(secrets.token_urlsafe(32))")'
        )
    return tuple(keys)


def api_tokens(value: Any) -> Any:
    """``name:sha256hex, ...`` as `podline token NAME` prints it."""
    if not isinstance(value, str):
        return value
    tokens = tuple(_api_token(entry, place) for place, entry in enumerate(_listed(value), start=1))
    if len({token.name for token in tokens}) < len(tokens):
        raise ValueError("names the same token twice: give each its own name")
    return tokens


def _api_token(entry: str, place: int) -> ApiToken:
    name, _, sha256 = entry.partition(":")
    if not TOKEN_NAME.fullmatch(name) or not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise ValueError(
            f"must list name:sha256hex pairs as `podline token NAME` prints them, and entry {place} is not such a pair"
        )
    return ApiToken(name, sha256.lower())


def not_a_placeholder(value: Any) -> Any:
    """A secret; the dots of an example that was copied are none."""
    if isinstance(value, str) and value.rstrip().endswith(("...", "\u2026")):
        raise ValueError("still holds the dots of the example: put the real value there")
    return value


def not_an_app_token(value: Any) -> Any:
    """The bot's token; the other kinds of Slack token are told apart by how they begin."""
    not_a_placeholder(value)
    if isinstance(value, str) and value.startswith(("xapp-", "xoxp-", "xoxe")):
        raise ValueError("must be the bot's token, which starts with xoxb-, and another kind of token is set")
    return value


def not_a_bot_token(value: Any) -> Any:
    """The app-level token for Socket Mode."""
    not_a_placeholder(value)
    if isinstance(value, str) and value.startswith("xox"):
        raise ValueError(
            "must be the app-level token for Socket Mode, which starts with xapp-, and another kind of token is set"
        )
    return value


def distinct(entries: Iterable[str]) -> list[str]:
    """The same in the same order, each once."""
    return list(dict.fromkeys(entries))


def _listed(value: str) -> list[str]:
    return [entry for part in value.split(",") if (entry := part.strip())]
