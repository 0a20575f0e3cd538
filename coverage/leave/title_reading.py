"""What the title of an event says: whom it names, and which of its words still count once asides are put away."""

import re
from dataclasses import dataclass
from itertools import pairwise

from coverage.ids import PersonId
from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.names import NameBook, Named
from coverage.leave.title import Said, Word, meanings, words_of
from coverage.leave.words_or_names import explained, names_alone, strangers_beside

_ASIDES = (Meaning.COVER, Meaning.BACK, Meaning.OCCASION)
_LISTED = re.compile(r"[\s,;.&/+]*")


@dataclass(frozen=True, slots=True)
class TitleReading:
    """``said`` are the meanings that count, by part; ``names`` whom it names; ``strangers`` are capitalised words that
    nobody's name or the table explains and that stand beside a name: "Smith" in "Ann Smith - leave"."""

    words: tuple[Word, ...]
    said: tuple[Said, ...]
    names: tuple[Named, ...]
    strangers: tuple[str, ...]
    unknown: tuple[str, ...]
    is_a_list: bool
    """The names stand side by side as in "Ann, Bo & Cara", not "Bo for Ann"."""

    @property
    def meanings(self) -> frozenset[Meaning]:
        return frozenset(said.meaning for said in self.said)

    @property
    def is_leave(self) -> bool:
        return bool(self.meanings & _LEAVE)

    @property
    def people(self) -> frozenset[PersonId]:
        return frozenset(person for name in self.names for person in name.people)

    @property
    def only_person(self) -> PersonId | None:
        """Whom all its names fit: Ann in "Ann (ann.lee@firm.example)"; None when it names several people or nobody."""
        fitting = frozenset.intersection(*(name.people for name in self.names)) if self.names else frozenset()
        return min(fitting) if len(fitting) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        return any(len(name.people) > 1 for name in self.names)


def read_title(title: str, book: NameBook) -> TitleReading:
    """Names first, the longest before shorter ones, then the table, then first names and surnames that stand alone.

    An aside after the leave itself, as in "Ann Lee - leave (cover: Bo Chen)" or "..., back on Monday", is put away
    with the names in it.
    """
    words = words_of(title)
    whole = book.whole_names_in(words)
    taken = frozenset(at for name in whole for at in range(name.start, name.end))
    said = meanings(words, taken)
    part = names_alone(words, said, book, taken)
    names = tuple(sorted((*whole, *part), key=lambda name: name.start))
    said = tuple(one for one in said if not any(name.start <= one.start < name.end for name in part))
    said = _without_company_names(words, said)
    asides = _asides(said)
    names = tuple(name for name in names if words[name.start].part not in asides)
    return TitleReading(
        words=words,
        said=tuple(one for one in said if one.part not in asides),
        names=names,
        strangers=tuple(strangers_beside(words, names, said)),
        unknown=tuple(_unknown(words, names, said, asides)),
        is_a_list=all(_side_by_side(words, said, a, b) for a, b in pairwise(names)),
    )


def _without_company_names(words: tuple[Word, ...], said: tuple[Said, ...]) -> tuple[Said, ...]:
    """The leave in "Acme Holidays Ltd" is none: words that run into the form of a company are its name."""
    companies = [one for one in said if one.meaning is Meaning.COMPANY]
    return tuple(
        one
        for one in said
        if one.meaning not in _LEAVE or not any(_is_part_of(one, company, words, said) for company in companies)
    )


def _is_part_of(one: Said, company: Said, words: tuple[Word, ...], said: tuple[Said, ...]) -> bool:
    if one.part != company.part or one.end > company.start:
        return False
    if not (words[one.start].is_capital and words[company.start].is_capital):
        return False
    between = range(one.end, company.start)
    speaking = {at for other in said if other.meaning is not Meaning.AND for at in range(other.start, other.end)}
    return all(words[at].is_capital for at in between) and not speaking.intersection(between)


def _asides(said: tuple[Said, ...]) -> frozenset[int]:
    """Parts that say who covers, when somebody is back or what else is on, after a part that says leave."""
    leave = [one.part for one in said if one.meaning in _LEAVE]
    first = min(leave, default=None)
    if first is None:
        return frozenset()
    return frozenset(one.part for one in said if one.meaning in _ASIDES and one.part > first)


def _unknown(
    words: tuple[Word, ...], names: tuple[Named, ...], said: tuple[Said, ...], asides: frozenset[int]
) -> list[str]:
    known = explained(names, said)
    return [word.text for word in words if word.at not in known and word.part not in asides and len(word.text) > 1]


def _side_by_side(words: tuple[Word, ...], said: tuple[Said, ...], one: Named, other: Named) -> bool:
    """Two full names may follow each other without more; "Ann Chen" is neither Ann Lee nor Bo Chen."""
    joined = {at for a in said if a.meaning is Meaning.AND for at in range(a.start, a.end)}
    between = range(one.end, other.start)
    gaps = [words[at].gap for at in range(one.end, other.start + 1)]
    if not between and not gaps[0].strip() and not (one.is_whole and other.is_whole):
        return False
    return all(at in joined for at in between) and all(_LISTED.fullmatch(gap) for gap in gaps)


_LEAVE = frozenset(KINDS)
