"""Whatever is typed, there is a short answer and never an error; nobody is called by what a text contains."""

from collections.abc import Iterable

import pytest

from commands.grammar import Name
from commands.invocation import UnknownSender
from commands.views import Page
from tests.world import World, commands_of, words

ODD = (
    "",
    "Q-1",
    "Q-1 Q-1 Q-1",
    "Q-1 <@U0NOBODY> <!channel> <!here>",
    "Q-0",
    "Q--1",
    "Q-99999999999",
    "Q-" + "9" * 5_000,
    "Q-١٢٣",
    "Q-1 \0 NUL",
    "Q-1 \ud800 half a pair",
    "Q-1 " + "long " * 8_000,
    "x" * 40_000,
    "<!channel>",
    "<@U0BOB>",
    "@",
    "@bob",
    ": nothing before",
    "Acme:",
    "Acme: " + "x" * 99_000,
    "Acme: " + "x" * 101_000,
    "{client} {text} %s %(x)s",
    "'; DROP TABLE question; --",
    "\\ %_ [a-z]* (",
    "🙂" * 100,
    "‮right to left",
    "for",
    "for @",
    "for <@U0BOB> cancel",
    "cancel",
    "cancel list",
    "list of things",
    "today - today - today",
    "99999999999 Aug",
    "2026-99-99",
    "-",
    "is Acme",
    "Q-1 is",
    "Q-1 is " + "y" * 10_000,
)


WRITERS = (
    Name.QUESTION,
    Name.ANSWERED,
    Name.WAITING,
    Name.HANDOFF,
    Name.CLOSE,
    Name.CLIENT,
    Name.KUDOS,
    Name.LEAVE,
)
"""Verbs that store what is typed: only for those can it matter which database there is."""


def test_whatever_is_typed_is_answered_shortly(world: World) -> None:
    lines = (line for name in Name for said in ODD for line in (f"{name} {said}", f"/{name.upper()}\n{said}"))
    all_are_answered_shortly(world, [*ODD, *lines])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whatever_is_stored_is_answered_shortly_on_postgresql_too(world_on_both: World) -> None:
    all_are_answered_shortly(world_on_both, [f"{name} {said}" for name in WRITERS for said in ODD])


def all_are_answered_shortly(world: World, lines: Iterable[str]) -> None:
    world.ask()
    world.deliver()

    strangers: set[str] = set()
    for line in lines:
        try:
            reply = world.reply("Bob", line)
        except UnknownSender as unknown:
            strangers.add(unknown.identity.user)
            continue
        assert isinstance(reply, Page) or len(words(reply)) < 4_000, line[:80]
        assert words(reply).strip(), line[:80]
        assert all(len(command) < 2_000 for command in commands_of(reply)), line[:80]

    assert strangers == {"U0NOBODY"}
    people = {"Ann Lee", "Bob Roy", "Cara Diaz", "Dan Low", "Mia Fox"}
    for sent in world.wait(days=2):
        assert set(sent.calls) <= people
        assert len(sent.text) < 2_000
