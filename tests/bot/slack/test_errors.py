"""What each of Slack's refusals means for a message."""

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platform import CannotDeliver, NoLongerThere, TryLater, Unclear
from bot.slack.errors import InstallationBroken, meaning_of, why_unreachable

KEY = ConnectionKey("slack.com", 443, True, True, None, None, None)


def refused(code: str = "", status: int = 200, retry_after: str | None = None) -> SlackApiError:
    headers = {"Retry-After": retry_after} if retry_after else {}
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code} if code else {},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", answer)


@pytest.mark.parametrize(
    "code", ["is_archived", "channel_not_found", "not_in_channel", "user_not_found", "msg_too_long"]
)
def test_what_waiting_does_not_mend_is_never_delivered(code: str) -> None:
    assert isinstance(meaning_of(refused(code), writes=True), CannotDeliver)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope", "account_inactive"])
def test_a_broken_installation_loses_nothing(code: str) -> None:
    assert isinstance(meaning_of(refused(code), writes=True), InstallationBroken)


def test_a_deactivated_person_is_not_a_broken_installation() -> None:
    assert isinstance(meaning_of(refused("account_inactive"), writes=True, is_direct=True), CannotDeliver)


@pytest.mark.parametrize(("written", "seconds"), [("30", 30.0), ("0", 0.1), ("soon", 30.0), (None, 1.0)])
def test_slack_says_when_to_come_back(written: str | None, seconds: float) -> None:
    meaning = meaning_of(refused("ratelimited", 429, written), writes=True)

    assert isinstance(meaning, TryLater)
    assert meaning.after == seconds


@pytest.mark.parametrize(
    "error",
    [
        refused("fatal_error"),
        refused("internal_error"),
        refused(status=503),
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset by peer"),
        aiohttp.ClientPayloadError(),
    ],
    ids=repr,
)
def test_what_may_have_happened_is_unclear_when_it_would_happen_twice(error: Exception) -> None:
    assert isinstance(meaning_of(error, writes=True), Unclear)
    assert isinstance(meaning_of(error, writes=False), TryLater)


def test_what_never_left_us_is_simply_tried_again() -> None:
    assert isinstance(meaning_of(aiohttp.ConnectionTimeoutError(), writes=True), TryLater)


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message"])
def test_a_deleted_message_is_no_longer_there(code: str) -> None:
    assert isinstance(meaning_of(refused(code), writes=False), NoLongerThere)


def test_what_nobody_knows_is_passed_on_as_it_is() -> None:
    error = refused("something_new")

    assert meaning_of(error, writes=True) is error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "Name or service not known")), "slack.com is not found"),
        (aiohttp.ClientConnectorError(KEY, OSError(111, "x")), "slack.com takes no connection (Connection refused)"),
        (TimeoutError(), "there is no answer in time"),
    ],
)
def test_why_slack_cannot_be_reached_is_said_in_words(error: Exception, says: str) -> None:
    assert why_unreachable(error) == says


def test_a_refusal_names_slacks_word_once() -> None:
    assert str(meaning_of(refused("invalid_auth"), writes=True)) == "invalid_auth"
