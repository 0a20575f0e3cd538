"""The rules of forms and home tabs: opening, pushing, updating, publishing, closing."""

from dataclasses import replace
from typing import Any

from bot.playground.blockkit.blocks import with_block_ids
from bot.playground.blockkit.surfaces import check_view
from bot.playground.errors import SlackError
from bot.playground.form_state import first_values, kept_values
from bot.playground.records import Json, View
from bot.playground.workspace import Workspace

STACK = 3
CONTENT_BYTES = 250_000


def open_view(workspace: Workspace, trigger_id: str, content: Json) -> View:
    """Open a form before whoever made the trigger id.

    Raises:
        SlackError: invalid_arguments with the reasons, or invalid_, exchanged_ or expired_trigger_id.
    """
    _check(workspace, content, "modal")
    trigger = workspace.handshakes.redeem(trigger_id)
    close_all(workspace, trigger.user)
    return _show(workspace, trigger.user, content, None, "view_opened")


def push_view(workspace: Workspace, trigger_id: str, content: Json) -> View:
    """Lay a form over the one in which the trigger id was made; at most three deep."""
    _check(workspace, content, "modal")
    trigger = workspace.handshakes.redeem(trigger_id)
    stack = workspace.view_stacks.get(trigger.user, [])
    if trigger.view is None or trigger.view not in stack:
        raise SlackError("not_found")
    return push_on_top(workspace, trigger.user, content)


def push_on_top(workspace: Workspace, user: str, content: Json) -> View:
    """Lay a form over the uppermost, as an answer to a submission does."""
    stack = workspace.view_stacks.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    _check(workspace, content, "modal")
    return _show(workspace, user, content, workspace.views[stack[-1]], "view_pushed")


def update_view(
    workspace: Workspace,
    content: Json,
    *,
    view_id: str | None = None,
    external_id: str | None = None,
    hash_seen: str | None = None,
) -> View:
    """Redraw an open form; what was filled in stays where block_id and action_id stay."""
    view = _find(workspace, view_id, external_id)
    if hash_seen is not None and hash_seen != view.hash:
        raise SlackError("hash_conflict")
    _check(workspace, content, view.type, view)
    return _redraw(workspace, view, content, "view_updated")


def publish_home(workspace: Workspace, user: str, content: Json, hash_seen: str | None = None) -> View:
    """Set somebody's home tab."""
    workspace.person(user)
    view = workspace.home(user)
    if hash_seen is not None and (view is None or hash_seen != view.hash):
        raise SlackError("hash_conflict")
    _check(workspace, content, "home", view)
    if view is not None:
        return _redraw(workspace, view, content, "home_published")
    home = _show(workspace, user, content, None, "home_published")
    workspace.homes[user] = home.id
    return home


def close(workspace: Workspace, view: View) -> None:
    """Take this form away, wherever it lies; nothing if it is closed already."""
    stack = workspace.view_stacks.get(view.user, [])
    if view.id in stack:
        stack.remove(view.id)
        _drop(workspace, view.id)


def close_all(workspace: Workspace, user: str) -> None:
    """Take all forms of a person away."""
    for view in reversed(workspace.open_views(user)):
        close(workspace, view)


def remember(workspace: Workspace, view: View, **changes: Any) -> View:
    """Keep what its reader has filled in, or the errors shown in it.

    Raises:
        SlackError: not_found: it was closed meanwhile.
    """
    if view.id not in workspace.views:
        raise SlackError("not_found")
    workspace.views[view.id] = replace(view, **changes)
    return workspace.views[view.id]


def _show(workspace: Workspace, user: str, content: Json, previous: View | None, kind: str) -> View:
    number = next(workspace.numbers)
    drawn = {**content, "blocks": with_block_ids(content["blocks"], number)}
    view = View(
        id=f"V0{number:06d}",
        type=content["type"],
        user=user,
        hash=_new_hash(workspace),
        content=drawn,
        root_id=previous.root_id if previous else f"V0{number:06d}",
        previous_id=previous.id if previous else None,
        values=first_values(drawn["blocks"]),
    )
    workspace.views[view.id] = view
    if view.type == "modal":
        workspace.view_stacks.setdefault(user, []).append(view.id)
    workspace.log.add(kind, "app", user=user, view=view)
    return view


def _redraw(workspace: Workspace, view: View, content: Json, kind: str) -> View:
    drawn = {**content, "blocks": with_block_ids(content["blocks"], next(workspace.numbers))}
    values = kept_values(first_values(drawn["blocks"]), view.values)
    changed = replace(view, content=drawn, hash=_new_hash(workspace), values=values, errors={})
    workspace.views[view.id] = changed
    workspace.log.add(kind, "app", user=view.user, view=changed)
    return changed


def _drop(workspace: Workspace, view_id: str) -> None:
    view = workspace.views.pop(view_id)
    workspace.log.add("view_closed", "slack", user=view.user, view=view)


def _find(workspace: Workspace, view_id: str | None, external_id: str | None) -> View:
    for view in workspace.views.values():
        if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
            return view
    raise SlackError("not_found")


def _check(workspace: Workspace, content: Any, kind: str, but: View | None = None) -> None:
    problems = check_view(content, kind)
    if problems:
        raise SlackError("invalid_arguments", *problems)
    if len(str(content).encode()) > CONTENT_BYTES:
        raise SlackError("view_too_large")
    external_id = content.get("external_id")
    taken = [
        view for view in workspace.views.values() if external_id and view.content.get("external_id") == external_id
    ]
    if any(but is None or view.id != but.id for view in taken):
        raise SlackError("duplicate_external_id")


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.now().timestamp())}.{next(workspace.numbers):08x}"
