"""Forms as answers in Teams: in a dialog, or in the place of the card that asked for them."""

from collections.abc import Mapping
from typing import Any

from bot.answering import Answer
from bot.teams.channel_names import ChannelNames
from bot.teams.client import people_of
from bot.teams.forms import Filled, TooLongForAForm, form_card
from bot.teams.render import to_card
from commands.views import Button, FieldKind, Form, Notice, refusal

Json = dict[str, Any]

NOTHING: Mapping[str, Any] = {}
OPENED = "opened"
"""Under this a form remembers the line that opened it, so that it can be shown again."""
BACK = Button("Back", "", "Back to the card")
"""An empty line asks for nothing: on a card it shows that as it is."""
_TOO_LONG = refusal("That does not fit into a form: please type it.")
_OF_CHANNELS = (FieldKind.CHANNEL, FieldKind.CHANNELS)


class FormAnswers:
    """Draws the forms that are asked for. Channels are offered by the names that are known."""

    def __init__(self, names: ChannelNames) -> None:
        self._names = names

    async def card(
        self, answer: Answer, form: Form, line: str, *, in_dialog: bool, memory: Mapping[str, Any] = NOTHING
    ) -> Json:
        """The form that ``line`` led to; where no card holds it, words that say so."""
        try:
            return await self._drawn(answer, form, {OPENED: line, **memory}, in_dialog=in_dialog)
        except TooLongForAForm:
            return to_card(_TOO_LONG, {})

    async def again(self, answer: Answer, form: Form, sent: Filled, refused: Notice, *, in_dialog: bool) -> Json | None:
        """The form as it was ``sent``, with what is wrong at the field that is meant; None where no card holds it."""
        try:
            return await self._drawn(
                answer, form, sent.memory, in_dialog=in_dialog, entries=sent.entries, refused=refused
            )
        except TooLongForAForm:
            return None

    async def _drawn(
        self,
        answer: Answer,
        form: Form,
        memory: Mapping[str, Any],
        *,
        in_dialog: bool,
        entries: Mapping[str, str] | None = None,
        refused: Notice | None = None,
    ) -> Json:
        return form_card(
            form,
            people_of(answer.users),
            memory=memory,
            entries=entries,
            refused=refused,
            channels=await self._channels(form),
            in_dialog=in_dialog,
            also=() if in_dialog else (BACK,),
        )

    async def _channels(self, form: Form) -> dict[str, str]:
        is_asked = any(one.kind in _OF_CHANNELS for one in form.fields)
        return await self._names.everywhere() if is_asked else {}
