"""The grammar: the verb and the question a typed line means."""

import pytest

from commands.grammar import (
    USAGE,
    Command,
    Name,
    NotUnderstood,
    around_a_mention,
    parse,
    take_question,
)
from commands.ids_typed import only_questions


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("claim Q-2", Name.CLAIM, "Q-2"),
        ("/Claim q-2", Name.CLAIM, "q-2"),
        ("  claim   Q-2  ", Name.CLAIM, "Q-2"),
        ("claim\tQ-2", Name.CLAIM, "Q-2"),
        ("question\nAcme: how?", Name.QUESTION, "Acme: how?"),
        ("claim:", Name.CLAIM, ""),
        ("hand off Q-2 @bob", Name.HANDOFF, "Q-2 @bob"),
        ("Hand Off Q-2 @bob", Name.HANDOFF, "Q-2 @bob"),
        ("hand-off Q-2 @bob", Name.HANDOFF, "Q-2 @bob"),
        ("hand Q-2 @bob", Name.HANDOFF, "Q-2 @bob"),
        ("answer Q-2", Name.ANSWERED, "Q-2"),
        ("merge Q-2 into Q-1", Name.MERGE, "Q-2 into Q-1"),
        ("duplicate Q-2 of Q-1", Name.MERGE, "Q-2 of Q-1"),
        ("later Q-2 2h", Name.SNOOZE, "Q-2 2h"),
        (", release Q-1 please", Name.RELEASE, "Q-1"),
        (": claim q1", Name.CLAIM, "q1"),
        ("claim, please!", Name.CLAIM, ""),
        ("@Podline claim Q-1", Name.CLAIM, "Q-1"),
        ("/podline mine", Name.MINE, ""),
        ("Podline: mine", Name.MINE, ""),
        ("@podline", Name.HELP, ""),
        ("\u200bclaim Q-1\u200b", Name.CLAIM, "Q-1"),
        ("\u200fclaim\u200f Q-1", Name.CLAIM, "Q-1"),
        ("“claim Q-1”", Name.CLAIM, "Q-1"),
        ('"claim Q-1"', Name.CLAIM, "Q-1"),
        ("`claim Q-1`", Name.CLAIM, "Q-1"),
        ("**release**", Name.RELEASE, ""),
        ("**release** Q-1 in court", Name.RELEASE, "Q-1 in court"),
        ("take Q-1", Name.CLAIM, "Q-1"),
        ("assign Q-1 to Bob Roy", Name.HANDOFF, "Q-1 to Bob Roy"),
        ("question Acme: can you look, please", Name.QUESTION, "Acme: can you look, please"),
        ("kudos @bob “Great!”", Name.KUDOS, "@bob “Great!”"),
        ("answered Q-1 they will, please", Name.ANSWERED, "Q-1 they will, please"),
        ("?", Name.HELP, ""),
        ("", Name.HELP, ""),
        ("   ", Name.HELP, ""),
        ("/", Name.HELP, ""),
    ],
)
def test_a_line_is_a_verb_and_its_words(line: str, name: Name, words: str) -> None:
    assert parse(line) == Command(name, words)


@pytest.mark.parametrize(
    "line",
    [
        "I'm sick today",
        "I’m sick today.",
        "I am ill today",
        "sick today",
        "Sorry, I'm unwell today!",
        "Ich bin heute krank",
        "Bin heute leider krank",
        "je suis malade aujourd'hui",
        "estoy enferma hoy",
        "oggi sono malato",
        "ik ben ziek vandaag",
        "estou doente hoje",
    ],
)
def test_whoever_says_that_they_are_sick_today_is_marked_away(line: str) -> None:
    assert parse(line) == Command(Name.LEAVE, "today sick")


@pytest.mark.parametrize(
    "line",
    [
        "I'm not sick today",
        "Is Bob sick today?",
        "Bob is sick today",
        "I'm sick of this",
        "I was sick yesterday",
        "sick",
    ],
)
def test_nobody_is_marked_away_by_any_other_sentence_about_it(line: str) -> None:
    assert isinstance(parse(line), NotUnderstood)


