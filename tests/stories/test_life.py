"""How a question lives, by its buttons: who has it, who is told, what the one card says, and what is refused."""

from tests.stories.office import Office
from tests.stories.telling import asked, claimed_by_bob, happened, owner, passes, question


async def test_from_the_claim_to_the_end_each_turn_is_a_button_and_a_line_of_its_history(office: Office) -> None:
    await asked(office)

    for label in ("Claim", "Waiting for the client", "The client has answered", "Answered", "Resolve"):
        await office.click("bob", label)
    await office.click("bob", "Reopen")
    await office.fill_in("bob", why="the form came back")

    lived = ["claimed", "waiting", "resumed", "answered", "resolved", "reopened", "offered"]
    assert [what for what in happened(office) if what in lived][1:] == lived
    [card] = office.cards()
    assert "Waiting for somebody to claim it" in card
    assert owner(office) is None


async def test_what_is_given_back_is_offered_to_another_who_is_called(office: Office) -> None:
    await claimed_by_bob(office)

    await office.click("bob", "Release")

    assert owner(office) is None
    assert office.called_under_the_card() == {"ann"}
    assert "Claim" in office.cards()[0]


async def test_it_is_handed_off_in_a_form_with_a_reason_and_whoever_gets_it_is_told(office: Office) -> None:
    await claimed_by_bob(office)

    await office.click("bob", "Hand off")
    await office.fill_in("bob", to="@ann", why="She knows\ntheir VAT")

    assert owner(office) == "Ann Lee"
    assert office.form("bob") is None
    [told] = office.told("ann")
    assert "Bob Roy hands you" in told
    assert "She knows" in told


async def test_a_hand_off_to_somebody_away_is_refused_naming_who_is_in_and_the_form_stays(office: Office) -> None:
    await office.say("ann", "leave today")
    await claimed_by_bob(office)

    await office.click("bob", "Hand off")
    refused = await office.fill_in("bob", to="@ann", why="She knows")

    assert "Ann Lee is away until" in refused
    assert owner(office) == "Bob Roy"
    assert office.form("bob") is not None
    await office.fill_in("bob", to="@cat", why="she is in")
    assert owner(office) == "Cat Orr"


async def test_a_hand_off_to_nobody_of_the_firm_is_refused(office: Office) -> None:
    await claimed_by_bob(office)

    await office.click("bob", "Hand off")
    refused = await office.fill_in("bob", to="@gus")

    assert "Gus Quist" in refused
    assert owner(office) == "Bob Roy"


async def test_answering_claims_first(office: Office) -> None:
    await asked(office)

    await office.say_under_the_card("ann", "answered yes, on Friday")

    assert happened(office)[-2:] == ["claimed", "answered"]
    assert "Answered" in office.cards()[0]


async def test_what_is_urgent_is_taken_back_by_the_button_of_the_answer(office: Office) -> None:
    await asked(office)

    await office.say("bob", "urgent Q-1")
    await office.press("bob", "Take it back")

    assert not question(office).urgent
    assert "Urgent. Waiting" not in office.cards()[0]


async def test_claimed_and_not_answered_it_is_offered_to_the_pod_again_when_that_is_due(
    office_on_both: Office,
) -> None:
    office = office_on_both
    await claimed_by_bob(office)

    await passes(office, hours=2)
    nudged = office.told("bob")[-1]
    await passes(office, hours=2)

    assert "Q-1" in nudged
    assert owner(office) is None
    assert office.called_under_the_card() == {"ann"}
    assert "Claim" in office.cards()[0]


async def test_a_question_whose_client_nobody_knows_waits_for_a_person_to_say_it(office: Office) -> None:
    await asked(office, "Who are you?", client="Nobody Inc")

    before = office.cards()[0]
    await office.click("bob", "Say which client")
    await office.fill_in("bob", client="Acme Ltd")

    assert "Nobody Inc" in before
    assert "Acme Ltd asks" in office.cards()[-1]
    assert question(office).client is not None


async def test_a_client_that_is_nearly_named_is_offered_as_a_button_and_never_guessed(office: Office) -> None:
    await asked(office, "How do we post this?", client="Ac")
    guessed = question(office).client

    await office.click("bob", "Acme Ltd")

    assert guessed is None
    assert "Acme Ltd asks" in office.cards()[-1]
    assert happened(office).count("identified") == 1


async def test_why_it_is_here_is_said_in_plain_words(office: Office) -> None:
    await asked(office)

    read = await office.click("ann", "Why here?")

    assert "What happened" in read
    assert "Bob Roy" in read
    assert "the contact centre: 100% of the claim target" in read


async def test_what_somebody_has_and_what_waits_is_in_their_list_with_its_buttons(office: Office) -> None:
    await claimed_by_bob(office)
    await asked(office, "And that?")

    read = await office.type("bob", "mine")
    await office.press("bob", "Claim")

    assert "How do we post this?" in read
    assert "And that?" in read
    assert owner(office, 2) == "Bob Roy"


async def test_a_colleague_passes_the_clients_thanks_on_and_whoever_is_thanked_reads_them(office: Office) -> None:
    await claimed_by_bob(office)
    await office.click("bob", "Answered")

    await office.click("cat", "Pass on thanks")
    read = await office.fill_in("cat", sentence="You <saved> us!\nAll of us.")

    assert "Bob Roy gets" in read
    told = office.told("bob")[-1]
    assert "A client thanks you for" in told
    assert "Passed on by Cat Orr." in told


async def test_asked_in_the_night_nothing_but_the_card_goes_out_until_the_morning(office: Office) -> None:
    await office.later(hours=12)

    await asked(office)
    await passes(office, hours=2)
    at_night = len(office.cards()), office.under_the_card(), office.told("ann")
    await passes(office, hours=10)

    assert at_night == (1, [], [])
    assert office.called_under_the_card() == {"ann"}
