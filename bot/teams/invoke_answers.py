"""How an invoke is answered, in the forms that Teams knows."""

from typing import Any

from bot.teams import text
from bot.teams.render import CARD
from commands.views import Notice

Json = dict[str, Any]

WORDS = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def in_its_place(card: Json) -> Json:
    """For whoever pressed a button: this card in the place of the one it is on."""
    return {"statusCode": 200, "type": CARD, "value": card}


def in_words(said: Notice) -> Json:
    """For whoever pressed a button: a few words beside the card."""
    return {"statusCode": 200, "type": WORDS, "value": text.in_words(said.text)}


def no_button(says: str) -> Json:
    """What was pressed is not ours."""
    return {"statusCode": 400, "type": ERROR, "value": {"code": "BadRequest", "message": says}}


def dialog(title: str, card: Json) -> Json:
    """A dialog with this card, or the next card of the one that is open. Its buttons are sent by Action.Submit: dialogs
    know no other."""
    shown = {"contentType": CARD, "content": _by_submit(card)}
    sizes = {"height": "medium", "width": "medium"}
    return {"task": {"type": "continue", "value": {"title": title, **sizes, "card": shown}}}


def last_words(said: Notice) -> Json:
    """A dialog that says this and can only be closed."""
    return {"task": {"type": "message", "value": text.in_words(said.text)}}


def _by_submit(part: Any) -> Any:
    """The same with the fallback of each Action.Execute in its place."""
    if isinstance(part, list):
        return [_by_submit(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "Action.Execute":
        return part["fallback"]
    return {name: _by_submit(one) for name, one in part.items()}
