"""What can be done with a question in each of its states: the card's menu, and ``help Q-214``, which has all of it."""

from collections.abc import Callable

from commands.views import Button, ButtonStyle
from commands.wording import claim_button
from coverage.ids import QuestionNumber, short_id
from coverage.question import Question, Status

IN_MENU = 5
"""A menu has room for five acts."""


def menu(question: Question, room: int = IN_MENU) -> tuple[Button, ...]:
    """The rarer acts a card has beside its buttons, at most ``room``; the last one leads to all others."""
    acts = _MENU[question.status]
    if len(acts) > room:
        acts = (*acts[: room - 1], _all)
    return tuple(act(question) for act in acts)


def everything(question: Question) -> tuple[Button, ...]:
    """Every act the state allows."""
    return tuple(act(question) for act in _EVERYTHING[question.status])


def whose_button(number: QuestionNumber) -> Button:
    said = short_id(number)
    return Button("Say which client", f"client {said} is", f"Say which client question {said} is from")


def answered_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Answered", f"answered {number}", f"Question {number} is answered", ButtonStyle.PRIMARY)


def hand_off_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Hand off", f"handoff {number}", f"Hand question {number} to a colleague")


def release_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Release", f"release {number}", f"Give question {number} back to its pod")


def resolve_button(question: Question, style: ButtonStyle = ButtonStyle.PLAIN) -> Button:
    number = short_id(question.number)
    return Button("Resolve", f"resolve {number}", f"Nothing is left to do for {number}", style)


def reopen_button(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Reopen", f"reopen {number}", f"Reopen question {number}")


def _claim(question: Question) -> Button:
    return claim_button(question.number, "its client")


def _story(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Whole story", f"explain {number}", f"The whole text and history of question {number}")


def _all(question: Question) -> Button:
    number = short_id(question.number)
    return Button("More acts", f"help {number}", f"Everything that can be done with question {number}")


def _wait(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Waiting for the client", f"waiting {number}", f"Question {number} waits for its client")


def _resume(question: Question) -> Button:
    number = short_id(question.number)
    return Button("The client has answered", f"claim {number}", f"Go on with question {number}")


def _whose(question: Question) -> Button:
    number = short_id(question.number)
    if question.client is None:
        return whose_button(question.number)
    return Button("Wrong client", f"client {number} is", f"Say whose question {number} really is")


def _merge(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Same as another", f"merge {number}", f"Question {number} asks the same as another one")


def _snooze(question: Question) -> Button:
    number = short_id(question.number)
    if question.snoozed_until is not None:
        return Button("End the snooze", f"snooze {number} off", f"Be reminded of question {number} again")
    return Button("Snooze", f"snooze {number}", f"Be reminded of question {number} later")


def _urgent(question: Question) -> Button:
    number = short_id(question.number)
    if question.urgent:
        return Button("Not urgent", f"urgent {number} no", f"Question {number} is not urgent after all")
    return Button("Urgent", f"urgent {number}", f"Question {number} is urgent: take its next step at once")


def _close(question: Question) -> Button:
    number = short_id(question.number)
    return Button("Close without answer", f"close {number}", f"Close question {number} without an answer")


_Act = Callable[[Question], Button]

_MENU: dict[Status, tuple[_Act, ...]] = {
    Status.UNIDENTIFIED: (_close, _merge, _urgent, _snooze, _story),
    Status.ROUTED: (_whose, _urgent, _snooze, _merge, _close),
    Status.CLAIMED: (_wait, _snooze, resolve_button, _story, _all),
    Status.WAITING: (_resume, _snooze, resolve_button, _story, _all),
    Status.ANSWERED: (hand_off_button, _snooze, _whose, _story, _all),
    Status.RESOLVED: (_story,),
}

_OF_OWNED = (answered_button, hand_off_button, release_button)
_EVERYTHING: dict[Status, tuple[_Act, ...]] = {
    Status.UNIDENTIFIED: (_claim, _whose, _close, _merge, _urgent, _snooze, _story),
    Status.ROUTED: (_claim, hand_off_button, _whose, _urgent, _snooze, _merge, _close, _story),
    Status.CLAIMED: (*_OF_OWNED, _wait, _snooze, resolve_button, _urgent, _merge, _whose, _close, _story),
    Status.WAITING: (*_OF_OWNED, _resume, _snooze, resolve_button, _urgent, _merge, _whose, _close, _story),
    Status.ANSWERED: (resolve_button, reopen_button, hand_off_button, release_button, _snooze, _urgent, _whose, _story),
    Status.RESOLVED: (reopen_button, _story),
}
