"""What Teams' refusals mean for a message: later, unclear or never."""

import aiohttp

from bot.platform import CannotDeliver, NoLongerThere, TryLater, Unclear
from bot.teams.credentials import NoToken, NotReached

UNTIL_MENDED = 60.0
LONGEST_WAIT = 600.0
USUAL_WAIT = 2.0
"""Seconds to stay away where Teams asks for a pause and does not say how long."""

NEVER = {
    "MessageWritesBlocked": "messages of Podline are blocked there: the person, or an administrator, has to allow them",
    "BotDisabledByAdmin": "an administrator of Teams has switched Podline off",
    "BotNotInConversationRoster": "Podline is not installed there: add the app",
    "NotEnoughPermissions": "Podline is not allowed to post there",
    "ForbiddenOperationException": "Podline is not installed there: add the app",
    "ConversationNotFound": "the channel or chat does not exist any more, or Podline is not in it",
    "MemberNotFoundInConversation": "Teams does not know the person",
    "MessageSizeTooBig": "the message is too long for Teams",
    "BadSyntax": "Teams cannot read the message",
}
"""Will not change by waiting: in the words a manager reads."""
TOO_LARGE = frozenset({400, 413})
"""What a message that Teams cannot show is answered with: it is said in plain words instead."""

_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class ConnectorError(Exception):
    """The connector said no. ``after`` are the seconds it asks to stay away."""

    def __init__(self, status: int, code: str, says: str = "", after: float | None = None) -> None:
        super().__init__(f"{status} {code} {says}".strip())
        self.status = status
        self.code = code
        self.after = after

    @property
    def is_lost_conversation(self) -> bool:
        """Whether the conversation leads nowhere: another may have taken its place."""
        return self.status == 404 and self.code in ("ConversationNotFound", "")


class InstallationBroken(TryLater):
    """Teams does not accept our credentials: an alarm for the operator, and nothing may be lost meanwhile."""


def meaning_of(error: Exception, *, writes: bool, redraws: bool = False) -> Exception:
    """The outcome that an error of a call stands for; the error itself where nobody knows it.

    ``writes`` says that the call makes something that would be made twice: where it may have happened, it is Unclear.
    Only 429 and 412 are sure to have done nothing. ``redraws``: what is not there may be posted anew.
    """
    ailing = Unclear if writes else TryLater
    if isinstance(error, NotReached):
        return TryLater(f"there is no token to send with: {error}")
    if isinstance(error, NoToken):
        return InstallationBroken(str(error), UNTIL_MENDED)
    if isinstance(error, _NOT_SENT):
        return TryLater(f"Teams cannot be reached ({type(error).__name__})")
    if isinstance(error, TimeoutError | aiohttp.ClientError):
        return ailing(f"no answer from Teams ({type(error).__name__})")
    if not isinstance(error, ConnectorError):
        return error
    status, code = error.status, error.code
    if status in (429, 412):
        return TryLater("Teams asks to slow down" if status == 429 else "Teams asks to try again", _pause(error))
    if status == 401:
        return InstallationBroken("Teams does not accept our token", UNTIL_MENDED)
    if status == 408 or status >= 500:
        return ailing(f"Teams is ill: {status} {code}".strip())
    if status == 404 and redraws:
        return NoLongerThere(code)
    return CannotDeliver(NEVER.get(code, f"Teams refuses it: {status} {code}".strip()))


def _pause(error: ConnectorError) -> float | None:
    if error.status == 412:
        return error.after
    return min(LONGEST_WAIT, max(0.1, error.after if error.after is not None else USUAL_WAIT))
