"""Views as Teams shows them: golden files, the schema, the limits, and that a client's words stay mere words."""

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.elements import CannotDraw
from bot.teams.forms import form_card
from bot.teams.render import to_activity, to_card, to_home_card
from bot.teams.text import TeamsMention
from commands.views import (
    Bold,
    Button,
    Code,
    Form,
    Home,
    Link,
    Listing,
    Mention,
    Notice,
    Page,
    QuestionCard,
    Quote,
    Row,
    Text,
    View,
    When,
    notice,
)
from tests.bot.sample_homes import HOMES
from tests.bot.sample_views import BOB, CAT, NASTY, SAMPLES, card, form
from tests.bot.teams.card_rules import MOST_BYTES, against_schema, against_teams, lines, parts, size, words
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden" / "teams"
REWRITE = "PODLINE_REWRITE_GOLDEN"
PEOPLE = {BOB: TeamsMention("29:bob", "Bob Roy")}
"""Cat has no account in Teams."""
TOO_LONG = ("card_far_too_long", "listing_far_too_long")
NASTIER = (
    f"{NASTY} <at>Bob Roy</at> [pay here](https://x.example) ![x](https://x.example/y.png) {{{{DATE(2026-11-23)}}}}"
)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_view_is_drawn_as_it_was_agreed(name: str) -> None:
    _compare(GOLDEN / f"{name}.json", _everything_drawn(SAMPLES[name]))


@pytest.mark.parametrize("name", HOMES)
def test_each_home_is_drawn_as_it_was_agreed(name: str) -> None:
    _compare(GOLDEN / "home" / f"{name}.json", to_home_card(HOMES[name][0], PEOPLE, HOMES[name][1]))


def test_each_golden_file_has_its_view() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(SAMPLES)
    assert {file.stem for file in (GOLDEN / "home").glob("*.json")} == set(HOMES)


def test_every_kind_of_view_has_a_sample_and_with_it_a_rendering() -> None:
    drawn = {type(view) for view in SAMPLES.values()} | {type(home) for home, _ in HOMES.values()}

    assert drawn == {*get_args(View), Home}


@pytest.mark.parametrize("name", SAMPLES)
def test_teams_takes_each_view(name: str, shared: Path) -> None:
    drawn = _everything_drawn(SAMPLES[name])

    for one in _cards(drawn):
        assert against_schema(one, shared) == []
        assert against_teams(one) == []
    assert size(drawn["message"]) < MOST_BYTES


@pytest.mark.parametrize("name", HOMES)
def test_teams_takes_each_home(name: str, shared: Path) -> None:
    drawn = to_home_card(HOMES[name][0], PEOPLE, HOMES[name][1])

    assert against_schema(drawn, shared) == []
    assert against_teams(drawn) == []


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in TOO_LONG])
def test_nothing_a_person_can_do_is_lost(name: str) -> None:
    assert lines(to_card(SAMPLES[name], PEOPLE)) == [one.command for one in _buttons(SAMPLES[name])]


def test_what_can_be_done_and_does_not_fit_is_said() -> None:
    drawn = to_card(SAMPLES["card_far_too_long"], PEOPLE)
    missing = len(_buttons(SAMPLES["card_far_too_long"])) - len(lines(drawn))

    assert missing > 0
    assert f"{missing} more can be done than fits here; type \nhelp Q-2" in words(drawn)


def test_a_list_that_is_too_long_says_how_much_is_missing() -> None:
    drawn = to_card(SAMPLES["listing_far_too_long"], PEOPLE)

    assert f"… and {80 - len(lines(drawn))} more than fit here." in words(drawn)
    assert len(lines(drawn)) > 20


def test_a_text_that_was_shortened_says_where_the_rest_is() -> None:
    assert "the whole text: \nexplain Q-2" in words(to_card(card(is_cut=True), PEOPLE))
    assert "the whole text: \nexplain Q-2" in words(to_card(card(quote="Ä" * 100_000), PEOPLE))
    assert "Shortened" not in words(to_card(card(), PEOPLE))


def test_at_most_four_acts_are_buttons_and_the_others_are_in_the_menu() -> None:
    many = tuple(Button(f"Act {number}", f"claim Q-{number}", f"Act {number}") for number in range(7))

    modes = [one.get("mode") for one in to_card(card(buttons=many, more=()), PEOPLE)["actions"]]

    assert modes == [None] * 4 + ["secondary"] * 3


