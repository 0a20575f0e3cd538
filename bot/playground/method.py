"""What a Web API method is to the stand-in: its arguments, its scope, and what it does."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.playground.errors import SlackError
from bot.playground.records import Json
from bot.playground.workspace import Workspace

T = TypeVar("T")

# Bolt puts the installation's team into the calls of its client.
ADDED_BY_BOLT = ("team_id",)

_TRUE, _FALSE = (True, 1, "1", "true", "True"), (False, 0, "0", "false", "False", "")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its arguments as they came, JSON or form-encoded."""

    workspace: Workspace
    arguments: Mapping[str, Any]
    base_url: str

    def text(self, name: str) -> str | None:
        """A text argument; numbers are taken as text, as form encoding would make them."""
        value = self.arguments.get(name)
        if value is None:
            return None
        if not isinstance(value, str | int | float):
            raise SlackError("invalid_arguments", f"[ERROR] must be a string [json-pointer:/{name}]")
        return str(value)

    def needed(self, name: str) -> str:
        """A text argument that must be there and not empty."""
        return self.text(name) or _missing(name)

    def flag(self, name: str, default: bool = False) -> bool:
        """A true-or-false argument in any of the spellings of form encoding."""
        value = self.arguments.get(name, default)
        if value not in _TRUE + _FALSE:
            raise SlackError("invalid_arguments", f"[ERROR] must be a boolean [json-pointer:/{name}]")
        return value in _TRUE

    def json(self, name: str, refusal: str) -> Any:
        """A structured argument, given as such or as JSON in a string; `refusal` is the error if it is neither."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(refusal) from None

    def need_scope(self, scope: str) -> None:
        """Refuse the call if the bot token was not granted a scope."""
        granted = self.workspace.installation.scopes
        if scope not in granted:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(granted)))

    def page(self, found: Sequence[T], default: int, at_most: int) -> tuple[list[T], Json]:
        """The part of a list that cursor and limit ask for, and the response_metadata to go with it."""
        limit = self._limit(default, at_most)
        start = self._start()
        part = list(found[start : start + limit])
        more = start + limit < len(found)
        cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
        return part, {"next_cursor": cursor}

    def _limit(self, default: int, at_most: int) -> int:
        text = self.text("limit")
        try:
            limit = int(text) if text else default
        except ValueError:
            limit = -1
        if not 0 <= limit <= at_most:
            raise SlackError("invalid_limit")
        return limit or default

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        try:
            kind, _, start = base64.b64decode(cursor, validate=True).decode().partition(":")
            return int(start) if kind == "next" else _bad_cursor()
        except ValueError:
            return _bad_cursor()


@dataclass(frozen=True, slots=True)
class Method:
    """`scope` is checked before `run`; methods whose scope hangs on the channel check it themselves."""

    run: Callable[[Call], Json]
    required: str = ""
    optional: str = ""
    scope: str | None = None
    token: str = "bot"

    def check_arguments(self, arguments: Mapping[str, Any]) -> None:
        """Refuse what Slack's method does not know, and what it needs and did not get."""
        required, known = self.required.split(), {*self.required.split(), *self.optional.split(), *ADDED_BY_BOLT}
        missing = [f"[ERROR] missing required field: {name}" for name in required if arguments.get(name) in (None, "")]
        unknown = [f"[ERROR] invalid additional property: {name}" for name in arguments if name not in known]
        if missing or unknown:
            raise SlackError("invalid_arguments", *missing, *unknown)


def _missing(name: str) -> str:
    raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")


def _bad_cursor() -> int:
    raise SlackError("invalid_cursor")
