"""What Teams sends, read with care: what is of another kind than it should be is as if it were not there."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.teams.html_text import text_of
from bot.teams.name import NAME
from bot.teams.quotes import own_words, quoted_in_block
from commands.grammar import around_a_mention
from commands.ports import Identity, Place

Body = Mapping[str, Any]
CHANNEL, CHAT = "channel", "personal"
SAID, CHANGED, DELETED = "message", "messageUpdate", "messageDelete"
"""What becomes of a message."""
CHANNEL_DELETED = "channelDeleted"
LONGEST_ID, LONGEST_TEXT = 1_000, 200_000
_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Heard:
    """An activity: its ``kind`` (``message``, ``invoke`` ...), an invoke's ``name``, who did it, and where.

    ``conversation`` is its id without the thread, ``thread`` the id of the thread's first message; ``reply_to`` the
    message that was acted on. ``user`` is the directory's id of the person, ``user_id`` what Teams calls them to us.
    """

    kind: str
    name: str
    id: str
    channel_id: str
    service_url: str
    conversation: str
    conversation_kind: str
    thread: str | None
    tenants: frozenset[str]
    user: str
    user_id: str
    user_name: str
    us: str
    reply_to: str | None
    team: str | None
    value: Body
    body: Body

    @property
    def tenant(self) -> str:
        """The tenant it is of, as Teams names it beside the activity, else with the conversation. Call it where one is
        named."""
        named = _text(mapping(mapping(self.body.get("channelData")).get("tenant")).get("id"))
        return named.casefold() or min(self.tenants)

    @property
    def identity(self) -> Identity:
        return Identity(NAME, self.tenant, self.user)

    @property
    def place(self) -> Place:
        return Place(NAME, self.conversation)

    @property
    def channel(self) -> str:
        """The channel that it is about. Of an installation that is the one that was chosen, and of what becomes of a
        channel that one: both may be told in the team's General."""
        data = mapping(self.body.get("channelData"))
        chosen = _text(mapping(mapping(data.get("settings")).get("selectedChannel")).get("id"))
        named = _text(mapping(data.get("channel")).get("id")) if self.event.startswith("channel") else ""
        return chosen or named or self.conversation

    @property
    def event(self) -> str:
        """What Teams calls that which happened to a team or a channel; empty for nothing of that."""
        data = mapping(self.body.get("channelData"))
        return _text(data.get("eventType")) if self.kind == "conversationUpdate" else ""

    @property
    def is_chat(self) -> bool:
        """Whether it is said to us alone."""
        return self.conversation_kind == CHAT

    @property
    def key(self) -> str:
        """Unique for the activity, however often it is delivered; a message may be changed several times."""
        what = f"{self.kind}{_text(self.body.get('timestamp'))}" if self.kind == CHANGED else self.kind
        which = hashlib.sha256(f"{self.conversation}\n{self.thread or ''}\n{self.id}\n{what}".encode()).hexdigest()
        return f"teams:{which}"

    @property
    def is_in_a_shared_channel(self) -> bool:
        """Whether people who are not of the team may be in the channel, those of other firms too."""
        return _text(mapping(mapping(self.body.get("channelData")).get("channel")).get("type")) == "shared"

    @property
    def root(self) -> str | None:
        """The first message of the thread it replies in; None where it begins one."""
        return self.thread if self.thread != self.id else None

    @property
    def is_by_an_extension(self) -> bool:
        """Whether the message extension was used: that works in chats, too, in which we are not."""
        return self.name.startswith("composeExtension/")

    @property
    def is_by_a_person(self) -> bool:
        return bool(self.user) and self.user_id != self.us


