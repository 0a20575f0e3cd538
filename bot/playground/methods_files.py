"""files.info, and what is behind a file's own address."""

from bot.playground.files import Shared
from bot.playground.method import Call, Method
from bot.playground.records import Json
from bot.playground.wire import file_json
from bot.playground.workspace import Workspace

SIGN_IN = "<!DOCTYPE html><html><title>Slack</title>Sign in to continue</html>"
"""What Slack shows, with 200, to a token that may not read files."""


def _info(call: Call) -> Json:
    file = visible_file(call.workspace, call.needed("file"))
    if file is None:
        return {"file": call.workspace.files.info(call.needed("file")), "comments": []}
    return {"file": file_json(call.workspace, file, call.base_url), "comments": []}


def visible_file(workspace: Workspace, file_id: str) -> Shared | None:
    """The file, where it was shared in a conversation that the bot is in."""
    file = workspace.files.shared.get(file_id)
    is_seen = file is not None and workspace.app.bot_user_id in workspace.channel(file.channel).members
    return file if is_seen else None


def may_read(workspace: Workspace, token: str | None) -> bool:
    """Whether whoever has the token sees files and not the page to sign in at."""
    return token == workspace.app.bot_token and "files:read" in workspace.installation.scopes


METHODS = {"files.info": Method(_info, "file", "count cursor limit page", "files:read")}
