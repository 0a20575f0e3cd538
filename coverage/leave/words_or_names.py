"""Which words of a title name somebody, where they could be mere words, and which names are nobody's we know."""

import re
from collections.abc import Iterator

from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.names import NameBook, Named
from coverage.leave.title import Said, Word

_SURNAMES_TOO = frozenset("march april may june august day spring summer winter easter noel sommer herbst mai".split())
"""Words of the table that fill, and that people are called as well."""
_BEFORE_A_MONTH = frozenset(
    "in until till from since during im bis ab seit en jusqu depuis hasta desde fino a da tot vanaf em ate".split()
)
_TITLES = frozenset("m")
"""Monsieur: "M. Petit"."""
_BESIDE = re.compile(r"[\s.'’&/+-]*")


def names_alone(
    words: tuple[Word, ...], said: tuple[Said, ...], book: NameBook, whole: frozenset[int]
) -> tuple[Named, ...]:
    """First names and surnames that stand alone. ``whole``: the words that full names, aliases and addresses take.

    What the table knows is no name: Will in "Will be on leave". A word that only fills is one, as May in "May on
    leave", but not in "holiday in May"; and Al is one in "Al - holiday", where another word says leave.
    """
    found = _alone(words, said, book, whole | _known(said))
    return found if found or whole else _names_that_are_leave_too(words, said, book)


def strangers_beside(words: tuple[Word, ...], names: tuple[Named, ...], said: tuple[Said, ...]) -> Iterator[str]:
    """Words beside a name that make it somebody else's: "Smith" in "Ann Smith - leave", the initial in "Ann B"."""
    known = explained(names, said)
    for name in names:
        for at, gap in ((name.start - 1, name.start), (name.end, name.end)):
            if not 0 <= at < len(words) or words[at].part != words[name.start].part:
                continue
            if at in known and not _is_a_name_too(words, at, name, said):
                continue
            if _BESIDE.fullmatch(words[gap].gap) and _could_be_a_name(words[at], name):
                yield words[at].text


def explained(names: tuple[Named, ...], said: tuple[Said, ...]) -> frozenset[int]:
    """The words that are part of a name or of a phrase the table knows."""
    spans = [(name.start, name.end) for name in names] + [(one.start, one.end) for one in said]
    return frozenset(at for start, end in spans for at in range(start, end))


def _alone(words: tuple[Word, ...], said: tuple[Said, ...], book: NameBook, taken: frozenset[int]) -> tuple[Named, ...]:
    return tuple(name for name in book.part_names_in(words, taken) if not _is_a_month(words, name, said))


def _names_that_are_leave_too(words: tuple[Word, ...], said: tuple[Said, ...], book: NameBook) -> tuple[Named, ...]:
    single = [one for one in said if one.end - one.start == 1 and not words[one.start].text.isupper()]
    found = _alone(words, said, book, _known(tuple(one for one in said if one not in single)))
    left = [one for one in said if not any(name.start <= one.start < name.end for name in found)]
    return found if any(one.meaning in KINDS for one in left) else ()


def _known(said: tuple[Said, ...]) -> frozenset[int]:
    return frozenset(
        at
        for one in said
        if one.meaning is not Meaning.FILLER or one.end - one.start > 1
        for at in range(one.start, one.end)
    )


def _is_a_month(words: tuple[Word, ...], name: Named, said: tuple[Said, ...]) -> bool:
    fills = any(one.meaning is Meaning.FILLER and one.start == name.start for one in said)
    return fills and name.start > 0 and words[name.start - 1].folded in _BEFORE_A_MONTH


def _could_be_a_name(word: Word, beside: Named) -> bool:
    """An initial counts beside a first name or surname alone: Ann B is not Ann Lee."""
    return word.is_capital and word.text.isalpha() and (len(word.text) > 1 or not beside.is_whole)


def _is_a_name_too(words: tuple[Word, ...], at: int, name: Named, said: tuple[Said, ...]) -> bool:
    """Whether a word that fills may belong to a first name or surname that stands alone: "Ann D", "S. Lee".

    Winter does in "Ann Winter - leave", but neither in "Ann - winter leave" nor in "Ann Winter holiday".
    """
    word = words[at]
    fills = any(one.meaning is Meaning.FILLER and (one.start, one.end) == (at, at + 1) for one in said)
    if name.is_whole or not fills or not word.is_capital:
        return False
    if at < name.start:
        return len(word.text) == 1 and word.folded not in _TITLES
    if len(word.text) == 1:
        return word.gap == " "
    return word.folded in _SURNAMES_TOO and (at + 1 == len(words) or words[at + 1].gap.strip() != "")
