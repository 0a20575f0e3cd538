"""Work that may be hostile is done in a process that can be ended."""

import time
from datetime import date

import pytest

from bot.calendar_reading import read_spans
from bot.calendar_worker import TooMuch, run_capped, watched_series
from coverage.leave.decoding import NotACalendar
from coverage.leave.reading import read_feed
from coverage.leave.rules import SeriesRefused

NEVER_MATCHES = (
    b"BEGIN:VCALENDAR\r\n"
    b"BEGIN:VEVENT\r\nUID:hangs\r\nDTSTART:20260101T000000Z\r\n"
    b"RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:good\r\nDTSTART;VALUE=DATE:20260302\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


def test_the_answer_comes_back_whatever_the_work_prints() -> None:
    assert run_capped(divmod, 17, 5) == (3, 2)
    assert run_capped(print, "to nobody") is None


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        run_capped(divmod, 1, 0)
    with pytest.raises(NotACalendar, match="empty"):
        run_capped(read_feed, b"", date(2026, 1, 1), date(2026, 2, 1))


def test_work_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TooMuch, match=r"longer than 0\.5 seconds"):
        run_capped(time.sleep, 60, seconds=0.5)


def test_work_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(TooMuch, match="memory"):
        run_capped(bytearray, 2_000_000_000, memory_mb=1000)


def test_work_that_breaks_its_process_is_reported() -> None:
    with pytest.raises(TooMuch, match="broke the process"):
        run_capped(exit, 3)


def test_a_series_is_stopped_again_where_the_first_time_was_lost() -> None:
    with watched_series(seconds=0.05, again=0.05):
        with pytest.raises(SeriesRefused):
            time.sleep(60)
        with pytest.raises(SeriesRefused):
            time.sleep(60)


def test_a_series_that_hangs_is_given_up_and_the_others_stand() -> None:
    found = read_spans(NEVER_MATCHES, date(2026, 1, 1), date(2027, 1, 1))

    assert [span.uid for span in found.spans] == ["good"]
    assert "longer than" in found.capped[0]
