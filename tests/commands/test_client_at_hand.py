"""A client at hand: who knows them, notes, what is open, what was answered and by whom, what was said last year."""

import pytest

from commands.ports import FollowUp
from commands.views import Form, Listing, plain_text
from tests.world import World, commands_of, is_refusal, words


def lines(world: World, who: str, line: str) -> list[str]:
    reply = world.reply(who, line)
    assert isinstance(reply, Listing), words(reply)
    return words(reply).splitlines()


def answered(world: World, who: str, text: str, said: str) -> int:
    """A question of Acme's that was asked, answered in these words, and is over."""
    number = world.ask(text).number
    world.say(who, f"answered Q-{number} {said}")
    world.say(who, f"resolve Q-{number}")
    return number


def test_a_client_at_a_glance(world_on_both: World) -> None:
    world = world_on_both
    answered(world, "Bob", "Can we reclaim reverse charge?", "yes, in box 4")
    world.say("Cara", "client Acme note Prefers the phone in the morning")
    world.ask("And for last year?")
    world.say("Ann", "leave today")

    reply = world.reply("Dan", "client acme")

    assert words(reply).splitlines() == [
        "Acme Ltd",
        "Looked after by North, named contact Ann Lee",
        "Ann Lee, named contact; is away until Mon 23 Nov",
        "Bob Roy, knows them, 1 question answered; is in",
        "Notes",
        "Cara Diaz, 23 Nov: Prefers the phone in the morning",
        "Open",
        "Q-2 And for last year? (waiting for somebody to claim it, due Mon 23 Nov 10:30)",
        "Answered last",
        "Q-1 Can we reclaim reverse charge? (answered by Bob Roy on 23 Nov: “yes, in box 4”)",
    ]
    assert commands_of(reply) == [
        "client Acme Ltd note",
        "client Acme Ltd about",
        "claim Q-2",
        "explain Q-2",
        "explain Q-1",
    ]


def test_long_parts_of_a_glance_are_capped_and_lead_to_the_rest(world: World) -> None:
    for number in range(9):
        answered(world, "Bob", f"past {number}", "said")
        world.ask(f"open {number}")
        world.say("Bob", f"client Acme note note {number}")

    reply = world.reply("Bob", "client Acme")

    said = words(reply)
    assert [line for line in said.splitlines() if line.startswith("and ")] == ["and 6 more", "and 4 more"]
    assert "note 8" in said
    assert "note 5" not in said
    assert "past 8" in said
    assert "past 3" not in said
    assert "client Acme Ltd notes" in commands_of(reply)


def test_what_was_answered_twice_shows_the_last_words(world: World) -> None:
    answered(world, "Bob", "How?", "like this")
    world.say("Ann", "reopen Q-1 it came back")
    world.say("Ann", "answered Q-1 like that")

    assert "Q-1 How? (answered by Ann Lee on 23 Nov: “like that”)" in lines(world, "Bob", "client Acme")


def test_a_note_is_signed_and_dated_and_its_author_may_take_it_back(world_on_both: World) -> None:
    world = world_on_both
    noted = world.reply("Bob", "client Acme note Prefers the phone\nin the morning")
    assert commands_of(noted) == ["client Acme Ltd note remove 1"]

    assert lines(world, "Dan", "client Acme notes")[1:] == ["1  Bob Roy, 23 Nov: Prefers the phone", "in the morning"]
    assert world.refused("Cara", "client Acme note remove 1") == (
        "Only Bob Roy and managers (Ann Lee, Mia Fox) can remove note 1."
    )
    assert "is removed" in world.say("Bob", "client Acme note remove 1")
    assert world.refused("Bob", "client Acme note remove 1") == "There is no note 1 about Acme Ltd."
    assert words(world.reply("Bob", "client Acme notes")) == "Nobody has noted anything."


def test_a_manager_may_take_back_anybodys_note_but_only_under_its_own_client(world: World) -> None:
    world.say("Bob", "client Acme note Hm")

    assert world.refused("Mia", "client Birch Bakery note remove 1") == "There is no note 1 about Birch Bakery."
    assert "It said: Hm" in world.say("Mia", "client Acme note remove #1")


def test_only_whoever_may_remove_a_note_has_the_button(world: World) -> None:
    world.say("Bob", "client Acme note Hm")

    assert commands_of(world.reply("Cara", "client Acme notes")) == []
    assert commands_of(world.reply("Bob", "client Acme notes")) == ["client Acme Ltd note remove 1"]
    assert commands_of(world.reply("Mia", "client Acme notes")) == ["client Acme Ltd note remove 1"]


