"""What people press, pick, fill in and submit, in messages, forms and the home tab."""

from typing import Any

from bot.playground import payloads, viewing
from bot.playground.acting import Acting
from bot.playground.answer import Answer
from bot.playground.delivery import Delivery
from bot.playground.errors import SlackError
from bot.playground.form_state import first_values, kept_values, missing_answers, value_for
from bot.playground.forms import conclude
from bot.playground.pressing import (
    button_action,
    find_button,
    find_element,
    holds_state,
    picked_action,
    reports_at_once,
)
from bot.playground.records import Json, Message, View
from bot.playground.workspace import Workspace


class Interacting(Acting):
    """Buttons, menus and forms: each a payload for the app."""

    def __init__(self, workspace: Workspace, delivery: Delivery, base_url: str) -> None:
        super().__init__(workspace, delivery, base_url)
        self._filled_in: dict[tuple[str, str], Json] = {}

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        *,
        action_id: str | None = None,
        text: str | None = None,
        value: str | None = None,
    ) -> Answer:
        """Press a button of a message or ephemeral (and confirm, if it asks); outsiders may."""
        message = self._message_seen_by(user, channel, ts)
        block, button = find_button(message.blocks, action_id, text, value)
        action = button_action(block, button, self._workspace.next_ts())
        return await self._act_on_message(user, message, action)

    async def select(self, user: str, channel: str, ts: str, action_id: str, value: Any) -> Answer:
        """Pick something in a select, overflow menu or picker of a message; options by value or text."""
        message = self._message_seen_by(user, channel, ts)
        block, element = find_element(message.blocks, action_id)
        action, state = picked_action(block, element, value, self._workspace.next_ts())
        if holds_state(element):
            self.values_in(message)[block["block_id"]][element["action_id"]] = state
        if not reports_at_once(block):
            return Answer(200)
        return await self._act_on_message(user, message, action)

    async def click_in_view(
        self,
        user: str,
        view_id: str,
        *,
        action_id: str | None = None,
        text: str | None = None,
        value: str | None = None,
    ) -> Answer:
        """Press a button in a form or home tab."""
        view = self._view_before(user, view_id)
        block, button = find_button(view.blocks, action_id, text, value)
        return await self._act_in_view(view, button_action(block, button, self._workspace.next_ts()))

    async def select_in_view(self, user: str, view_id: str, action_id: str, value: Any) -> Answer:
        """Pick or type something in a form or home tab; told to the app if the block dispatches actions."""
        view = self._view_before(user, view_id)
        block, element = find_element(view.blocks, action_id)
        action, state = picked_action(block, element, value, self._workspace.next_ts())
        if holds_state(element):
            view = self._fill_in(view, block, element, state)
        return await self._act_in_view(view, action) if reports_at_once(block) else Answer(200)

    async def submit_view(self, user: str, view_id: str, values: Json | None = None) -> Answer:
        """Fill in by action_id (or the input's block_id) and submit; `errors` when Slack or the app refuses."""
        view = self.fill_in(user, view_id, values or {})
        missing = missing_answers(view.blocks, view.values)
        if missing:
            view = viewing.remember(self._workspace, view, errors=missing)
            return Answer(0, errors=missing)
        view = viewing.remember(self._workspace, view, errors={})
        payload = payloads.view_submission(self._workspace, self._workspace.person(user), view)
        answer = await self._interaction(user, None, payload)
        return conclude(self._workspace, view, answer)

    def fill_in(self, user: str, view_id: str, values: Json) -> View:
        """Fill in by action_id (or the input's block_id) without submitting: nothing is told to the app."""
        view = self._view_before(user, view_id)
        for name, given in values.items():
            block, element = find_element(view.blocks, name)
            view = self._fill_in(view, block, element, value_for(element, given))
        return view

    async def close_view(self, user: str, view_id: str) -> Answer:
        """Close the uppermost form (all of them if it says so); the app hears of it if it asked to."""
        view = self._view_before(user, view_id)
        is_cleared = bool(view.content.get("clear_on_close"))
        viewing.close_all(self._workspace, user) if is_cleared else viewing.close(self._workspace, view)
        if not view.content.get("notify_on_close"):
            return Answer(200)
        person = self._workspace.person(user)
        payload = payloads.view_closed(self._workspace, person, view, is_cleared=is_cleared)
        return await self._interaction(user, None, payload)

    def values_in(self, message: Message) -> Json:
        """`state.values` of a message: what has been picked in it, kept over redraws like Slack keeps it."""
        key = (message.channel, message.ts)
        self._filled_in[key] = kept_values(first_values(message.blocks), self._filled_in.get(key, {}))
        return self._filled_in[key]

    async def _act_on_message(self, user: str, message: Message, action: Json) -> Answer:
        key = self._workspace.handshakes.response_url(user, message.channel, message.ts, message.thread_ts)
        person = self._workspace.person(user)
        url = self._response_url(key)
        payload = payloads.message_action(self._workspace, person, message, action, self.values_in(message), url)
        return await self._interaction(user, message.channel, payload)

    def _view_before(self, user: str, view_id: str) -> View:
        """A form this person may act in: their home tab, or the uppermost of their open forms."""
        stack, home = self._workspace.open_views(user), self._workspace.home(user)
        reachable = [view for view in (stack[-1] if stack else None, home) if view and view.id == view_id]
        if not reachable:
            raise SlackError("not_found", f"{view_id} is not what is open before {user}")
        return reachable[0]

    def _fill_in(self, view: View, block: Json, element: Json, state: Json) -> View:
        inside = {**view.values[block["block_id"]], element["action_id"]: state}
        return viewing.remember(self._workspace, view, values={**view.values, block["block_id"]: inside})

    async def _act_in_view(self, view: View, action: Json) -> Answer:
        person = self._workspace.person(view.user)
        return await self._interaction(view.user, None, payloads.view_action(self._workspace, person, view, action))
