"""What Slack does with an app's answer to a submitted form."""

from collections.abc import Mapping
from dataclasses import replace

from bot.playground import viewing
from bot.playground.answer import Answer
from bot.playground.errors import SlackError
from bot.playground.records import View
from bot.playground.workspace import Workspace

_ACTIONS = ("errors", "update", "push", "clear")


def conclude(workspace: Workspace, view: View, answer: Answer) -> Answer:
    """Close, redraw or keep the form open, as the acknowledgement says; an answer Slack rejects is an error."""
    if answer.error:
        return answer
    try:
        return _follow(workspace, view, answer)
    except SlackError as refusal:
        workspace.log.add("trouble", "slack", user=view.user, view=view, error=refusal.code, messages=refusal.messages)
        return replace(answer, error=refusal.code)


def _follow(workspace: Workspace, view: View, answer: Answer) -> Answer:
    said = answer.json
    if answer.body and not said:
        raise SlackError("invalid_response", "[ERROR] the body of a submission's answer is empty or an object")
    match said.get("response_action"):
        case None if not said:
            viewing.close(workspace, view)
        case "clear":
            viewing.close_all(workspace, view.user)
        case "update":
            viewing.update_view(workspace, said.get("view", {}), view_id=view.id)
        case "push":
            viewing.push_on_top(workspace, view.user, said.get("view", {}))
        case "errors":
            errors = _checked_errors(view, said.get("errors"))
            shown = viewing.remember(workspace, view, errors=errors)
            workspace.log.add("view_errors", "app", user=view.user, view=shown)
            return replace(answer, errors=errors)
        case unknown:
            raise SlackError("invalid_response", f"[ERROR] response_action {unknown!r} is none of {_ACTIONS}")
    return answer


def _checked_errors(view: View, errors: object) -> Mapping[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise SlackError("invalid_response", "[ERROR] errors must name input blocks by their block_id")
    return errors
