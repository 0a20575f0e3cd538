"""Views as Slack messages: the same view always gives the same JSON, within Slack's limits, and nothing is dropped."""

import re
from collections.abc import Sequence
from typing import TypedDict, assert_never

from bot.slack.blocks import (
    IN_ACTIONS,
    IN_MESSAGE,
    IN_VIEW,
    OVERFLOW,
    Block,
    button,
    context,
    fields,
    fits_overflow,
    header,
    overflow,
    paragraphs,
    quotation,
    within,
)
from bot.slack.mrkdwn import Users, cut, mrkdwn
from bot.tones import SYMBOLS
from commands.views import (
    Bold,
    Button,
    Code,
    Fact,
    Form,
    Listing,
    Notice,
    Page,
    QuestionCard,
    Row,
    Text,
    View,
    buttons_of,
)
from coverage.ids import QuestionNumber, short_id

NOTIFICATION = 3000


class SlackMessage(TypedDict):
    """What chat.postMessage takes: ``text`` is read alone on a phone, the first blocks on a desktop."""

    text: str
    blocks: list[Block]


def to_message(view: View, users: Users) -> SlackMessage:
    """The view as a message; whoever it mentions and is missing in ``users`` is shown by name."""
    match view:
        case QuestionCard():
            blocks = _card(view, users)
        case Notice():
            blocks = [*paragraphs(view.text, users), *actions(view.buttons, prefix=drawn_for(view.about, view.version))]
        case Listing():
            blocks = _listing(view, users)
        case Page():
            blocks = [header(view.title), *page(view, users)]
        case Form():
            blocks = paragraphs(form_in_words(view), users)
        case _:
            assert_never(view)
    return {"text": notification(view, users), "blocks": within(blocks, IN_MESSAGE)}


def to_plain_message(view: View, users: Users) -> SlackMessage:
    """The same in words alone, for when Slack refuses the blocks: what a button does is said as what to type."""
    buttons = buttons_of(view)
    typed = "".join(f"\n• {one.label}: `/podline {one.command}`" for one in buttons)
    return {"text": f"{notification(view, users)}{typed}", "blocks": []}


def notification(view: View, users: Users) -> str:
    """The view in a few words, as a notification shows it."""
    match view:
        case QuestionCard():
            return mrkdwn((f"{SYMBOLS[view.tone]} {view.plain}",), users, NOTIFICATION)
        case Notice():
            return mrkdwn(view.text, users, NOTIFICATION)
        case Listing():
            rows = [part for row in view.rows for part in ("\n", *row.text)] or ["\n", view.empty]
            return mrkdwn((view.title, *rows), users, NOTIFICATION)
        case Page():
            return mrkdwn(
                (view.title, *(part for text in view.paragraphs for part in ("\n", *text))), users, NOTIFICATION
            )
        case Form():
            return mrkdwn(form_in_words(view), users, NOTIFICATION)
        case _:
            assert_never(view)


def page(view: Page, users: Users, *, in_window: bool = False) -> list[Block]:
    """The paragraphs of a page; in a window long quotations are shown whole."""
    if not in_window:
        return [block for text in view.paragraphs for block in paragraphs(text, users)]
    blocks = [block for text in view.paragraphs for block in paragraphs(text, users, quote_blocks=IN_VIEW)]
    return within(blocks or [context(("Nothing here.",), users)], IN_VIEW)


def form_in_words(form: Form) -> Text:
    """What a form asks for, where none can be opened."""
    return (Bold(form.title), "\nFor example: ", Code(form.example))


def actions(buttons: Sequence[Button], more: Sequence[Button] = (), *, prefix: str, first: int = 0) -> list[Block]:
    """A row of buttons and the menu of rarer acts, as many rows as it takes. ``prefix`` begins the block ids, ``first``
    is where the action ids go on counting."""
    in_menu = [one for one in more if fits_overflow(one)][:OVERFLOW]
    shown = [*buttons, *(one for one in more if one not in in_menu)]
    elements = [button(one, action_id(first + place, one)) for place, one in enumerate(shown)]
    if in_menu:
        elements.append(overflow(in_menu, f"podline:{first + len(shown)}:more"))
    rows = [elements[start : start + IN_ACTIONS] for start in range(0, len(elements), IN_ACTIONS)]
    return [
        {"type": "actions", "block_id": f"{prefix}:{first + row}", "elements": part} for row, part in enumerate(rows)
    ]


def listed(row: Row, users: Users, place: int, first: int) -> list[Block]:
    """A row of a list: its text, then its buttons. ``place`` is its number in the list."""
    prefix = f"{drawn_for(row.about, row.version)}:{place}"
    return [*paragraphs(row.text, users), *actions(row.buttons, row.more, prefix=prefix, first=first)]


def drawn_for(about: QuestionNumber | None, version: int | None) -> str:
    """How block ids begin: with the question and the version that their buttons were drawn for, or with the state of
    the set-up."""
    if version is None:
        return "p"
    return f"s:v{version}" if about is None else f"q:{about}:v{version}"


def version_in(block_id: str) -> int | None:
    """The version a button was drawn for; None where it was drawn for none."""
    found = re.match(r"(?:q:\d+|s):v(\d+)(?::|$)", block_id)
    return int(found[1]) if found else None


def _card(card: QuestionCard, users: Users) -> list[Block]:
    blocks = [header(f"{SYMBOLS[card.tone]} {short_id(card.number)} · {card.title}")]
    blocks += paragraphs(card.call, users)
    blocks += quotation(card.quote, 1)
    if card.is_cut:
        blocks.append(
            context(("Shortened; the whole text: ", Code(f"/podline explain {short_id(card.number)}")), users)
        )
    blocks += [fields(part, users) for part in _tens(card.facts)]
    blocks += actions(card.buttons, card.more, prefix=drawn_for(card.number, card.version))
    if card.context:
        blocks.append(context(card.context, users))
    return blocks


def _listing(listing: Listing, users: Users) -> list[Block]:
    blocks = [header(listing.title)]
    buttons = 0
    for shown, row in enumerate(listing.rows):
        drawn = listed(row, users, shown, buttons)
        buttons += len(row.buttons) + len(row.more)
        if len(blocks) + len(drawn) > IN_MESSAGE - 1:
            return [*blocks, context((f"… and {len(listing.rows) - shown} more.",), users)]
        blocks += drawn
    return blocks if listing.rows else [*blocks, *paragraphs((listing.empty,), users)]


def action_id(place: int, drawn: Button) -> str:
    return cut(f"podline:{place}:{drawn.command.split(maxsplit=1)[0] if drawn.command.strip() else 'open'}", 255)


def _tens(facts: Sequence[Fact]) -> list[Sequence[Fact]]:
    return [facts[start : start + 10] for start in range(0, len(facts), 10)]
