"""The Slack app manifest: which commands, scopes and events Podline has, each with its reason."""

import io
from typing import Any

EVENTS_PATH = "/slack/events"
"""Events, commands and clicks all arrive here over HTTP."""

SLASH_COMMANDS = {
    "/question": ("Put a client's question in front of their pod", "Acme: how do we ..."),
    "/claim": ("Take a question", "[Q-214]"),
    "/handoff": ("Give a question to a colleague who is in", "Q-214 @bob why"),
    "/answered": ("Say that a question is answered", "Q-214 [what was said]"),
    "/pod": ("Show or change a pod: its people, clients and rules", "[North] [add @ann | lead @ann | client Acme]"),
    "/coverage": (
        "See where a client has too few people who are in",
        "[this week | Acme | what if @ann 3 Aug - 14 Aug]",
    ),
    "/kudos": ("Thank a colleague for a question well served", "@bob [for Q-214] a sentence"),
    "/podline": ("Everything else: leave, who, mine, explain, release ...", "help"),
}
"""/leave, /who and /away belong to Slack."""

FILE_AS_QUESTION = "file_as_question"
SHORTCUTS = {FILE_AS_QUESTION: ("File as question", "Put what this message asks in front of the client's pod")}
"""In the menu of every message."""

BOT_SCOPES = {
    "app_mentions:read": "`@Podline claim` in a thread, where slash commands do not work",
    "channels:history": "what clients say in shared channels; our own mark after a send whose outcome is unclear",
    "channels:read": "whether a channel is there, archived or gone, and whether Podline is in it",
    "chat:write": "posting cards, calling people, redrawing a card when its question changes",
    "commands": "slash commands, and *File as question* in the menu of a message",
    "files:read": "the names of files clients send; reading a file of clients or a calendar given to Podline",
    "files:write": "the picture of `coverage picture`",
    "groups:history": "what clients say in private shared channels; our own mark there",
    "groups:read": "the same facts about private channels Podline was invited to",
    "im:history": "what people write to Podline directly (`leave today`), and the mark there",
    "im:write": "opening a direct message to somebody who is called",
    "users:read": "a colleague's name and time zone; who is a guest, a bot or from another firm",
    "users:read.email": "recognising the people of the roster, which knows them by e-mail",
}
"""What the bot's token may do, and why it must."""

BOT_EVENTS = {
    "app_home_opened": "drawing the Home tab of whoever opens it",
    "app_mention": "`@Podline <verb>`",
    "channel_archive": "the managers are told, if the channel is a pod's, a client's or needed otherwise",
    "channel_deleted": "the same",
    "channel_id_changed": "what is known of it is known of its new id; a private channel gets one when it is shared",
    "channel_left": "Podline was removed from a channel: the managers are told, if it is needed",
    "group_archive": "as for public channels",
    "group_deleted": "as for public channels",
    "group_left": "as for public channels",
    "member_left_channel": "Podline was removed from a channel, where Slack says it in this way",
    "message.channels": "what clients say in channels shared with them, and colleagues' replies there; no more",
    "message.groups": "the same in private channels",
    "message.im": "`<verb>` in a direct message",
}
"""What Slack tells us, and what we do with it."""


def manifest(url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode, or with ``url`` (https://host) for HTTP."""
    endpoint = url.rstrip("/") + EVENTS_PATH if url else None
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Podline",
            "description": "Puts every client's question in front of somebody who knows the client and is in today.",
            "background_color": "#1f3d5c",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Podline", "always_online": True},
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": callback, "description": description}
                for callback, (name, description) in SHORTCUTS.items()
            ],
            "slash_commands": [_slash_command(command, endpoint) for command in SLASH_COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": _reached_at(endpoint) | {"bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True} | _reached_at(endpoint),
            "org_deploy_enabled": False,
            "socket_mode_enabled": endpoint is None,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(content: dict[str, Any]) -> str:
    """The manifest as Slack's form takes it, with what to do next in a comment at its top."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump(content, written)
    return _WHAT_TO_DO + written.getvalue()


_WHAT_TO_DO = """\
# Podline's app manifest, printed by `podline manifest`.
# 1. In Slack's page for apps: Create New App, From a manifest, paste this, install it to the workspace.
# 2. SLACK_BOT_TOKEN is the Bot User OAuth Token (OAuth & Permissions).
# 3. Socket Mode: SLACK_APP_TOKEN is an App-Level Token with connections:write (Basic Information).
#    HTTP (podline manifest --url https://...): SLACK_SIGNING_SECRET is the Signing Secret (Basic Information).
"""


def _slash_command(command: str, endpoint: str | None) -> dict[str, Any]:
    description, usage = SLASH_COMMANDS[command]
    address = {"url": endpoint} if endpoint else {}
    return {"command": command, "description": description, "usage_hint": usage, "should_escape": True} | address


def _reached_at(endpoint: str | None) -> dict[str, Any]:
    return {"request_url": endpoint} if endpoint else {}
