"""Views in words alone, for when Teams refuses a card: what a button does is said as what to type."""

from typing import Any

from bot.teams.render import summary
from bot.teams.text import unmarked
from commands.views import View, buttons_of


def to_plain_activity(view: View) -> dict[str, Any]:
    """A message without a card; better plain than lost."""
    typed = "".join(f"\n- {one.label}: @Podline {one.command}" for one in buttons_of(view))
    return {"type": "message", "textFormat": "plain", "text": unmarked(f"{summary(view)}{typed}")}
