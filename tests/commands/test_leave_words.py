"""Days, halves and kinds as people type them. Today is Monday 23 November 2026 where nothing else is said."""

from datetime import date

import pytest

from commands.leave_words import NoDate, read_days, read_leave
from coverage.absence import Half, HalfDay, Kind

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("Today", "2026-11-23", "2026-11-23"),
        ("heute", "2026-11-23", "2026-11-23"),
        ("tomorrow", "2026-11-24", "2026-11-24"),
        ("morgen", "2026-11-24", "2026-11-24"),
        ("3 Aug", "2027-08-03", "2027-08-03"),
        ("3rd August", "2027-08-03", "2027-08-03"),
        ("Aug 3", "2027-08-03", "2027-08-03"),
        ("August 3rd, 2028", "2028-08-03", "2028-08-03"),
        ("3 Aug 2028", "2028-08-03", "2028-08-03"),
        ("3. August", "2027-08-03", "2027-08-03"),
        ("1 März", "2027-03-01", "2027-03-01"),
        ("3.8.", "2027-08-03", "2027-08-03"),
        ("3.8.2027", "2027-08-03", "2027-08-03"),
        ("3.8.27", "2027-08-03", "2027-08-03"),
        ("2027-08-03", "2027-08-03", "2027-08-03"),
        ("23 Nov", "2026-11-23", "2026-11-23"),
        ("22 Nov", "2027-11-22", "2027-11-22"),
        ("Monday", "2026-11-23", "2026-11-23"),
        ("tue", "2026-11-24", "2026-11-24"),
        ("Sunday", "2026-11-29", "2026-11-29"),
        ("3-14 Aug", "2027-08-03", "2027-08-14"),
        ("3 – 14 August 2028", "2028-08-03", "2028-08-14"),
        ("3 Aug - 14 Aug", "2027-08-03", "2027-08-14"),
        ("3 Aug to 14 Aug", "2027-08-03", "2027-08-14"),
        ("3 Aug until 14 Aug", "2027-08-03", "2027-08-14"),
        ("3. Aug bis 14. Aug", "2027-08-03", "2027-08-14"),
        ("3.8. - 14.8.", "2027-08-03", "2027-08-14"),
        ("3.8-14.8", "2027-08-03", "2027-08-14"),
        ("3.8.27 - 14.8.27", "2027-08-03", "2027-08-14"),
        ("2027-08-03 - 2027-08-14", "2027-08-03", "2027-08-14"),
        ("today - Fri", "2026-11-23", "2026-11-27"),
        ("Wed - Tue", "2026-11-25", "2026-12-01"),
        ("28 Dec - 3 Jan", "2026-12-28", "2027-01-03"),
        ("20 Nov - 25 Nov", "2027-11-20", "2027-11-25"),
        ("20-25 Nov", "2026-11-20", "2026-11-25"),
        ("29 Feb", "2028-02-29", "2028-02-29"),
        ("27 Feb - 29 Feb 2028", "2027-02-27", "2028-02-29"),
        ("3 Aug - 3 Aug", "2027-08-03", "2027-08-03"),
    ],
)
def test_days_are_read_as_they_are_written(said: str, first: str, last: str) -> None:
    days, rest = read_days(said, TODAY)

    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)
    assert rest.strip() == ""


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "sick",
        "pm",
        "32 Aug",
        "31 Apr",
        "0 Aug",
        "29 Feb 2027",
        "30-2 Feb",
        "3 Foo",
        "3-14 Foo",
        "2027-13-01",
        "2027-02-30",
        "31.2.",
        "14 Aug 2027 - 3 Aug 2027",
        "3 Aug - soon",
        "3 Aug to my mother's",
        "0001-01-01",
        "9999-12-31",
        "1 Jan 2027 - 1 Jan 2030",
        "99.99.9999",
        "<!channel>",
    ],
)
def test_what_is_no_day_is_refused_with_the_forms_that_are(said: str) -> None:
    with pytest.raises(NoDate) as refused:
        read_leave(said, TODAY)

    assert str(refused.value)[-1] == "."


@pytest.mark.parametrize(
    "said",
    [
        "3 Aug, 5 Aug",
        "3 Aug and 5 Aug",
        "Monday, Wednesday",
        "today and tomorrow",
        "3 Aug 27",
        "3 Aug 9-12",
        "3 Aug 4 Aug",
    ],
)
def test_nobody_is_marked_away_on_half_of_what_they_said(said: str) -> None:
    with pytest.raises(NoDate, match="one day or one range at a time"):
        read_leave(said, TODAY)


