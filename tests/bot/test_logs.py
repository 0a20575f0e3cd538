"""Logs: one JSON line per happening, whoever logs it, and no secret in any of them."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.logs import set_up_logging

TOKEN = "-".join(["xoxb", "1234567890", "abcdefghijkl"])
APP_TOKEN = "-".join(["xapp", "1", "A0B1C2", "0123456789abcdef"])


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes in this test; afterwards logging is as it was before."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    yield io.StringIO()
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_happening_is_one_json_line(stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    structlog.get_logger("bot.delivery").info("Message sent", question="Q-214", place="C0NORTH")

    [line] = lines(stream)
    assert (line["event"], line["question"], line["place"]) == ("Message sent", "Q-214", "C0NORTH")
    assert (line["level"], line["logger"]) == ("info", "bot.delivery")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("library", ["uvicorn.error", "slack_bolt.AsyncApp", "slack_sdk.web", "alembic"])
def test_libraries_log_the_same_way_and_once(library: str, stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    logging.getLogger(library).warning("Asked %s times with %s", 3, TOKEN)

    [line] = lines(stream)
    assert (line["event"], line["level"], line["logger"]) == ("Asked 3 times with [removed]", "warning", library)


@pytest.mark.parametrize("library", ["uvicorn.access", "httpx", "apscheduler.scheduler"])
def test_chatty_libraries_are_heard_from_a_warning_up(library: str, stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    logging.getLogger(library).info("GET /healthz")
    logging.getLogger(library).warning("late")

    assert [line["event"] for line in lines(stream)] == ["late"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"posted with {TOKEN}.", "posted with [removed]"),
        (f"socket {APP_TOKEN} closed", "socket [removed] closed"),
        ("Authorization: Bearer abcDEF123456", "Authorization: [removed]"),
        ("podline_0123456789abcdefghijABCDEFGHIJ", "[removed]"),
        ("the word hunter2 as configured", "the word [removed] as configured"),
        ("postgresql+psycopg://podline:pw@db:5432/podline", "postgresql+psycopg://[removed]@db:5432/podline"),
        ("https://cal.example/basic.ics?key=abc", "https://cal.example/basic.ics?[removed]"),
        ("https://cal.example/ical/private-abc/basic.ics", "https://cal.example/ical/[removed]/basic.ics"),
        (
            "https://hooks.slack.com/actions/T0FIRM/12/abcDEF123456ghiJKL",
            "https://hooks.slack.com/actions/T0FIRM/12/[removed]",
        ),
        ("POST https://slack.com/api/chat.postMessage", "POST https://slack.com/api/chat.postMessage"),
        ("Q-214 for C0NORTH was claimed", "Q-214 for C0NORTH was claimed"),
    ],
)
def test_secrets_are_taken_out_of_any_text(text: str, shown: str, stream: io.StringIO) -> None:
    set_up_logging(["hunter2"], stream=stream)

    structlog.get_logger().info(text, inner={"list": [text]})

    [line] = lines(stream)
    assert (line["event"], line["inner"]) == (shown, {"list": [shown]})


def test_what_is_called_a_secret_is_not_shown(stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    structlog.get_logger().info("Read", bot_token="a", headers={"Authorization": "b"}, password="c", tokens_used=4)

    [line] = lines(stream)
    assert (line["bot_token"], line["headers"], line["password"]) == (
        "[removed]",
        {"Authorization": "[removed]"},
        "[removed]",
    )
    assert line["tokens_used"] == 4


def test_a_failure_is_logged_with_where_it_happened_and_without_secrets(stream: io.StringIO) -> None:
    set_up_logging(["hunter2"], stream=stream)

    try:
        raise LookupError("no person with hunter2")
    except LookupError:
        structlog.get_logger().exception("The tick failed")

    [line] = lines(stream)
    assert "test_a_failure_is_logged" in line["exception"]
    assert "LookupError: no person with [removed]" in line["exception"]
    assert "hunter2" not in stream.getvalue()


def test_what_is_bound_to_the_work_is_in_its_lines(stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    with structlog.contextvars.bound_contextvars(question="Q-214"):
        structlog.get_logger().info("Claimed")

    assert [line["question"] for line in lines(stream)] == ["Q-214"]


def test_warnings_of_libraries_are_logged(stream: io.StringIO) -> None:
    set_up_logging(stream=stream)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old way", UserWarning, stacklevel=1)

    [line] = lines(stream)
    assert "old way" in line["event"]


def test_a_terminal_gets_lines_for_people(stream: io.StringIO) -> None:
    set_up_logging(["hunter2"], stream=stream, readable=True)

    structlog.get_logger("bot").info("Message sent with hunter2", question="Q-214")

    assert "Message sent with [removed]" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_setting_up_again_replaces_what_was_there(stream: io.StringIO) -> None:
    set_up_logging(stream=io.StringIO())
    set_up_logging(stream=stream)

    structlog.get_logger().info("once")

    assert len(lines(stream)) == 1
