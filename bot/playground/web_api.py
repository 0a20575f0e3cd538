"""The Web API without its HTTP: a method's name, a token and arguments in, Slack's answer out."""

from collections.abc import Mapping
from typing import Any

from bot.playground import methods_chat, methods_conversations, methods_files, methods_people, methods_views
from bot.playground.errors import SlackError
from bot.playground.method import Call, Method
from bot.playground.records import Json
from bot.playground.workspace import Workspace

METHODS: dict[str, Method] = (
    methods_chat.METHODS
    | methods_conversations.METHODS
    | methods_people.METHODS
    | methods_views.METHODS
    | methods_files.METHODS
)


class WebApi:
    """Answers calls as Slack does; nothing is raised, a refusal is `{"ok": false, "error": code}`."""

    def __init__(self, workspace: Workspace, base_url: str = "") -> None:
        self.workspace = workspace
        self.base_url = base_url

    def call(self, name: str, token: str | None, arguments: Mapping[str, Any]) -> Json:
        """Answer one call; refusals are written to the log, for developers."""
        try:
            return {"ok": True, **self._run(name, token, arguments)}
        except SlackError as refusal:
            self.workspace.log.add("refused", "app", method=name, error=refusal.code, messages=list(refusal.messages))
            return refusal.as_answer()

    def _run(self, name: str, token: str | None, arguments: Mapping[str, Any]) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._check_token(method, token)
        method.check_arguments(arguments)
        call = Call(self.workspace, arguments, self.base_url)
        if method.scope is not None:
            call.need_scope(method.scope)
        return method.run(call)

    def _check_token(self, method: Method, token: str | None) -> None:
        app = self.workspace.app
        expected = {"bot": app.bot_token, "app": app.app_token, "none": token}[method.token]
        if token == expected:
            return
        if not token:
            raise SlackError("not_authed")
        if token in (app.bot_token, app.app_token):
            raise SlackError("not_allowed_token_type")
        raise SlackError("invalid_auth")
