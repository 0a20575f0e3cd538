"""A message of Slack's as we keep it: its words as people read them, its files by name, and the way to it."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.slack.typed import line_of
from coverage.question import Attachment

Body = Mapping[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TS = re.compile(r"(\d{1,11})\.(\d{6})")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")
_NO_FILE = frozenset({"tombstone", "hidden_by_limit"})


def users_in(text: str) -> frozenset[str]:
    """Slack's ids of whom the text mentions."""
    return frozenset(found[1] for found in _MENTION.finditer(text))


def words_of(said: Body, us: str, name: Callable[[str], str | None]) -> str:
    """What was written, with names for mentions and without a mention of ``us``; what was forwarded with it follows.
    ``name`` knows people by Slack's ids."""
    text = _MENTION.sub(lambda found: "" if found[1] == us else found[0], str(said.get("text") or ""))
    own = line_of(text)
    forwarded = [line_of(str(one.get("text") or one.get("fallback") or "")) for one in _forwarded(said, own)]
    whole = "\n\n".join(part for part in (own, *forwarded) if part)
    named = _MENTION.sub(lambda found: f"@{name(found[1]) or found[2] or 'somebody'}", whole)
    return _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", named).strip()


def is_to(said: Body, us: str) -> bool:
    """Whether the message mentions ``us``."""
    return us in users_in(str(said.get("text") or ""))


def written_at(ts: str, otherwise: datetime) -> datetime:
    """When Slack's ``ts`` was (UTC)."""
    found = _TS.fullmatch(ts)
    return _EPOCH + timedelta(seconds=int(found[1]), microseconds=int(found[2])) if found else otherwise


def link_to(workspace: str | None, channel: str, ts: str, thread: str | None) -> str | None:
    """The address of a message, in the form in which Slack itself copies it; ``workspace`` is that of the workspace."""
    if workspace is None:
        return None
    link = f"{workspace.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    return f"{link}?thread_ts={thread}&cid={channel}" if thread else link


def files_in(said: Body) -> list[Body]:
    """The files of the message that are still there."""
    listed = said.get("files") or ()
    return [one for one in listed if isinstance(one, Mapping) and one.get("mode") not in _NO_FILE]


def must_ask_about(file: Body) -> bool:
    """In shared channels Slack sends no more than a file's id (https://docs.slack.dev/reference/objects/file-object)."""
    return not file.get("permalink") or file.get("file_access") == "check_file_info"


def attachment(file: Body, otherwise: str | None) -> Attachment:
    """Its name and where it is; where Slack does not say, the message leads there."""
    name = str(file.get("title") or file.get("name") or "a file")
    return Attachment(" ".join(name.split()), str(file.get("permalink") or otherwise or ""))


def _forwarded(said: Body, own: str) -> list[Body]:
    """Messages shared in this one; without words of its own, whatever is attached is what was meant."""
    attached = [one for one in said.get("attachments") or () if isinstance(one, Mapping)]
    return [one for one in attached if one.get("is_share") or not own]
