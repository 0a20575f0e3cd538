"""Who is away: by a sentence, a form or a button; nobody of them is called, and what they had is with somebody else."""

import asyncio

from commands.briefs import brief
from tests.stories.office import Office
from tests.stories.telling import asked, claimed_by_bob, happened, owner, passes


async def test_whoever_falls_ill_gives_back_what_they_had_by_that_and_is_called_no_more(office_on_both: Office) -> None:
    office = office_on_both
    await claimed_by_bob(office)

    await office.say("bob", "I'm sick today")
    told = len(office.told("bob"))
    await passes(office, seconds=1)

    assert owner(office) is None
    assert office.called_under_the_card() == {"ann"}
    assert "sick" not in " ".join([*office.cards(), *office.under_the_card()]).lower()
    await passes(office, minutes=15)
    assert len(office.told("bob")) == told


async def test_nobody_on_leave_is_called_or_written_to(office: Office) -> None:
    await office.say("bob", "leave today")
    told = len(office.told("bob"))

    await asked(office)
    await passes(office, minutes=15)

    assert office.called_by_the_card() == {"ann"}
    assert "Bob Roy is away until" in office.cards()[0]
    assert len(office.told("bob")) == told


async def test_with_nobody_in_the_next_step_comes_at_once_and_says_why(office: Office) -> None:
    for who in ("ann", "bob"):
        await office.say(who, "leave today")

    await asked(office)
    await passes(office, seconds=1)

    assert office.called_by_the_card() == set()
    [at_the_desk] = office.in_the_channel("desk")
    assert "Q-1" in at_the_desk
    assert "skipped" in happened(office) or "step" in happened(office)


async def test_leave_is_marked_in_a_form_and_taken_back_by_its_line(office: Office) -> None:
    await office.open_the_form("bob", "leave")
    read = await office.fill_in("bob", first="2026-12-01", last="2026-12-04")

    listed = await office.say("bob", "leave list")
    cancelled = await office.say("bob", "leave cancel 1 Dec - 4 Dec")

    assert "Tue 1 Dec 2026 to Fri 4 Dec 2026" in read
    assert "1 Dec" in listed
    assert "is cancelled" in cancelled


async def test_a_mistake_in_the_form_is_said_in_it(office: Office) -> None:
    await office.open_the_form("bob", "leave")

    refused = await office.fill_in("bob", first="2026-12-04", last="2026-12-01")

    assert refused
    assert office.form("bob") is not None


async def test_only_a_manager_marks_the_leave_of_others(office: Office) -> None:
    refused = await office.say("bob", "leave for @ann 3 Aug 2028")
    done = await office.say("ann", "leave for @bob 3 Aug 2028")

    assert "Ann Lee" in refused
    assert "Bob Roy is away" in done


async def test_the_day_before_leave_its_person_reads_what_they_leave_and_hands_it_off_there(office: Office) -> None:
    await claimed_by_bob(office)
    await office.say("bob", "leave 24 Nov - 27 Nov")

    await asyncio.to_thread(brief, office.new_uow, office.clock.now())
    await office.settle()
    to_hand_over = office.told("bob")[-1]
    await office.press("bob", "Hand off")
    await office.fill_in("bob", to="@ann", why="I am away")

    assert "Before you are away" in to_hand_over
    assert "Q-1" in to_hand_over
    assert owner(office) == "Ann Lee"


async def test_who_is_out_is_asked_for_by_everybody_and_says_not_why(office: Office) -> None:
    await office.say("bob", "leave today sick")

    read = await office.type("cat", "coverage")

    assert "Bob Roy" in read
    assert "sick" not in read.lower()


async def test_a_managers_warning_of_a_gap_has_a_button_that_assigns_a_cover(office: Office) -> None:
    await office.say("bob", "leave 24 Nov - 27 Nov")
    await asyncio.to_thread(brief, office.new_uow, office.clock.now())
    await office.settle()
    warned = office.told("ann")[-1]

    read = await office.press("ann", "Cover: Ann Lee")

    assert "too few people are there for some clients" in warned
    assert "Ann Lee" in read
    with office.new_uow.reading() as uow:
        [acme] = uow.clients.called("acme")
        covers = [uow.firm().people[who].name for who in acme.knows]
    assert "Ann Lee" in covers