def heard(body: Body) -> Heard:
    """The activity that the body is."""
    conversation = mapping(body.get("conversation"))
    whole = _text(conversation.get("id"))
    where, _, thread = whole.partition(";messageid=")
    sender, data = mapping(body.get("from")), mapping(body.get("channelData"))
    tenants = (_text(conversation.get("tenantId")), _text(mapping(data.get("tenant")).get("id")))
    return Heard(
        kind=_text(body.get("type")),
        name=_text(body.get("name")),
        id=_text(body.get("id")),
        channel_id=_text(body.get("channelId")),
        service_url=_text(body.get("serviceUrl")),
        conversation=where,
        conversation_kind=_text(conversation.get("conversationType")) or (CHANNEL if data.get("channel") else CHAT),
        thread=thread or None,
        tenants=frozenset(one.casefold() for one in tenants if one),
        user=_text(sender.get("aadObjectId")).casefold(),
        user_id=_text(sender.get("id")),
        user_name=_text(sender.get("name")),
        us=_text(mapping(body.get("recipient")).get("id")),
        reply_to=_text(body.get("replyToId")) or None,
        team=_text(mapping(data.get("team")).get("id")) or None,
        value=mapping(body.get("value")),
        body=body,
    )


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody who is mentioned: how that stands in the text, and whom it means."""

    written: str
    id: str
    name: str


def mentions(body: Body) -> Iterator[Mentioned]:
    """All who are mentioned, us too, by the entities of the message."""
    entities = body.get("entities")
    for one in entities if isinstance(entities, list) else ():
        entity = mapping(one)
        who = mapping(entity.get("mentioned"))
        written, user = _text(entity.get("text")), _text(who.get("id"))
        if entity.get("type") == "mention" and written and user:
            yield Mentioned(written, user, _text(who.get("name")))


def quoted(said: Heard) -> str | None:
    """The message that a reply in a chat quotes, the first of several."""
    first = next(iter(_quoted(said.body)), "") or quoted_in_block(_text(said.body.get("text"), most=LONGEST_TEXT))
    return first or None


def _quoted(body: Body) -> list[str]:
    entities = body.get("entities")
    replies = [mapping(one) for one in (entities if isinstance(entities, list) else ())]
    named = (_text(mapping(one.get("quotedReply")).get("messageId")) for one in replies)
    return [one for one in named if one]


def _own_text(said: Heard) -> str:
    return own_words(_text(said.body.get("text"), most=LONGEST_TEXT), _quoted(said.body))


def channel_names(said: Heard) -> dict[str, str]:
    """What the activity calls channels: the one it is said in, the one it is about, and the one that was chosen."""
    data, where = mapping(said.body.get("channelData")), mapping(said.body.get("conversation"))
    if said.is_chat:
        return {}
    chosen = mapping(mapping(data.get("settings")).get("selectedChannel"))
    told = [(_text(one.get("id")), _text(one.get("name"))) for one in (mapping(data.get("channel")), chosen)]
    told.append((said.conversation, _text(where.get("name"))))
    team = mapping(data.get("team"))
    if _text(team.get("id")) == said.conversation:  # General has the team's id, and no name of its own
        told.insert(0, (said.conversation, _text(team.get("name"))))
    return {address: " ".join(name.split()) for address, name in told if address and name.strip()}


def is_to_us(said: Heard) -> bool:
    """Whether the message is for us: said in our chat, or with a mention of us."""
    return said.is_chat or any(one.id == said.us for one in mentions(said.body))


def words_of(said: Heard) -> str:
    """All that is said in a message, without our mention; whom else it mentions is named."""
    text = _own_text(said)
    if said.body.get("textFormat") == "xml":
        text = text_of(text)
    for one in mentions(said.body):
        text = text.replace(one.written, "" if one.id == said.us else f"@{one.name}")
    return unescape(text).replace("\xa0", " ").strip()


_Spot = tuple[int, int, Mentioned]
"""From where to where in a text, and who stands there."""
_LABEL = re.compile(r"[<>|\s]+")
"""What would end a name within a mention."""


def line_of(said: Heard, users: Mapping[str, str]) -> str:
    """The plain line that was said to us: what follows our first mention, or what is before it where nothing follows,
    or both where it stands within the line.

    ``users`` are the directory's ids of those mentioned by what Teams calls them, which stand with their names: they
    may not be the firm's yet. Others are named only.
    """
    text = _own_text(said)
    spots = _spots(text, mentions(said.body))
    ours = next(((at, end) for at, end, who in spots if who.id == said.us), None)
    if ours is None:
        return _named(text, spots, users, said.us, (0, len(text)))
    before = _named(text, spots, users, said.us, (0, ours[0]))
    return around_a_mention(before, _named(text, spots, users, said.us, (ours[1], len(text)))).strip()


def _named(text: str, spots: Iterable[_Spot], users: Mapping[str, str], us: str, part: tuple[int, int]) -> str:
    """That part of the text, with everybody mentioned in it by name, and by the directory's id where that is known."""
    begin, stop = part
    parts = []
    for at, end, who in spots:
        if begin <= at and end <= stop:
            known = users.get(who.id) if who.id != us else None
            parts += [text[begin:at], f"<@{known}|{_LABEL.sub(' ', who.name)}>" if known else who.name]
            begin = end
    return unescape("".join([*parts, text[begin:stop]])).replace("\xa0", " ").strip()


def _spots(text: str, mentioned: Iterable[Mentioned]) -> list[_Spot]:
    """From where to where in the text who is mentioned. Of those who are written alike the first one is meant first."""
    found, searched = [], dict[str, int]()
    for one in mentioned:
        at = text.find(one.written, searched.get(one.written, 0))
        if at >= 0:
            searched[one.written] = at + len(one.written)
            found.append((at, at + len(one.written), one))
    return sorted(found, key=lambda spot: spot[:2])


def others_mentioned(said: Heard) -> tuple[str, ...]:
    """What Teams calls those who are mentioned beside us."""
    return tuple(dict.fromkeys(one.id for one in mentions(said.body) if one.id != said.us))


def _text(value: object, most: int = LONGEST_ID) -> str:
    """What is short goes into addresses and keys, which halves of surrogate pairs cannot; a text may hold such."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return ""
    return "" if most == LONGEST_ID and _HALF_OF_A_PAIR.search(value) else value


def mapping(value: object) -> Body:
    """``value`` where it has names, else nothing."""
    return value if isinstance(value, Mapping) else {}
