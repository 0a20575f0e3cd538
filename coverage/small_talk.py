"""Small talk: thanks, greetings and agreement, told from what a client wants to know. In doubt it is a question."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from coverage.small_talk_words import AROUND, WORDS, Talk

__all__ = ["Talk", "small_talk"]


class _Beside(StrEnum):
    """What may stand beside small talk and is none by itself."""

    WORDS = "words"


def small_talk(text: str, names: Iterable[str] = ()) -> frozenset[Talk]:
    """What kinds of small talk the text consists of; empty where it says, or may say, anything else.

    ``names`` are those of people who may be thanked or greeted. A question mark, a number, a link or one word that is
    in no table makes it more than small talk. Emoji and mentions of people say nothing by themselves.
    """
    plain, signs = _SIGN.subn(" ", text)
    if len(plain) > _LONGEST or _TELLS_MORE.search(plain):
        return frozenset()
    words = _words(plain)
    if not words:
        return frozenset({Talk.AGREEMENT}) if signs and not plain.strip(_PUNCTUATION) else frozenset()
    return _read(words, frozenset(word for name in names for word in _words(name))) or frozenset()


_LONGEST = 300
"""Characters; who writes more has something to say."""
_TELLS_MORE = re.compile(r"[?¿？]|https?:|www\.|\d")
_SIGN = re.compile(
    r"<@[A-Z0-9]+(?:\|[^>]*)?>"  # a mention, as Slack writes it
    r"|:[a-z0-9_+'-]+:(?::skin-tone-\d:)?|(?<!\w)[:;]-?[)D](?!\w)"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f\ufe0f\u200d\u20e3]+"
)
_PUNCTUATION = " \t\r\n.,;:!-–—…'\"()^*~_"


def _words(text: str) -> list[str]:
    """Its words, without case and accents; an apostrophe parts words, as in ``that's``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(mark for mark in decomposed if not unicodedata.combining(mark)))


def _read(words: list[str], names: frozenset[str]) -> frozenset[Talk] | None:
    """The kinds said, if the words can be parted into phrases of the tables, names and what may stand around them, at
    least one of them a phrase; None if not. Longer phrases are tried first."""
    table = _table()
    readings: list[frozenset[Talk] | None] = [None] * len(words) + [frozenset()]
    for start in reversed(range(len(words))):
        for length in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
            rest = readings[start + length]
            phrase = " ".join(words[start : start + length])
            meant = table.get(phrase) or (_Beside.WORDS if phrase in names else None)
            if rest is None or meant is None:
                continue
            kinds = rest | {meant} if isinstance(meant, Talk) else rest
            best = readings[start]
            readings[start] = kinds if best is None or len(kinds) > len(best) else best
    return readings[0]


_LONGEST_PHRASE = 7


@lru_cache(maxsize=1)
def _table() -> dict[str, Talk | _Beside]:
    table: dict[str, Talk | _Beside] = dict.fromkeys(_phrases(AROUND.values()), _Beside.WORDS)
    for talk, by_language in WORDS.items():
        table |= dict.fromkeys(_phrases(by_language.values()), talk)
    return table


def _phrases(lines: Iterable[str]) -> Iterable[str]:
    return (" ".join(_words(phrase)) for line in lines for phrase in line.split(","))
