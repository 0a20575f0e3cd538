"""What the app was granted when it was installed: scopes, events, commands, shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_SCOPES = frozenset(
    "app_mentions:read channels:history channels:join channels:read chat:write commands files:read files:write"
    " groups:history groups:read im:history im:read im:write mpim:history mpim:read mpim:write"
    " reactions:read reactions:write team:read users.profile:read users:read users:read.email".split()
)

ALL_EVENTS = frozenset(
    "app_home_opened app_mention channel_archive channel_deleted channel_id_changed channel_left channel_unarchive"
    " group_archive group_deleted group_left member_joined_channel member_left_channel"
    " message.channels message.groups message.im message.mpim reaction_added reaction_removed user_change".split()
)

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_id_changed": "groups:read",
    "channel_left": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What Slack's own client offers of the app: `kind` is command, message or global (a shortcut), in these words."""

    kind: str
    name: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Installation:
    """`commands` maps a slash command to whether Slack escapes names in it; None lets every command through."""

    scopes: frozenset[str] = DEFAULT_SCOPES
    events: frozenset[str] = ALL_EVENTS
    commands: Mapping[str, bool] | None = None
    shortcuts: frozenset[str] | None = None
    offers: tuple[Offer, ...] = ()
    has_home: bool = True

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> "Installation":
        """What an app manifest (https://docs.slack.dev/reference/app-manifest) asks for, all of it granted."""
        features = manifest.get("features", {})
        subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
        return cls(
            scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(subscriptions.get("bot_events", ())),
            commands={c["command"]: bool(c.get("should_escape")) for c in features.get("slash_commands", ())},
            shortcuts=frozenset(shortcut["callback_id"] for shortcut in features.get("shortcuts", ())),
            offers=_offers(features),
            has_home=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )

    def delivers(self, event: str) -> bool:
        """Whether the app hears of this event: subscribed to, and the scope for it granted."""
        needed = EVENT_SCOPES.get(event)
        return event in self.events and (needed is None or needed in self.scopes)


def _offers(features: Mapping[str, Any]) -> tuple[Offer, ...]:
    commands = [
        Offer("command", one["command"], one.get("description", ""), one.get("usage_hint", ""))
        for one in features.get("slash_commands", ())
    ]
    shortcuts = [
        Offer(one["type"], one["callback_id"], one["name"], one.get("description", ""))
        for one in features.get("shortcuts", ())
    ]
    return (*commands, *shortcuts)
