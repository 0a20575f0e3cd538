"""Several at once, as clicks, ticks and processes are: every step fires once, every question has one owner."""

from concurrent.futures import ThreadPoolExecutor

from commands.away import offer_what_the_absent_have
from commands.tick import tick
from tests.world import World, is_refusal

AT_ONCE = 6


def test_two_processes_that_tick_at_once_take_each_step_once(world_on_both: World) -> None:
    world = world_on_both
    for number in range(5):
        world.ask(f"question {number}")
    world.deliver()
    world.sleep(minutes=15)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ticked = list(pool.map(lambda _: tick(world.new_uow, world.now), range(AT_ONCE)))

    assert sum(one.failed for one in ticked) == 0
    sent = [one.line for one in world.deliver()]
    assert sent.count("Bob: step") == 5
    assert all(world.happened(number).count("step") == 1 for number in range(1, 6))


def test_a_claim_and_a_step_at_the_same_instant_are_both_whole(world_on_both: World) -> None:
    world = world_on_both
    for number in range(5):
        world.ask(f"question {number}")
    world.deliver()
    world.sleep(minutes=15)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ticked = [pool.submit(tick, world.new_uow, world.now) for _ in range(2)]
        clicked = [pool.submit(world.reply, "Bob", f"claim Q-{number}") for number in range(1, 6)]

    assert sum(one.result().failed for one in ticked) == 0
    assert not any(is_refusal(one.result()) for one in clicked)
    for number in range(1, 6):
        happened = world.happened(number)
        assert world.owner(number) == "Bob"
        assert happened.count("claimed") == 1
        assert "step" not in happened[happened.index("claimed") :]


def test_two_processes_that_see_somebody_leave_offer_their_questions_once(world_on_both: World) -> None:
    world = world_on_both
    for number in range(1, 4):
        world.ask(f"question {number}")
        world.say("Ann", f"answered Q-{number}")
    world.say("Ann", "leave today pm")
    world.deliver()
    world.sleep(hours=3)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        offered = list(pool.map(lambda _: offer_what_the_absent_have(world.new_uow, world.now), range(AT_ONCE)))

    assert sum(offered) == 3
    assert all(world.happened(number).count("offered") == 2 for number in range(1, 4))


def test_a_hand_off_and_a_release_at_once_leave_one_of_them_done(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.say("Bob", "claim Q-1")

    with ThreadPoolExecutor(2) as pool:
        handed = pool.submit(world.reply, "Bob", "handoff Q-1 @Annie")
        released = pool.submit(world.reply, "Ann", "release Q-1")

    assert not is_refusal(handed.result())
    assert not is_refusal(released.result())
    assert world.owner() in ("Ann", None)
    assert {"handed_off", "released"} <= set(world.happened())
