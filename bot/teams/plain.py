"""Views in words alone, for when Teams refuses a card: what a button does is said as what to type."""

from collections.abc import Sequence
from typing import Any, assert_never

from bot.teams.render import summary
from bot.teams.text import unmarked
from commands.views import Button, Form, Listing, Notice, Page, QuestionCard, View


def to_plain_activity(view: View) -> dict[str, Any]:
    """A message without a card; better plain than lost."""
    typed = "".join(f"\n- {one.label}: @Podline {one.command}" for one in _buttons_of(view))
    return {"type": "message", "textFormat": "plain", "text": unmarked(f"{summary(view)}{typed}")}


def _buttons_of(view: View) -> Sequence[Button]:
    match view:
        case QuestionCard():
            return (*view.buttons, *view.more)
        case Notice():
            return view.buttons
        case Listing():
            return [one for row in view.rows for one in (*row.buttons, *row.more)]
        case Page() | Form():
            return ()
        case _:
            assert_never(view)
