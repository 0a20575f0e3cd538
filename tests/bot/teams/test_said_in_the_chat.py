"""What people say to Podline in their chat of Teams as they would to a colleague: quoted, in passing, as it comes."""

from typing import Any

from bot.teams_playground.activities import message
from bot.teams_playground.tenant import Shown
from tests.bot.teams.conftest import BOB, World


async def replies(world: World, text: str, quoted: str) -> Shown:
    """Bob replies to a message in his chat; returns what he is told."""
    tenant = world.tenant
    sent: dict[str, Any] = message(
        tenant,
        world.playground.service_url,
        tenant.users[BOB],
        tenant.chat_with(BOB),
        f'<quoted messageId="{quoted}"/> {text}',
    )
    sent["entities"].append({"type": "quotedReply", "quotedReply": {"messageId": quoted}})
    assert (await world.playground.people.send(sent)).ok
    await world.settle()
    return tenant.told(BOB)[-1]


async def test_a_reply_with_a_quote_is_understood(world: World) -> None:
    await world.ask_and_deliver()

    told = await replies(world, "claim Q-1", "1772050244572")
    away = await replies(world, "I'm sick today", told.id)

    assert "Q-1 is yours" in told.text
    assert "You are away" in away.text


async def test_what_a_client_asks_is_put_to_the_pod_by_a_button_and_a_form(world: World) -> None:
    await world.playground.people.say(BOB, "How do we file the Q3 return for Acme?")
    await world.settle()
    offered = world.tenant.told(BOB)[-1]

    form = await world.playground.people.click(BOB, offered, text="Ask the pod this")
    chat = world.tenant.chat_with(BOB)
    entries = {"entry_client": "Acme Ltd", "entry_text": "How do we file?"}
    await world.playground.people.press(BOB, chat, offered, form.card["actions"][0], entries)
    await world.settle()

    assert "Acme Ltd" in str(form.card)
    assert world.question(1).text == "How do we file?"
