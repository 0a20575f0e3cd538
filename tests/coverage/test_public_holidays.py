"""Public holidays: by country and by part of it, and what happens with codes nobody knows."""

from datetime import date

import pytest

from coverage.public_holidays import UnknownRegion, check_region, is_public_holiday, public_holidays


def test_parts_of_a_country_keep_their_own_holidays() -> None:
    saint_andrew, corpus_christi = date(2026, 11, 30), date(2026, 6, 4)

    assert is_public_holiday("GB-SCT", saint_andrew)
    assert not is_public_holiday("GB-ENG", saint_andrew)
    assert is_public_holiday("DE-BY", corpus_christi)
    assert not is_public_holiday("DE-BE", corpus_christi)


def test_a_country_alone_has_what_is_kept_everywhere() -> None:
    assert is_public_holiday("FR", date(2026, 7, 14))
    assert not is_public_holiday("FR", date(2026, 7, 15))


def test_a_holiday_on_a_weekend_is_kept_on_its_substitute() -> None:
    assert is_public_holiday("GB-ENG", date(2026, 12, 28))


def test_a_year_is_worked_out_once() -> None:
    assert public_holidays("GB-ENG", 2026) is public_holidays("GB-ENG", 2026)


@pytest.mark.parametrize(
    ("region", "hint"),
    [
        ("gb-eng", 'Did you mean "GB-ENG"'),
        ("GB-ENGL", 'Did you mean "GB-ENG"'),
        ("de", 'Did you mean "DE"'),
        ("", "Write a country such as"),
        ("DE-", "DE"),
        ("Bavaria-Munich", "Write a country such as"),
    ],
)
def test_an_unknown_region_is_refused_with_the_nearest(region: str, hint: str) -> None:
    with pytest.raises(UnknownRegion, match=hint):
        check_region(region)


def test_no_is_norway() -> None:
    assert is_public_holiday("NO", date(2026, 5, 17))
