"""A line as it was meant, without what keyboards, phones and habits put around it: marks, quotes, our own name."""

import re

INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Signs that nobody sees (for a class of a pattern): blanks without width, marks of direction."""
DASH = "\\-\u2010-\u2015\u2212"
"""All that looks like a hyphen (for a class of a pattern)."""
_PAIRS = {'"': '"', "“": "”", "„": "“", "”": "”", "«": "»", "‘": "’", "'": "'", "`": "`", "*": "*", "_": "_", "~": "~"}
_AROUND = "".join({*_PAIRS, *_PAIRS.values()})
_NOT_SEEN = re.compile(f"[{INVISIBLE}]")
_BEFORE = re.compile(rf"[\s/,:;.!?…{INVISIBLE}{DASH}]+")
_US = re.compile(r"@?podline(?!\w)", re.IGNORECASE)
_PLEASE = re.compile(r"[\s,]*\b(?:please|pls|plz|bitte)\s*[.!]*$", re.IGNORECASE)


def unwrapped(line: str) -> str:
    """``line`` from its first word on: without the quotes or stars all of it stands in, what is left of an address
    (``, release Q-1`` after a mention), and our own name where that was typed and is no mention."""
    bare = _from_first_word(line)
    named = _US.match(bare)
    return _from_first_word(bare[named.end() :]) if named is not None else bare


def first_word(line: str) -> tuple[str, str]:
    """The first word without marks around it, and what follows it as it was written."""
    first, rest = [*line.split(None, 1), "", ""][:2]
    return _NOT_SEEN.sub("", first).strip(_AROUND) or first, rest.strip()


def without_please(words: str) -> str:
    """What is said politely, said plainly."""
    return _PLEASE.sub("", words)


def says_nothing(words: str) -> bool:
    """Whether nothing but marks is there."""
    return _BEFORE.sub("", words) == ""


def _from_first_word(line: str) -> str:
    begun = _BEFORE.match(line)
    bare = (line[begun.end() :] if begun is not None else line).rstrip().rstrip(_SHUT)
    while len(bare) > _SHORTEST and _PAIRS.get(bare[0]) == bare[-1]:
        bare = bare[1:-1].strip()
    return bare


_SHUT = "\u200b\u200e\u200f\u202c\u2069\ufeff"
"""Signs nobody sees that may end a line."""
_SHORTEST = 2
