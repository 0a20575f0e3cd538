"""Durations: what may be written, and that it reads back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.durations import InvalidDuration, OpenDays, ServiceTime, Share, parse_after, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", ServiceTime(90)),
        ("30m", ServiceTime(1800)),
        ("4h", ServiceTime(14_400)),
        ("1h30m", ServiceTime(5400)),
        ("3600s", ServiceTime(3600)),
        ("1H 30M", ServiceTime(5400)),
        ("0s", ServiceTime(0)),
        ("2d", OpenDays(2)),
        ("3660d", OpenDays(3660)),
    ],
)
def test_durations_people_write(text: str, duration: ServiceTime | OpenDays) -> None:
    assert parse_duration(text) == duration
    assert parse_after(text) == duration


def test_days_are_never_hours() -> None:
    assert parse_duration("1d") != parse_duration("24h")


def test_a_step_may_come_after_a_share_of_the_target() -> None:
    assert parse_after("50%") == Share(50)
    assert parse_after(" 150 % ") == Share(150)


@pytest.mark.parametrize("text", ["", "4", "h", "-4h", "1.5h", "4 hours", "soon", "1w", "٣h", "50%"])
def test_what_is_not_a_duration_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InvalidDuration, match='Write for example "90s", "30m", "4h", "1h30m" or "2d"') as refusal:
        parse_duration(text)

    assert refusal.value.text == text


@pytest.mark.parametrize("text", ["2d4h", "30m1h", "1h1h"])
def test_units_neither_mix_with_days_nor_repeat(text: str) -> None:
    with pytest.raises(InvalidDuration, match="mixes or repeats units"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["3661d", "999999999h", "9999999s9m"])
def test_a_duration_of_decades_is_a_slip(text: str) -> None:
    with pytest.raises(InvalidDuration):
        parse_duration(text)


@pytest.mark.parametrize("text", ["half", "%", "-5%", "2.5%"])
def test_what_is_neither_share_nor_duration_is_refused(text: str) -> None:
    with pytest.raises(InvalidDuration, match="50%"):
        parse_after(text)


durations = st.one_of(
    st.integers(0, 3660 * 86_400).map(ServiceTime),
    st.integers(0, 3660).map(OpenDays),
    st.integers(0, 99_999).map(Share),
)


@given(durations)
def test_the_short_form_reads_back(duration: ServiceTime | OpenDays | Share) -> None:
    assert parse_after(str(duration)) == duration


def test_the_short_form_is_short() -> None:
    assert [str(ServiceTime(seconds)) for seconds in (0, 45, 90, 1800, 5400, 86_400)] == [
        "0s",
        "45s",
        "1m30s",
        "30m",
        "1h30m",
        "24h",
    ]
    assert (str(OpenDays(2)), str(Share(50))) == ("2d", "50%")