def test_notes_are_turned_over_a_page_at_a_time(world: World) -> None:
    for number in range(23):
        world.say("Bob", f"client Acme note number {number}")

    first, last = world.reply("Cara", "client Acme notes"), world.reply("Cara", "client Acme notes 3")

    assert words(first).splitlines()[-1] == "and 13 more"
    assert commands_of(first) == ["client Acme Ltd notes 2"]
    assert [line.partition("number ")[2] for line in words(last).splitlines()[1:]] == ["2", "1", "0"]


def test_a_note_without_words_opens_a_form_and_one_too_long_is_refused_in_words(world: World) -> None:
    form = world.reply("Bob", "client Acme note")
    assert isinstance(form, Form)
    assert form.line == "client Acme Ltd note {text}"

    assert world.refused("Bob", f"client Acme note {'x' * 3_001}") == (
        "A note has at most 3,000 characters; this one has 3,001."
    )
    assert world.say("Bob", f"client Acme note {'x' * 3_000}").startswith("Noted about Acme Ltd")


def test_somebody_named_in_a_note_is_not_called_by_it(world: World) -> None:
    world.say("Bob", "client Acme note Ask <@U0CARA> first")

    assert "Ask Cara Diaz first" in words(world.reply("Bob", "client Acme"))


def test_a_repeated_delivery_notes_once(world: World) -> None:
    for _ in range(2):
        world.reply("Bob", "client Acme note Hm", key="slack:command:same")

    assert len(lines(world, "Bob", "client Acme notes")) == 2


def test_a_name_with_note_or_about_in_it_means_its_client(world: World) -> None:
    world.change("clients: [{name: Note & About Ltd, pod: North}, {name: Acme Note, pod: South}]")

    assert lines(world, "Bob", "client Note & About Ltd")[0] == "Note & About Ltd"
    assert lines(world, "Bob", "client Acme Note")[0] == "Acme Note"
    assert "Noted about Note & About Ltd" in world.say("Bob", "client Note & About Ltd note about notes")
    assert "Noted about Acme Note." in world.say("Bob", "client Acme Note note x")
    assert "Noted about Acme Ltd." in world.say("Bob", "client Acme note x")
    assert lines(world, "Bob", 'client "Acme Ltd" notes')[0] == "Notes about Acme Ltd"


def test_a_misspelt_client_is_asked_about_and_the_note_is_not_lost(world: World) -> None:
    reply = world.reply("Bob", "client Acne note Prefers the phone")

    assert "client Acme Ltd note Prefers the phone" in commands_of(reply)


def test_a_client_named_like_a_question_is_reached_by_the_buttons(world: World) -> None:
    world.change("clients: [{name: Q-1 Bikes, pod: North}]")

    reply = world.reply("Bob", 'client "Q-1 Bikes"')

    assert commands_of(reply)[0] == 'client "Q-1 Bikes" note'
    assert isinstance(world.reply("Bob", commands_of(reply)[0]), Form)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("VAT", ["Q-2", "Q-1"]),
        ("vat threshold", ["Q-1"]),
        ("box 4", ["Q-2"]),
        ("invoice", ["Q-3"]),
        ("STRASSE", ["Q-4"]),
        ("müller", ["Q-4"]),
        ("threshold private", []),
    ],
)
def test_what_was_said_is_found_by_all_of_its_words_in_questions_follow_ups_and_answers(
    world_on_both: World, asked: str, found: list[str]
) -> None:
    world = world_on_both
    answered(world, "Bob", "Are we over the VAT threshold?", "not yet")
    answered(world, "Ann", "May we reclaim it?", "the VAT goes into box 4")
    third = world.ask("A private question")
    answered(world, "Ann", "Herr Müller zieht in die Lange Straße", "noted")
    world.ask("VAT for Birch", client="Birch Bakery")
    with world.new_uow() as uow:
        uow.follow_ups.add(FollowUp(third.number, world.now, "Jo", "Here is the invoice"))
        uow.commit()

    reply = world.reply("Cara", f"client Acme about {asked}")

    assert isinstance(reply, Listing)
    assert [plain_text(row.text).split()[0] for row in reply.rows] == found
    assert commands_of(reply) == [f"explain {number}" for number in found]


