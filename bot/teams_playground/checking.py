"""What Teams refuses of a message that a bot sends: too large, not a card, a mention of nobody."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

LARGEST_MESSAGE, LARGEST_CARD = 100 * 1024, 25 * 1024
LARGEST_BODY = 256 * 1024
"""With the pictures in it, which do not count as part of the message."""
LARGEST_PICTURE, LONGEST_SIDE = 1024 * 1024, 1024
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_INLINE = re.compile(r"data:(image/(?:png|jpeg|gif));base64,([A-Za-z0-9+/=]+)")
MOST_ACTIONS = 6
"""In one set of actions; more are not shown."""
VERSIONS = frozenset({"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"})


class Refused(Exception):
    """What the connector answers: a status and a code."""

    def __init__(self, status: int, code: str, says: str = "") -> None:
        super().__init__(f"{status} {code} {says}")
        self.status = status
        self.code = code
        self.says = says or code


def check_message(activity: Json) -> None:
    """Raises Refused for what Teams would not show."""
    if len(json.dumps(activity).encode()) > LARGEST_BODY:
        raise Refused(413, "MessageSizeTooBig", "the request is larger than 256 KB")
    if len(json.dumps(_without_pictures(activity)).encode()) > LARGEST_MESSAGE:
        raise Refused(413, "MessageSizeTooBig", "the message is larger than 100 KB")
    if activity.get("type") not in ("message", "typing"):
        raise Refused(400, "BadSyntax", f"type is {activity.get('type')!r}")
    attachments = activity.get("attachments") or []
    if activity["type"] == "message" and not (activity.get("text") or attachments):
        raise Refused(400, "BadSyntax", "a message needs text or attachments")
    for attachment in attachments:
        _check_attachment(attachment)
    _check_mentions(str(activity.get("text") or ""), activity.get("entities") or ())


def check_card(card: Any) -> None:
    """Raises Refused for what is no card, or one that Teams would not show."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard" or card.get("version") not in VERSIONS:
        raise Refused(400, "BadSyntax", "no adaptive card of a version that Teams knows")
    if len(json.dumps(card).encode()) > LARGEST_CARD:
        raise Refused(413, "MessageSizeTooBig", "the card is larger than 25 KB")
    if not isinstance(card.get("body", []), list):
        raise Refused(400, "BadSyntax", "the body is no list")
    for actions in _sets(card):
        if len([one for one in actions if one.get("mode") != "secondary"]) > MOST_ACTIONS:
            raise Refused(400, "BadSyntax", "more actions than are shown")
    for action in actions_in(card):
        _check_action(action)
    _check_mentions(json.dumps(card.get("body"), ensure_ascii=False), (card.get("msteams") or {}).get("entities") or ())


def actions_in(part: Any) -> Iterator[Json]:
    """Every action of a card, in order; the fallback of one is none of its own."""
    if isinstance(part, dict):
        if str(part.get("type", "")).startswith("Action."):
            yield part
        for name, value in part.items():
            if name != "fallback" and isinstance(value, dict | list):
                yield from actions_in(value)
    elif isinstance(part, list):
        for one in part:
            yield from actions_in(one)


def inputs_in(part: Any) -> Iterator[Json]:
    """Every input of a card, in order."""
    if isinstance(part, dict):
        if str(part.get("type", "")).startswith("Input."):
            yield part
        for value in part.values():
            if isinstance(value, dict | list):
                yield from inputs_in(value)
    elif isinstance(part, list):
        for one in part:
            yield from inputs_in(one)


def _sets(part: Any) -> Iterator[list[Json]]:
    if isinstance(part, dict):
        if part.get("type") in ("AdaptiveCard", "ActionSet") and isinstance(part.get("actions"), list):
            yield part["actions"]
        for value in part.values():
            yield from _sets(value) if isinstance(value, dict | list) else ()
    elif isinstance(part, list):
        for one in part:
            yield from _sets(one)


def _check_attachment(attachment: Any) -> None:
    if not isinstance(attachment, dict) or not isinstance(attachment.get("contentType"), str):
        raise Refused(400, "BadSyntax", "an attachment without a content type")
    if attachment["contentType"] == "application/vnd.microsoft.card.adaptive":
        check_card(attachment.get("content"))
    if attachment["contentType"] in _PICTURES:
        _check_picture(attachment)


def _check_picture(attachment: Json) -> None:
    url = str(attachment.get("contentUrl") or "")
    inline = _INLINE.fullmatch(url)
    if inline is None:
        if not url.startswith("https://"):
            raise Refused(400, "BadSyntax", "a picture is at an https address or in the message")
        return
    data = base64.b64decode(inline[2])
    sides = [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)] if inline[1] == "image/png" else []
    if len(data) > LARGEST_PICTURE or any(side > LONGEST_SIDE for side in sides):
        raise Refused(400, "BadSyntax", "a picture larger than 1 MB or 1024 pixels a side")


def _without_pictures(activity: Json) -> Json:
    attachments = activity.get("attachments")
    listed = attachments if isinstance(attachments, list) else []
    return {**activity, "attachments": [one for one in listed if not _is_picture(one)]}


def _is_picture(attachment: Any) -> bool:
    return isinstance(attachment, dict) and attachment.get("contentType") in _PICTURES


def _check_action(action: Json) -> None:
    if action["type"] == "Action.Execute" and not isinstance(action.get("verb"), str):
        raise Refused(400, "BadSyntax", "Action.Execute without a verb")
    if action["type"] in ("Action.Execute", "Action.Submit") and not isinstance(action.get("data", {}), dict):
        raise Refused(400, "BadSyntax", "the data of an action is no object")
    if action["type"] == "Action.OpenUrl" and not str(action.get("url", "")).startswith("https://"):
        raise Refused(400, "BadSyntax", "Action.OpenUrl leads to no https address")


def _check_mentions(text: str, entities: Any) -> None:
    mentions = [one for one in entities if one.get("type") == "mention"]
    for one in mentions:
        if str(one.get("text")) not in text or not (one.get("mentioned") or {}).get("id"):
            raise Refused(400, "BadSyntax", f"a mention of nobody: {one.get('text')}")
    for written in re.findall(r"<at>.*?</at>", text):
        if written not in {one["text"] for one in mentions}:
            raise Refused(400, "BadSyntax", f"{written} has no entity")
