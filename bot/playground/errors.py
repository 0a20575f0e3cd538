"""How the stand-in says no: with Slack's own error codes."""

from typing import Any


class SlackError(Exception):
    """A refusal as the Web API words it: `code`, and for humans `messages` (response_metadata.messages)."""

    def __init__(self, code: str, *messages: str, **fields: Any) -> None:
        super().__init__(": ".join((code, *messages)))
        self.code = code
        self.messages = messages
        self.fields = fields

    def as_answer(self) -> dict[str, Any]:
        """The body Slack sends with HTTP status 200."""
        answer: dict[str, Any] = {"ok": False, "error": self.code, **self.fields}
        if self.messages:
            answer["response_metadata"] = {"messages": list(self.messages)}
        return answer
