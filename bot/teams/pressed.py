"""What a card carries back to us when a button is pressed or a form is sent: it may say anything."""

from collections.abc import Mapping
from typing import Any

from bot.teams.forms import Filled, NotAForm, filled, is_form
from coverage.ids import QuestionNumber

MOST_NUMBER = 2**31
"""No question has a number as high."""


def pressed_in(data: Mapping[str, Any]) -> tuple[str, int | None] | None:
    """The line that the data of a button or a form stand for, and the version it was drawn for; None for neither."""
    if is_form(data):
        form = form_in(data)
        return None if form is None else (form.line, form.version)
    line, version = data.get("line"), data.get("version")
    if not isinstance(line, str):
        return None
    return line, version if isinstance(version, int) and not isinstance(version, bool) else None


def form_in(data: Mapping[str, Any]) -> Filled | None:
    """The form that was sent; None where the data are of no form of ours."""
    try:
        return filled(data) if is_form(data) else None
    except NotAForm:
        return None


def question_in(data: Mapping[str, Any]) -> QuestionNumber | None:
    """The question that the button is about."""
    about = data.get("about")
    if not isinstance(about, int) or isinstance(about, bool) or not 0 < about < MOST_NUMBER:
        return None
    return QuestionNumber(about)
