"""Whom somebody may have meant by a name nobody has: what was typed once more, with an address that is one person's."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from commands.views import Button
from coverage.people import Person


def said_again_with(typed: str, words: str, people: Iterable[Person]) -> tuple[Button, ...]:
    """A button for each of the people: ``typed``, in which their e-mail address stands for the first of the ``words``,
    the last ones of that kind in it. None where that would not fit, or where the words do not stand in the line."""
    before, found, after = typed.rpartition(words)
    lines = {person: f"{before}{person.email}{words[_end_of(person.name, words) :]}{after}" for person in people}
    return tuple(
        Button(person.name, line, f"Do it with {person.name}")
        for person, line in lines.items()
        if found and len(line) <= _FITS_A_BUTTON
    )


def _end_of(name: str, words: str) -> int:
    """Where the first word ends, or as many as the name has where they are much like it: ``@Bob Roi``."""
    several = re.match(r"@?\S+" + r"[ \t]+\S+" * (len(name.split()) - 1), words)
    if several is not None and fuzz.ratio(several[0].strip(_AROUND).casefold(), name.casefold()) >= _MUCH_LIKE:
        return len(several[0].rstrip(_AROUND))
    first = re.match(r"@?\S+", words)
    return len(first[0].rstrip(_AROUND)) if first is not None else 0


_AROUND = "@,:;.!?"
_MUCH_LIKE = 80
_FITS_A_BUTTON = 1_900
