"""Managers change policies, charters and hours in chat, in the very text of the roster file, after a look at it."""

import pytest

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.export_roster import export_roster
from commands.recompute import recompute
from commands.roster_checks import RosterRefused
from commands.roster_lines import PolicyLine
from commands.views import Form, Notice
from coverage.charter import Level
from coverage.timetable import write_hours
from tests.commands.setup_stories import filled
from tests.world import World, commands_of, words


def hours(world: World, name: str = "uk-office") -> dict[str, object]:
    stored = export_roster(world.new_uow).hours
    assert stored is not None
    return write_hours(stored[name])


def charter(world: World, name: str = "standard") -> dict[str, str]:
    stored = export_roster(world.new_uow).charters
    assert stored is not None
    levels = stored[name].levels.items()
    return {level.value: f"{one.claim} {one.first_response} {one.resolution}" for level, one in levels}


def policy(world: World, name: str = "standard") -> PolicyLine:
    stored = export_roster(world.new_uow).policies
    assert stored is not None
    return stored[name]


def steps(world: World, name: str = "standard") -> list[str]:
    return [
        f"{step.after} {step.notify}" + (f" {step.channel.address}" if step.channel else "")
        for step in policy(world, name).steps
    ]


def test_other_hours_are_shown_before_and_then_recompute_what_is_open(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.ask("of the others", client="Birch Bakery")
    due = world.question().deadlines.resolution

    asked = world.reply("Ann", "hours uk-office Mon-Fri 09:00-09:30")

    assert words(asked).splitlines() == [
        "This would change:",
        "Service hours uk-office",
        "• week: Mon-Fri 09:00-17:30 -> Mon-Fri 09:00-09:30",
        "This recomputes 2 open questions of North and South.",
    ]
    world.say("Ann", commands_of(asked)[0])
    assert recompute(world.new_uow, world.now) == 2
    assert hours(world) == {"timezone": "Europe/London", "week": "Mon-Fri 09:00-09:30"}
    assert world.question().deadlines.resolution != due


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("timezone: Europe/Paris", "timezone", "Europe/Paris"),
        (
            "Mon-Thu 09:00-12:00,13:00-17:00; Fri 09:00-12:00",
            "week",
            "Mon-Thu 09:00-12:00,13:00-17:00; Fri 09:00-12:00",
        ),
        ("holidays: GB-ENG, FR", "holidays", ["GB-ENG", "FR"]),
        ("holidays: [GB-ENG]", "holidays", ["GB-ENG"]),
    ],
)
def test_of_hours_only_what_is_said_changes(world: World, said: str, field: str, value: object) -> None:
    before = hours(world)

    world.say("Ann", f"hours UK-office {said} confirm")

    assert hours(world) == before | {field: value}


def test_single_days_are_closed_or_have_hours_of_their_own(world: World) -> None:
    world.say(
        "Ann", "hours uk-office closed: 2026-12-24 date_hours: 2026-12-31: 09:00-12:00; 2026-12-30 closed confirm"
    )

    written = {field: str(value) for field, value in hours(world).items()}
    assert "2026, 12, 24" in written["closed"]
    assert "'closed'" in written["date_hours"]
    assert "'09:00-12:00'" in written["date_hours"]
    world.say("Ann", "hours uk-office closed: none date_hours: none confirm")
    assert set(hours(world)) == {"timezone", "week"}


def hours_file(said: str) -> str:
    return f"service_hours: {{x: {{{said}}}}}"


def policy_file(*steps: str) -> str:
    return f"escalation_policies: {{x: {{steps: [{', '.join(f'{{{step}}}' for step in steps)}]}}}}"


LAST = "after: 1h, notify: contact_centre, channel: C0DESK"


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("hours uk-office timezone: Europe/Lundon", hours_file("timezone: Europe/Lundon, week: Mon 09:00-10:00")),
        ("hours uk-office Mon 9-5", hours_file("timezone: Europe/London, week: Mon 9-5")),
        ("hours uk-office week:", hours_file("timezone: Europe/London")),
        ("hours uk-office holidays: XX", hours_file("timezone: Europe/London, week: Mon 09:00-10:00, holidays: [XX]")),
        ("policy standard 50% deputies", policy_file("after: 50%, notify: deputies")),
        ("policy standard 2h pod, 1h contact_centre C0DESK", policy_file("after: 2h, notify: pod", LAST)),
        (
            "policy standard 1h pod C0NORTH, 1h contact_centre C0DESK",
            policy_file("after: 1h, notify: pod, channel: C0NORTH", LAST),
        ),
        ("policy standard 50% contact_centre", policy_file("after: 50%, notify: contact_centre")),
        ("charter standard routine claim 30x", "charters: {standard: {routine: {claim: 30x}}}"),
        ("charter standard routine:", "charters: {standard: {expert: {claim: 1h}}}"),
    ],
)
def test_what_the_file_refuses_is_refused_in_the_same_words(world: World, line: str, file: str) -> None:
    with pytest.raises(RosterRefused) as refused:
        roster_of(document_of(file))

    assert world.refused("Ann", line) == refused.value.problems[-1].says