def test_the_lines_of_a_text_stay_as_they_are() -> None:
    assert parse("question Acme: first\n\n  second") == Command(Name.QUESTION, "Acme: first\n\n  second")


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("clam", Name.CLAIM),
        ("anwsered", Name.ANSWERED),
        ("reolve", Name.RESOLVE),
        ("snoze", Name.SNOOZE),
        ("merg", Name.MERGE),
        ("urgnt", Name.URGENT),
        ("clsoe", Name.CLOSE),
    ],
)
def test_an_unknown_word_gets_the_nearest_verb(word: str, nearest: Name) -> None:
    assert parse(f"{word} Q-2") == NotUnderstood(word, nearest, words="Q-2")


@pytest.mark.parametrize("word", ["thanks", "hello", "take", "how", "ok", "me", "done", "assign"])
def test_a_word_that_is_another_word_gets_none(word: str) -> None:
    assert parse(word) == NotUnderstood(word, None)


@pytest.mark.parametrize("word", ["xyzzy", "🙂", "x" * 40_000, "<!channel>", "\0"])
def test_a_word_like_no_verb_gets_none(word: str) -> None:
    assert parse(word) == NotUnderstood(word, None)


@pytest.mark.parametrize("name", Name)
def test_every_verb_says_how_it_is_used_with_an_example_that_it_understands(name: Name) -> None:
    usage = USAGE[name]

    assert isinstance(parse(usage.example), Command)
    assert parse(usage.example) == Command(name, usage.example.partition(" ")[2])


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Q-214",
            "q-214",
            "Q214",
            "q 214",
            "214",
            "#214",
            "(Q-214)",
            "[Q-214]",
            "Q–214",
            "Q-214:",
            "Q-214,",
            "Q-214.",
        ),
        "Q\u2011214",
        "Q\u2010214",
        "Q\u2212214",
        "Q - 214",
        "Q -214",
        "\u200eQ-214\u200f",
        "“Q-214”",
        "**Q-214**",
        "Q-\u200b214",
    ],
)
def test_a_question_is_named_in_many_ways(said: str) -> None:
    assert take_question(f"{said} he knows") == (214, "he knows")
    assert take_question(said) == (214, "")


@pytest.mark.parametrize("said", ["", "Acme", "Q-", "Q-x", "214b", "Q-2x", "quick", "@bob Q-2"])
def test_other_words_name_no_question(said: str) -> None:
    assert take_question(said) == (None, said)


def test_what_is_a_questions_is_not_cut_into() -> None:
    assert take_question("Q-214's answer") == (214, "'s answer")
    assert take_question("Q-214: “Great!”") == (214, "“Great!”")
    assert take_question("- 5") == (None, "- 5")
    assert take_question('"Q-214 Bikes" note') == (None, '"Q-214 Bikes" note')
    assert take_question('Q-214 "(Great!)"') == (214, '"(Great!)"')


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", " claim Q-1", " claim Q-1"),
        ("claim", " Q-1", "claim Q-1"),
        ("claim Q-1 ", "?", "claim Q-1 "),
        ("hey ", " claim Q-1", " claim Q-1"),
        ("claim Q-1, ", " release Q-2", " release Q-2"),
        ("I said to ", " that it is late", " that it is late"),
    ],
)
def test_our_name_may_stand_within_a_line(before: str, after: str, line: str) -> None:
    assert around_a_mention(before, after) == line


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Q-2", (2,)),
        ("Q-2, Q-3 and q4", (2, 3, 4)),
        ("Q-2 Q-2", (2,)),
        ("Q-2 is the same", ()),
        ("same as Q-2", ()),
        ("3", ()),
        ("", ()),
    ],
)
def test_several_questions_and_nothing_else(words: str, numbers: tuple[int, ...]) -> None:
    assert only_questions(words) == numbers


def test_in_a_thread_a_bare_number_is_not_a_question() -> None:
    assert take_question("3 returns are filed", strict=True) == (None, "3 returns are filed")
    assert take_question("Q-3 returns", strict=True) == (3, "returns")


@pytest.mark.parametrize("digits", ["99999999999", "9" * 18, "9" * 40])
def test_a_number_that_is_too_long_is_still_a_number_and_not_a_word(digits: str) -> None:
    number, rest = take_question(f"Q-{digits} why")

    assert number is not None
    assert 0 < number < 2**31
    assert rest == "why"
