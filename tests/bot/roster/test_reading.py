"""Reading a roster file: YAML and JSON, and mistakes that say where they are and what is allowed."""

from pathlib import Path

import pytest

from bot.roster.document import LARGEST_BYTES, NotReadable, document_of, open_document
from bot.roster.reading import roster_of
from bot.roster.writing import as_values, as_yaml
from commands.ports import Place
from commands.roster_checks import RosterRefused, problems_of
from commands.roster_lines import UNSAID, Roster
from commands.roster_merge import changes_between, merged
from coverage.charter import Level
from coverage.durations import OpenDays, ServiceTime, Share

EXAMPLE = """
people:
  - {name: Ann Lee, email: ann@firm.example, slack: U0ANN, teams: 0aa0-11, timezone: Europe/London, role: manager, aliases: [Annie], country: GB, region: ENG}
  - {name: Bob Roy, email: bob@firm.example, slack: U0BOB, working_pattern: "Mon-Thu 09:00-12:30,13:30-17:00"}
service_hours:
  uk-office: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30", holidays: [GB-ENG], closed: [2026-12-24], date_hours: {2026-12-31: "09:00-12:00"}}
  night: {timezone: Europe/London, week: "Fri 20:00-04:00; Sat 00:00-24:00"}
charters:
  standard: {routine: {claim: 30m, first_response: 4h, resolution: 2d}, expert: {claim: 1h, first_response: 1d}}
escalation_policies:
  standard:
    steps:
      - {after: 50%, notify: deputies}
      - {after: 100%, notify: team, channel: C0TEAM}
      - {after: 150%, notify: contact_centre, channel: C0DESK}
    remind: {every: 50%, max: 3}
pods:
  - {name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example], lead: ann@firm.example, service_hours: uk-office, charter: standard, escalation_policy: standard}
clients:
  - {name: Acme Ltd, pod: North, named_contact: ann@firm.example, domains: [acme.example], aliases: [Acme], channels: [C0ACME], knows: {bob@firm.example: knows}}
intake: {channel: C0INTAKE, pod: North}
alerts_channel: C0ALERTS
settings: {leave_kept_months: 13, managers_see_every_kind: false, minimum_depth: 2, kudos_per_day: 5, confirm_in_shared_channels: false}
kudos_channel: C0KUDOS
"""  # noqa: E501 - as the manual has it


def read(written: str) -> Roster:
    return roster_of(document_of(written))


def mistakes_in(written: str) -> list[str]:
    """Every mistake of its form or, where that is right, of what it refers to."""
    document = document_of(written)
    try:
        file = roster_of(document)
    except RosterRefused as refused:
        return [document.sentence(problem) for problem in refused.problems]
    return [document.sentence(problem) for problem in problems_of(file, merged(Roster(), file, prune=False), Roster())]


def test_the_example_of_the_manual_is_read_as_it_says() -> None:
    roster = read(EXAMPLE)

    assert roster.people is not None
    assert roster.charters is not None
    assert roster.policies is not None
    assert roster.pods is not None
    assert roster.clients is not None
    assert [line.role for line in roster.people] == ["manager", UNSAID]
    assert roster.charters["standard"].levels[Level.ROUTINE].resolution == OpenDays(2)
    assert [step.after for step in roster.policies["standard"].steps] == [Share(50), Share(100), Share(150)]
    assert roster.pods[0].channel == Place("slack", "C0NORTH")
    assert roster.clients[0].knows == {"bob@firm.example": "knows"}
    assert mistakes_in(EXAMPLE) == []


def test_norway_is_a_country() -> None:
    roster = read("people: [{name: Kari, email: kari@firm.example, country: NO}]")

    assert roster.people is not None
    assert roster.people[0].country == "NO"


def test_seconds_are_allowed_so_that_an_escalation_can_be_watched() -> None:
    roster = read(EXAMPLE.replace("after: 50%", "after: 4s").replace("after: 100%", "after: 8s"))

    assert roster.policies is not None
    assert [step.after for step in roster.policies["standard"].steps][:2] == [ServiceTime(4), ServiceTime(8)]


