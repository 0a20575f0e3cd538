"""Forms as cards: every kind of field, what comes back when they are sent, and what was not taken."""

from typing import Any

import pytest

from bot.teams.forms import NotAForm, TooLongForAForm, filled, form_card, is_form
from bot.teams.text import TeamsMention
from commands.views import Button, Field, FieldKind, Form, Notice, in_line, refusal
from tests.bot.sample_views import BOB, LONG, SAMPLES, form
from tests.bot.teams.card_rules import against_teams, parts, words

PEOPLE = {BOB: TeamsMention("8c0a-bob", "Bob Roy")}
NORTH = "19:north@thread.tacv2"


def inputs(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in parts(card["body"]) if str(part.get("type")).startswith("Input.")]


def sent(card: dict[str, Any], **entries: str) -> dict[str, Any]:
    """What Teams sends when the form is filled in like this: the button's data and the entries beside them."""
    return {**card["actions"][0]["data"], **{f"entry_{name}": entry for name, entry in entries.items()}}


@pytest.mark.parametrize("kind", FieldKind)
def test_every_kind_of_field_is_drawn_with_its_label_and_says_when_it_is_missing(kind: FieldKind) -> None:
    asked = form_card(form(Field("x", "Which one", kind, options=(("a", "A"),))), {}, channels={NORTH: "North"})

    [drawn] = inputs(asked)

    assert (drawn["label"], drawn["isRequired"]) == ("Which one", True)
    assert drawn["errorMessage"] == "Please fill in: Which one"
    assert against_teams(asked) == []


def test_a_sent_form_becomes_the_line_it_stands_for() -> None:
    view = SAMPLES["form"]
    assert isinstance(view, Form)
    asked = form_card(view, PEOPLE)

    given = filled(sent(asked, to="8c0a-bob", why="She knows\n{to} it", level="expert", on="2026-11-23", word=""))

    assert given.line == "handoff Q-2 <@8c0a-bob> She knows\n{to} it"
    assert given.version == 3
    assert given.entries["to"] == "<@8c0a-bob>"
    assert given.entries["on"] == "2026-11-23"


def test_people_and_channels_that_are_picked_become_mentions_in_the_line() -> None:
    fields = (
        Field("members", "Members", FieldKind.PEOPLE),
        Field("none", "Others", FieldKind.PEOPLE, optional=True),
        Field("channel", "Channel", FieldKind.CHANNEL),
    )
    asked = form_card(form(*fields, line="{members};{none};{channel}"), {}, channels={NORTH: "North"})

    given = filled(sent(asked, members="a-1,b-2", none="", channel=NORTH))

    assert given.line == f"<@a-1> <@b-2>;;<#{NORTH}>"


def test_a_channel_can_be_typed_where_none_is_known() -> None:
    field = Field("channel", "Channel", FieldKind.CHANNEL, f"<#{NORTH}|north>")
    asked = form_card(form(field, line="pod x channel {channel}"), {})

    assert inputs(asked)[0]["value"] == f"<#{NORTH}>"
    assert inputs(asked)[0]["isRequired"] is False
    assert "say it in the channel itself" in words(asked)
    assert filled(sent(asked, channel=f"<#{NORTH}>")).line == f"pod x channel <#{NORTH}>"
    assert filled(sent(asked, channel=NORTH)).line == f"pod x channel <#{NORTH}>"


def test_who_and_what_is_chosen_already_is_shown_by_name() -> None:
    fields = (
        Field("lead", "Lead", FieldKind.PERSON, "<@8c0a-bob>"),
        Field("channel", "Channel", FieldKind.CHANNEL, f"<#{NORTH}>"),
    )

    [lead, channel] = inputs(form_card(form(*fields), PEOPLE, channels={NORTH: "North"}))

    assert (lead["choices"], lead["value"]) == ([{"title": "Bob Roy", "value": "8c0a-bob"}], "8c0a-bob")
    assert lead["choices.data"]["dataset"] == "graph.microsoft.com/users"
    assert (channel["choices"], channel["value"]) == ([{"title": "North", "value": NORTH}], NORTH)


def test_a_name_with_braces_is_no_entry_of_the_form() -> None:
    asked = form_card(form(Field("lead", "Lead", FieldKind.LINE), line=f"pod {in_line('{lead}')} change {{lead}}"), {})

    assert filled(sent(asked, lead="@ann")).line == "pod {lead} change @ann"


def test_what_is_not_taken_is_said_at_its_field_and_what_was_entered_stays() -> None:
    fields = (Field("to", "To", FieldKind.LINE), Field("why", "Why", FieldKind.LONG))
    wrong = Notice(("Ann is away.",), is_refusal=True, field="why")

    asked = form_card(form(*fields), {}, entries={"to": "@ann", "why": "VAT"}, refused=wrong)

    assert [part.get("value") for part in inputs(asked)] == ["@ann", "VAT"]
    kinds = [part["type"] for part in asked["body"]]
    assert kinds == ["Input.Text", "RichTextBlock", "Input.Text"]
    assert "Not done: \nAnn is away." in words(asked)


def test_what_is_not_taken_as_a_whole_is_said_at_the_top() -> None:
    asked = form_card(form(Field("to", "To", FieldKind.LINE)), {}, refused=refusal("Not you."))

    assert [part["type"] for part in asked["body"]] == ["Container", "Input.Text"]
    assert "Not you." in words(asked)


def test_a_form_remembers_what_the_adapter_gives_it() -> None:
    asked = form_card(form(Field("to", "To", FieldKind.LINE)), {}, memory={"typed": "handoff Q-2", "thread": "1"})

    assert filled(sent(asked, to="x")).memory == {"typed": "handoff Q-2", "thread": "1"}
    assert is_form(sent(asked))


def test_a_dialog_is_sent_by_submit_and_a_chat_by_execute_with_a_way_back() -> None:
    back = Button("Leave it", "explain Q-2", "Show question Q-2 again")

    dialog = form_card(form(), {})
    chat = form_card(form(), {}, in_dialog=False, also=(back,))

    assert [one["type"] for one in dialog["actions"]] == ["Action.Submit"]
    [send, other] = chat["actions"]
    assert (send["type"], send["fallback"]["type"]) == ("Action.Execute", "Action.Submit")
    assert (other["data"]["line"], other["associatedInputs"]) == ("explain Q-2", "none")


def test_a_choice_of_more_than_a_card_holds_is_typed() -> None:
    many = Field("client", "Client", FieldKind.CHOICE, options=tuple((f"c{n}", f"C {n}") for n in range(101)))
    wide = Field("client", "Client", FieldKind.CHOICE, options=tuple((f"{n}{LONG}", f"C {n}") for n in range(20)))

    assert [inputs(form_card(form(one), {}))[0]["type"] for one in (many, wide)] == ["Input.Text"] * 2


def test_a_form_that_no_card_holds_must_be_typed() -> None:
    with pytest.raises(TooLongForAForm):
        form_card(form(line=LONG * 8), {})


@pytest.mark.parametrize(
    "data", [{}, {"form": None}, {"form": "x"}, {"form": {"line": 3}}, {"line": "claim Q-2"}, {"form": {"kinds": {}}}]
)
def test_what_is_no_form_of_ours_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(NotAForm):
        filled(data)


def test_a_form_that_was_tampered_with_is_read_as_what_is_left() -> None:
    data = {"form": {"line": "claim {x}", "kinds": [1], "version": "3", "memory": 4}, "entry_x": {"a": 1}}

    assert filled(data).line == "claim"
    assert filled(data).version is None
