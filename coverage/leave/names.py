"""Whom a title means: exact names, e-mail addresses and confirmed aliases decide; likeness only proposes somebody."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from coverage.ids import PersonId
from coverage.leave.title import Word, folded, spellings, words_of
from coverage.people import Person

_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’]")
_WITHIN_A_NAME = re.compile(r"\.?[\s'’-]*")
_SURNAME_COMMA = re.compile(r"[\s'’-]*,?\s*")
_ALIKE = 80
"""Of 100: how much an unknown name must resemble a person's to propose them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words ``start`` up to ``end`` (exclusive) name somebody: one person, or several whom it fits equally."""

    people: frozenset[PersonId]
    start: int
    end: int
    is_whole: bool
    """A full name, alias or address; False for a first name or surname alone."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a person's name: the spellings of its words, and what may stand between them."""

    words: tuple[frozenset[str], ...]
    between: re.Pattern[str]
    initial: int | None
    """Which of the words is an initial, which must be a capital letter ("e" is "and" in Italian)."""
    is_whole: bool
    is_shortened: bool = False
    """Somebody with several first names or surnames, by two of them: whoever is called so in full comes first."""


@dataclass(frozen=True)
class NameBook:
    """The firm's people by every form of their names."""

    people: Sequence[Person]
    _forms: dict[str, list[tuple[Form, PersonId]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[str, list[tuple[Form, PersonId]]] = {}
        for person in self.people:
            for form in _forms_of(person):
                for spelling in form.words[0]:
                    forms.setdefault(spelling, []).append((form, person.id))
        object.__setattr__(self, "_forms", forms)

    def by_email(self, address: str) -> PersonId | None:
        return next((person.id for person in self.people if person.email.lower() == address.lower()), None)

    def by_whole_name(self, text: str) -> PersonId | None:
        """Whom a text names that is nothing but a name, in full; None when it fits nobody or several."""
        words = words_of(text)
        named = self.whole_names_in(words)
        if len(named) != 1 or (named[0].start, named[0].end) != (0, len(words)) or len(named[0].people) != 1:
            return None
        return min(named[0].people)

    def whole_names_in(self, words: tuple[Word, ...]) -> tuple[Named, ...]:
        """Full names, aliases and e-mail addresses, the longest first where they overlap, in reading order."""
        return self._names_in(words, frozenset(), is_whole=True)

    def part_names_in(self, words: tuple[Word, ...], taken: frozenset[int]) -> tuple[Named, ...]:
        """First names and surnames that stand alone among the words that are not ``taken``."""
        return self._names_in(words, taken, is_whole=False)

    def alike(self, unknown: Iterable[str]) -> frozenset[PersonId]:
        """People whose name resembles one of the words: candidates for a human, never an answer."""
        names = [folded(word) for word in unknown if len(word) > 2]
        return frozenset(
            person.id
            for person in self.people
            for name in (person.name, *person.aliases)
            if any(_resemble(word, part) for word in names for part in _TOKEN.findall(folded(name)))
        )

    def _names_in(self, words: tuple[Word, ...], taken: frozenset[int], *, is_whole: bool) -> tuple[Named, ...]:
        found: list[Named] = []
        at = 0
        while at < len(words):
            named = self._longest_at(words, at, taken, is_whole=is_whole)
            if named is not None:
                found.append(named)
            at = named.end if named is not None else at + 1
        return tuple(found)

    def _longest_at(self, words: tuple[Word, ...], at: int, taken: frozenset[int], *, is_whole: bool) -> Named | None:
        fitting: dict[tuple[int, bool], set[PersonId]] = {}
        for spelling in words[at].forms:
            for form, person in self._forms.get(spelling, ()):
                span = range(at, at + len(form.words))
                if form.is_whole is is_whole and not taken.intersection(span) and _fits(form, words, at):
                    fitting.setdefault((len(form.words), not form.is_shortened), set()).add(person)
        if not fitting:
            return None
        best = max(fitting)
        return Named(frozenset(fitting[best]), at, at + best[0], is_whole)


def _forms_of(person: Person) -> Iterator[Form]:
    yield from _forms_of_name(_TOKEN.findall(person.name))
    without_apostrophes = _TOKEN.findall(_APOSTROPHE.sub("", person.name))
    if without_apostrophes != _TOKEN.findall(person.name):
        yield from _forms_of_name(without_apostrophes)
    for alias in person.aliases:
        if _TOKEN.findall(alias):
            yield _form(_TOKEN.findall(alias), _WITHIN_A_NAME)
    yield _form(_TOKEN.findall(person.email), re.compile(r"[.@_+-]"))


def _forms_of_name(parts: Sequence[str]) -> Iterator[Form]:
    yield _form(parts, _WITHIN_A_NAME)
    if len(parts) < 2:
        return
    first, last = parts[0], parts[-1]
    for split in range(1, len(parts)):
        yield _form([*parts[split:], *parts[:split]], _SURNAME_COMMA)
    yield _form([first[0], *parts[1:]], _WITHIN_A_NAME, initial=0)
    yield _form([first, last[0]], _WITHIN_A_NAME, initial=1)
    yield _form([*parts[1:], first[0]], _SURNAME_COMMA, initial=len(parts) - 1)
    if len(parts) > 2:
        for other in dict.fromkeys((last, *(part for part in parts[1:2] if part[:1].isupper()))):
            yield _form([first, other], _WITHIN_A_NAME, is_shortened=True)
            yield _form([other, first], _SURNAME_COMMA, is_shortened=True)
    yield Form((spellings(first),), _WITHIN_A_NAME, None, is_whole=False)
    yield Form((spellings(last),), _WITHIN_A_NAME, None, is_whole=False)


def _form(
    parts: Sequence[str], between: re.Pattern[str], initial: int | None = None, *, is_shortened: bool = False
) -> Form:
    return Form(tuple(spellings(part) for part in parts), between, initial, is_whole=True, is_shortened=is_shortened)


def _fits(form: Form, words: tuple[Word, ...], at: int) -> bool:
    if at + len(form.words) > len(words):
        return False
    for offset, wanted in enumerate(form.words):
        word = words[at + offset]
        if not wanted & word.forms or (offset and not form.between.fullmatch(word.gap)):
            return False
        if offset == form.initial and not (len(word.text) == 1 and word.is_capital):
            return False
    return True


def _resemble(word: str, name: str) -> bool:
    if len(name) < 3:
        return False
    return word in name or max(fuzz.ratio(word, name), fuzz.WRatio(word, name)) >= _ALIKE
