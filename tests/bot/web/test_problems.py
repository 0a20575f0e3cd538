"""Errors over HTTP: who may call, how much, and that every refusal is a problem document."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import PushedClock
from bot.metrics import Metrics
from bot.web.health import Health
from bot.web.listening import listening
from bot.web.site import site
from bot.web.tokens import caller_of
from commands.ports import UnitOfWork
from storage.unit_of_work import UnitsOfWork
from tests.bot.web.conftest import OTHER_TOKEN, TOKEN, client_of, tokens

URL = "/api/v1/questions"


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \xe9"],
)
async def test_without_a_known_token_nobody_gets_in(api: httpx.AsyncClient, authorization: str) -> None:
    answer = await api.get(URL, headers={b"Authorization": authorization.encode("latin-1")})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_paths_below_the_api_that_do_not_exist_need_a_token_too(api: httpx.AsyncClient) -> None:
    known = await api.get("/api/v1/nothing")
    unknown = await api.get("/api/v1/nothing", headers={"Authorization": "Bearer no"})

    assert (known.status_code, unknown.status_code) == (404, 401)


def test_each_token_has_its_own_name() -> None:
    assert caller_of(f"Bearer {TOKEN}", tokens()) == "intake"
    assert caller_of(f"bearer {OTHER_TOKEN}", tokens()) == "website"
    assert caller_of(f"Bearer {TOKEN}", []) is None


async def test_a_path_or_method_that_does_not_exist_is_said_in_a_sentence(api: httpx.AsyncClient) -> None:
    nowhere = await api.get("/nowhere")
    deleting = await api.delete(URL)

    assert nowhere.status_code == 404
    assert "/docs" in nowhere.json()["detail"]
    assert deleting.status_code == 405
    assert deleting.headers["Allow"]
    assert deleting.json()["title"] == "Method Not Allowed"


async def test_what_is_not_json_is_said_without_repeating_it(api: httpx.AsyncClient) -> None:
    answer = await api.post(URL, content=b'{"text": "secret', headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert "not JSON" in answer.json()["detail"]
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", [URL, "/healthz", "/nowhere"])
async def test_a_body_above_the_cap_is_refused_on_every_route(api: httpx.AsyncClient, path: str) -> None:
    declared = await api.post(path, content=b"x" * 2_000_001)
    undeclared = await api.post(path, content=_in_pieces(b"x" * 100_000, 21))

    assert (declared.status_code, undeclared.status_code) == (413, 413)
    assert declared.json()["status"] == 413


async def test_whoever_sends_too_much_hears_so_when_they_have_sent_it_all(
    units: UnitsOfWork, clock: PushedClock
) -> None:
    app = site(units, clock, tokens(), Health(), Metrics())
    async with listening(app, "127.0.0.1", 0) as url, httpx.AsyncClient(base_url=url) as sender:
        answer = await sender.post(URL, content=b"x" * 8_000_000, headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["0" * 30 + "9" * 8, "9" * 30, "-5"])
async def test_a_length_that_is_none_or_beyond_all_measure_is_refused(api: httpx.AsyncClient, length: str) -> None:
    answer = await api.post(URL, content=b'{"text": "x"}', headers={"Content-Length": length})

    assert answer.status_code == 413


async def test_a_body_that_comes_in_pieces_is_read_whole(api: httpx.AsyncClient) -> None:
    answer = await api.post(URL, content=_in_pieces(b'{"text": "', 1, b"x" * 70_000, b'"}'))

    assert answer.status_code == 201
    assert len(answer.json()["text"]) == 70_000


async def test_an_error_nobody_foresaw_is_a_problem_without_its_details(clock: PushedClock) -> None:
    async with client_of(_Failing(ZeroDivisionError("with a client's words")), clock) as api:
        answer = await api.post(URL, json={"text": "x"})

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "client's words" not in answer.text


async def test_a_database_that_is_away_is_a_reason_to_send_it_again(clock: PushedClock) -> None:
    async with client_of(_Failing(OperationalError("", {}, Exception("gone"))), clock) as api:
        answer = await api.post(URL, json={"text": "x"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


class _Failing:
    """Units of work that cannot be had."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self) -> UnitOfWork:
        raise self._error

    def reading(self) -> UnitOfWork:
        raise self._error


async def _in_pieces(first: bytes, times: int, *rest: bytes) -> AsyncIterator[bytes]:
    for _ in range(times):
        yield first
    for piece in rest:
        yield piece