def test_hours_that_never_open_are_refused_at_their_field(world: World) -> None:
    form = world.reply("Ann", "hours uk-office change")
    assert isinstance(form, Form)

    for field, entry in (("week", "Mon 9-5"), ("timezone", "Mars"), ("holidays", "XX"), ("closed", "24 Dec")):
        reply = world.reply("Ann", filled(form, **{field: entry}), drawn_for=form.version)
        assert isinstance(reply, Notice)
        assert (reply.is_refusal, reply.field) == (True, field)


def test_new_hours_are_there_at_once_and_go_when_taken_back(world_on_both: World) -> None:
    world = world_on_both
    made = world.reply("Ann", "hours new night Fri 20:00-04:00; Sat 00:00-24:00 timezone: Europe/London")

    assert words(made) == "night is there now; no pod goes by it yet."
    assert hours(world, "night")["week"] == "Fri 20:00-04:00; Sat 00:00-24:00"
    assert world.refused("Ann", "hours new NIGHT Fri 20:00-04:00") == "There is one called “NIGHT” already."
    world.say("Ann", "undo")
    assert set(export_roster(world.new_uow).hours or ()) == {"uk-office"}


def test_of_a_charter_only_what_is_said_changes(world: World) -> None:
    world.say("Ann", "charter standard routine claim 20m, resolution none; expert claim 1h first response 1d confirm")

    assert charter(world) == {"routine": "20m 4h None", "expert": "1h 1d None"}
    world.say("Ann", "charter standard expert: none, routine: claim 15m confirm")
    assert charter(world) == {"routine": "15m None None"}


def test_a_charter_says_what_it_recomputes(world: World) -> None:
    world.ask()

    asked = world.reply("Ann", "charter standard routine claim 20m")

    assert words(asked).splitlines()[2:] == [
        "• routine: claim 30m, first_response 4h, resolution 2d -> claim 20m, first_response 4h, resolution 2d",
        "This recomputes 1 open question of North and South.",
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("claim 20m", "Say first for which level, self_service, routine, expert, relationship, then what is promised"),
        ("routine answer 20m", "“answer 20m” is no promise. Write claim, first_response or resolution and how soon"),
        ("rutine claim 20m", "Say first for which level"),
    ],
)
def test_what_is_no_promise_is_said_so(world: World, said: str, told: str) -> None:
    assert world.refused("Ann", f"charter standard {said}").startswith(told)


def test_a_policy_is_written_step_by_step_and_keeps_its_reminders(world: World) -> None:
    asked = world.reply("Ann", "policy standard 30m deputies, 100% team in <#C0TEAM|team>, 2h contact centre <#C0DESK>")

    team, desk, both = "100% team in #C0TEAM", "in #C0DESK", "North and South"
    assert words(asked).splitlines()[1:] == [
        "Escalation policy standard",
        f"• steps: 50% deputies; {team}; 150% contact_centre {desk} -> 30m deputies; {team}; 2h contact_centre {desk}",
        f"Questions that are open keep the steps with which they began; new ones of {both} follow the new steps.",
    ]
    world.say("Ann", commands_of(asked)[0])
    assert steps(world) == ["30m deputies", "100% team C0TEAM", "2h contact_centre C0DESK"]
    assert policy(world).remind is not None
    world.say("Ann", "policy standard remind none confirm")
    assert policy(world).remind is None
    world.say("Ann", "policy standard remind every 1h, at most 3 times confirm")
    assert str(policy(world).remind) == "Reminders(every=ServiceTime(seconds=3600), max=3)"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "50% everybody",
            "“50% everybody” is not a step. Write when and whom: 50% deputies. Whom can be named_contact",
        ),
        ("remind sometimes", "“sometimes” does not say how often. Write 50% 3"),
        ("remind 0s 3", "Reminders cannot come all at once"),
        ("50% team #team, 100% contact_centre C0DESK", "I cannot tell which channel “#team” is."),
    ],
)
def test_what_is_no_step_is_said_so(world: World, said: str, told: str) -> None:
    assert world.refused("Ann", f"policy standard {said}").startswith(told)


def test_an_open_question_keeps_the_steps_it_began_with(world: World) -> None:
    world.ask()
    world.deliver()

    world.say("Ann", "policy standard 1m contact_centre C0OTHER confirm")

    assert [one for one in world.wait(minutes=40) if one.to == "C0OTHER"] == []


