"""Whom the card calls, and who is there for each kind of step."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage.absence import Absence
from coverage.availability import Presence
from coverage.clients import Answer, Client, Knowledge, who_knows
from coverage.firm import Firm
from coverage.ids import PersonId
from coverage.people import Pod
from coverage.policy import Notify, Step
from coverage.routing import Call, audience_for, whom_to_call
from coverage.service_hours import ServiceHours
from tests.coverage.builders import (
    ANN,
    BOB,
    CAS,
    DEE,
    ELI,
    FAY,
    FRIDAY_NIGHT,
    GUS,
    MONDAY,
    TEAM_ROOM,
    WEST,
    a_client,
    a_firm,
    a_person,
    a_pod,
    a_policy,
    away,
    hours,
    hours_that_end,
    presence,
    utc,
)

KNOWS = Knowledge.KNOWS


def call(
    there: Presence,
    client: Client | None = None,
    now: datetime = MONDAY,
    *,
    pod: Pod | None = None,
    answers: list[Answer] | None = None,
    open_at: ServiceHours | None = None,
) -> Call:
    client = client or a_client()
    known = who_knows(client, answers or [], now)
    return whom_to_call(client, pod or a_pod(), known, there, open_at or hours(), now)


def test_the_named_contact_is_called() -> None:
    assert call(presence()) == Call(ANN)


def test_a_named_contact_from_another_pod_is_called_too() -> None:
    assert call(presence(), a_client(named_contact=DEE)).person == DEE


def test_who_is_away_is_stood_in_for_by_the_one_who_knows_the_client_best() -> None:
    client = a_client({CAS: KNOWS, BOB: Knowledge.LEARNING})

    found = call(presence(away(ANN, "2026-11-23", "2026-11-25")), client)

    assert found == Call(CAS, stands_in_for=ANN, until=date(2026, 11, 25))


def test_evidence_makes_the_better_stand_in() -> None:
    answers = [Answer(CAS, MONDAY)]

    assert call(presence(away(ANN, "2026-11-23")), answers=answers).person == CAS


def test_where_nobody_knows_the_client_the_order_of_the_pod_decides() -> None:
    pod = a_pod(members=(CAS, BOB, ANN))

    assert call(presence(away(ANN, "2026-11-23")), pod=pod).person == CAS


def test_the_stand_in_is_of_the_pod_and_the_others_who_know_the_client_are_named() -> None:
    client = a_client({DEE: KNOWS, ELI: Knowledge.LEARNING})

    found = call(presence(away(ANN, "2026-11-23")), client)

    assert found.person == BOB
    assert found.others == (DEE,)


def test_a_day_off_has_no_until() -> None:
    part_time = a_person(ANN, "Tue-Fri 09:00-17:00")

    assert call(presence(people=[part_time])) == Call(BOB, stands_in_for=ANN)


def test_asked_on_friday_night_the_question_is_about_monday_morning() -> None:
    monday_off = presence(away(ANN, "2026-11-30"))
    off_at_weekends = presence(people=[a_person(ANN, "Mon-Fri 09:00-17:00")])

    assert call(monday_off, now=FRIDAY_NIGHT) == Call(BOB, stands_in_for=ANN, until=date(2026, 11, 30))
    assert call(off_at_weekends, now=FRIDAY_NIGHT) == Call(ANN)


def test_who_is_on_leave_now_is_not_called_although_they_are_back_at_the_next_opening() -> None:
    there = presence(away(ANN, "2026-11-23", "2026-11-27"))

    assert call(there, now=FRIDAY_NIGHT) == Call(BOB, stands_in_for=ANN, until=date(2026, 11, 27))


def test_nobody_is_called_when_nobody_of_the_pod_is_there() -> None:
    there = presence(*(away(who, "2026-11-23") for who in (ANN, BOB, CAS)))

    assert call(there) == Call(None, stands_in_for=ANN, until=date(2026, 11, 23))


def test_a_named_contact_who_has_left_the_firm_is_stood_in_for() -> None:
    assert call(presence(), a_client(named_contact=PersonId(99))) == Call(ANN, stands_in_for=PersonId(99))


def test_without_a_named_contact_the_one_who_knows_the_client_best_is_called_for_themselves() -> None:
    assert call(presence(), a_client({CAS: KNOWS}, named_contact=None)) == Call(CAS)


def test_while_the_client_is_unknown_the_lead_is_called_else_the_pod() -> None:
    def called(there: Presence) -> PersonId | None:
        return whom_to_call(None, a_pod(), (), there, hours(), MONDAY).person

    assert called(presence()) == FAY
    assert called(presence(away(FAY, "2026-11-23"))) == ANN


def test_where_hours_have_run_out_whoever_is_there_now_is_called() -> None:
    assert call(presence(away(ANN, "2026-11-23")), open_at=hours_that_end("2026-11-20")).person == BOB


def test_a_step_calls_those_of_its_audience_who_are_there() -> None:
    there = presence(away(BOB, "2026-11-23"), away(ELI, "2026-11-23"))

    audience = audience_for(a_firm(), a_pod(), ANN, there, MONDAY)

    assert audience.people == {
        Notify.NAMED_CONTACT: (ANN,),
        Notify.DEPUTIES: (CAS,),
        Notify.POD: (ANN, CAS),
        Notify.TEAM: (ANN, CAS, DEE, FAY),
    }
    assert audience.other_pods == (DEE,)


def test_a_team_step_without_a_channel_is_for_the_teams_other_pods_only() -> None:
    there = presence(away(DEE, "2026-11-23"), away(ELI, "2026-11-23"))
    audience = audience_for(a_firm(), a_pod(), ANN, there, MONDAY)

    assert audience.is_empty(_team_step(channel=False))
    assert not audience.is_empty(_team_step(channel=True))


def test_a_team_step_is_empty_when_nobody_of_the_team_is_there() -> None:
    alone = a_firm().pods[WEST]

    audience = audience_for(a_firm(), alone, GUS, presence(away(GUS, "2026-11-23")), MONDAY)

    assert audience.is_empty(_team_step(channel=True))


def test_the_contact_centre_is_never_empty() -> None:
    audience = audience_for(Firm(1, pods={a_pod().id: a_pod()}), a_pod(), None, Presence({}), MONDAY)

    assert not audience.is_empty(Step(_team_step(channel=True).after, Notify.CONTACT_CENTRE, TEAM_ROOM))


def _team_step(*, channel: bool) -> Step:
    return a_policy("50% team", team_channel=TEAM_ROOM if channel else None).steps[0]


people = st.sampled_from([ANN, BOB, CAS, DEE, ELI, FAY])
november = st.sampled_from([f"2026-11-{day}" for day in range(20, 31)])
halves = st.sampled_from(["", "2026-11-23", "2026-11-27 2026-11-30"])


@st.composite
def leave(draw: st.DrawFn) -> Absence:
    first, last = sorted((draw(november), draw(november)))
    return away(draw(people), first, last, am=draw(halves), pm=draw(halves))


@settings(max_examples=80)
@given(leave=st.lists(leave(), max_size=8), hour=st.integers(0, 24 * 10), named_contact=st.none() | people)
def test_nobody_on_leave_is_ever_called(leave: list[Absence], hour: int, named_contact: PersonId | None) -> None:
    now = utc("2026-11-20T00:15") + timedelta(hours=hour)
    there = presence(*leave)
    client = a_client({CAS: KNOWS}, named_contact)

    called = call(there, client, now)
    audience = audience_for(a_firm(), a_pod(), named_contact, there, now)

    opening = hours().next_opening(now)
    members = (*a_pod().members, *([named_contact] if named_contact else []))
    free = [who for who in members if there.is_available(who, opening) and not there.is_on_leave(who, now)]
    assert (called.person in free) if free else called.person is None
    everyone = [who for group in audience.people.values() for who in group]
    assert not any(there.is_on_leave(who, now) for who in (*everyone, *audience.other_pods))
