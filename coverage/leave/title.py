"""The title of an event taken apart: its words, the parts commas and brackets make, and what the table says of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from coverage.leave.meanings import Meaning
from coverage.leave.words import WORDS

_TOKEN = re.compile(r"[^\W_]+|[\U0001f300-\U0001faff\u2600-\u27bf]")
_HALF_SIGN = re.compile(
    r"½|(?<![\d.,])0?[.,]50?(?=\s*(?:d|day|days|tage?n?|jours?|d[ií]as?|giorn[oi]|dag(?:en)?)\b)", re.I
)
"""The sign, and 0.5 or 0,50 before a word for days: a comma or a full stop would divide it."""
_SHORTEST_LAST_WORD = 4
_SHORTEST_WITH_UMLAUT = 5
_SHORTEST_STEM = 6
_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"})
_WRITTEN_OUT = re.compile("(?<=[aou])e")
_SENTENCE_END = re.compile(r"[.!?]+['\")]?\s+")
_NEW_PART = re.compile(r"[()\[\]{},;|\n]|\s[-–—•·]\s|[–—]|\s-|-\s")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a title. ``forms`` are its spellings in small letters without accents (Müller: muller, mueller)."""

    at: int
    text: str
    forms: frozenset[str]
    gap: str
    """What stands between the word before and this one."""
    part: int
    """Which part of the title it stands in; commas, dashes with spaces and brackets divide parts."""

    @property
    def folded(self) -> str:
        return folded(self.text)

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase the table knows, from word ``start`` up to ``end`` (exclusive)."""

    meaning: Meaning
    start: int
    end: int
    part: int


def words_of(title: str) -> tuple[Word, ...]:
    """The words of a title in order."""
    return tuple(_words(unicodedata.normalize("NFC", _HALF_SIGN.sub(" 1/2 ", title))))


# A firm's calendar says the same few words of the same few people ten thousand times.
@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """In small letters, without accents: how words are compared."""
    plain = unicodedata.normalize("NFKD", text.translate(_NOT_DECOMPOSED))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


@lru_cache(maxsize=4096)
def spellings(word: str) -> frozenset[str]:
    """The ways a name may be written without its accents: Müller is muller or mueller."""
    return frozenset((folded(word), folded(unicodedata.normalize("NFC", word).translate(_UMLAUTS))))


def meanings(words: tuple[Word, ...], taken: frozenset[int] = frozenset()) -> tuple[Said, ...]:
    """What the table says about the words that are not ``taken`` (by names): longest phrases first, left to right."""
    found = []
    at = 0
    while at < len(words):
        said = _longest_at(words, at, taken)
        if said is not None:
            found.append(said)
        at = said.end if said is not None else at + 1
    return tuple(found)


def is_compound_of(word: Word, wanted: frozenset[Meaning]) -> bool:
    """True for "Urlaubskalender" or "Verlofrooster": a word that begins with a longer one of these meanings."""
    return any(
        len(phrase) == 1 and len(phrase[0]) >= _SHORTEST_STEM and word.folded.startswith(phrase[0])
        for phrase, meaning in _table().items()
        if meaning in wanted
    )


def _words(title: str) -> Iterator[Word]:
    end, part, before = 0, 0, ""
    for at, match in enumerate(_TOKEN.finditer(title)):
        gap = title[end : match.start()]
        if at and (_NEW_PART.search(gap) or _is_a_new_sentence(before, gap, match.group())):
            part += 1
        before = match.group()
        yield Word(at, match.group(), spellings(match.group()), gap, part)
        end = match.end()


def _is_a_new_sentence(before: str, gap: str, after: str) -> bool:
    """ "... on holiday. Please ask Bo", but neither "A. Lee" nor "Vertr. Bo"."""
    if (
        gap == " "
        or _SENTENCE_END.fullmatch(gap) is None
        or len(before) < _SHORTEST_LAST_WORD
        or not after[:1].isupper()
    ):
        return False
    return _meaning_of((folded(before),)) is not Meaning.COVER


def _longest_at(words: tuple[Word, ...], at: int, taken: frozenset[int]) -> Said | None:
    for length in range(min(_longest_phrase(), len(words) - at), 0, -1):
        span = range(at, at + length)
        if taken.intersection(span) or words[at + length - 1].part != words[at].part:
            continue
        meaning = _meaning_of(tuple(words[i].folded for i in span))
        if meaning is not None and not _is_german_am(meaning, words, at, length):
            return Said(meaning, at, at + length, words[at].part)
    return None


def _is_german_am(meaning: Meaning, words: tuple[Word, ...], at: int, length: int) -> bool:
    """True for "am" before another word of its part, as in "Urlaub am Montag": a preposition, not the morning."""
    if meaning is not Meaning.MORNING or length > 1 or words[at].text != "am":
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.part != words[at].part:
        return False
    return _meaning_of((following.folded,)) in (None, Meaning.FILLER)


def _meaning_of(phrase: tuple[str, ...]) -> Meaning | None:
    listed = _table().get(phrase) or _without_written_umlauts(phrase)
    if listed is not None or len(phrase) > 1:
        return listed
    [word] = phrase
    for beginning, ending, meaning in _stems():
        if len(word) > len(beginning) + len(ending) and word.startswith(beginning) and word.endswith(ending):
            return meaning
    return None


def _without_written_umlauts(phrase: tuple[str, ...]) -> Meaning | None:
    """Of "ueberstundenabbau" or "im buero". What only fills is not looked for: Doe is somebody's name, not a Dö."""
    plain = tuple(_with_one_letter(word) for word in phrase)
    listed = _table().get(plain) if plain != phrase else None
    return None if listed is Meaning.FILLER else listed


@lru_cache(maxsize=4096)
def _with_one_letter(word: str) -> str:
    return _WRITTEN_OUT.sub("", word) if len(word) >= _SHORTEST_WITH_UMLAUT else word


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], Meaning]:
    """Phrases by their words. A phrase that two meanings share belongs to the one listed first."""
    table: dict[tuple[str, ...], Meaning] = {}
    for meaning, languages in WORDS.items():
        for phrase in _phrases(languages.values()):
            if "*" in phrase:
                continue
            table.setdefault(tuple(folded(word) for word in _TOKEN.findall(phrase)), meaning)
    return table


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, str, Meaning], ...]:
    """How a word begins, how it ends, and what it then means."""
    return tuple(
        (beginning, ending, meaning)
        for meaning, languages in WORDS.items()
        for phrase in _phrases(languages.values())
        if "*" in phrase
        for beginning, _, ending in (phrase.partition("*"),)
    )


@lru_cache(maxsize=1)
def _longest_phrase() -> int:
    return max(len(phrase) for phrase in _table())


def _phrases(lists: Iterable[str]) -> Iterator[str]:
    for phrases in lists:
        yield from (phrase.strip() for phrase in phrases.split(",") if phrase.strip())
