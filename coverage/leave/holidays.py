"""A feed of public holidays: which of the firm's people each one frees, by country and part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import holidays

from coverage.absence import Kind
from coverage.ids import PersonId
from coverage.leave.expansion import Occurrence
from coverage.leave.halves import halves_in
from coverage.leave.interpretation import AskAHuman, Away, NotAway, Verdict
from coverage.leave.names import NameBook
from coverage.leave.title import folded
from coverage.leave.title_reading import read_title
from coverage.people import Person
from coverage.public_holidays import UnknownRegion, is_public_holiday


@dataclass(frozen=True, slots=True)
class HolidayReader:
    """Reads a feed of ``country`` (``GB``, or a part of it as ``GB-SCT``) for the people who live there.

    The feed says what is a holiday and what a mere observance, and whether it is regional; whom a regional one frees
    is known by the dates of the `holidays` library.
    """

    people: Sequence[Person]
    country: str

    def verdicts(self, occurrence: Occurrence) -> tuple[Verdict, ...]:
        """What one day of the feed means; two answers where it frees some and is unclear for others."""
        event = occurrence.event
        text = folded(f"{event.summary or ''}\n{event.description}")
        if event.status == "CANCELLED" or event.method == "CANCEL":
            return (NotAway("cancelled"),)
        if any(word in text for word in _OBSERVANCES):
            return (NotAway("an observance: people work"),)
        concerned = [person for person in self.people if self._lives_here(person)]
        if not concerned:
            return (NotAway(f"nobody on the roster lives in {self.country}"),)
        day = occurrence.start.date() if isinstance(occurrence.start, datetime) else occurrence.start
        return self._by_region(occurrence, concerned, day, text)

    def _lives_here(self, person: Person) -> bool:
        country, _, part = self.country.partition("-")
        return (person.country or "").upper() == country.upper() and part in ("", person.region or "")

    def _by_region(self, occurrence: Occurrence, people: list[Person], day: date, text: str) -> tuple[Verdict, ...]:
        is_regional = any(word in text for word in _REGIONAL)
        is_declared = any(word in text for word in _DECLARED)
        free: list[PersonId] = []
        unclear: list[PersonId] = []
        is_news = is_declared and not is_regional and not _parts_with_holiday(self.country.partition("-")[0], day)
        for person in people:
            keeps = _keeps(person, day)
            if keeps or is_news:  # is_news: a one-off holiday that the library does not know yet
                free.append(person.id)
            elif keeps is None:
                unclear.append(person.id)
        halves = halves_in(occurrence.event.summary or "", read_title(occurrence.event.summary or "", NameBook(())))
        verdicts: list[Verdict] = []
        if free:
            verdicts.append(Away(tuple(sorted(free)), Kind.PUBLIC_HOLIDAY, halves))
        if unclear:
            verdicts.append(AskAHuman("a regional holiday, and their region is not known", tuple(sorted(unclear))))
        return tuple(verdicts) or (NotAway("not a public holiday where anybody on the roster lives"),)


def _keeps(person: Person, day: date) -> bool | None:
    """Whether a person keeps that day as a holiday; None when it depends on a region they have not told."""
    parts = _parts_with_holiday((person.country or "").upper(), day)
    if person.region:
        try:
            return is_public_holiday(f"{(person.country or '').upper()}-{person.region}", day)
        except UnknownRegion:
            return None if parts else False
    return True if "" in parts else None if parts else False


@lru_cache(maxsize=1024)
def _parts_with_holiday(country: str, day: date) -> frozenset[str]:
    """The parts of a country in which that day is a holiday, "" for the country as a whole; none if it is unknown."""
    parts = ("", *holidays.list_supported_countries().get(country.upper(), ()))
    found = set()
    for part in parts:
        try:
            if is_public_holiday(f"{country.upper()}-{part}" if part else country.upper(), day):
                found.add(part)
        except UnknownRegion:
            continue
    return frozenset(found)


_OBSERVANCES = (
    "observance",
    "gedenktag",
    "celebracion",
    "observancia",
    "osservanza",
    "comemoracao",
    "herdenkingsdag",
    "not a public holiday",
)
_REGIONAL = (
    "regional",
    "local holiday",
    "public holiday in ",
    "holiday in ",
    "feiertag in ",
    "jour ferie en ",
    "festivo en ",
    "festivo local",
    "festa locale",
)
_DECLARED = (
    "public holiday",
    "bank holiday",
    "feiertag",
    "jour ferie",
    "dia festivo",
    "festivo",
    "festivita",
    "feriado",
)