def test_a_button_carries_the_line_and_apart_from_it_the_turn_it_was_drawn_for() -> None:
    claim = to_card(card(), PEOPLE)["actions"][0]
    [change, _] = to_card(SAMPLES["notice_of_what_would_change"], PEOPLE)["actions"]

    assert claim["data"] == {"line": "claim Q-2", "about": 2, "version": 3}
    assert claim["tooltip"] == "Claim question Q-2 from Acme Ltd"
    assert change["data"]["version"] == 3_735_928_559
    assert "about" not in change["data"]


def test_what_cannot_be_taken_back_asks_first() -> None:
    [asking] = [one for one in to_card(card(), PEOPLE)["actions"] if one["type"] == "Action.ShowCard"]

    assert asking["card"]["body"][0]["inlines"] == ["Close it for good?"]
    assert [one["data"]["line"] for one in asking["card"]["actions"]] == ["close Q-2 spam"]


def test_who_is_called_is_mentioned_and_who_has_no_account_is_named() -> None:
    drawn = to_card(Notice((Mention(BOB, "Robert"), " and ", Mention(CAT, "Cat <Orr>"), ".")), PEOPLE)

    assert drawn["msteams"]["entities"] == [
        {"type": "mention", "text": "<at>Bob Roy</at>", "mentioned": {"id": "29:bob", "name": "Bob Roy"}}
    ]
    assert drawn["body"][0]["text"].replace("\u200b", "") == "<at>Bob Roy</at> and Cat <Orr>."


def test_a_mention_without_a_name_of_teams_own_goes_by_the_firms() -> None:
    [entity] = to_card(notice(Mention(BOB, "Bob Roy")), {BOB: TeamsMention("29:bob")})["msteams"]["entities"]

    assert entity["mentioned"] == {"id": "29:bob", "name": "Bob Roy"}


def test_two_people_of_one_name_are_two_mentions() -> None:
    two = {BOB: TeamsMention("29:bob", "Bo"), CAT: TeamsMention("29:cat", "Bo")}
    drawn = to_card(notice(Mention(BOB, "Bob"), " ", Mention(CAT, "Cat"), " ", Mention(BOB, "Bob")), two)

    assert drawn["body"][0]["text"] == "<at>Bo</at> <at>Bo (2)</at> <at>Bo</at>"
    assert [entity["mentioned"]["id"] for entity in drawn["msteams"]["entities"]] == ["29:bob", "29:cat"]


def test_a_clients_words_are_shown_to_the_letter() -> None:
    drawn = to_card(card(quote=NASTY), PEOPLE)

    assert NASTY in words(drawn).replace("\u200b", "")


@pytest.mark.parametrize("wrap", [Bold, Code, Quote, str])
def test_a_clients_words_are_no_markdown_no_mention_and_no_date_of_teams(wrap: Any) -> None:
    view = Notice((Mention(BOB, "Bob Roy"), " ", wrap(NASTIER), "\n", wrap(NASTIER)))

    drawn = to_card(view, PEOPLE)

    assert against_teams(drawn) == []
    read = "\n".join(part["text"] for part in parts(drawn) if part.get("type") == "TextBlock")
    assert "](" not in read.replace("]\u200b(", "")
    assert "{{" not in words(drawn)
    assert not any(part.get("type") == "Action.OpenUrl" for part in parts(drawn))


def test_a_hostile_name_is_no_markdown_in_a_heading() -> None:
    drawn = to_card(card(title="# **Acme** [x](https://x.example) <at>Bob Roy</at>"), PEOPLE)

    assert drawn["body"][0]["text"].replace("\u200b", "~") == (
        "⏳ Q-2 · # \u2217\u2217Acme\u2217\u2217 [x]~(https://x.example) <~at>Bob Roy<~/at>"
    )


@pytest.mark.parametrize("line", ["# x", "- x", "+ x", "> x", "1. x", "23) x", "    x", "\tx", "=== x"])
def test_a_line_with_a_mention_begins_no_list_and_no_title(line: str) -> None:
    drawn = to_card(notice(line, Mention(BOB, "Bob Roy")), PEOPLE)

    assert drawn["body"][0]["text"].startswith("\u200b")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "msteams:/x", "https://", "https://a b", "<at>x</at>", ""])
def test_a_link_that_leads_to_no_page_is_only_its_name(url: str) -> None:
    drawn = to_card(notice(Link("a.pdf", url)), {})

    assert drawn["body"] == [{"type": "RichTextBlock", "inlines": ["a.pdf"]}]


def test_a_link_beside_a_mention_ends_where_it_ends() -> None:
    drawn = to_card(notice(Mention(BOB, "Bob"), " ", Link("a](b", "https://f.example/a(b)c?d=e_f&g"), " ."), PEOPLE)

    assert drawn["body"][0]["text"] == ("<at>Bob Roy</at> [a]\u200b(b](https://f.example/a%28b%29c?d=e_f&g) .")


