"""The Home tab as Slack draws it: at most 100 blocks, and where there is more than fits its last row says so."""

from collections.abc import Iterator
from itertools import count

from bot.slack.blocks import IN_VIEW, Block, button, context, header, paragraphs, section, within
from bot.slack.mrkdwn import Users
from bot.slack.render import action_id, actions, drawn_for, listed, to_message
from commands.views import Button, Home, Quote, Reply, Row, Section

CALLBACK = "podline:home"
FOR_RESULT = 40
"""Blocks that what somebody has just done may fill before their home."""
_APART = 1_000
"""Between the numbers of two rows, so that no row's ids meet another's, nor those of the result."""


def to_home(home: Home, users: Users, result: Reply | None = None) -> Block:
    """The view that ``views.publish`` takes. ``result`` is the answer to what was done here last, shown at the top."""
    numbers = count(1)
    blocks = [*_result(result, users), *paragraphs(home.text, users), *_buttons(home.buttons, numbers)]
    for part in home.sections:
        blocks += _section(part, users, numbers)
    return {"type": "home", "callback_id": CALLBACK, "blocks": within(blocks, IN_VIEW)}


def _result(result: Reply | None, users: Users) -> list[Block]:
    """Drawn as the message it would have been, its blocks named apart from those of the home."""
    if result is None:
        return []
    drawn = within(to_message(result, users)["blocks"], FOR_RESULT)
    return [*drawn, {"type": "divider"}]


def _section(part: Section, users: Users, numbers: Iterator[int]) -> list[Block]:
    blocks: list[Block] = [{"type": "divider"}, header(part.title)]
    for row in part.rows:
        blocks += _row(row, users, numbers)
    if not part.rows:
        blocks.append(context((part.empty,), users))
    return [*blocks, *_buttons(part.buttons, numbers)]


def _row(row: Row, users: Users, numbers: Iterator[int]) -> list[Block]:
    """A row with one button has it at its side, which takes half of the room."""
    number = next(numbers)
    is_short = len(row.buttons) == 1 and not row.more and not any(isinstance(one, Quote) for one in row.text)
    if not is_short:
        return listed(row, users, number, number * _APART)
    block_id = f"{drawn_for(row.about, row.version)}:{number}:{number * _APART}"
    beside = button(row.buttons[0], action_id(number * _APART, row.buttons[0]))
    return [section(row.text, users) | {"block_id": block_id, "accessory": beside}]


def _buttons(buttons: tuple[Button, ...], numbers: Iterator[int]) -> list[Block]:
    number = next(numbers)
    return actions(buttons, prefix=f"p:{number}", first=number * _APART)
