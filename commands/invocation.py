"""A command as it reached us: typed, pressed or sent with a form, by somebody, somewhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from commands.attached import Attached
from commands.ports import Identity, Place, UnitOfWork
from commands.views import Reply
from coverage.firm import Firm
from coverage.people import Person


@dataclass(frozen=True, slots=True)
class Invocation:
    """``line`` is what was typed, or the button's value: ``claim Q-2``.

    ``key`` is unique per delivery, so that a repeated one has no second effect. ``place`` and ``thread`` say where it
    was said (``thread`` is the platform's name of the thread's root message), ``drawn_for`` the turn of the question
    a button was drawn for. ``from_inbox``: the key is an inbox event's, to be marked done with the effect.
    ``attached`` is the file that the line names, once the adapter has read it. ``may_come_again``: the platform may
    deliver the same again under another key.
    """

    line: str
    sender: Identity
    key: str
    place: Place | None = None
    thread: str | None = None
    drawn_for: int | None = None
    from_inbox: bool = False
    attached: Attached | None = None
    may_come_again: bool = False


class UnknownSender(Exception):
    """Whoever sent this is not a person of the firm yet: the adapter asks its platform who they are, then ``join``."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(f"{identity.platform} user {identity.user} is not known")
        self.identity = identity


class DoneBefore(Exception):
    """An event of the inbox that had its effect already, and was answered then: nobody is told anything again."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a verb's use case works with: the open unit of work, the actor, the firm, the time (UTC), the invocation.

    ``words`` is the line without its verb.
    """

    uow: UnitOfWork
    actor: Person
    firm: Firm
    now: datetime
    words: str
    invocation: Invocation

    def saying(self, words: str) -> "Context":
        """The same, as if these words had been typed after the verb."""
        return replace(self, words=words)


Verb = Callable[[Context], Reply]
"""A use case of one verb. It runs inside the unit of work of its context, which is committed after it has returned; a
``Refused`` it raises undoes everything and is shown to the actor."""


class Refused(Exception):
    """What was asked for is not done; carries the words for whoever asked."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("refused")
        self.reply = reply
