"""Public holidays of a country or a part of it, from the ``holidays`` library, by codes such as ``GB-ENG``."""

from datetime import date
from difflib import get_close_matches
from functools import lru_cache

import holidays


class UnknownRegion(ValueError):
    """The library knows no such country or part of it; the message names the nearest."""


def is_public_holiday(region: str, day: date) -> bool:
    """Whether ``day`` is a public holiday in ``region`` (``GB-ENG``), substitutes included. Raises UnknownRegion."""
    return day in public_holidays(region, day.year)


@lru_cache(maxsize=4096)
def public_holidays(region: str, year: int) -> frozenset[date]:
    """The dates of one year. Raises UnknownRegion. Outside the years the library knows there are none."""
    country, part = _known(region)
    return frozenset(holidays.country_holidays(country, subdiv=part, years=year))


def check_region(region: str) -> None:
    """Raises UnknownRegion, which names the nearest known code, unless the holidays of ``region`` are known."""
    _known(region)


@lru_cache(maxsize=1024)
def _known(region: str) -> tuple[str, str | None]:
    country, _, part = region.partition("-")
    parts = _countries().get(country)
    if parts is None:
        near = _codes(country.upper()) if country.upper() in _countries() else list(_countries())
        raise UnknownRegion(f'There are no public holidays for "{region}". {_hint(region, near)}')
    if part not in parts and region != country:
        raise UnknownRegion(f'There is no part "{part}" of {country}. {_hint(region, _codes(country))}')
    return country, part or None


def _hint(region: str, codes: list[str]) -> str:
    near = get_close_matches(region.upper(), codes, n=1, cutoff=0.5)
    return f'Did you mean "{near[0]}"?' if near else 'Write a country such as "FR" or a part of one such as "GB-ENG".'


def _codes(country: str) -> list[str]:
    return [country, *(f"{country}-{part}" for part in _countries()[country])]


@lru_cache(maxsize=1)
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)
