"""One process that serves Slack and Teams, and one pod with people in both: what is done here is seen there."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from bot.app import Podline
from bot.clock import PushedClock, SystemClock
from bot.config import Settings
from bot.playground.log import Happening, Reader
from bot.playground.server import PlaygroundServer
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams_playground.server import TeamsPlayground
from bot.web.listening import listening
from commands.roster import import_roster
from coverage.question import Question
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ROSTER, ask_for_acme
from tests.bot.teams.conftest import ANN, BOB, NORTH, a_tenant
from tests.bot.test_app import of_slack, slack_stand_in


def soon(usual: float) -> float:
    """Real seconds in which it is to be seen: two, and more on a machine that has other things to do, as the ``usual``
    time of something as long tells."""
    return 2.0 + 3.0 * usual


@dataclass
class Both:
    """The process, its two stand-ins, and what becomes visible in each."""

    podline: Podline
    slack: PlaygroundServer
    teams: TeamsPlayground
    seen_in_slack: Reader
    seen_in_teams: Reader
    address: str

    def ask(self) -> Question:
        return ask_for_acme("How do we post this?", self.podline.new_uow, self.podline.clock.now())


def roster_with_channel(north: str) -> str:
    """Ann is in Slack and in Teams, Bob in Teams alone; Dan is known by his e-mail."""
    accounts = ROSTER.replace("slack: U0ANN", f"slack: U0ANN, teams: {ANN}").replace("slack: U0BOB", f"teams: {BOB}")
    return accounts.replace("C0NORTH", f'"{north}"')


@pytest.fixture
async def both(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: object) -> AsyncIterator[Both]:
    clock = PushedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))  # Tuesday: on Mondays managers read their outlook
    engine = open_engine(sqlite_url)
    import_roster(roster_of(document_of(roster_with_channel(request.param))), UnitsOfWork(engine))
    engine.dispose()
    async with slack_stand_in(clock) as slack, TeamsPlayground(a_tenant(clock), wall_clock=SystemClock().now) as teams:
        tenant = teams.tenant
        settings = Settings.read(
            PODLINE_DATABASE_URL=sqlite_url,
            PODLINE_TICK_SECONDS=0.2,
            PODLINE_TEAMS_CLIENT_ID=tenant.app_id,
            PODLINE_TEAMS_CLIENT_SECRET=tenant.secret,
            PODLINE_TEAMS_TENANTS=tenant.id,
            PODLINE_TEAMS_OPENID_URL=teams.openid_url,
            PODLINE_TEAMS_SERVICE_HOSTS="127.0.0.1",
            **of_slack(slack),
        )
        seen = slack.workspace.log.reader(), tenant.log.reader()
        async with (
            Podline(settings, clock, paced=False) as podline,
            listening(podline.site, "127.0.0.1", 0) as address,
        ):
            slack.request_url = f"{address}/slack/events"
            teams.people.endpoint = f"{address}/api/messages"
            await teams.people.say(ANN, "help")
            await seen[1].arrives("posted")
            yield Both(podline, slack, teams, *seen, address)


@pytest.mark.parametrize("both", ["C0NORTH"], indirect=True)
async def test_a_claim_in_teams_redraws_the_card_in_slack(both: Both) -> None:
    began = time.perf_counter()
    both.ask()
    card = (await both.seen_in_slack.arrives("posted", channel="C0NORTH")).message
    usual = time.perf_counter() - began
    assert card is not None

    began = time.perf_counter()
    await both.teams.people.say(BOB, "claim Q-1")
    await both.seen_in_slack.arrives("updated", channel="C0NORTH")
    took = time.perf_counter() - began
    told = await both.seen_in_teams.arrives("posted")

    assert "Bob Roy" in str(both.slack.workspace.message("C0NORTH", card.ts).blocks)
    assert took < soon(usual)
    assert "Q-1 is yours" in told.detail["shown"].text
    both.seen_in_slack.expect_nothing()
    both.seen_in_teams.expect_nothing()


@pytest.mark.parametrize("both", [NORTH], indirect=True)
async def test_a_claim_in_slack_redraws_the_card_in_teams(both: Both) -> None:
    began = time.perf_counter()
    both.ask()
    card = (await both.seen_in_teams.arrives("posted", channel=NORTH)).detail["shown"]
    usual = time.perf_counter() - began

    began = time.perf_counter()
    answer = await both.slack.people.slash_command("U0ANN", "C0DESK", "/claim", "Q-1")
    await both.seen_in_teams.arrives("updated", channel=NORTH)
    took = time.perf_counter() - began

    assert answer.ok
    assert "Ann Lee" in card.text
    assert took < soon(usual)
    both.seen_in_teams.expect_nothing()


@pytest.mark.parametrize("both", [NORTH], indirect=True)
async def test_a_question_asked_in_teams_has_its_card_there_soon(both: Both) -> None:
    began = time.perf_counter()
    await both.teams.people.say(BOB, "mine")
    await both.seen_in_teams.arrives("posted", channel=both.teams.tenant.chat_with(BOB).id)
    usual = time.perf_counter() - began

    began = time.perf_counter()
    await both.teams.people.say(BOB, "question Acme: How do we post this?")
    await both.seen_in_teams.arrives("posted", channel=NORTH)
    took = time.perf_counter() - began

    assert took < soon(usual)


@pytest.mark.parametrize("both", [NORTH], indirect=True)
async def test_while_the_keys_of_teams_hang_slack_and_health_keep_their_times(both: Both) -> None:
    usual = await answered_and_alive(both)
    both.teams.misbehaviour.hang("openid", 30, times=None)
    assert both.podline.teams is not None
    both.podline.teams.keys._tried_at = both.podline.teams.keys._fetched_at = -3600.0
    both.teams.signer.key_name = "second"

    waiting = [asyncio.create_task(both.teams.people.say(BOB, "mine")) for _ in range(5)]
    took = await answered_and_alive(both)
    refused = await asyncio.gather(*waiting)

    assert took < soon(usual)
    assert {one.status for one in refused} == {503}


async def answered_and_alive(both: Both) -> float:
    """After how many real seconds a command in Slack is answered, and whoever asks whether we are well."""
    began = time.perf_counter()
    answer = await both.slack.people.slash_command("U0ANN", "C0DESK", "/podline", "mine")
    async with httpx.AsyncClient() as anybody:
        alive = await anybody.get(f"{both.address}/healthz")
    assert answer.ok
    assert alive.status_code == 200
    return time.perf_counter() - began


@pytest.mark.parametrize("both", ["C0NORTH"], indirect=True)
async def test_a_direct_message_comes_where_somebody_acted_last_and_in_the_other_where_that_is_closed(
    both: Both,
) -> None:
    in_teams, in_slack = both.teams.tenant.chat_with(ANN), both.slack.workspace.dm_with("U0ANN")
    both.ask()
    await both.seen_in_slack.arrives("posted", channel="C0NORTH")

    await both.teams.people.say(BOB, "handoff Q-1 Ann Lee she is in Teams")
    first = await both.seen_in_teams.arrives("posted", channel=in_teams.id)
    assert "she is in Teams" in first.detail["shown"].text
    await both.slack.people.slash_command("U0ANN", "C0DESK", "/podline", "release Q-1")
    await both.teams.people.say(BOB, "handoff Q-1 Ann Lee she is in Slack")
    second = await both.seen_in_slack.arrives("posted", channel=in_slack)
    assert "she is in Slack" in both.slack.workspace.message(in_slack, _ts(second)).text
    await both.teams.people.say(ANN, "release Q-1")
    await both.seen_in_teams.arrives("posted", channel=in_teams.id)
    in_teams.closed = "MessageWritesBlocked"
    await both.teams.people.say(BOB, "handoff Q-1 Ann Lee she blocks us in Teams")
    await both.seen_in_slack.arrives("posted", channel=in_slack)

    texts = [one.text for one in both.slack.workspace.messages(in_slack)]
    assert len(texts) == 2
    assert "she blocks us in Teams" in texts[1]
    assert not both.slack.workspace.messages("C0ALERTS")


def _ts(happened: Happening) -> str:
    assert happened.message is not None
    return happened.message.ts
