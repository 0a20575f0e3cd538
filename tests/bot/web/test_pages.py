"""The page at /docs, health and metrics."""

import re

import httpx

from bot.clock import PushedClock
from bot.metrics import Metrics
from bot.web.health import Health
from commands.ports import What
from storage.unit_of_work import UnitsOfWork
from tests.bot.web.conftest import client_of


async def test_the_documentation_needs_nothing_from_anywhere_else(api: httpx.AsyncClient) -> None:
    answer = await api.get("/docs", headers={"Authorization": ""})

    assert answer.status_code == 200
    assert re.findall(r"""(?:src|href)=["']([^"'#]+)""", answer.text) == ["/openapi.json"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "https://" not in answer.text


async def test_the_documentation_names_every_route_field_and_answer(api: httpx.AsyncClient) -> None:
    page = (await api.get("/docs")).text
    openapi = (await api.get("/openapi.json")).json()

    assert set(openapi["paths"]) >= {"/api/v1/questions", "/api/v1/questions/{id}", "/healthz", "/readyz"}
    asking = openapi["paths"]["/api/v1/questions"]["post"]
    assert set(asking["responses"]) == {"200", "201", "401", "413", "415", "422", "503"}
    assert "ProblemDocument" in openapi["components"]["schemas"]
    for word in ("Idempotency-Key", "asked_at", "next_cursor", "ProblemDocument", "self_service"):
        assert word in page


async def test_every_error_in_the_documentation_is_a_problem_document(api: httpx.AsyncClient) -> None:
    openapi = (await api.get("/openapi.json")).json()

    routes = [route for methods in openapi["paths"].values() for route in methods.values()]
    answers = [(status, answer) for route in routes for status, answer in route["responses"].items()]
    errors = [answer for status, answer in answers if status.startswith("4")]
    assert errors
    assert {tuple(answer["content"]) for answer in errors} == {("application/problem+json",)}
    assert {
        answer["content"]["application/problem+json"]["schema"]["$ref"].rpartition("/")[2] for answer in errors
    } == {"ProblemDocument"}
    assert "Successful Response" not in {answer["description"] for _, answer in answers}
    assert set(openapi["paths"]["/api/v1/questions/{id}"]["get"]["responses"]) == {"200", "401", "404", "503"}
    assert "ValidationError" not in str(openapi["components"]["schemas"])


async def test_ready_means_that_nothing_is_found_wrong(units: UnitsOfWork, clock: PushedClock) -> None:
    health, reasons = Health(), ["no round of the tick was finished yet"]

    async def check() -> list[str]:
        return reasons

    health.add("the tick", check)
    async with client_of(units, clock, health) as api:
        before = await api.get("/readyz")
        reasons.clear()
        after = await api.get("/readyz")
        alive = await api.get("/healthz")
        asked_briefly = await api.head("/readyz")

    assert (before.status_code, before.json()["ready"]) == (503, False)
    assert before.json()["reasons"] == ["no round of the tick was finished yet"]
    assert (after.status_code, after.json()) == (200, {"ready": True, "reasons": []})
    assert alive.json() == {"alive": True}
    assert asked_briefly.status_code == 200


async def test_a_check_that_fails_is_a_reason_itself() -> None:
    health = Health()

    async def check() -> list[str]:
        raise ConnectionError("with an address in it")

    health.add("the database", check)

    assert await health.reasons() == ["the database: ConnectionError"]


def test_figures_count_what_happened_and_name_nobody() -> None:
    metrics = Metrics()

    metrics.happened([What.ASKED, What.ASKED, What.CLAIMED])
    metrics.ticked([0.2, -1.0], failed=1)
    text = metrics.text().decode()

    assert 'podline_happened_total{what="asked"} 2.0' in text
    assert 'podline_happened_total{what="claimed"} 1.0' in text
    assert "podline_lateness_seconds_count 2.0" in text
    assert "podline_failed_questions_total 1.0" in text


async def test_metrics_are_served_in_prometheus_form(api: httpx.AsyncClient) -> None:
    answer = await api.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "# TYPE podline_ticks_total counter" in answer.text
