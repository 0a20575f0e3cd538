"""Who may speak to us as Teams: everything that is not Teams' own, for our tenant, is refused and leaves no trace."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from typing import Any

import jwt
import pytest

from bot.teams.http import MICROSOFTS_HOSTS, may_send_to
from bot.teams_playground.acting import Answer
from bot.teams_playground.activities import message
from bot.teams_playground.signing import a_key
from tests.bot.teams.conftest import BOB, World

HOUR = 3600


def line(world: World, text: str = "question Acme: is that VAT?") -> dict[str, Any]:
    tenant = world.tenant
    said = message(tenant, world.playground.service_url, tenant.users[BOB], tenant.chat_with(BOB), text)
    return said | {"id": "1"}


async def send(world: World, token: str | None = None, **other: Any) -> Answer:
    answer = await world.playground.people.send(line(world) | other, token=token)
    await world.settle()
    return answer


def nothing_happened(world: World) -> bool:
    with world.new_uow.reading() as uow:
        return uow.inbox.earliest("teams") is None and not world.tenant.messages


async def test_what_teams_signs_is_taken(world: World) -> None:
    assert (await send(world)).status == 200
    assert world.question().text == "is that VAT?"


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -120), ("nbf", 240)])
async def test_a_clock_that_goes_a_few_minutes_wrong_shuts_nobody_out(world: World, claim: str, seconds: int) -> None:
    token = world.playground.signer.token(**{claim: int(time.time()) + seconds})  # type: ignore[arg-type]

    assert (await send(world, token)).status == 200


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("another audience", {"aud": "another-bot"}),
        ("no audience", {"aud": None}),
        ("another issuer", {"iss": "https://sts.windows.net/f1000000-0000-4000-8000-000000000001/"}),
        ("no issuer", {"iss": None}),
        ("another service", {"serviceurl": "https://elsewhere.example/teams"}),
        ("no service", {"serviceurl": None}),
        ("expired", {"exp": int(time.time()) - HOUR}),
        ("expired six minutes ago", {"exp": int(time.time()) - 360}),
        ("no end", {"exp": None}),
        ("not yet valid", {"nbf": int(time.time()) + HOUR}),
        ("a time that is none", {"nbf": "tomorrow"}),
        ("another key", {"key_name": "stolen"}),
        ("a key nobody knows", {"headers": {"kid": "nobody's"}}),
        ("no key", {"headers": {"kid": None}}),
    ],
)
async def test_a_token_that_is_not_right_is_refused(world: World, what: str, other: dict[str, Any]) -> None:
    signer = world.playground.signer

    answer = await send(world, signer.token(**other))

    assert answer.status == 401, what
    assert nothing_happened(world)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS384"])
async def test_only_rs256_is_a_signature(world: World, algorithm: str) -> None:
    signer = world.playground.signer
    key: Any = {"none": None, "HS256": "k" * 64, "RS384": a_key("first")}[algorithm]

    token = jwt.encode(signer.claims(), key, algorithm=algorithm, headers={"kid": signer.key_id})

    assert (await send(world, token)).status == 401
    assert nothing_happened(world)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic dXNlcjpwYXNz", "Bearer " + "a" * 20_000]
)
async def test_no_token_or_one_that_cannot_be_read_is_refused(world: World, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    try:
        answer = await world.playground.people.post(line(world), headers)
    except Exception as error:
        raise AssertionError("the server must answer") from error

    assert answer.status in (400, 401, 431)
    assert nothing_happened(world)


async def test_a_key_that_is_not_endorsed_for_teams_is_refused(world: World) -> None:
    world.playground.signer.key_name = "of-webchat"
    world.playground.signer.endorsements = ["webchat"]

    assert (await send(world, world.playground.signer.token())).status == 401
    assert nothing_happened(world)


async def test_a_new_key_of_teams_is_looked_for_once_in_a_while(world: World) -> None:
    world.playground.signer.key_name = "second"

    first = await send(world, world.playground.signer.token())
    world.teams.keys._tried_at = world.teams.keys._fetched_at = -HOUR
    second = await send(world, world.playground.signer.token())

    assert (first.status, second.status) == (401, 200)


@pytest.mark.parametrize("without", ["there is none", "it does not say where the keys are"])
async def test_keys_without_metadata_are_found_beside_where_it_would_be(world: World, without: str) -> None:
    if without == "there is none":
        world.playground.misbehaviour.status("openid", 404, times=None)
    else:
        world.playground.misbehaviour.fail("openid", error="NoMetadata", times=None)
    world.playground.signer.key_name = "second"
    world.teams.keys._tried_at = world.teams.keys._fetched_at = -HOUR

    assert (await send(world, world.playground.signer.token())).status == 200


@pytest.mark.parametrize(
    "other",
    [
        {"conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "another-tenant"}},
        {"channelData": {"tenant": {"id": "another-tenant"}}},
        {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}},
    ],
)
async def test_a_foreign_tenant_is_refused(world: World, other: dict[str, Any]) -> None:
    assert (await send(world, **other)).status == 403
    assert nothing_happened(world)


@pytest.mark.parametrize(
    "service", ["https://evil.example/teams", "http://smba.trafficmanager.net/teams", "http://127.0.0.1@evil.example"]
)
async def test_a_service_that_is_not_teams_is_refused_even_when_it_is_signed(world: World, service: str) -> None:
    token = world.playground.signer.token(serviceurl=service)

    assert (await send(world, token, serviceUrl=service)).status == 403
    assert nothing_happened(world)


@pytest.mark.parametrize(
    ("service", "hosts", "is_allowed"),
    [
        ("https://smba.trafficmanager.net/emea/", MICROSOFTS_HOSTS, True),
        ("https://SMBA.trafficmanager.net/emea/", MICROSOFTS_HOSTS, True),
        ("https://smba.trafficmanager.net.evil.example/", MICROSOFTS_HOSTS, False),
        ("https://evil.example/smba.trafficmanager.net", MICROSOFTS_HOSTS, False),
        ("https://smba.trafficmanager.net@evil.example/", MICROSOFTS_HOSTS, False),
        ("https://user@smba.trafficmanager.net/", MICROSOFTS_HOSTS, False),
        ("http://smba.trafficmanager.net/", MICROSOFTS_HOSTS, False),
        ("http://127.0.0.1:1/teams", MICROSOFTS_HOSTS, False),
        ("http://127.0.0.1:1/teams", ("127.0.0.1",), True),
        ("http://127.0.0.1:1/teams", ("127.0.0.1:1",), True),
        ("http://127.0.0.1:2/teams", ("127.0.0.1:1",), False),
        ("http://10.0.0.1/teams", ("10.0.0.1",), False),
        ("https://[::1", ("::1",), False),
        ("", MICROSOFTS_HOSTS, False),
    ],
)
def test_only_hosts_of_teams_or_those_the_operator_names_are_sent_to(
    service: str, hosts: tuple[str, ...], is_allowed: bool
) -> None:
    assert may_send_to(service, hosts) is is_allowed


async def test_five_megabytes_are_refused(world: World) -> None:
    answer = await send(world, text="x" * 5_000_000)

    assert answer.status == 413
    assert nothing_happened(world)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"type": 3}', b"[" * 100_000, b'"text"'])
async def test_garbage_is_refused(world: World, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {world.playground.signer.token()}", "Content-Type": "application/json"}

    assert (await world.playground.people.post(body, headers)).status == 400


async def test_while_the_key_server_hangs_others_are_answered_and_what_has_a_known_key_is_taken(
    world: World, playground: Any
) -> None:
    world.playground.misbehaviour.hang("openid", 30, times=None)
    right = world.playground.signer.token()
    world.teams.keys._tried_at = world.teams.keys._fetched_at = -HOUR
    world.playground.signer.key_name = "second"
    began = time.perf_counter()

    waiting = asyncio.create_task(send(world, world.playground.signer.token()))
    world.playground.signer.key_name = "first"
    taken = await send(world, right)
    took = time.perf_counter() - began
    refused = await waiting

    assert taken.status == 200
    assert took < 2
    assert refused.status == 503


async def test_a_header_may_be_written_as_http_allows(world: World) -> None:
    headers = {"authorization": f"bearer {world.playground.signer.token()}", "Content-Type": "application/json"}

    assert (await world.playground.people.post(json.dumps(line(world)).encode(), headers)).status == 200


async def test_what_cannot_be_kept_just_now_is_asked_for_again(world: World, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as another:
        another.execute("ALTER TABLE inbox RENAME TO mislaid")
        answer = await world.playground.people.send(line(world))
        another.execute("ALTER TABLE mislaid RENAME TO inbox")

    assert answer.status == 503
    assert (await send(world)).status == 200
    assert world.question().text == "is that VAT?"
