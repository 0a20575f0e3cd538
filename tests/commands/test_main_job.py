"""The main job as a story: a client's question reaches somebody who knows the client and is in."""

from coverage.question import Status
from tests.world import World


def test_a_question_is_put_before_its_pod_claimed_and_answered(world_on_both: World) -> None:
    world = world_on_both

    world.ask("How do we file the return?", email="jo@acme.example", client=None)
    [card] = world.must_send("C0NORTH card")
    assert card.calls == ("Ann Lee",)

    assert world.say("Bob", "claim Q-1") == "Q-1 is yours. An answer is due Mon 23 Nov 14:00."
    world.must_send("C0NORTH redrawn")

    assert world.say("Bob", "answered Q-1 sent the form") == "Q-1 is answered."
    assert world.say("Bob", "resolve Q-1") == "Q-1 is resolved."
    assert world.question().status is Status.RESOLVED
    assert world.happened() == [
        "asked",
        "identified",
        "offered",
        "called",
        "claimed",
        "answered",
        "resolved",
    ]
