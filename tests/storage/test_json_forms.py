"""What is kept as JSON comes back exactly as it was."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.absence import Half, HalfDay
from coverage.charter import Charter, Level, Targets
from coverage.durations import OpenDays, ServiceTime, Share
from coverage.firm import Settings
from coverage.ids import PlaceId
from coverage.people import WorkingPattern
from coverage.policy import EscalationPolicy, Notify, Reminders, Step
from coverage.question import Pause
from coverage.service_hours import NaiveInstant, ServiceHours, Window
from storage import json_forms as forms
from tests.storage.builders import NOW, a_question

durations = st.builds(ServiceTime, st.integers(0, 10**9)) | st.builds(OpenDays, st.integers(0, 3660))
afters = durations | st.builds(Share, st.integers(0, 99_999))
places = st.integers(1).map(PlaceId)
steps = st.builds(Step, afters, st.sampled_from(Notify), st.none() | places)
policies = st.builds(
    EscalationPolicy,
    st.text(),
    st.lists(steps, max_size=5).map(tuple),
    st.none() | st.builds(Reminders, afters, st.integers(0, 99)),
)
targets = st.builds(Targets, *[st.none() | durations] * 3)
charters = st.builds(Charter, st.text(), st.dictionaries(st.sampled_from(Level), targets))
windows = st.builds(lambda opens, length: Window(opens, opens + length), st.integers(0, 86_399), st.integers(1, 86_400))
days = st.lists(windows, max_size=3).map(tuple)
weeks = st.lists(days, min_size=7, max_size=7).map(tuple)
dates = st.dates(date(2020, 1, 1), date(2040, 1, 1))
hours = st.builds(
    ServiceHours,
    st.sampled_from(["UTC", "Europe/London", "Australia/Lord_Howe"]),
    weeks.filter(any),
    st.sampled_from([(), ("GB-ENG",), ("NO", "DE-BY")]),
    st.frozensets(dates, max_size=3),
    st.dictionaries(dates, days, max_size=3),
)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
pauses = st.lists(st.builds(Pause, instants, st.none() | instants), max_size=3).map(tuple)


@given(policies)
def test_policies(policy):
    assert forms.policy_from_json(forms.policy_to_json(policy)) == policy


@given(charters)
def test_charters(charter):
    assert forms.charter_from_json(forms.charter_to_json(charter)) == charter


@given(hours)
def test_service_hours(each):
    assert forms.hours_from_json(forms.hours_to_json(each)) == each


@given(st.builds(WorkingPattern, weeks, st.text()))
def test_working_patterns(pattern):
    assert forms.pattern_from_json(forms.pattern_to_json(pattern)) == pattern


@given(pauses)
def test_pauses(each):
    assert forms.pauses_from_json(forms.pauses_to_json(each)) == each


@given(st.lists(st.builds(HalfDay, dates, st.sampled_from(Half)), max_size=3).map(tuple))
def test_half_days(half_days):
    assert forms.half_days_from_json(forms.half_days_to_json(half_days)) == half_days


@given(st.builds(Settings))
def test_settings(settings):
    assert forms.settings_from_json(forms.settings_to_json(settings)) == settings


def test_settings_of_newer_and_older_code_are_read():
    assert forms.settings_from_json('{"minimum_depth": 3, "unheard_of": 1}') == Settings(minimum_depth=3)


def test_an_instant_without_a_zone_is_refused_before_it_is_stored(new_uow, office):
    with new_uow() as uow, pytest.raises(Exception, match="has no time zone") as refused:
        uow.questions.add(a_question(office, asked_at=NOW.replace(tzinfo=None)))

    assert isinstance(refused.value.__cause__ or refused.value, NaiveInstant)
