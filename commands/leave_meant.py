"""A sentence in which somebody seems to say that they are away: what it says, to be asked about and never marked."""

import re
from dataclasses import dataclass
from datetime import date

from commands.leave_words import Days, NoDate, kind_in, read_days
from coverage.absence import Kind
from coverage.leave.meanings import Meaning
from coverage.leave.title import meanings, words_of
from coverage.leave.words import KINDS


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence seems to say of leave; ``days`` is None where it names none."""

    days: Days | None
    kind: Kind


def leave_in(sentence: str, today: date) -> Told | None:
    """What somebody seems to say of their own leave in a sentence: ``I'm on holiday next week``, ``sick``. None where
    it is about anybody or anything else; it is to be asked about, never marked."""
    words = words_of(sentence)
    said = [one for one in meanings(words) if one.meaning in KINDS or one.meaning is Meaning.NEGATED]
    if not said or any(one.meaning is Meaning.NEGATED for one in said):
        return None
    if words[0].folded not in _I and said[0].start != 0:
        return None
    for word in re.finditer(r"\S+", sentence):
        try:
            days, _ = read_days(sentence[word.start() :], today)
        except NoDate:
            continue
        return Told(days, kind_in(sentence))
    is_short = said[-1].end - said[0].start + _AROUND_A_KIND >= len(words)
    return Told(None, kind_in(sentence)) if is_short else None


_I = frozenset("i im ich bin je estoy sono ik estou sorry".split())
_AROUND_A_KIND = 4
"""Words beside the kind in a sentence that says no more than that: ``I am on holiday``, ``I will be off``."""
