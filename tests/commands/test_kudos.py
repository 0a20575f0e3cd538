"""Kudos: a sentence for a colleague, so many a day, for a question they really had; whoever is away hears later."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from commands.views import Form
from tests.world import World, is_refusal, only, user, words

CHANNEL = "kudos_channel: C0KUDOS"


def forms(world: World, line: str) -> Form:
    reply = world.reply("Ann", line)
    assert isinstance(reply, Form), words(reply)
    return reply


def test_thanks_go_to_the_kudos_channel_and_to_whoever_is_thanked(world: World) -> None:
    world.change(CHANNEL)

    said = world.say("Ann", "kudos <@U0BOB> you saved the Thursday")

    assert said == "Bob Roy gets your thanks. It is in the kudos channel, too."
    channel, direct = sorted(world.must_send("C0KUDOS: kudos", "Bob: kudos"), key=lambda sent: sent.to, reverse=True)
    assert (channel.text, channel.calls) == ("Ann Lee thanks Bob Roy:\nyou saved the Thursday", ("Bob Roy",))
    assert (direct.text, direct.calls) == ("Ann Lee thanks you:\nyou saved the Thursday", ())


def test_a_firm_without_a_kudos_channel_tells_whoever_is_thanked(world: World) -> None:
    assert world.say("Ann", "kudos @Bob Roy: well done") == "Bob Roy gets your thanks."

    world.must_send("Bob: kudos")


@pytest.mark.parametrize(
    ("line", "to", "question"),
    [
        ("kudos", "", ""),
        ("kudos @Bob Roy", "<@U0BOB>", ""),
        ("kudos @Bob Roy !!!", "<@U0BOB>", ""),
        ("kudos <@U0BOB> for Q-1", "<@U0BOB>", "Q-1"),
    ],
)
def test_without_a_sentence_a_form_asks_for_it_and_keeps_what_was_said(
    world: World, line: str, to: str, question: str
) -> None:
    form = forms(world, line)

    assert [(field.name, field.initial) for field in form.fields] == [
        ("to", to), ("question", question), ("sentence", ""),
    ]  # fmt: skip
    assert world.deliver() == []


@pytest.mark.parametrize(
    ("entry", "is_for"), [("", ""), ("Q-1", " for Q-1"), ("q1", " for Q-1"), ("1", " for Q-1"), ("#1", " for Q-1")]
)
def test_the_form_says_what_a_line_can_say(world: World, entry: str, is_for: str) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()
    filled = forms(world, "kudos").line.format(to="<@U0BOB>", question=entry, sentence="for staying late")

    world.say("Ann", filled)

    assert only(world.deliver()).text == f"Ann Lee thanks you{is_for}:\nfor staying late"


@pytest.mark.parametrize("sentence", ["for staying late", "for 3 days of patience", "for the audit: well done"])
def test_for_may_be_the_beginning_of_the_sentence(world: World, sentence: str) -> None:
    world.say("Ann", f"kudos @Bob Roy {sentence}")

    assert only(world.deliver()).text.endswith(f":\n{sentence}")


def test_nobody_thanks_themselves(world: World) -> None:
    assert "somebody else" in world.refused("Bob", "kudos @Bob Roy I am great")
    assert "somebody else" in world.refused("Bob", "kudos <@U0BOB>")


def test_nobody_unknown_is_thanked(world: World) -> None:
    assert "I know nobody called “Zoe”" in world.refused("Ann", "kudos @Zoe well done")


def test_a_long_speech_is_not_a_sentence(world: World) -> None:
    assert world.refused("Ann", f"kudos @Bob Roy {'x' * 1001}") == "That is 1,001 characters. Say it in at most 1,000."


def test_so_many_a_day_in_the_givers_own_day(world: World) -> None:
    world.change("people: [{name: Bob Roy, email: bob@firm.example, slack: U0BOB, timezone: America/New_York}]")
    for number in range(5):
        world.say("Bob", f"kudos @Cara Diaz well done {number}")

    assert world.refused("Bob", "kudos @Dan Low you too") == (
        "You have given all 5 of today's kudos. Keep this for tomorrow."
    )
    world.say("Ann", "kudos @Dan Low you too")
    world.sleep(hours=18)  # 04:00 in London, 23:00 in New York
    world.refused("Bob", "kudos @Dan Low you too")
    world.sleep(hours=1)
    world.say("Bob", "kudos @Dan Low you too")


def test_a_firm_may_switch_them_off(world: World) -> None:
    world.change("settings: {kudos_per_day: 0}")

    assert "switched kudos off" in world.refused("Ann", "kudos @Bob Roy well done")


def test_pressing_twice_at_once_gives_none_too_many(world_on_both: World) -> None:
    world = world_on_both
    world.change("settings: {kudos_per_day: 3}")

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda number: world.reply("Ann", f"kudos @Bob Roy well done {number}"), range(8)))

    assert sum(not is_refusal(reply) for reply in replies) == 3
    assert len(world.deliver()) == 3


def test_the_same_delivery_thanks_once(world_on_both: World) -> None:
    world = world_on_both
    world.reply("Ann", "kudos @Bob Roy well done", key="slack:command:once")

    again = world.reply("Ann", "kudos @Bob Roy well done", key="slack:command:once")

    assert words(again) == "That was done already."
    world.must_send("Bob: kudos")


def test_for_a_question_they_claimed_were_handed_or_answered(world: World) -> None:
    world.ask()
    world.say("Bob", "claim Q-1")
    world.say("Bob", "handoff Q-1 @Cara Diaz she knows it; well")
    world.say("Cara", "handoff Q-1 @Dan Low he has time")
    world.say("Dan", "answered Q-1 done")
    world.deliver()

    for name in ("Bob Roy", "Cara Diaz", "Dan Low"):
        world.say("Mia", f"kudos @{name} for Q-1 well done")

    assert {sent.text for sent in world.deliver()} == {"Mia Fox thanks you for Q-1:\nwell done"}
    assert world.refused("Mia", "kudos @Annie for Q-1 well done") == (
        "Ann Lee did not have Q-1. It was with Bob Roy and Cara Diaz and Dan Low."
    )


def test_a_question_must_be_there_and_have_been_with_somebody(world: World) -> None:
    world.ask()

    assert world.refused("Ann", "kudos @Bob Roy for Q-7 well done") == "There is no question Q-7."
    assert world.refused("Ann", "kudos @Bob Roy for Q-1 well done") == (
        "Bob Roy did not have Q-1. Nobody has had it yet."
    )


def test_somebody_on_leave_is_named_not_called_and_told_on_their_return(world_on_both: World) -> None:
    world = world_on_both
    world.change(CHANNEL)
    world.say("Bob", "leave today - 27 Nov")

    said = world.say("Ann", "kudos @Bob Roy you saved the Thursday")

    assert said == (
        "Bob Roy is away until Fri 27 Nov and gets your thanks on their return. It is in the kudos channel, too."
    )
    assert only(world.must_send("C0KUDOS: kudos")).calls == ()
    assert world.wait(days=6, hours=13) == []  # Sunday, 23:00
    assert [(sent.line, f"{sent.at:%a %H:%M}") for sent in world.wait(hours=2)] == [("Bob: kudos", "Mon 00:00")]


def test_leave_that_grows_or_shrinks_moves_the_thanks(world: World) -> None:
    world.say("Bob", "leave today - 27 Nov")
    world.say("Bob", "leave for @Bob Roy 30 Nov")
    world.say("Ann", "kudos @Bob Roy well done")

    assert world.wait(days=7) == []
    world.say("Bob", "leave 1 Dec")
    assert world.wait(hours=20) == []
    world.say("Bob", "leave cancel 1 Dec")
    assert [sent.line for sent in world.wait(days=1)] == ["Bob: kudos"]


def test_whoever_falls_ill_before_it_is_sent_is_not_called(world: World) -> None:
    world.change(CHANNEL)
    world.say("Ann", "kudos @Bob Roy well done")
    world.say("Bob", "leave today sick")

    assert only(world.must_send("C0KUDOS: kudos")).calls == ()


def test_thanks_that_wait_hold_nothing_else_back(world: World) -> None:
    world.say("Mia", "leave today - 27 Nov")
    world.say("Ann", "kudos @Mia Fox well done")
    world.deliver()
    world.say("Mia", "leave cancel today - 27 Nov")
    world.ask()
    world.say("Ann", "claim Q-1")
    world.say("Ann", "handoff Q-1 @Mia Fox your turn")

    assert "Mia: handed_off" in [sent.line for sent in world.deliver()]


def test_the_givers_words_are_a_quotation_and_call_nobody(world: World) -> None:
    world.change(CHANNEL)

    world.say("Ann", "kudos @Bob Roy <!channel> you and <@U0CARA> and <@U0XXX|zed> *rock*")

    sent = next(one for one in world.deliver() if one.to == "C0KUDOS")
    assert sent.text.endswith("<!channel> you and Cara Diaz and zed *rock*")
    assert sent.calls == ("Bob Roy",)
    with world.new_uow.reading() as uow:
        kept = uow.kudos.get(1)
    assert kept is not None
    assert kept.sentence == "<!channel> you and Cara Diaz and zed *rock*"


def test_thanks_to_somebody_who_has_left_since_are_dropped(world: World) -> None:
    world.change("people: [{name: Eve Orr, email: eve@firm.example, slack: U0EVE}]")
    world.say("Ann", "kudos @Eve Orr all the best")
    with world.new_uow() as uow:
        eve = uow.people.by_identity(user("Eve"))
        assert eve is not None
        uow.setup.prune(people=[eve], pods=[], clients=[])
        uow.commit()

    assert world.deliver() == []
