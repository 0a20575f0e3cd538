"""The main job in Microsoft Teams, as an operator and the people of a firm see it, through signed requests."""

import asyncio
from pathlib import Path

from tests.acceptance.teams_installation import channel, installed_in_teams

QUICK_STEPS = """      - {after: 5s, notify: deputies}
      - {after: 8s, notify: team, channel: C0TEAM}
      - {after: 11s, notify: contact_centre, channel: C0DESK}"""


async def test_a_question_becomes_a_card_is_claimed_by_one_and_survives_a_restart(tmp_path: Path) -> None:
    async with installed_in_teams(tmp_path, crowd=50) as podline:
        await podline.start()
        await podline.is_ready()
        await podline.is_heard()

        asked = await podline.ask("How do we file the Q3 return?")
        card = await podline.card(asked["id"])
        assert [one["mentioned"]["id"] for one in card.card["msteams"]["entities"]] == ["aad-ann"]

        clicks = [podline.teams.people.click(f"aad-c{number:03}", card, text="Claim") for number in range(50)]
        answers = await asyncio.gather(*clicks)
        assert all(answer.ok for answer in answers)

        owner = (await podline.look(asked["id"]))["claimed_by"]["name"]
        assert sum(owner in str(answer.card) for answer in answers) == 50
        await podline.until(lambda: owner in card.text)

        await podline.kill()
        await podline.start()
        await podline.is_ready()
        again = await podline.look(asked["id"])
        assert (again["status"], again["claimed_by"]["name"]) == ("claimed", owner)
        assert (await podline.teams.people.say("aad-bob", "mine")).ok  # what it knew of Teams it knows still
        await podline.until(lambda: podline.tenant.told("aad-bob"))
        assert len(podline.posts("NORTH")) == 1


async def test_steps_arrive_in_threads_chats_and_channels_past_who_is_away_and_stop_at_the_claim(
    tmp_path: Path,
) -> None:
    async with installed_in_teams(tmp_path, steps=QUICK_STEPS) as podline:
        await podline.start()
        await podline.is_ready()
        await podline.is_heard()
        assert (await podline.teams.people.say("aad-cara", "leave today")).ok
        await podline.until(lambda: podline.tenant.told("aad-cara"))

        asked = await podline.ask("Nobody claims this")
        other = await podline.ask("Somebody claims this")
        card = await podline.card(asked["id"])
        claimed = await podline.card(other["id"])
        assert (await podline.teams.people.click("aad-bob", claimed, text="Claim")).ok
        await podline.until(lambda: podline.posts("DESK"))

        north = channel("NORTH")
        called = [one.card["msteams"]["entities"] for one in podline.tenant.replies(north, card.id)]
        assert [[each["mentioned"]["id"] for each in one] for one in called] == [["aad-bob"]]  # Cara is on leave
        assert len([one for one in podline.tenant.told("aad-bob") if asked["id"] in one.text]) == 1
        assert [asked["id"] in one.text for one in podline.posts("TEAM")] == [True]
        assert [asked["id"] in one.text for one in podline.posts("DESK")] == [True]
        assert podline.tenant.replies(north, claimed.id) == []
        assert len(podline.tenant.told("aad-cara")) == 1


async def test_killed_in_the_middle_of_sending_it_sends_again_and_a_dead_channel_goes_on_to_the_next_step(
    tmp_path: Path,
) -> None:
    async with installed_in_teams(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        await podline.is_heard()
        podline.teams.misbehaviour.hang("create_activity", 60, channel=channel("NORTH"))

        asked = await podline.ask("Does it survive?")
        await asyncio.sleep(0.5)
        await podline.kill()
        await podline.start()
        await podline.is_ready()
        await podline.card(asked["id"])

        podline.tenant.conversations[channel("SOUTH")].closed = "BotDisabledByAdmin"
        dead = await podline.ask("Is anybody there?", client="Echo Inc")
        await podline.until(lambda: podline.posts("ALERTS"))
        await podline.until(lambda: [one for one in podline.tenant.told("aad-dan") if dead["id"] in one.text])


async def test_killed_as_soon_as_it_has_acknowledged_it_loses_nothing_that_was_said_and_does_it_once(
    tmp_path: Path,
) -> None:
    texts = [f"Is it kept, number {number}?" for number in range(2)]
    async with installed_in_teams(tmp_path) as podline:
        await podline.start()
        await podline.is_ready()
        await podline.is_heard()

        for text in texts:
            assert (await podline.teams.people.say("aad-bob", f"question Acme: {text}")).ok
            await podline.kill()
            await podline.start()
            await podline.is_ready()

        await podline.until(lambda: all(any(text in one.text for one in podline.posts("NORTH")) for text in texts))
        async with podline.client() as api:
            kept = (await api.get("/api/v1/questions")).json()["questions"]
        assert sorted(one["text"] for one in kept) == texts


async def test_the_same_program_without_a_tenant_says_what_to_add(tmp_path: Path) -> None:
    async with installed_in_teams(tmp_path) as podline:
        del podline.platform["PODLINE_TEAMS_TENANTS"]

        await podline.start()
        assert podline.process is not None
        assert await podline.process.wait() == 1
        assert "PODLINE_TEAMS_TENANTS is missing" in podline.log()
        assert "Traceback" not in podline.log()