def test_what_is_written_is_read_back_as_the_same() -> None:
    roster = merged(Roster(), read(EXAMPLE), prune=False)

    from_yaml, values = read(as_yaml(roster)), as_values(roster)

    assert changes_between(roster, merged(roster, from_yaml, prune=True)) == ()
    assert as_values(merged(Roster(), from_yaml, prune=False)) == values


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            "role: manager",
            "rol: manager",
            'line 3: people[0] (Ann Lee).rol: There is no "rol" here. Did you mean "role"?',
        ),
        ("role: manager", "role: boss", "Allowed: member, manager."),
        ("slack: U0BOB", "slack: bob", 'people[1] (Bob Roy).slack: "bob" is no Slack member id'),
        ("name: Bob Roy", "name: 7", "put it in quotes"),
        ("bob@firm.example, slack", "bob, slack", "no e-mail address"),
        ("Europe/London, role", "Europe/Lundon, role", 'Did you mean "Europe/London"?'),
        ("region: ENG", "region: ENX", 'Did you mean "GB-ENG"?'),
        ("country: GB, ", "", "A region needs its country too"),
        ("09:00-17:30", "09:00-27:30", 'line 6: service_hours.uk-office: "27:30" is not a time of day'),
        ("2026-12-24", "2026-02-30", 'line 6: service_hours.uk-office: Closed: "2026-02-30" is not a date'),
        ("holidays: [GB-ENG]", "holydays: [GB-ENG]", 'Did you mean "holidays"?'),
        ("holidays: [GB-ENG]", "holidays: [GB-XX]", "There is no part"),
        ("routine: {", "urgent: {", "charters.standard.urgent"),
        ("claim: 30m", "claim: soon", "charters.standard.routine.claim: 'soon' is not a duration"),
        ("notify: team", "notify: everybody", "Allowed: named_contact, deputies, pod, team, contact_centre."),
        ("after: 100%", "after: 40%", "The steps go back in time: 40% comes after 50%"),
        ("notify: contact_centre, channel: C0DESK", "notify: contact_centre", "needs a channel"),
        ("notify: contact_centre, channel: C0DESK", "notify: pod", "The last step must notify the contact_centre"),
        ("notify: deputies", "notify: deputies, channel: C0X", "takes no channel"),
        ("every: 50%", "every: 0%", "Reminders cannot come all at once"),
        ("channel: C0NORTH", "channel: '#north'", "is no channel id"),
        ("lead: ann@firm", "lead: amm@firm", 'Did you mean "ann@firm.example"?'),
        ("members: [ann@firm.example, bob@firm.example]", "members: ann@firm.example", "must be a list"),
        ("service_hours: uk-office, ", "service_hours: uk-ofice, ", 'Did you mean "uk-office"?'),
        ("charter: standard, ", "", 'line 18: pods[0] (North): The new entry "North" needs a charter'),
        ("named_contact: ann", "named_contact: eve", "is nobody"),
        ("domains: [acme.example]", "domains: [acme]", "is no domain"),
        ("knows: {bob@firm.example: knows}", "knows: {bob@firm.example: a bit}", "Allowed: knows, learning."),
        ("pod: North}\nalerts", "pod: Nort}\nalerts", 'line 21: intake.pod: There is no pod "Nort"'),
        ("minimum_depth: 2", "minimum_dept: 2", 'Did you mean "minimum_depth"?'),
        ("minimum_depth: 2", "minimum_depth: two", "settings.minimum_depth"),
        ("managers_see_every_kind: false", "managers_see_every_kind: 1", "Allowed: true, false."),
        ("alerts_channel:", "alert_channel:", 'Did you mean "alerts_channel"?'),
        ("slack: U0BOB", "slack: U0ANN", "U0ANN is already ann@firm.example on slack"),
        ("bob@firm.example, slack", "ANN@firm.example, slack", 'The e-mail address "ann@firm.example" is already'),
    ],
)
def test_a_mistake_says_where_it_is_and_what_is_allowed(right: str, wrong: str, says: str) -> None:
    found = mistakes_in(EXAMPLE.replace(right, wrong, 1))

    assert found, "nothing was found wrong"
    assert any(says in sentence for sentence in found), found


def test_hours_that_never_open_are_refused() -> None:
    [mistake, *_] = mistakes_in(EXAMPLE.replace("Fri 20:00-04:00; Sat 00:00-24:00", "Fri closed"))

    assert "never open" in mistake


def test_a_charter_needs_routine() -> None:
    [mistake] = mistakes_in("charters: {quick: {expert: {claim: 1h}}}")

    assert 'charter "quick" needs the level routine' in mistake


def test_all_mistakes_are_said_at_once() -> None:
    assert len(mistakes_in("people: [{name: A}, {name: B, email: b}]\nintake: {}\nfoo: 1")) == 5


@pytest.mark.parametrize("written", ["", "- a\n- b", "just words", "null"])
def test_what_is_no_roster_says_how_one_begins(written: str) -> None:
    [mistake] = mistakes_in(written)

    assert "people" in mistake


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("people: [", "line 1"),
        ("people:\n\t- x", "line 2"),
        ("people: []\npeople: []", 'duplicate key "people"'),
        ('{"people": [], "people": []}', '"people" is there twice'),
        ('{"people": [}', "line 1"),
        ("a: !!python/object:os.system x", "tag"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_it_stops_making_sense(written: str, says: str) -> None:
    with pytest.raises(NotReadable, match=says.replace("[", r"\[")):
        document_of(written, "roster.yaml")


def test_a_mistake_in_what_repeats_itself_endlessly_is_said_in_a_line() -> None:
    written = "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 30)), "people: *a29"])

    assert max(len(mistake) for mistake in mistakes_in(written)) < 300


def test_json_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "roster.json"
    file.write_text('\ufeff{"people": [{"name": "Zoë", "email": "zoe@firm.example"}]}', encoding="utf-8")

    roster = roster_of(open_document(file))

    assert roster.people is not None
    assert roster.people[0].name == "Zoë"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "roster.yaml"
    file.write_bytes(b"\xff\xfe\x00people")

    with pytest.raises(NotReadable, match="UTF-8"):
        open_document(file)


def test_a_file_of_absurd_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "roster.yaml"
    with file.open("wb") as content:
        content.truncate(LARGEST_BYTES + 1)

    with pytest.raises(NotReadable, match="larger than 50 MB"):
        open_document(file)


def test_a_step_after_a_bare_number_is_told_what_a_time_looks_like_and_nothing_else() -> None:
    policy = "{steps: [{after: 50, notify: contact_centre, channel: C0DESK}]}"

    [mistake] = mistakes_in(f"escalation_policies: {{standard: {policy}}}")

    assert 'Write a share such as "50%" or a duration such as "30m"' in mistake


def test_a_policy_without_steps_is_refused() -> None:
    [mistake] = mistakes_in("escalation_policies: {standard: {steps: []}}")

    assert "may not be empty" in mistake
