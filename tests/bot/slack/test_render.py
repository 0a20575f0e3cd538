"""Views as Slack shows them: golden files, Slack's limits, and that a client's words stay mere words."""

import importlib.util
import json
import os
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.playground.blockkit.blocks import check_blocks
from bot.slack.blocks import CannotDraw
from bot.slack.forms import Opened, TooMuchToRemember, filled_line, to_modal
from bot.slack.render import to_message, to_plain_message, version_in
from commands.views import Button, Field, FieldKind, Form, Link, Listing, Notice, Page, QuestionCard, View, in_line
from tests.bot.sample_views import LONG, NASTY, SAMPLES, USERS, card, form
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden" / "slack"
REWRITE = "PODLINE_REWRITE_GOLDEN"


@pytest.mark.parametrize("name", SAMPLES)
def test_each_view_is_drawn_as_it_was_agreed(name: str) -> None:
    drawn = _everything_drawn(SAMPLES[name])
    file = GOLDEN / f"{name}.json"
    if os.environ.get(REWRITE):
        file.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert json.loads(file.read_text(encoding="utf-8")) == drawn, f"if that is meant: {REWRITE}=1 make test"


def test_each_golden_file_has_its_view() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_each_view(name: str) -> None:
    drawn = _everything_drawn(SAMPLES[name])

    assert check_blocks(drawn["message"]["blocks"]) == []
    if "modal" in drawn:
        assert check_blocks(drawn["modal"]["blocks"], at_most=100) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_independent_schema_takes_each_view(name: str, shared: Path) -> None:
    check = checker(shared)
    drawn = _everything_drawn(SAMPLES[name])

    assert check(drawn["message"]["blocks"]) == []
    if "modal" in drawn:
        assert check(drawn["modal"]) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_a_person_can_do_is_lost(name: str) -> None:
    view = SAMPLES[name]
    drawn = json.dumps(to_message(view, USERS)["blocks"])
    plain = to_plain_message(view, USERS)["text"]

    if name != "listing_far_too_long":
        assert all(json.dumps(one.command) in drawn for one in _buttons(view))
    assert all(one.command in plain for one in _buttons(view))


@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if "nasty" in name or name in ("notice_with_buttons", "listing_of_turns")]
)
def test_a_clients_words_call_nobody(name: str) -> None:
    drawn = json.dumps(to_message(SAMPLES[name], USERS))

    for mark in ("<!channel>", "<@U0ANN>", "<https://"):
        assert mark not in drawn


@pytest.mark.parametrize("url", ["javascript:alert(1)", "slack://x", "https://", "https://a b", "<!channel>", ""])
def test_a_link_that_leads_to_no_page_is_only_its_name(url: str) -> None:
    assert to_message(Notice((Link("a.pdf", url),)), {})["text"] == "a.pdf"


def test_a_link_ends_where_it_ends_and_its_name_is_mere_words() -> None:
    drawn = to_message(Notice((Link("<!here>|*b*\n", "https://f.example/a|b>c<!here>&d"), " .")), {})["text"]

    assert drawn == "<https://f.example/a%7Cb%3Ec%3C!here%3E&amp;d|&lt;!here&gt;|\u2217b\u2217> ."


def test_a_clients_words_are_shown_to_the_letter() -> None:
    blocks = to_message(card(quote=NASTY), {})["blocks"]
    [quoted] = [block for block in blocks if block["type"] == "rich_text"]

    assert "".join(part["text"] for part in quoted["elements"][0]["elements"]) == NASTY


def test_a_card_reads_well_by_its_text_and_by_its_first_blocks_alone() -> None:
    message = to_message(card(), USERS)

    assert message["text"].startswith("⏳ Q-2 Acme Ltd: How do we post this?")
    assert message["blocks"][0]["text"]["text"] == "⏳ Q-2 · Acme Ltd asks"