def test_a_time_says_whose_it_is() -> None:
    due = next(one for one in SAMPLES["notice_with_buttons"].text if isinstance(one, When))  # type: ignore[union-attr]
    zones = ("Europe/London", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5", "Asia/Kolkata")

    said = [words(to_card(notice(When(due.at, zone)), {})) for zone in zones]

    assert said == [
        "Mon 23 Nov 09:20 London time",
        "Mon 23 Nov 06:20 Buenos Aires time",
        "Mon 23 Nov 09:20 UTC",
        "Mon 23 Nov 04:20 UTC-05:00",
        "Mon 23 Nov 14:50 Kolkata time",
    ]


def test_a_message_reads_well_by_its_summary_alone() -> None:
    message = to_activity(card(), PEOPLE)

    assert message["summary"] == "⏳ Q-2 Acme Ltd: How do we post this? (Waiting for somebody to claim it)"
    assert message["attachments"][0]["content"]["fallbackText"] == message["summary"]
    assert all(len(to_activity(view, PEOPLE)["summary"]) <= 300 for view in SAMPLES.values())


def test_a_form_that_was_asked_for_in_a_chat_is_an_example_and_a_button_that_opens_it() -> None:
    [opens] = to_card(form(), PEOPLE)["actions"]
    [typed] = to_card(form(), PEOPLE, typed="hand off Q-2")["actions"]

    assert opens["data"] == {"line": "handoff Q-2", "msteams": {"type": "task/fetch"}}
    assert typed["data"]["line"] == "hand off Q-2"
    assert to_card(form(line='pod "{{lead}}" change\nlead: {lead}'), {})["actions"][0]["data"]["line"] == (
        'pod "{lead}" change'
    )


def test_a_command_that_no_card_carries_is_never_drawn() -> None:
    with pytest.raises(CannotDraw):
        to_card(Notice(("Hm",), (Button("Go", "kudos " + "x" * 2000, "Go"),)), {})


def test_a_card_fits_whatever_its_buttons_carry() -> None:
    wide = tuple(Button("🏴‍☠️" * 40, f"client {'🏴‍☠️' * 480} {n}", "🏴‍☠️" * 90, confirm="🏴‍☠️" * 90) for n in range(9))
    rows = tuple(Row(("🏴‍☠️" * 1_000,), wide, wide) for _ in range(50))
    views: list[View] = [card(buttons=wide, more=wide, plain="🏴‍☠️" * 1_000), Listing("🏴‍☠️" * 1_000, rows)]

    for view in views:
        assert size(to_activity(view, PEOPLE)) < MOST_BYTES


_SIGNS = [*"<>[]()*_`~#&;\\{}/!|-+.1 \n", "at", "<at>", "Ä", "🏴‍☠️", "\u202e"]
_hostile = st.lists(st.sampled_from(_SIGNS), max_size=60).map("".join)
_long = st.builds(lambda text, times: text * times, _hostile, st.integers(0, 1_000))


@settings(deadline=None, max_examples=25)
@given(_long, _long, _hostile, st.integers(0, 12))
def test_whatever_is_in_it_a_card_fits_and_calls_only_whom_we_call(quote: str, name: str, act: str, acts: int) -> None:
    buttons = tuple(Button(act, f"client {act}", act, confirm=act or None) for _ in range(acts))
    call: Text = (Mention(BOB, "Bob Roy"), ": ", name, Bold(name), Quote(quote), Code(name))
    views: list[View] = [
        card(title=name, plain=name, quote=quote, call=call, buttons=buttons, more=buttons, context=call),
        Listing(name, tuple(Row(call, buttons, buttons) for _ in range(acts)), name),
        Page(name, (call,) * acts),
    ]

    for view in views:
        message = to_activity(view, PEOPLE)
        assert size(message) < MOST_BYTES
        assert not [one for one in against_teams(message["attachments"][0]["content"]) if "title" not in one]


def _compare(file: Path, drawn: Any) -> None:
    if os.environ.get(REWRITE):
        file.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert json.loads(file.read_text(encoding="utf-8")) == drawn, f"if that is meant: {REWRITE}=1 make test"


def _everything_drawn(view: View) -> dict[str, Any]:
    drawn: dict[str, Any] = {"message": to_activity(view, PEOPLE)}
    if isinstance(view, Form):
        drawn |= {"dialog": form_card(view, PEOPLE), "in_chat": form_card(view, PEOPLE, in_dialog=False)}
    return drawn


def _cards(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    [attachment] = drawn["message"]["attachments"]
    return [attachment["content"], *(one for name, one in drawn.items() if name != "message")]


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