def test_what_was_found_says_who_answered_what_and_when_and_nothing_found_says_so(world: World) -> None:
    answered(world, "Bob", "Are we over the VAT threshold?", "not before March")
    world.sleep(days=100)

    assert lines(world, "Cara", "client Acme about vat") == [
        "What Acme Ltd asked about “vat”",
        "Q-1 Are we over the VAT threshold? (answered by Bob Roy on 23 Nov 2026: “not before March”)",
    ]
    assert words(world.reply("Cara", "client Acme about payroll")) == "Acme Ltd never asked about “payroll”."
    assert isinstance(world.reply("Cara", "client Acme about"), Form)


def test_at_most_ten_are_shown_and_how_many_more_there_are(world: World) -> None:
    for number in range(13):
        world.ask(f"VAT {number}")

    found = lines(world, "Bob", "client Acme about vat")

    assert [line.split()[0] for line in found[1:11]] == [f"Q-{number}" for number in range(13, 3, -1)]
    assert found[-1] == "and 3 more, older: say more words to find them"


def test_of_a_long_text_the_passage_is_shown_in_which_the_word_stands(world: World) -> None:
    world.ask(f"{'word ' * 500}then the threshold comes {'word ' * 500}")

    [_, found] = lines(world, "Bob", "client Acme about threshold")

    assert "the threshold comes" in found
    assert len(found) < 400


def test_the_card_says_what_was_answered_last_and_the_newest_note_in_a_line_each(world: World) -> None:
    answered(world, "Bob", "Can we reclaim reverse charge? " * 20, "yes")
    world.say("Bob", "client Acme note " + "Prefers the phone. " * 100)
    world.deliver()
    world.ask("And now?")

    [card] = [one for one in world.deliver() if one.line == "C0NORTH card"]

    facts = next(line for line in card.text.splitlines() if "Status" in line)
    last, note = (next(part for part in facts.split("; ") if part.startswith(name)) for name in ("Last", "Note"))
    assert last.startswith("Last Q-1 Can we reclaim reverse charge?")
    assert last.endswith("answered by Bob Roy on 23 Nov")
    assert len(last) < 120
    assert note.startswith("Note Prefers the phone.")
    assert len(note) < 130


def test_a_card_does_not_speak_of_itself_nor_of_what_is_over(world: World) -> None:
    world.ask()
    world.say("Bob", "answered Q-1 so")

    [card] = [one for one in world.deliver() if one.line == "C0NORTH card"]

    assert "Last" not in card.text


def test_a_manager_finds_the_form_that_changes_a_client_at_the_client(world: World) -> None:
    [change] = [line for line in commands_of(world.reply("Ann", "client acme")) if line.endswith("change")]

    assert change == "client Acme Ltd change"
    assert isinstance(world.reply("Ann", change), Form)
    assert change not in commands_of(world.reply("Bob", "client acme"))


@pytest.mark.parametrize(("line", "shown"), [("client", "Looked after by North"), ("who", "Who knows Acme Ltd")])
def test_without_a_name_a_form_asks_for_one(world: World, line: str, shown: str) -> None:
    form = world.reply("Bob", line)

    assert isinstance(form, Form)
    assert shown in words(world.reply("Bob", form.line.format(client="acme")))
    assert "Did you mean" in world.refused("Bob", form.line.format(client="Acne"))


def test_the_form_for_a_client_finds_what_was_said_as_well_and_tells_managers_how_a_new_one_is_made(
    world: World,
) -> None:
    hints = {}
    for who in ("Ann", "Bob"):
        form = world.reply(who, "client")
        assert isinstance(form, Form)
        assert form.line == "client {client}"
        hints[who] = form.fields[0].hint

    assert "client new" in hints["Ann"]
    assert "client new" not in hints["Bob"]
    assert words(world.reply("Bob", "client Acme about VAT")) == "Acme Ltd never asked about “VAT”."


@pytest.mark.parametrize("line", ["search VAT", "find Acme VAT", "Search", "suche Umsatzsteuer"])
def test_whoever_searches_is_shown_how_what_was_said_is_found(world: World, line: str) -> None:
    reply = world.reply("Bob", line)

    assert is_refusal(reply)
    assert words(reply).startswith("To find what a client asked and was answered: client Acme about VAT.")
    [pick] = commands_of(reply)
    assert isinstance(world.reply("Bob", pick), Form)