def test_a_button_says_which_turn_of_the_question_it_was_drawn_for() -> None:
    [actions] = [block for block in to_message(card(), USERS)["blocks"] if block["type"] == "actions"]

    [for_set_up] = [
        block
        for block in to_message(SAMPLES["notice_of_what_would_change"], USERS)["blocks"]
        if block["type"] == "actions"
    ]

    assert version_in(actions["block_id"]) == 3
    assert version_in(for_set_up["block_id"]) == 3_735_928_559
    assert version_in("p:0") is None


def test_a_command_that_slack_would_cut_is_never_drawn() -> None:
    with pytest.raises(CannotDraw):
        to_message(Notice(("Hm",), (Button("Go", "kudos " + "x" * 2000, "Go"),)), {})


def test_a_sent_form_becomes_the_line_it_stands_for() -> None:
    values: dict[str, dict[str, dict[str, Any]]] = {
        "to": {"to": {"type": "users_select", "selected_user": "U0BOB"}},
        "why": {"why": {"type": "plain_text_input", "value": "She knows\n{to} it"}},
        "level": {"level": {"type": "static_select", "selected_option": {"value": "expert"}}},
        "on": {"on": {"type": "datepicker", "selected_date": "2026-11-23"}},
        "word": {"word": {"type": "plain_text_input", "value": None}},
    }

    line = filled_line("handoff Q-2 {to} {level} {on}{word} {why}", values)

    assert line == "handoff Q-2 <@U0BOB> expert 2026-11-23 She knows\n{to} it"


def test_people_and_channels_that_are_picked_become_mentions_in_the_line() -> None:
    values: dict[str, dict[str, dict[str, Any]]] = {
        "members": {"members": {"type": "multi_users_select", "selected_users": ["U0ANN", "U0BOB"]}},
        "learning": {"learning": {"type": "multi_users_select", "selected_users": []}},
        "channel": {"channel": {"type": "conversations_select", "selected_conversation": "C0NORTH"}},
        "channels": {"channels": {"type": "multi_conversations_select", "selected_conversations": ["C0A", "C0B"]}},
    }

    line = filled_line("{members};{learning};{channel};{channels}", values)

    assert line == "<@U0ANN> <@U0BOB>;;<#C0NORTH>;<#C0A> <#C0B>"


def test_a_name_with_braces_is_no_entry_of_the_form() -> None:
    values: dict[str, dict[str, dict[str, Any]]] = {"lead": {"lead": {"type": "plain_text_input", "value": "@ann"}}}

    assert (
        filled_line(f"pod {in_line('{lead} {{x}}')} change lead {{lead}}", values)
        == "pod {lead} {{x}} change lead @ann"
    )


def test_a_form_remembers_where_it_was_opened() -> None:
    opened = Opened("claim Q-2", 3, "C0NORTH", "1700000000.000100")

    assert Opened.from_metadata(opened.to_metadata()) == opened


def test_a_line_too_long_for_a_form_must_be_typed() -> None:
    with pytest.raises(TooMuchToRemember):
        to_modal(form(line=LONG), {})


def test_a_choice_of_more_than_a_menu_holds_is_typed() -> None:
    many = Field("client", "Client", FieldKind.CHOICE, options=tuple((f"c{n}", f"C {n}") for n in range(101)))

    [block] = to_modal(form(many), {})["blocks"]

    assert block["element"]["type"] == "plain_text_input"


def test_a_window_shows_a_long_text_whole() -> None:
    view = SAMPLES["page"]
    assert isinstance(view, Page)

    shown = json.dumps(to_modal(view, USERS)["blocks"])

    assert shown.count("single") == (LONG * 3).count("single")


def _everything_drawn(view: View) -> dict[str, Any]:
    drawn: dict[str, Any] = {"message": to_message(view, USERS)}
    if isinstance(view, Form | Page):
        drawn["modal"] = to_modal(view, USERS)
    return drawn


def _buttons(view: View) -> list[Button]:
    match view:
        case QuestionCard():
            return [*view.buttons, *view.more]
        case Notice():
            return list(view.buttons)
        case Listing():
            return [one for row in view.rows for one in (*row.buttons, *row.more)]
        case _:
            return []


@cache
def checker(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("check_blocks", shared / "schemas" / "slack" / "check_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file to the garbage collector
        spec.loader.exec_module(module)
    return module.check
