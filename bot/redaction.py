"""Takes secrets out of what is logged: those we know, and what looks like one."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

REMOVED = "[removed]"
SHORTEST_SECRET = 6
"""A shorter "secret" is a test's, and would take half of every line with it."""

SECRET_NAMES = re.compile(
    r"(?i)(token|secret|password|passwd|authorization|api_?key|secret_?key|cookie|signature|response_url|trigger_id)$"
)
TOKENS = re.compile(
    r"\b(?:xox[a-z]|xapp|xoxe\.xox[a-z])-[\w.%-]{4,}"  # Slack's
    r"|\bpodline_[A-Za-z0-9_-]{20,}"  # ours
    r"|(?i:\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}"
)
ADDRESS = re.compile(r"\b(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<rest>[^\s\"'<>]+)", re.IGNORECASE)
LOOKS_RANDOM = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_%=~.-]{16,}|private-[^/]+")


class Redaction:
    """What may not be seen, compiled once for the whole log."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted((secret for secret in secrets if len(secret) >= SHORTEST_SECRET), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def of(self, name: str, value: Any) -> Any:
        """``value`` without secrets; all of it is removed where its ``name`` says that it is one."""
        if value is not None and SECRET_NAMES.search(name):
            return REMOVED
        if isinstance(value, str):
            return self.of_text(value)
        if isinstance(value, Mapping):
            return {key: self.of(str(key), part) for key, part in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.of("", part) for part in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return self.of_text(f"{type(value).__name__}: {value}" if isinstance(value, BaseException) else str(value))

    def of_text(self, text: str) -> str:
        """``text`` without the secrets we know, tokens, and what is private in addresses."""
        if self._known:
            text = self._known.sub(REMOVED, text)
        return ADDRESS.sub(_public_part, TOKENS.sub(REMOVED, text))


def _public_part(address: re.Match[str]) -> str:
    """Who is called and what for; never a password, a query or a path that works as a key."""
    before_query, question_mark, _ = address["rest"].partition("?")
    host, slash, path = before_query.partition("/")
    host = f"{REMOVED}@{host.rpartition('@')[2]}" if "@" in host else host
    path = "/".join(REMOVED if LOOKS_RANDOM.fullmatch(segment) else segment for segment in path.split("/"))
    return f"{address['scheme']}://{host}{slash}{path}{question_mark and '?' + REMOVED}"
