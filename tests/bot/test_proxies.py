"""What goes out goes through the environment's proxy, to Teams as to Slack."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.proxies import proxy_for
from bot.teams.connector import Connector, new_session

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxy_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://smba.trafficmanager.net/teams", "http://proxy.firm.example:8080"),
        ("http://smba.trafficmanager.net/teams", None),
        ("https://inside.firm.example/", None),
        ("https://127.0.0.1:1/", None),
        ("https://localhost/", None),
        ("https://[::1]:1/", None),
    ],
)
def test_all_but_what_is_excepted_and_what_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str | None
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.firm.example:8080")
    monkeypatch.setenv("NO_PROXY", "inside.firm.example")

    assert proxy_for(url) == proxy


def test_without_a_proxy_nothing_goes_through_one() -> None:
    assert proxy_for("https://smba.trafficmanager.net/teams") is None


@dataclass
class Proxy:
    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """Answers everything itself, and keeps what it was asked for."""
    made = Proxy("")

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        made.asked.append(f"{request.method} {request.raw_path}")
        return web.json_response({"id": "7"}, status=201)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


class AnyToken:
    async def for_service(self, service_url: str) -> str | None:
        return "t"

    def forget(self, token: str) -> None:
        raise AssertionError("it is accepted")


async def test_what_is_sent_to_teams_takes_it(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.address)

    async with new_session() as session:
        sent = await Connector(session, AnyToken()).post("http://teams.example/amer/", "19:n@thread.tacv2", {})

    assert sent == "7"
    assert proxy.asked == ["POST http://teams.example/amer/v3/conversations/19:n@thread.tacv2/activities"]
