"""What one person sees of the workspace, for a terminal, drawn from nothing but what the workspace stored."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.playground.ink import Ink
from bot.playground.records import Channel, Message, View
from bot.playground.workspace import Workspace

REPLY_INDENT = 4


def draw_screen(workspace: Workspace, viewer: str, channels: Iterable[str] | None = None) -> RenderableType:
    """Everything in front of a person: their conversations (or those named) that hold something, and open forms."""
    wanted = workspace.channels if channels is None else channels
    places = [place for place in wanted if workspace.visible_to(viewer, place)]
    drawn = [draw_channel(workspace, viewer, place) for place in places]
    forms = [draw_view(workspace, view) for view in workspace.open_views(viewer)[-1:]]
    who = Text(f"{workspace.person(viewer).real_name} sees", style="bold")
    return Group(who, *drawn, *forms) if drawn or forms else Group(who, Text("nothing yet", style="dim"))


def draw_channel(workspace: Workspace, viewer: str, channel: str) -> RenderableType:
    """One conversation: messages oldest first, each with its thread below it."""
    seen = workspace.visible_to(viewer, channel)
    replies = [message for message in seen if message.is_reply]
    drawn: list[RenderableType] = []
    for message in seen:
        if message.is_reply:
            continue
        drawn.append(draw_message(workspace, viewer, message))
        below = [reply for reply in replies if reply.thread_ts == message.ts]
        drawn += [Padding(draw_message(workspace, viewer, reply), (0, 0, 0, REPLY_INDENT)) for reply in below]
    place = workspace.channel(channel)
    border = "yellow" if place.is_ext_shared else "blue"
    return Panel(Group(*drawn), title=Text(_title(workspace, viewer, place)), title_align="left", border_style=border)


def draw_message(workspace: Workspace, viewer: str, message: Message) -> RenderableType:
    """One message: who and when in the viewer's zone, what, and what Slack notes below it."""
    ink = Ink(workspace, viewer)
    body = ink.blocks(message.blocks) if message.blocks else ink.mrkdwn(message.text)
    notes = [Text("(edited)", style="dim")] if message.edited_ts else []
    if message.reactions:
        counted = "  ".join(f":{name}: {len(users)}" for name, users in message.reactions.items())
        notes.append(Text(counted, style="dim"))
    private = [Text("only visible to you", style="italic dim")] if message.ephemeral_to else []
    return Group(_byline(workspace, viewer, message), *private, body, *notes, Text(""))


def draw_view(workspace: Workspace, view: View) -> RenderableType:
    """A form with what is filled in and what is wrong with it, or a home tab."""
    body = Ink(workspace, view.user, view.values, view.errors).blocks(view.blocks)
    if view.type == "home":
        return Panel(body, title=Text(f"Home of {workspace.person(view.user).real_name}"), title_align="left")
    content = view.content
    close = content.get("close", {}).get("text", "Cancel")
    buttons = [f"[ {close} ]"] + ([f"[ {content['submit']['text']} ]"] if "submit" in content else [])
    title = content["title"]["text"]
    return Panel(
        Group(body, Text(""), Text("  ".join(buttons), style="bold")), title=Text(title), border_style="magenta"
    )


def _byline(workspace: Workspace, viewer: str, message: Message) -> Text:
    writer = workspace.people.get(message.user)
    name = Text(writer.real_name if writer else message.user, style="bold")
    if message.bot_id:
        name.append(" APP", style="dim reverse")
    elif writer and workspace.is_outside(writer.id):
        name.append(" (outside)", style="yellow")
    zone = ZoneInfo(workspace.person(viewer).tz)
    moment = datetime.fromtimestamp(float(message.ts), UTC).astimezone(zone)
    return name.append(f"  {moment:%a %H:%M}", style="dim not bold")


def _title(workspace: Workspace, viewer: str, channel: Channel) -> str:
    if channel.kind not in ("im", "mpim"):
        lock = "private " if channel.kind == "group" else ""
        closed = " (archived)" if channel.is_archived else ""
        return f"{lock}#{channel.name}{closed}"
    others = sorted(workspace.person(user).real_name for user in channel.members - {viewer})
    return f"direct: {', '.join(others)}"
