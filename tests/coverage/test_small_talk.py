"""Small talk is told from questions in several languages; in doubt it is a question."""

import pytest

from coverage.small_talk import Talk, small_talk

NAMES = ("Bob Roy", "Ann Lee", "Annie")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "thanks Bob!!",
        "Thank you so much for your help, Ann :pray:",
        "<@U0BOB> thx",
        "Ok perfect, many thanks for the quick reply",
        "That's great, thank you!",
        "Vielen Dank für die schnelle Antwort!",
        "Danke schön, Annie :)",
        "Merci beaucoup pour votre aide",
        "¡Muchas gracias a todos!",
        "Grazie mille, ottimo",
        "Dank je wel, fijn weekend!",
        "Muito obrigada pela ajuda",
    ],
)
def test_thanks_are_no_question(text: str) -> None:
    assert Talk.THANKS in small_talk(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["Hi", "Hello Bob", "Good morning everyone", "Guten Morgen zusammen", "Bonjour à tous", "Hola, buenas tardes",
     "Buongiorno a tutti", "Goedemorgen allemaal", "Bom dia, pessoal", "Have a nice weekend! 🌞"],
)  # fmt: skip
def test_greetings_are_no_question(text: str) -> None:
    assert small_talk(text, NAMES) == {Talk.GREETING}


@pytest.mark.parametrize(
    "text",
    ["ok", "👍", "👍🏽 👍🏽", ":+1::skin-tone-3:", "Sounds good", "Alles klar", "C'est noté", "D'accord",
     "vale, perfecto", "va bene", "Geen probleem", "Combinado!", ":D"],
)  # fmt: skip
def test_agreement_is_no_question(text: str) -> None:
    assert small_talk(text, NAMES) == {Talk.AGREEMENT}


@pytest.mark.parametrize(
    "text",
    [
        "Hello?",
        "Thanks, but what about the VAT",
        "Thanks. How do we post this?",
        "Hi Ann, the return is late",
        "ok and the invoice",
        "yes",
        "no",
        "Done",
        "Thanks for 2025",
        "Danke, und die Rechnung",
        "Merci. Et la TVA",
        "call me",
        "help",
        "thanks https://acme.example/form",
        "Ok, 12 March",
        "Hi Zoe",
        "and so on",
        "everyone",
        "Bob",
        "!!!",
        "...",
        "",
        "12",
        "1️⃣",
        "thanks " * 60,
        "谢谢",
    ],
)
def test_in_doubt_it_is_a_question(text: str) -> None:
    assert small_talk(text, NAMES) == frozenset()


def test_whoever_says_several_things_is_read_whole() -> None:
    assert small_talk("Hi Bob, ok, thanks!", NAMES) == {Talk.GREETING, Talk.AGREEMENT, Talk.THANKS}
    assert small_talk("Hi Bob, ok, thanks, when?", NAMES) == frozenset()
