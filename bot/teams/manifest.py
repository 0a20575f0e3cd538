"""The Teams app manifest of one installation: its commands, its message extension, no permission it does not use.

From version 1.25 on Teams takes no app for teams that does not say that it works in shared and private channels, too.
"""

from typing import Any
from urllib.parse import urlsplit

from bot import __version__
from commands.grammar import USAGE, Name

ASK_THE_POD, FILE_AS_QUESTION = "ask_the_pod", "file_as_question"
"""Ids of the message extension's commands, as Teams sends them back."""
COLOR, OUTLINE = "color.png", "outline.png"
MOST_COMMANDS = {"1.22": 10, "1.29": 12}
"""Versions of the manifest and how many commands their lists hold."""
NEWEST = "1.29"
_SCHEMA = "https://developer.microsoft.com/en-us/json-schemas/teams/v{version}/MicrosoftTeams.schema.json"
OFFERED = (
    Name.QUESTION,
    Name.CLAIM,
    Name.ANSWERED,
    Name.HANDOFF,
    Name.MINE,
    Name.WHO,
    Name.CLIENT,
    Name.LEAVE,
    Name.COVERAGE,
    Name.HELP,
    Name.WAITING,
    Name.RESOLVE,
)
"""What Teams offers while somebody types, the most needed first; every other verb works just as well."""
_SHORT = "Puts every client's question in front of somebody who knows them and is in."
_FULL = (
    "Each client is looked after by a pod of two or three people. Podline knows who knows whom and who is on leave, "
    "puts every question a client asks in front of the right pod, lets exactly one person claim it, reminds, and "
    "escalates step by step when nobody does, in service hours only. Ask with “question Acme: how do we file the Q3 "
    "return?”, from the message extension, or with “File as question” in the menu of a message. Type “help” to see all "
    "it understands."
)


READ_CHANNELS = "ChannelMessage.Read.Group"
"""What the owners of a team consent to when they add an app that reads their channels."""


def manifest(
    client_id: str,
    public_url: str,
    version: str = NEWEST,
    *,
    read_channels: bool = False,
    app_version: str = __version__,
) -> dict[str, Any]:
    """The manifest in this ``version`` of its schema, for the bot ``client_id`` (a GUID) that Teams reaches at
    ``public_url`` (https://host). With ``read_channels`` it asks for every message of the teams it is added to.
    ``app_version`` is the package's own number: Teams takes an update only with a higher one."""
    return {
        "$schema": _SCHEMA.format(version=version),
        "manifestVersion": version,
        "version": app_version,
        "id": client_id,
        "developer": {
            "name": "Podline",
            "websiteUrl": public_url,
            "privacyUrl": public_url,
            "termsOfUseUrl": public_url,
        },
        "name": {"short": "Podline", "full": "Podline: every client's question answered in time"},
        "description": {"short": _SHORT, "full": _FULL},
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": "#2F6F62",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "bots": [_bot(client_id, MOST_COMMANDS[version])],
        "composeExtensions": [_message_extension(client_id)],
        "validDomains": [urlsplit(public_url).hostname],
        **_CHANNELS[version],
        **(_reading(client_id, public_url) if read_channels else {}),
    }


_CHANNELS: dict[str, dict[str, Any]] = {
    "1.22": {"supportedChannelTypes": ["sharedChannels", "privateChannels"]},
    "1.29": {"supportsChannelFeatures": "tier1"},
}


def _reading(client_id: str, public_url: str) -> dict[str, Any]:
    """The permission; ``resource`` means nothing for it, and must be there."""
    asked = {"name": READ_CHANNELS, "type": "Application"}
    return {
        "webApplicationInfo": {"id": client_id, "resource": public_url},
        "authorization": {"permissions": {"resourceSpecific": [asked]}},
    }


def _bot(client_id: str, most: int) -> dict[str, Any]:
    commands = [_command(name) for name in OFFERED[:most]]
    return {
        "botId": client_id,
        "scopes": ["team", "personal", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "commandLists": [{"scopes": ["team", "personal", "groupChat"], "commands": commands}],
    }


def _command(name: Name) -> dict[str, str]:
    """Teams writes the title when it is chosen, so that is the verb alone; the rest is read beside it."""
    usage = USAGE[name]
    does = f"{usage.does[0].upper()}{usage.does[1:]}."
    return {"title": name.value, "description": does if usage.example == name else f"{does} Example: {usage.example}"}


def _message_extension(client_id: str) -> dict[str, Any]:
    return {
        "botId": client_id,
        "commands": [
            _form(ASK_THE_POD, "Ask the pod", "Put a client's question in front of their pod", "compose", "commandBox"),
            _form(FILE_AS_QUESTION, "File as question", "Put what this message asks in front of the pod", "message"),
        ],
    }


def _form(command: str, title: str, description: str, *context: str) -> dict[str, Any]:
    """A command that opens a form of ours."""
    return {
        "id": command,
        "type": "action",
        "title": title,
        "description": description,
        "context": list(context),
        "fetchTask": True,
    }
