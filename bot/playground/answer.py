"""What a person gets back for something they did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.records import Json, Message

OPERATION_TIMEOUT = "operation_timeout"
DISPATCH_FAILED = "dispatch_failed"
HTTP_SERVICE_ERROR = "http_service_error"
NOT_ACCEPTED = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """The app's acknowledgement: its HTTP status (over a socket 200; 0 if there was none) and body.

    `error` is what Slack would tell the person; `message` is what they said, or now see because of it;
    `errors` are those shown in a form, by block_id; `reason` is why Slack would send an event again.
    """

    status: int
    body: str = ""
    error: str | None = None
    message: Message | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app took it and the person was shown no error."""
        return self.error is None and not self.errors

    @property
    def json(self) -> Json:
        """The body as an object; empty if it is none."""
        try:
            found: Any = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def from_http(status: int, body: str, *, no_retry: bool = False) -> Answer:
    """An answer that came over HTTP; anything but 2xx is an error."""
    if status < NOT_ACCEPTED:
        return Answer(status, body)
    return Answer(status, body, HTTP_SERVICE_ERROR, reason="http_error", no_retry=no_retry)


def too_late() -> Answer:
    """No acknowledgement in time."""
    return Answer(0, error=OPERATION_TIMEOUT, reason="http_timeout")


def unreachable() -> Answer:
    """Nobody there to deliver to."""
    return Answer(0, error=DISPATCH_FAILED, reason="connection_failed")
