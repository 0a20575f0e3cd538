"""A reply to the message that called somebody means the question they were called about."""

from coverage.ids import QuestionNumber
from tests.world import World, is_refusal


def call_to_bob(world: World, number: int) -> str:
    """What the platform calls the message with which Bob was called about the question."""
    with world.new_uow.reading() as uow:
        bob = next(person.id for person in uow.firm().people.values() if person.name == "Bob Roy")
        calls = uow.outbox.sent_calls(QuestionNumber(number))
    return next(call.remote for call in calls if call.to_person == bob)


def test_a_reply_to_a_call_needs_no_id(world: World) -> None:
    for _ in range(2):
        world.ask()
    world.wait(hours=1)

    said = world.say("Bob", "claim", place="D0BOB", thread=call_to_bob(world, 2))

    assert said.startswith("Q-2 is yours")
    assert (world.owner(1), world.owner(2)) == (None, "Bob")
    world.say("Bob", "resolve", place="D0BOB", thread=call_to_bob(world, 2))
    assert world.question(2).status == "resolved"


def test_a_call_to_somebody_else_is_not_found_by_its_name(world: World) -> None:
    world.ask()
    world.wait(hours=1)

    reply = world.reply("Ann", "resolve", place="D0ANN", thread=call_to_bob(world, 1))

    assert is_refusal(reply)
    assert world.question(1).status == "routed"
