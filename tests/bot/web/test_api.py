"""The intake API: what a question may be, that it is asked once, and what is shown of it."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.clock import PushedClock
from commands.invocation import Invocation
from commands.ports import Identity
from commands.run import run
from coverage.ids import QuestionNumber
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.web.conftest import OTHER_TOKEN, client_of

URL = "/api/v1/questions"


async def ask(api: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await api.post(URL, json={"text": "How do we post this?"} | body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_question_of_a_known_client_goes_to_their_pod(api: httpx.AsyncClient) -> None:
    asked_by = {"name": "Jo Smith", "email": "jo@acme.example"}

    answer = await api.post(URL, json={"text": "VAT?", "client": "Acme", "asked_by": asked_by, "via": "email"})

    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/v1/questions/Q-1"
    assert answer.json() == {
        "id": "Q-1",
        "status": "routed",
        "client": "Acme Ltd",
        "pod": "North",
        "text": "VAT?",
        "level": "routine",
        "via": "email",
        "asked_by": asked_by,
        "asked_at": "2026-11-23T09:30:00Z",
        "offered_at": "2026-11-23T09:30:00Z",
        "claim_due": "2026-11-23T10:00:00Z",
        "first_response_due": "2026-11-23T13:30:00Z",
        "resolution_due": None,
        "claimed_by": None,
        "claimed_at": None,
        "step": 0,
        "step_audience": None,
        "urgent": False,
        "snoozed_until": None,
        "merged_into": None,
        "attachments": [],
    }


async def test_only_the_text_is_required_and_null_is_as_good_as_nothing(api: httpx.AsyncClient) -> None:
    short = await ask(api)
    long = await ask(api, client=None, asked_by=None, level=None, via=None, asked_at=None)

    assert short["level"] == long["level"] == "routine"
    assert short["status"] == long["status"] == "unidentified"


async def test_a_client_nobody_knows_does_not_lose_the_text(api: httpx.AsyncClient) -> None:
    shown = await ask(api, text="Who are you?", client="Nobody & Sons")

    assert (shown["status"], shown["client"], shown["text"]) == ("unidentified", None, "Who are you?")


async def test_targets_count_from_when_it_was_asked_and_the_offer_from_when_it_came(api: httpx.AsyncClient) -> None:
    shown = await ask(api, client="Acme", asked_at="2026-11-23T10:00:00+01:00")

    assert shown["asked_at"] == "2026-11-23T09:00:00Z"
    assert shown["offered_at"] == "2026-11-23T09:30:00Z"
    assert shown["first_response_due"] == "2026-11-23T13:00:00Z"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": 7}, "text: It must be text"),
        ({}, "text: It is missing"),
        ([], "JSON object"),
        ({"text": "x", "level": "boss"}, 'level: It must be one of "self_service"'),
        ({"text": "x", "via": "fax"}, "via"),
        ({"text": "x", "clint": "Acme"}, 'Did you mean "client"?'),
        ({"text": "x", "asked_by": {"mail": "a@b.example"}}, 'Did you mean "email"?'),
        ({"text": "x", "asked_at": "2026-11-23T09:31:00Z"}, "asked_at: It lies in the future"),
        ({"text": "x", "asked_at": "2026-11-23T09:00:00"}, "asked_at: It has no time zone"),
        ({"text": "x", "asked_at": "2026-11-23"}, "asked_at: Write the time like"),
        ({"text": "x", "asked_at": 1763890000}, "asked_at: Write the time like"),
        ({"text": "x", "asked_at": "0001-01-01T00:00:00+14:00"}, "before 1970"),
        ({"text": "x", "asked_at": "2026-02-30T09:00:00Z"}, "asked_at: This is no time"),
        ({"text": "x", "asked_at": "9999-12-31T23:59:59-14:00"}, "asked_at: It lies in the future"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_stored(api: httpx.AsyncClient, body: Any, says: str) -> None:
    answer = await api.post(URL, json=body)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert (await api.get(URL)).json()["questions"] == []


async def test_a_text_of_a_hundred_thousand_characters_is_kept_whole(api: httpx.AsyncClient) -> None:
    longest = "é" * 100_000

    shown = await ask(api, text=longest)
    refused = await api.post(URL, json={"text": longest + "é"})

    assert shown["text"] == longest
    assert refused.status_code == 413
    assert "100,001" in refused.json()["detail"]


async def test_halves_of_characters_do_not_lose_a_question(api: httpx.AsyncClient) -> None:
    answer = await api.post(URL, content=rb'{"text": "\ud83d\ude00 \ud800", "client": "\udfff"}')

    assert answer.status_code == 201
    assert answer.json()["text"] == "😀 �"


async def test_json_that_is_called_something_else_is_refused_with_advice(api: httpx.AsyncClient) -> None:
    answer = await api.post(
        URL, content=b'{"text": "x"}', headers={"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == 415
    assert "Content-Type: application/json" in answer.json()["detail"]


async def test_the_same_key_is_the_same_question(api: httpx.AsyncClient) -> None:
    first = await api.post(URL, json={"text": "x"}, headers={"Idempotency-Key": "k"})
    again = await api.post(URL, json={"level": None, "text": "x"}, headers={"Idempotency-Key": "k"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


async def test_the_same_key_with_another_body_is_a_mistake(api: httpx.AsyncClient) -> None:
    await api.post(URL, json={"text": "x"}, headers={"Idempotency-Key": "k"})

    answer = await api.post(URL, json={"text": "y"}, headers={"Idempotency-Key": "k"})

    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]


async def test_keys_belong_to_their_token(api: httpx.AsyncClient) -> None:
    mine = await api.post(URL, json={"text": "x"}, headers={"Idempotency-Key": "k"})

    theirs = await api.post(
        URL, json={"text": "y"}, headers={"Idempotency-Key": "k", "Authorization": f"Bearer {OTHER_TOKEN}"}
    )

    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine.json()["id"]


async def test_twenty_at_once_with_one_key_are_one_question(firm_on_either: UnitsOfWork, clock: PushedClock) -> None:
    async with client_of(firm_on_either, clock) as api:
        posts = [api.post(URL, json={"text": "x"}, headers={"Idempotency-Key": "k"}) for _ in range(20)]
        answers = await asyncio.gather(*posts)
        listed = (await api.get(URL)).json()["questions"]

    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
    assert {answer.json()["id"] for answer in answers} == {"Q-1"}
    assert [one["id"] for one in listed] == ["Q-1"]


async def test_one_question_is_shown_with_its_history(api: httpx.AsyncClient) -> None:
    await ask(api, client="Acme")

    shown = (await api.get(f"{URL}/q-1")).json()

    assert [line["what"] for line in shown["history"]] == ["asked", "identified", "offered", "called"]
    assert {line["who"] for line in shown["history"]} == {"podline"}
    assert all(line["at"] == "2026-11-23T09:30:00Z" for line in shown["history"])


async def test_what_is_out_of_the_ordinary_about_a_question_is_shown(
    api: httpx.AsyncClient, units: UnitsOfWork, clock: PushedClock
) -> None:
    for _ in "123":
        await ask(api, client="Acme")
    bob = Identity("slack", "T0FIRM", "U0BOB")
    for line in ("urgent Q-1", "merge Q-2 into Q-1", "snooze Q-3 2h"):
        run(Invocation(line, bob, line), units, clock.now())

    shown = {one["id"]: one for one in (await api.get(URL)).json()["questions"]}

    assert [shown[id]["urgent"] for id in ("Q-1", "Q-2")] == [True, False]
    assert [shown[id]["merged_into"] for id in ("Q-1", "Q-2")] == [None, "Q-1"]
    assert [shown[id]["snoozed_until"] for id in ("Q-1", "Q-3")] == [None, "2026-11-23T11:30:00Z"]
    assert shown["Q-2"]["status"] == "resolved"
    history = (await api.get(f"{URL}/Q-2")).json()["history"]
    assert (history[-1]["who"], history[-1]["what"], history[-1]["why"]) == ("bob@firm.example", "merged", "into Q-1")


@pytest.mark.parametrize("id", ["Q-7", "Q-99999999999999999999", "7", "Q-", "x"])
async def test_a_question_that_is_not_there_is_a_404(api: httpx.AsyncClient, id: str) -> None:
    answer = await api.get(f"{URL}/{id}")

    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("There is no")


async def test_pages_go_from_the_newest_to_the_oldest(api: httpx.AsyncClient, clock: PushedClock) -> None:
    for _ in range(5):
        await ask(api)
        clock.push(timedelta(seconds=1))

    first = (await api.get(URL, params={"limit": 2})).json()
    second = (await api.get(URL, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    last = (await api.get(URL, params={"limit": 2, "cursor": second["next_cursor"]})).json()

    pages = [[one["id"] for one in page["questions"]] for page in (first, second, last)]
    assert pages == [["Q-5", "Q-4"], ["Q-3", "Q-2"], ["Q-1"]]
    assert last["next_cursor"] is None
    assert "history" not in first["questions"][0]


async def test_filters_choose_by_status_client_and_pod(api: httpx.AsyncClient) -> None:
    await ask(api, client="Acme")
    await ask(api)

    async def ids(**filters: str) -> list[str]:
        return [one["id"] for one in (await api.get(URL, params=filters)).json()["questions"]]

    assert await ids(status="routed") == ["Q-1"]
    assert await ids(client="acme ltd") == ["Q-1"]
    assert await ids(pod="north") == ["Q-2", "Q-1"]
    assert await ids(status="resolved") == []


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"status": "lost"}, 'status: It must be one of "unidentified"'),
        ({"client": "Nobody"}, "no client is called"),
        ({"pod": "West"}, "no pod is called"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"cursor": "first"}, "cursor"),
    ],
)
async def test_a_filter_that_fits_nothing_there_is_says_so(
    api: httpx.AsyncClient, filters: dict[str, str], says: str
) -> None:
    answer = await api.get(URL, params=filters)

    assert answer.status_code == 422
    assert says in answer.json()["detail"]


async def test_before_anything_is_set_up_the_sender_is_asked_to_come_again(
    new_empty: UnitsOfWork, clock: PushedClock
) -> None:
    async with client_of(new_empty, clock) as api:
        answer = await api.post(URL, json={"text": "x"})

    assert answer.status_code == 503
    assert "podline import roster" in answer.json()["detail"]
    assert answer.headers["Retry-After"]


@pytest.fixture
def new_empty(sqlite_url: str) -> Iterator[UnitsOfWork]:
    engine = open_engine(sqlite_url)
    yield UnitsOfWork(engine)
    engine.dispose()


async def test_attachments_are_kept_by_name_and_address(api: httpx.AsyncClient, units: UnitsOfWork) -> None:
    attachments = [
        {"name": " q3.pdf ", "url": "https://acme.example/q3.pdf?a=1&b=2"},
        {"name": "b", "url": "HTTP://b.example"},
    ]

    shown = await ask(api, client="Acme", attachments=attachments)

    with units.reading() as uow:
        kept = uow.questions.look_at(QuestionNumber(int(shown["id"][2:]))).attachments
    assert [(one.name, one.url) for one in kept] == [
        ("q3.pdf", "https://acme.example/q3.pdf?a=1&b=2"),
        ("b", "HTTP://b.example"),
    ]
    assert [one["name"] for one in shown["attachments"]] == ["q3.pdf", "b"]


@pytest.mark.parametrize(
    ("attachments", "says"),
    [
        ([{"name": "a", "url": "javascript:alert(1)"}], "attachments.0.url"),
        ([{"name": "a", "url": "ftp://files.example/a"}], "attachments.0.url"),
        ([{"name": "a", "url": "https://"}], "attachments.0.url"),
        ([{"name": "a", "url": "https://a.example/ b"}], "attachments.0.url"),
        ([{"name": "a", "url": "https://[a"}], "attachments.0.url"),
        ([{"name": "a", "url": "https://a.example/" + "a" * 2_000}], "attachments.0.url"),
        ([{"name": " ", "url": "https://a.example"}], "attachments.0.name"),
        ([{"name": "a"}], "attachments.0.url"),
        ([{"nme": "a", "name": "a", "url": "https://a.example"}], 'Did you mean "name"'),
        ([{"name": "a", "url": "https://a.example"}] * 21, "At most 20"),
        ("a.pdf", "attachments"),
    ],
)
async def test_what_is_no_attachment_is_refused_in_words(api: httpx.AsyncClient, attachments: Any, says: str) -> None:
    answer = await api.post(URL, json={"text": "VAT?", "attachments": attachments})

    assert answer.status_code == 422
    assert says in answer.json()["detail"]


async def test_the_same_key_with_other_attachments_is_another_question(api: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "1"}
    one = [{"name": "a", "url": "https://a.example"}]

    answers = [
        await api.post(URL, json={"text": "VAT?", "attachments": attachments}, headers=key)
        for attachments in (one, one, None, [])
    ]

    assert [one.status_code for one in answers] == [201, 200, 422, 422]
    assert (await api.post(URL, json={"text": "VAT?"}, headers={"Idempotency-Key": "2"})).status_code == 201
    assert (
        await api.post(URL, json={"text": "VAT?", "attachments": []}, headers={"Idempotency-Key": "2"})
    ).status_code == 200
