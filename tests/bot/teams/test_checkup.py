"""What doctor finds of Teams, against the stand-in."""

from dataclasses import replace

from bot.checkup import Finding, Post
from bot.clock import SystemClock
from bot.teams.checkup import teams_findings
from tests.bot.teams.conftest import NORTH, World, registration_of

POSTS = [Post(NORTH, "the channel of pod North", "pods (North): channel")]


async def look(world: World, *, url: str | None = "", secret: str | None = None) -> list[Finding]:
    at = registration_of(world.playground)
    endpoint = str(world.playground.people.endpoint).removesuffix("/api/messages") if url == "" else url
    return await teams_findings(
        replace(at, secret=secret or at.secret), endpoint, POSTS, world.new_uow, world.clock, SystemClock().now
    )


async def test_where_all_is_well_there_are_no_findings(world: World) -> None:
    assert await look(world) == []


async def test_a_refused_secret_says_where_a_new_one_is_made(world: World) -> None:
    [finding] = await look(world, secret="not-this-one")

    assert "no token" in finding.what
    assert "PODLINE_TEAMS_CLIENT_SECRET" in finding.act


async def test_a_domain_in_the_place_of_a_tenant_is_found(world: World) -> None:
    at = replace(registration_of(world.playground), client_id="podline", tenants=("firm.example", world.tenant.id))
    endpoint = str(world.playground.people.endpoint).removesuffix("/api/messages")

    found = await teams_findings(at, endpoint, POSTS, world.new_uow, world.clock, SystemClock().now)

    assert [one.what.partition(",")[0] for one in found[:2]] == [
        "PODLINE_TEAMS_CLIENT_ID is podline",
        "PODLINE_TEAMS_TENANTS has firm.example",
    ]
    assert "Overview" in found[0].act


async def test_where_nobody_gives_a_token_the_network_is_to_be_looked_at(world: World) -> None:
    world.playground.misbehaviour.drop_before("token")

    [finding] = await look(world)

    assert "does not answer" in finding.what
    assert "network" in finding.act


async def test_a_channel_podline_is_not_in_names_the_act_and_the_place_in_the_roster(world: World) -> None:
    world.tenant.conversations[NORTH].closed = "BotNotInConversationRoster"

    [finding] = await look(world)

    assert finding.what == f"Podline is not in {NORTH} (the channel of pod North), or it does not exist."
    assert "pods (North): channel" in finding.act


async def test_keys_that_cannot_be_fetched_are_found(world: World) -> None:
    world.playground.misbehaviour.status("openid", 500, times=None)

    assert any("signing keys" in one.what for one in await look(world))


async def test_a_public_address_where_somebody_else_answers_is_found(world: World) -> None:
    [elsewhere] = await look(world, url=world.playground.base_url)
    [nowhere] = await look(world, url="http://127.0.0.1:9")
    [unset] = await look(world, url=None)

    assert "answers 404" in elsewhere.what
    assert "Nothing answers" in nowhere.what
    assert "PODLINE_PUBLIC_URL" in unset.what


async def test_before_anybody_has_spoken_it_says_what_to_do(world: World) -> None:
    with world.new_uow() as uow:
        for key in uow.references.of_platform("teams"):
            uow.references.forget("teams", key)
        uow.commit()

    [finding] = await look(world)

    assert "nobody has spoken" in finding.what.lower()
    assert "help" in finding.act
