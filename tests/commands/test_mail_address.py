"""What an e-mail address tells of whose it is, and what it does not."""

import pytest

from commands.mail_address import address_of, domains_of, is_everybodys, without_tag


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("jo@acme.example", "jo@acme.example"),
        ("  Jo@ACME.Example ", "jo@acme.example"),
        ("Jo Smith <jo@acme.example>", "jo@acme.example"),
        ("<jo@acme.example.>", "jo@acme.example"),
        ("jo+vat@acme.example", "jo+vat@acme.example"),
        ("jo@acme.example@evil.example", None),
        ("jo@acme.example, eve@evil.example", None),
        ("jo", None),
        ("@", None),
        ("@acme.example", None),
        ("jo@", None),
        ("", None),
        (None, None),
        ("@" * 10_000, None),
        ("x" * 100_000 + "@acme.example", None),
    ],
)
def test_an_address_is_one_alone(text: str | None, address: str | None) -> None:
    assert address_of(text) == address


def test_a_tag_is_the_same_letter_box() -> None:
    assert without_tag("jo+vat@acme.example") == "jo@acme.example"
    assert without_tag("jo@acme.example") == "jo@acme.example"
    assert without_tag("+vat@acme.example") == "+vat@acme.example"


@pytest.mark.parametrize(
    ("address", "domains"),
    [
        ("jo@acme.example", ["acme.example"]),
        ("jo@mail.uk.acme.example", ["mail.uk.acme.example", "uk.acme.example", "acme.example"]),
        ("jo@acme.co.uk", ["acme.co.uk"]),
        ("jo@post.acme.com.au", ["post.acme.com.au", "acme.com.au"]),
        ("jo@acme.onmicrosoft.com", ["acme.onmicrosoft.com"]),
        ("jo@gmail.com", []),
        ("jo@googlemail.com", []),
        ("jo@yahoo.co.uk", []),
        ("jo@hotmail.fr", []),
        ("jo@web.de", []),
        ("jo@localhost", []),
        ("jo@acme..example", []),
        ("jo@müller.example", ["müller.example", "xn--mller-kva.example"]),
        ("jo@xn--mller-kva.example", ["xn--mller-kva.example", "müller.example"]),
        ("jo@" + "x" * 200 + ".example", ["x" * 200 + ".example"]),
    ],
)
def test_a_domain_tells_whose_it_is_unless_everybody_is_below_it(address: str, domains: list[str]) -> None:
    assert domains_of(address) == domains


def test_a_firms_own_name_is_not_taken_for_a_provider() -> None:
    assert not is_everybodys("yahoo-consulting.example")
    assert not is_everybodys("livestock.de")
    assert not is_everybodys("acme.com")