@pytest.mark.parametrize(
    ("verb", "example"),
    [
        ("policy", "50% deputies, 150% contact_centre C0DESK remind 50% 2"),
        ("charter", "routine claim 30m, expert claim 1h"),
        ("hours", "Mon-Fri 09:00-17:30 closed: 2026-12-24 date_hours: 2026-12-31: 09:00-12:00 timezone: Europe/London"),
    ],
)
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing_and_one_for_a_new_name_makes_the_same(
    world: World, verb: str, example: str
) -> None:
    world.say("Ann", f"{verb} new first-one {example}")
    form = world.reply("Ann", f"{verb} first-one change")
    assert isinstance(form, Form)

    assert world.say("Ann", filled(form)) == "That is so already."

    new = world.reply("Ann", f"{verb} new other-one")
    assert isinstance(new, Form)
    entries = {field.name: field.initial for field in form.fields}
    world.say("Ann", filled(new, **entries))
    roster = export_roster(world.new_uow)
    section = {"policy": roster.policies, "charter": roster.charters, "hours": roster.hours}[verb]
    assert section is not None
    assert str(section["other-one"]).replace("other-one", "first-one") == str(section["first-one"])


def test_a_form_for_hours_opened_before_somebody_else_changed_them_shows_what_it_would_overwrite(world: World) -> None:
    form = world.reply("Ann", "hours uk-office change")
    assert isinstance(form, Form)
    world.say("Mia", "hours uk-office timezone: Europe/Paris confirm")

    asked = world.reply("Ann", filled(form, week="Mon-Fri 08:00-18:00"), drawn_for=form.version)

    assert words(asked).startswith("That has been changed since you were shown it.")
    assert "• timezone: Europe/Paris -> Europe/London" in words(asked)


HOSTILE = ("new", "change", "confirm", "50% deputies", "<!channel>", "{week} {steps}", 'the "best"', "Mon 09:00-10:00")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    ("verb", "first", "second"),
    [
        ("policy", "1h contact_centre C0DESK", "2h contact_centre C0DESK"),
        ("charter", "routine: claim 1h", "routine claim 2h"),
        ("hours", "week: Mon-Fri 09:00-17:00\ntimezone: Europe/London", "Mon-Fri 09:00-18:00"),
    ],
)
def test_rules_may_have_any_name(world: World, name: str, verb: str, first: str, second: str) -> None:
    world.say("Ann", f"{verb} new {name}\n{first}")

    asked = world.reply("Ann", f'{verb} "{name}" {second}')
    world.say("Ann", commands_of(asked)[0])
    form = world.reply("Ann", f'{verb} "{name}" change')
    assert isinstance(form, Form)
    assert world.say("Ann", filled(form)) == "That is so already."

    roster = export_roster(world.new_uow)
    section = {"policy": roster.policies, "charter": roster.charters, "hours": roster.hours}[verb]
    assert section is not None
    assert set(section) - {"standard", "uk-office"} == {name}


def test_a_policy_called_confirm_is_chosen_like_any_other(world: World) -> None:
    world.say("Ann", "policy new confirm\n1h contact_centre C0DESK")

    asked = world.reply("Ann", "pod North policy confirm")
    assert "• escalation policy: standard -> confirm" in words(asked)
    world.say("Ann", commands_of(asked)[0])

    pods = {pod.name: pod.escalation_policy for pod in export_roster(world.new_uow).pods or ()}
    assert pods == {"North": "confirm", "South": "standard"}


def test_what_is_too_long_to_be_looked_at_is_not_done(world: World) -> None:
    before = hours(world)
    days = "; ".join(f"2027-{month:02}-{day:02} 09:00-12:00" for month in range(1, 13) for day in range(1, 29))

    told = world.refused("Ann", f"hours uk-office date_hours: {days}")

    assert "more than the 1,900 that can be shown to you before it is done" in told
    assert hours(world) == before


def test_the_rules_are_shown_with_the_pods_that_go_by_them(world: World) -> None:
    world.say("Mia", "charter standard expert claim 1h confirm")

    assert words(world.reply("Bob", "charter standard")).splitlines() == [
        "Charter standard",
        "routine: claim 30m, first_response 4h, resolution 2d",
        "expert: claim 1h",
        "Pods that go by it: North and South",
        "Last changed by Mia Fox, Mon 23 Nov 10:00: Charter standard: expert: none -> claim 1h",
    ]
    assert words(world.reply("Bob", "policy")).splitlines() == [
        "Escalation policies",
        "standard",
        "1. after 50%: deputies",
        "2. after 100%: team in #C0TEAM",
        "3. after 150%: contact centre in #C0DESK",
        "Reminders: every 50%, at most 2 times",
        "Pods that go by it: North and South",
    ]
    assert Level.EXPERT.value in charter(world)


def test_several_pods_without_open_questions_are_spoken_of_as_several(world: World) -> None:
    said = world.say("Ann", "hours uk-office Mon-Thu 09:00-17:30, Fri 09:00-16:00")

    assert "North and South have no open question." in said
    assert "Mon-Thu 09:00-17:30; Fri 09:00-16:00" in said