@pytest.mark.parametrize(
    ("said", "half"),
    [
        ("3 Aug pm", HalfDay(date(2027, 8, 3), Half.PM)),
        ("3 Aug am", HalfDay(date(2027, 8, 3), Half.AM)),
        ("3 Aug, a.m.", HalfDay(date(2027, 8, 3), Half.AM)),
        ("3 Aug afternoon", HalfDay(date(2027, 8, 3), Half.PM)),
        ("3 Aug in the morning", HalfDay(date(2027, 8, 3), Half.AM)),
        ("3 Aug - 14 Aug pm", HalfDay(date(2027, 8, 3), Half.PM)),
        ("3 Aug - 14 Aug am", HalfDay(date(2027, 8, 14), Half.AM)),
        ("3-14 Aug PM sick", HalfDay(date(2027, 8, 3), Half.PM)),
    ],
)
def test_a_range_may_start_or_end_at_noon(said: str, half: HalfDay) -> None:
    assert read_leave(said, TODAY).days.half_days == (half,)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("today", Kind.OTHER),
        ("today whatever it is", Kind.OTHER),
        ("today sick", Kind.SICK),
        ("today krank", Kind.SICK),
        ("today malade", Kind.SICK),
        ("3 Aug - 14 Aug annual leave", Kind.ANNUAL),
        ("3 Aug - 14 Aug Urlaub", Kind.ANNUAL),
        ("3 Aug - 14 Aug vacances", Kind.ANNUAL),
        ("3 Aug - 14 Aug vacaciones", Kind.ANNUAL),
        ("3 Aug - 14 Aug ferie", Kind.ANNUAL),
        ("3 Aug - 14 Aug vakantie", Kind.ANNUAL),
        ("3 Aug - 14 Aug férias", Kind.ANNUAL),
        ("3 Aug - 14 Aug pm parental leave", Kind.PARENTAL),
        ("3 Aug Elternzeit", Kind.PARENTAL),
        ("3 Aug training", Kind.TRAINING),
        ("3 Aug - 14 Aug annual", Kind.ANNUAL),
        ("annual 3 Aug - 14 Aug", Kind.ANNUAL),
        ("3 Aug - 14 Aug parental", Kind.PARENTAL),
        ("3 Aug - 14 Aug pm Jährlich", Kind.ANNUAL),
        ("3 Aug annual sick", Kind.SICK),
        ("3 Aug other", Kind.OTHER),
        ("3 Aug away", Kind.OTHER),
    ],
)
def test_the_kind_is_read_in_several_languages_and_is_other_where_none_is_said(said: str, kind: Kind) -> None:
    assert read_leave(said, TODAY).kind is kind


@pytest.mark.parametrize("kind", ["annual leave", "sick", "parental leave", "training", "other"])
def test_what_the_form_fills_in_is_understood(kind: str) -> None:
    for half in ("", "pm", "am"):
        marked = read_leave(f"2027-08-03 - 2027-08-14 {half} {kind}", TODAY)
        assert marked.kind.value == kind.partition(" ")[0]
        assert len(marked.days.half_days) == (1 if half else 0)
        one_day = read_leave(f"2027-08-03 -  {half} {kind}".strip(), TODAY)
        assert (one_day.days.first, one_day.days.last, one_day.kind) == (
            date(2027, 8, 3),
            date(2027, 8, 3),
            marked.kind,
        )
        assert len(one_day.days.half_days) == (1 if half else 0)


def test_a_form_with_its_first_day_alone_is_one_day_and_a_line_without_its_end_is_refused() -> None:
    assert read_leave("2027-08-03 -", TODAY).days == read_leave("2027-08-03", TODAY).days
    for unfinished in ("3 Aug -", "3 Aug - sick", "2027-08-03 - soon"):
        with pytest.raises(NoDate):
            read_leave(unfinished, TODAY)


def test_on_the_day_itself_and_the_day_after() -> None:
    assert read_days("3 Aug", date(2027, 8, 3))[0].first == date(2027, 8, 3)
    assert read_days("3 Aug", date(2027, 8, 4))[0].first == date(2028, 8, 3)
    assert read_days("3-14 Aug", date(2027, 8, 14))[0].first == date(2027, 8, 3)
    assert read_days("3-14 Aug", date(2027, 8, 15))[0].first == date(2028, 8, 3)


@pytest.mark.parametrize("said", ["sick today", "today sick", "sick leave today"])
def test_the_kind_may_stand_before_the_days_or_after_them(said: str) -> None:
    marked = read_leave(said, TODAY)

    assert (marked.days.first, marked.days.last, marked.kind) == (TODAY, TODAY, Kind.SICK)


@pytest.mark.parametrize("said", ["14 Aug - 3 Aug", "Aug 14 to Aug 3", "14.8. - 3.8."])
def test_a_range_the_wrong_way_round_is_not_taken_for_a_year(said: str) -> None:
    with pytest.raises(NoDate, match=r"is before .* Did you mean .* 2027-08-14 - 2028-08-03"):
        read_days(said, TODAY)


@pytest.mark.parametrize(
    "said", ["28 Dec - 3 Jan", "14 Aug - 3 Aug 2028", "14.8. - 3.8.28", "today - 3 Aug", "3 Jan - 20 Dec"]
)
def test_a_range_over_new_year_or_with_its_years_is_believed(said: str) -> None:
    days, _ = read_days(said, TODAY)

    assert days.first < days.last
