"""views.*, apps.connections.open and the uploading of files."""

from bot.playground import viewing
from bot.playground.errors import SlackError
from bot.playground.method import Call, Method
from bot.playground.posting import post_as_app
from bot.playground.records import Json, View
from bot.playground.wire import view_json


def _open(call: Call) -> Json:
    return _shown(call, viewing.open_view(call.workspace, _trigger(call), _view(call)))


def _push(call: Call) -> Json:
    return _shown(call, viewing.push_view(call.workspace, _trigger(call), _view(call)))


def _update(call: Call) -> Json:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", "[ERROR] view_id or external_id is required")
    view = viewing.update_view(
        call.workspace, _view(call), view_id=view_id, external_id=external_id, hash_seen=call.text("hash")
    )
    return _shown(call, view)


def _publish(call: Call) -> Json:
    view = viewing.publish_home(call.workspace, call.needed("user_id"), _view(call), call.text("hash"))
    return _shown(call, view)


def _connect(call: Call) -> Json:
    ticket = next(call.workspace.numbers)
    return {"url": f"{call.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={call.workspace.app.app_id}"}


def _file_info(call: Call) -> Json:
    return {"file": call.workspace.files.info(call.needed("file")), "comments": []}


def _upload_url(call: Call) -> Json:
    try:
        length = int(call.needed("length"))
    except ValueError:
        raise SlackError("invalid_arguments", "[ERROR] must be a number [json-pointer:/length]") from None
    file_id = call.workspace.files.announce(call.needed("filename"), length)
    return {"upload_url": f"{call.base_url}/upload/{file_id}", "file_id": file_id}


def _complete_upload(call: Call) -> Json:
    given = call.json("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", "[ERROR] must be an array [json-pointer:/files]")
    files = [call.workspace.files.finish(each["id"], each.get("title")) for each in given]
    if place := call.text("channel_id"):
        post_as_app(
            call.workspace,
            place,
            text=call.text("initial_comment") or "",
            thread_ts=call.text("thread_ts"),
            files=files,
        )
    return {"files": files}


def _trigger(call: Call) -> str:
    return call.needed("trigger_id")


def _view(call: Call) -> Json:
    view = call.json("view", "invalid_arguments")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "[ERROR] must be an object [json-pointer:/view]")
    return view


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.workspace, view)}


METHODS = {
    "views.open": Method(_open, "view", "trigger_id interactivity_pointer"),
    "views.push": Method(_push, "view", "trigger_id interactivity_pointer"),
    "views.update": Method(_update, "view", "view_id external_id hash"),
    "views.publish": Method(_publish, "user_id view", "hash"),
    "apps.connections.open": Method(_connect, token="app"),
    "files.info": Method(_file_info, "file", "cursor limit", "files:read"),
    "files.getUploadURLExternal": Method(_upload_url, "filename length", "alt_text snippet_type", "files:write"),
    "files.completeUploadExternal": Method(
        _complete_upload, "files", "channel_id initial_comment thread_ts blocks", "files:write"
    ),
}
