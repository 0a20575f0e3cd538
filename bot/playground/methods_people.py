"""users.*, team.info, bots.info, auth.test, api.test."""

from bot.playground.errors import SlackError
from bot.playground.method import Call, Method
from bot.playground.records import Json
from bot.playground.wire import person_json, profile_json


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.example/",
        "team": workspace.name,
        "user": workspace.app.name,
        "team_id": workspace.team_id,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def _api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise SlackError(error, args=dict(call.arguments))
    return {"args": dict(call.arguments)}


def _users_info(call: Call) -> Json:
    return {"user": person_json(call.workspace, call.workspace.person(call.needed("user")))}


def _users_list(call: Call) -> Json:
    ours = [person for person in call.workspace.people.values() if person.team_id == call.workspace.team_id]
    part, metadata = call.page(ours, 1000, 1000)
    return {
        "members": [person_json(call.workspace, person) for person in part],
        "cache_ts": int(call.workspace.now().timestamp()),
        "response_metadata": metadata,
    }


def _lookup(call: Call) -> Json:
    wanted = call.needed("email").casefold()
    for person in call.workspace.people.values():
        is_found = person.email.casefold() == wanted and not person.is_bot and not person.deleted
        if is_found and not call.workspace.is_outside(person.id):
            return {"user": person_json(call.workspace, person)}
    raise SlackError("users_not_found")


def _profile(call: Call) -> Json:
    person = call.workspace.person(call.text("user") or call.workspace.app.bot_user_id)
    ours = not call.workspace.is_outside(person.id)
    shows_email = "users:read.email" in call.workspace.installation.scopes and ours
    return {"profile": profile_json(person, shows_email=shows_email)}


def _team(call: Call) -> Json:
    workspace = call.workspace
    if call.text("team") not in (None, workspace.team_id):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "url": f"https://{workspace.domain}.slack.example/",
            "email_domain": f"{workspace.domain}.example",
        }
    }


def _bot(call: Call) -> Json:
    app = call.workspace.app
    if call.text("bot") not in (None, app.bot_id):
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "deleted": False, "name": app.name, "updated": 0, "app_id": app.app_id}
    return {"bot": bot | {"user_id": app.bot_user_id}}


METHODS = {
    "auth.test": Method(_auth_test, "", "team_id"),
    "api.test": Method(_api_test, "", "error foo", token="none"),
    "users.info": Method(_users_info, "user", "include_locale", "users:read"),
    "users.list": Method(_users_list, "", "cursor limit include_locale team_id", "users:read"),
    "users.lookupByEmail": Method(_lookup, "email", "", "users:read.email"),
    "users.profile.get": Method(_profile, "", "user include_labels", "users.profile:read"),
    "team.info": Method(_team, "", "team domain", "team:read"),
    "bots.info": Method(_bot, "", "bot team_id", "users:read"),
}
