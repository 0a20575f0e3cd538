"""A question comes in: kept, its client found or not guessed, and put before the right pod."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.ask import MAX_TEXT, Ask, AskedInTheFuture, KeyReused, NothingAsked, NotSetUp, TooLong, ask
from commands.look import look
from commands.views import Form
from coverage.ids import QuestionNumber
from coverage.question import AskedBy, Status, Via
from storage.unit_of_work import UnitsOfWork
from tests.world import World, commands_of, is_refusal, words

JO = AskedBy("Jo", "jo@acme.example")
EMAIL = Ask("How?", JO, Via.EMAIL)


def test_the_card_calls_the_named_contact_and_names_the_others_who_know_the_client(world: World) -> None:
    world.ask(email="jo@acme.example", client=None)

    [card] = world.must_send("C0NORTH card")
    assert card.calls == ("Ann Lee",)
    assert "Calling Ann Lee (named contact). Also know them: Bob Roy." in card.text


def test_a_stand_in_is_called_saying_for_whom_and_until_when(world: World) -> None:
    world.say("Ann", "leave today - Wed")

    world.ask()

    [card] = world.must_send("C0NORTH card")
    assert card.calls == ("Bob Roy",)
    assert "Calling Bob Roy: Ann Lee is away until Wed 25 Nov." in card.text


def test_with_the_whole_pod_on_leave_the_next_step_with_anybody_fires_at_once_and_the_history_says_why(
    world: World,
) -> None:
    world.say("Ann", "leave today")
    world.say("Bob", "leave today")

    world.ask()

    [card, _] = world.must_send("C0NORTH card", "C0TEAM: step")
    assert card.calls == ()
    assert "Nobody of North was there, so the next step was taken." in card.text
    assert world.happened() == ["asked", "identified", "offered", "skipped", "skipped", "step"]
    assert "nobody of North is there" in words(world.reply("Cara", "explain Q-1"))


def test_asked_on_friday_evening_only_the_card_goes_out_and_it_is_due_on_monday(world: World) -> None:
    world.now = datetime(2026, 11, 20, 17, 20, tzinfo=UTC)
    question = world.ask()
    world.must_send("C0NORTH card")

    assert question.deadlines.claim == datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
    assert world.wait(days=2, hours=15, minutes=44) == []
    assert world.now == datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
    assert sorted(one.line for one in world.wait(minutes=1)) == ["Bob: step", "C0NORTH redrawn", "C0NORTH thread: step"]


def test_who_is_called_on_friday_night_is_judged_by_monday_morning(world: World) -> None:
    world.now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    world.say("Ann", "leave Mon")

    world.ask()

    [card] = world.must_send("C0NORTH card")
    assert card.calls == ("Bob Roy",)
    assert "Calling Bob Roy: Ann Lee is away until Mon 23 Nov." in card.text


def test_a_client_nobody_knows_loses_no_question(world: World) -> None:
    question = world.ask("hello", client="Zebra Zoo", email="jo@acme.example")

    [card] = world.must_send("C0INTAKE card")
    assert "client Q-1 is Acme Ltd" in card.commands
    assert question.status is Status.UNIDENTIFIED
    form = world.reply("Bob", "client Q-1 is")
    assert isinstance(form, Form)
    assert form.fields[0].initial == "Zebra Zoo"
    assert form.fields[0].hint == "It may be: Acme Ltd"


def test_of_two_clients_that_fit_a_person_picks_from_buttons(world: World) -> None:
    world.ask("Acme Ltd or Birch Bakery, I forgot", client=None)

    [card] = world.must_send("C0INTAKE card")

    assert card.commands == ("claim Q-1", "client Q-1 is Acme Ltd", "client Q-1 is Birch Bakery")


def test_a_client_is_found_by_domain_and_by_name_in_the_text(world: World) -> None:
    assert world.ask("hi", client=None, email="Jo@ACME.example").client is not None
    assert world.ask("Birch Bakery want their VAT done", client=None).status is Status.ROUTED
    assert world.ask("Acme Ltd or Birch Bakery?", client=None).status is Status.UNIDENTIFIED
    assert world.ask("nobody in particular", client=None).status is Status.UNIDENTIFIED


def test_a_confirmed_address_is_known_the_next_time(world: World) -> None:
    world.ask("hello", client=None, email="jo@private.example")
    world.say("Bob", "claim Q-1")
    world.say("Bob", "client Q-1 is Acme")

    again = world.ask("hello again", client=None, email="jo@private.example")

    assert again.status is Status.ROUTED


def test_a_question_of_an_unknown_client_stays_in_the_intake_when_it_is_claimed(world: World) -> None:
    world.ask("hello", client=None)
    world.must_send("C0INTAKE card")

    world.say("Bob", "claim Q-1")

    world.must_send("C0INTAKE redrawn")


def test_once_the_client_is_known_their_pod_is_asked_from_the_first_step(world: World) -> None:
    world.ask("hello", client=None)
    world.deliver()
    world.wait(minutes=20)

    assert world.say("Bob", "client Q-1 is Birch Bakery") == "Q-1 is from Birch Bakery; South has been asked."

    [card, _] = world.must_send("C0SOUTH card", "C0INTAKE redrawn")
    assert card.calls == ("Cara Diaz",)
    assert world.question().step == 0
    assert world.question().offered_at == world.now


def test_a_client_may_be_corrected_but_not_on_a_resolved_question(world: World) -> None:
    world.ask()

    assert world.say("Bob", "client Q-1 is acme") == "Q-1 is from Acme Ltd already."
    assert "South has been asked" in world.say("Bob", "client Q-1 is Birch Bakery")
    world.say("Cara", "resolve Q-1")
    assert world.refused("Bob", "client Q-1 is Acme") == "Q-1 is resolved; reopen it first."


def test_the_same_delivery_twenty_times_at_once_is_one_question(world_on_both: World) -> None:
    world = world_on_both
    asked = replace(EMAIL, key="api:key-1", fingerprint="same")

    with ThreadPoolExecutor(8) as pool:
        all_of_them = list(pool.map(lambda _: ask(asked, world.new_uow, world.now), range(20)))

    assert {one.question.number for one in all_of_them} == {1}
    assert sum(one.is_new for one in all_of_them) == 1
    world.must_send("C0NORTH card")


def test_a_key_that_comes_again_with_another_text_is_refused(world_on_both: World) -> None:
    world = world_on_both
    ask(replace(EMAIL, key="key", fingerprint="one"), world.new_uow, world.now)

    with pytest.raises(KeyReused):
        ask(replace(EMAIL, key="key", fingerprint="two"), world.new_uow, world.now)


def test_what_is_refused_leaves_no_trace_and_its_key_free(world_on_both: World) -> None:
    world = world_on_both
    refused = (
        (replace(EMAIL, text=" \n"), NothingAsked),
        (replace(EMAIL, text="x" * (MAX_TEXT + 1)), TooLong),
        (replace(EMAIL, asked_at=world.now + timedelta(seconds=1)), AskedInTheFuture),
    )
    for asked, why in refused:
        with pytest.raises(why):
            ask(replace(asked, key="key"), world.new_uow, world.now)

    assert ask(replace(EMAIL, key="key"), world.new_uow, world.now).question.number == 1
    world.must_send("C0NORTH card")


@pytest.mark.parametrize("text", ["x" * 40_000 + " <!channel> <@U0BOB>", "a\0b", "half \ud800 pair", "😀" * 100])
def test_a_hostile_text_is_kept_and_calls_nobody_it_names(world_on_both: World, text: str) -> None:
    world = world_on_both

    question = ask(Ask(text, AskedBy("Jo\0", "jo@x\0"), Via.WEB, "Acme\0"), world.new_uow, world.now).question
    world.say("Bob", f"client Q-{question.number} is Acme")
    world.say("Bob", f"resolve Q-{question.number} {text[:500]}")

    kept = look(QuestionNumber(question.number), world.new_uow).text
    assert len(kept) == len(text)
    for sent in world.deliver():
        assert len(sent.text) < 1_500
        assert sent.calls in ((), ("Ann Lee",), ("Bob Roy",))


def test_a_question_asked_earlier_counts_its_targets_from_then_and_its_steps_from_arrival(world: World) -> None:
    question = world.ask(asked_at=world.now - timedelta(minutes=50))

    assert question.deadlines.claim == datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
    assert question.deadlines.first_response == datetime(2026, 11, 23, 13, 10, tzinfo=UTC)
    world.tick()
    assert world.question().step == 0
    assert world.happened()[-1] == "breached"
    assert sum(one.topic == "step" for one in world.wait(minutes=15)) == 2  # the thread and Bob, at half the target
    assert "from when it was asked" in words(world.reply("Bob", "explain Q-1"))


@pytest.mark.parametrize("year", [1970, 2000])
def test_a_date_long_ago_is_kept_as_it_is(world: World, year: int) -> None:
    question = world.ask(asked_at=datetime(year, 1, 2, tzinfo=UTC))

    assert question.asked_at.year == year
    world.wait(hours=1)
    assert "breached" in world.happened()


def test_a_firm_without_pods_says_what_to_do(new_uow: UnitsOfWork) -> None:
    world = World(new_uow, firm="people: [{name: Ann Lee, email: ann@firm.example, slack: U0ANN}]")

    with pytest.raises(NotSetUp, match="Import a roster"):
        world.ask()
    assert "Import a roster" in world.refused("Ann", "question Acme: hello")
    for line in ("mine", "pod", "leave today", "leave list", "help"):
        assert not is_refusal(world.reply("Ann", line))
    assert "Nothing waits" in world.refused("Ann", "claim")


def test_without_an_intake_the_first_pod_finds_out_whose_it_is(new_uow: UnitsOfWork) -> None:
    from tests.world import FIRM

    world = World(new_uow, firm=FIRM.replace("intake: {channel: C0INTAKE, pod: North}", ""))

    world.ask("hello", client=None)

    world.must_send("C0NORTH card")


def test_a_colleague_passes_on_what_a_client_asked(world: World) -> None:
    said = world.say("Dan", "question Acme: how do we file?")

    assert said == "Q-1 is with North; Ann Lee is called. explain Q-1 says why."
    [card] = world.must_send("C0NORTH card")
    assert "filed by Dan Low" in card.text
    assert world.history()[0].what.value == "asked"


def test_a_question_without_a_text_opens_the_form(world: World) -> None:
    nothing, client = world.reply("Dan", "question"), world.reply("Dan", "question Acme:")

    assert isinstance(nothing, Form)
    assert isinstance(client, Form)
    assert client.fields[0].initial == "Acme"


def test_a_client_that_is_nearly_named_is_asked_about_and_each_answer_files_it(world: World) -> None:
    reply = world.reply("Dan", "question Acne Ltd: see this: hello?")
    assert is_refusal(reply)
    acme, anyway = commands_of(reply)[0], commands_of(reply)[-1]

    world.say("Dan", acme)
    world.say("Dan", anyway)

    assert (world.question(1).text, world.question(1).status) == ("see this: hello?", Status.ROUTED)
    assert (world.question(2).text, world.question(2).status) == ("Acne Ltd: see this: hello?", Status.UNIDENTIFIED)


@pytest.mark.parametrize("length", [1_700, 1_790, 1_800])
def test_a_button_holds_the_longest_name_and_the_longest_text_it_is_offered_with(world: World, length: int) -> None:
    name = "Acne " + "L" * 250
    world.change(f"clients: [{{name: '{name}', pod: South}}]")

    drawn = commands_of(world.reply("Dan", f"question {name[:80]}: {'x' * length}"))

    assert drawn
    assert max(len(command) for command in drawn) <= 2_000


def test_a_client_may_have_a_colon_in_its_name(world: World) -> None:
    world.change("clients: [{name: 'Smith: Sons', pod: South}]")

    world.say("Dan", "question smith: sons: how?")

    assert world.question().text == "how?"
    assert world.question().status is Status.ROUTED


def test_a_colon_in_a_text_is_not_a_client(world: World) -> None:
    world.say("Dan", "question From Birch Bakery about their payroll: who signs?")

    assert world.question().text == "From Birch Bakery about their payroll: who signs?"
    assert world.question().status is Status.ROUTED
