"""The log as a mailbox for tests."""

import asyncio

import pytest

from bot.playground.posting import post_as_app, post_as_person
from bot.playground.workspace import Workspace
from tests.bot.playground.conftest import NORTH


def test_an_unexpected_message_fails(workspace: Workspace) -> None:
    inbox = workspace.log.reader()
    post_as_app(workspace, NORTH, text="one")
    post_as_app(workspace, NORTH, text="two")

    entry = inbox.next("posted", channel=NORTH)

    assert entry.message is not None
    assert entry.message.text == "one"
    with pytest.raises(AssertionError, match="two"):
        inbox.expect_nothing()


def test_what_people_write_is_no_news(workspace: Workspace) -> None:
    inbox = workspace.log.reader()

    post_as_person(workspace, "U0BOB", NORTH, "hello")

    inbox.expect_nothing()


def test_a_missing_message_fails_and_says_what_is_there_instead(workspace: Workspace) -> None:
    inbox = workspace.log.reader()
    post_as_app(workspace, "C0ACME", text="elsewhere")

    with pytest.raises(AssertionError, match="elsewhere"):
        inbox.next("posted", channel=NORTH)


async def test_a_message_can_be_waited_for(workspace: Workspace) -> None:
    inbox = workspace.log.reader()
    asyncio.get_running_loop().call_later(0.01, lambda: post_as_app(workspace, NORTH, text="late"))

    entry = await inbox.arrives("posted", channel=NORTH)

    assert entry.seq == len(workspace.log.entries)


async def test_waiting_in_vain_fails(workspace: Workspace) -> None:
    with pytest.raises(AssertionError, match="nothing is unread"):
        await workspace.log.reader().arrives("posted", timeout=0.01)


def test_subscribers_hear_everything_until_they_leave(workspace: Workspace) -> None:
    kinds: list[str] = []
    leave = workspace.log.subscribe(lambda entry: kinds.append(entry.kind))
    post_as_app(workspace, NORTH, text="x")
    leave()
    post_as_app(workspace, NORTH, text="y")

    assert kinds == ["posted"]
