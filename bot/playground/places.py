"""Where somebody may write: what the app sees of a workspace, and what a person may do there."""

from bot.playground.errors import SlackError
from bot.playground.records import Channel
from bot.playground.workspace import Workspace


def channel_the_app_sees(workspace: Workspace, place: str) -> Channel:
    """A channel by id; private ones only with the bot inside.

    Raises:
        SlackError: channel_not_found.
    """
    channel = workspace.channel(place)
    if channel.kind != "channel" and workspace.app.bot_user_id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def channel_to_write_in(workspace: Workspace, place: str) -> Channel:
    """A channel the bot may post in; a user id stands for the direct conversation with them."""
    if place in workspace.people and place.startswith(("U", "W")):
        if workspace.people[place].deleted or workspace.people[place].is_bot:
            raise SlackError("channel_not_found")
        place = workspace.dm_with(place)
    channel = channel_the_app_sees(workspace, place)
    left = channel.kind == "im" and any(workspace.people[user].deleted for user in channel.members)
    if channel.is_archived or left:
        raise SlackError("is_archived")
    is_inside = workspace.app.bot_user_id in channel.members
    if not is_inside and "chat:write.public" not in workspace.installation.scopes:
        raise SlackError("not_in_channel")
    return channel


def channel_for_person(workspace: Workspace, user: str, channel_id: str) -> Channel:
    """A channel a person may act in: a member of it, with an account, and not archived."""
    channel = workspace.channel(channel_id)
    if workspace.person(user).deleted:
        raise SlackError("account_inactive")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel
