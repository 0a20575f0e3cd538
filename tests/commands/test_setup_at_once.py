"""Several managers who change the set-up at once: every change holds, or whoever was second is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from commands.export_roster import export_roster
from commands.views import Form, Reply
from coverage.question import Status
from tests.commands.setup_stories import client, filled, members, pod
from tests.world import World, is_refusal, words


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(act) for act in acts]]


def test_two_who_add_somebody_to_the_same_pod_both_have(world_on_both: World) -> None:
    world = world_on_both
    for _ in range(5):
        at_once(
            lambda: world.reply("Ann", "pod North add @Cara Diaz"),
            lambda: world.reply("Mia", "pod North add @Dan Low"),
        )
        assert set(members(world)) == {"ann", "bob", "cara", "dan"}
        at_once(lambda: world.reply("Ann", "undo"), lambda: world.reply("Mia", "undo"))
        assert members(world) == ["ann", "bob"]


def test_two_who_change_the_same_client_both_have(world_on_both: World) -> None:
    world = world_on_both
    at_once(
        lambda: world.reply("Ann", "client Acme alias One"),
        lambda: world.reply("Mia", "client Acme alias Two"),
        lambda: world.reply("Ann", "client Acme domain one.example"),
        lambda: world.reply("Mia", "client Acme knows @Dan Low"),
    )

    changed = client(world)
    assert isinstance(changed.aliases, tuple)
    assert set(changed.aliases) == {"Acme", "One", "Two"}
    assert changed.domains == ("acme.example", "one.example")
    assert isinstance(changed.knows, dict)
    assert "dan@firm.example" in changed.knows


def test_of_two_who_make_the_same_client_the_second_is_told(world_on_both: World) -> None:
    world = world_on_both

    replies: list[Reply] = at_once(
        *(lambda who=who: world.reply(who, "client new Zebra pod South") for who in ("Ann", "Mia", "Ann", "Mia"))
    )

    assert sorted(is_refusal(one) for one in replies) == [False, True, True, True]
    assert [line.name for line in export_roster(world.new_uow).clients or ()].count("Zebra") == 1


def test_of_two_forms_for_one_pod_sent_at_once_the_second_is_shown_what_it_would_overwrite(
    world_on_both: World,
) -> None:
    world = world_on_both
    form = world.reply("Ann", "pod North change")
    assert isinstance(form, Form)

    replies: list[Reply] = at_once(
        lambda: world.reply("Ann", filled(form, lead="<@U0ANN>"), drawn_for=form.version),
        lambda: world.reply("Mia", filled(form, lead="<@U0BOB>"), drawn_for=form.version),
    )

    told = sorted(words(one).startswith("That has been changed since") for one in replies)
    assert told == [False, True]
    assert pod(world).lead in ("ann@firm.example", "bob@firm.example")


def test_an_import_and_a_change_in_chat_at_once_both_hold(world_on_both: World) -> None:
    world = world_on_both
    for round_ in range(5):
        at_once(
            lambda: world.change(f"pods: [{{name: North, channel: C0NORTH{round_}}}]"),  # noqa: B023
            lambda: world.reply("Mia", "pod North add @Dan Low"),
        )
        assert members(world) == ["ann", "bob", "dan"]
        assert f"C0NORTH{round_}" in str(pod(world).channel)
        world.say("Mia", "pod North remove @Dan Low confirm")


def test_a_claim_and_a_move_at_once_leave_one_owner_in_the_new_pod(world_on_both: World) -> None:
    world = world_on_both
    for number in range(1, 4):
        world.ask(f"question {number}")

    at_once(
        lambda: world.reply("Ann", "client Acme pod South confirm"),
        *(lambda number=number: world.reply("Bob", f"claim Q-{number}") for number in range(1, 4)),
    )

    for number in range(1, 4):
        question = world.question(number)
        with world.new_uow.reading() as uow:
            assert uow.firm().pods[question.pod].name == "South"
        assert question.status in (Status.CLAIMED, Status.ROUTED)
        assert (question.status is Status.CLAIMED) is (world.owner(number) == "Bob")
        assert world.happened(number).count("moved") == 1
