"""What people see, printed."""

from datetime import UTC, datetime

from rich.console import Console, RenderableType

from bot.playground.posting import post_as_app, post_as_person, update_as_app
from bot.playground.terminal import draw_channel, draw_screen, draw_view
from bot.playground.viewing import open_view
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH, button, card, form

DUE = int(datetime(2026, 11, 23, 9, 20, tzinfo=UTC).timestamp())


def printed(drawing: RenderableType) -> str:
    console = Console(width=80, force_terminal=False, color_system=None)
    with console.capture() as capture:
        console.print(drawing)
    return capture.get()


def test_a_card_is_drawn_block_by_block(workspace: Workspace) -> None:
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "Explain"}, "value": "explain Q-1"}],
    }
    header = {"type": "header", "text": {"type": "plain_text", "text": "Acme: which VAT rate?"}}
    fields = [{"type": "mrkdwn", "text": "*Status*\nopen"}, {"type": "mrkdwn", "text": "*Who*\n<@U0ANN>"}]
    quoted = {"type": "section", "text": {"type": "mrkdwn", "text": "&gt; is it _5_ &lt; 20?"}, "fields": fields}
    post_as_app(workspace, NORTH, text="for notifications", blocks=[header, quoted, *card(button(), menu)])

    seen = printed(draw_channel(workspace, "U0BOB", NORTH))

    for part in ("#north", "Acme: which VAT rate?", "▎ is it 5 < 20?", "@Ann Lee", "[ Claim ]  [ … Explain ]"):
        assert part in seen
    assert "for notifications" not in seen


def test_times_are_in_the_zone_of_who_looks(workspace: Workspace) -> None:
    post_as_app(workspace, NORTH, text=f"due <!date^{DUE}^{{date_short}} {{time}}|some day>")

    assert "due 23 Nov 2026 09:20" in printed(draw_channel(workspace, "U0ANN", NORTH))
    assert "due 23 Nov 2026 04:20" in printed(draw_channel(workspace, "U0BOB", NORTH))


def test_a_broken_date_shows_its_fallback(workspace: Workspace) -> None:
    post_as_app(workspace, NORTH, text=f"<!date^{DUE}^{{nonsense}}|Monday> or <!date^x^{{time}}|later>")

    assert "Monday or later" in printed(draw_channel(workspace, "U0ANN", NORTH))


def test_private_lines_are_seen_by_one(workspace: Workspace) -> None:
    post_as_app(workspace, NORTH, text="psst", ephemeral_to="U0BOB")

    assert "only visible to you" in printed(draw_channel(workspace, "U0BOB", NORTH))
    assert "psst" not in printed(draw_channel(workspace, "U0ANN", NORTH))


def test_replies_stand_below_their_message_and_edits_are_marked(workspace: Workspace) -> None:
    root = post_as_app(workspace, NORTH, text="first")
    post_as_person(workspace, "U0BOB", NORTH, "second")
    post_as_app(workspace, NORTH, text="below", thread_ts=root.ts)
    update_as_app(workspace, NORTH, root.ts, text="first, changed")

    lines = [line.strip("│ ") for line in printed(draw_channel(workspace, "U0ANN", NORTH)).splitlines()]

    order = [lines.index(text) for text in ("first, changed", "(edited)", "below", "second")]
    assert order == sorted(order)


def test_square_brackets_in_names_and_texts_are_no_markup(workspace: Workspace) -> None:
    workspace.add_channel("C0ODD", "[red]odd", members=["U0BOB"])
    post_as_app(workspace, "C0ODD", text="[bold]as written[/bold] \x00")

    seen = printed(draw_screen(workspace, "U0BOB"))

    assert "#[red]odd" in seen
    assert "[bold]as written[/bold]" in seen


def test_a_form_shows_what_is_filled_in(workspace: Workspace) -> None:
    view = open_view(workspace, workspace.handshakes.trigger("U0BOB"), form())

    seen = printed(draw_view(workspace, view))

    for part in ("Answered", "Said", "[ Cancel ]  [ Save ]"):
        assert part in seen
