"""Finding the client in a text. Two that fit are a person's to choose between."""

import pytest

from commands.identify import clients_mentioned
from commands.ports import ClientName
from coverage.ids import ClientId

ACME, HOLDINGS, STAR, SHIPPING, CPP, UMLAUT = (ClientId(number) for number in range(1, 7))
NAMES = [
    ClientName(ACME, "Acme Ltd"),
    ClientName(ACME, "Acme"),
    ClientName(HOLDINGS, "Acme Holdings"),
    ClientName(STAR, "North Star"),
    ClientName(SHIPPING, "Star Shipping"),
    ClientName(CPP, "C++ (UK) [x]"),
    ClientName(UMLAUT, "Müller & Söhne"),
    ClientName(ClientId(7), "AB"),
    ClientName(ClientId(8), ""),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme Ltd want their return filed", {ACME}),
        ("the return of ACME   ltd.", {ACME}),
        ("acme's return", {ACME}),
        ("From: acme\nHow?", {ACME}),
        ("(Acme)", {ACME}),
        ("Acme Holdings ask", {HOLDINGS}),
        ("Acme\nHoldings ask", {HOLDINGS}),
        ("Acme, of Acme Holdings", {ACME, HOLDINGS}),
        ("Acme or North Star?", {ACME, STAR}),
        ("North Star Shipping", {STAR, SHIPPING}),
        ("is C++ (UK) [x] one?", {CPP}),
        ("MÜLLER & SÖHNE", {UMLAUT}),
        ("Acmes and Pacme and acme_x", set()),
        ("AB said so", set()),
        ("nobody", set()),
        ("", set()),
    ],
)
def test_a_client_is_found_by_its_name_as_words_of_its_own(text: str, found: set[ClientId]) -> None:
    assert set(clients_mentioned(text, NAMES)) == found


def test_clients_are_in_the_order_in_which_they_are_mentioned() -> None:
    assert clients_mentioned("North Star, then Acme, then North Star", NAMES) == (STAR, ACME)


def test_a_name_at_the_end_of_what_is_looked_at_is_not_cut_into_another_one() -> None:
    for padding in range(4_980, 5_005):
        assert ACME not in clients_mentioned("x" * padding + " Acme Holdings " + "y" * 500, NAMES)


def test_a_text_made_to_be_slow_is_not() -> None:
    text = "Acme Holdings " * 7_000

    assert clients_mentioned(text, NAMES * 20) == (HOLDINGS,)


def test_of_two_clients_of_one_name_neither_is_guessed() -> None:
    twins = [ClientName(ACME, "Acme"), ClientName(HOLDINGS, "acme"), ClientName(STAR, "North Acme")]

    assert set(clients_mentioned("Acme asks", twins)) == {ACME, HOLDINGS}
    assert set(clients_mentioned("North Acme asks", twins)) == {STAR}
