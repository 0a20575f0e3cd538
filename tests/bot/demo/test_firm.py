"""The demo's firm: small, invented, and complete."""

import re
from datetime import UTC, datetime

from bot.demo.firm import ROOMS, ROSTER, the_roster, workspace_of
from commands.roster_lines import said

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_it_has_nine_people_three_pods_and_twenty_clients() -> None:
    roster = the_roster()

    assert (len(roster.people or ()), len(roster.pods or ()), len(roster.clients or ())) == (9, 3, 20)


def test_it_works_in_two_time_zones_part_time_and_under_a_lead_of_two_pods() -> None:
    roster = the_roster()
    leads = [pod.lead for pod in roster.pods or ()]

    assert len({person.timezone for person in roster.people or ()}) == 2
    assert [person.name for person in roster.people or () if said(person.working_pattern, None)] == ["Hugo Halfpenny"]
    assert leads.count("ann@tallyquill.example") == 2


def test_every_address_in_it_is_nobodys() -> None:
    roster = the_roster()
    domains = [domain for client in roster.clients or () for domain in said(client.domains, ())]
    mails = [person.email for person in roster.people or ()]

    assert all(address.endswith(".example") for address in [*domains, *mails])
    assert len(set(domains)) == 20


def test_each_channel_the_roster_names_is_there_with_podline_and_the_pod_in_it() -> None:
    roster = the_roster()
    workspace = workspace_of(roster, lambda: MONDAY, lambda: MONDAY)
    users = {person.email: said(person.slack, None) for person in roster.people or ()}

    for pod in roster.pods or ():
        place = said(pod.channel, None)
        assert place is not None
        members = workspace.channel(place.address).members
        assert workspace.app.bot_user_id in members
        assert {users[email] for email in said(pod.members, ())} <= members

    named = set(re.findall(r"\bC0[A-Z]+\b", ROSTER.read_text(encoding="utf-8")))
    assert named == {room.id for room in ROOMS}


def test_the_client_of_the_shared_channel_is_from_outside() -> None:
    workspace = workspace_of(the_roster(), lambda: MONDAY, lambda: MONDAY)

    assert workspace.is_outside("U0WENDY")
    assert [one.id for one in workspace.channels.values() if "U0WENDY" in one.members] == ["C0ACME"]
    assert workspace.channel("C0ACME").is_ext_shared
