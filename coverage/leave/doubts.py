"""When the words of a title leave a doubt that only a human can settle."""

from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.title_reading import TitleReading

_FOR = frozenset({"for", "fur", "pour", "para", "per", "voor"})
_SAYS_LITTLE = frozenset("out off away leave frei weg libre fuera fuori libero libera vrij fora".split())
"""Words for being away that mean something else in most sentences."""


def is_perhaps_given(reading: TitleReading) -> bool:
    """ "Training for Acme": for a client, perhaps, by somebody who works there that day."""
    behind = {said.end for said in reading.said if said.meaning is Meaning.TRAINING}
    return any(
        word.at in behind and word.folded in _FOR and after.is_capital and after.text in reading.unknown
        for word, after in zip(reading.words, reading.words[1:], strict=False)
    )


def is_somebody_elses(reading: TitleReading) -> bool:
    """ "Mum's holiday", "Tim on holiday": a name nobody knows right before the leave, or with a genitive."""
    for word, following in zip(reading.words, reading.words[1:], strict=False):
        if word.text in reading.unknown and following.text == "s" and following.gap in ("'", "’"):
            return True
    first = reading.words[0] if reading.words else None
    if first is None or first.text not in reading.unknown or not first.is_capital:
        return False
    said = next((one for one in reading.said if one.meaning is not Meaning.FILLER), None)
    return (
        said is not None and said.meaning in KINDS and said.part == first.part and said.start == _fillers(reading) + 1
    )


def may_be_something_else(reading: TitleReading) -> bool:
    """ "Put bins out", "Out with friends": a word like "out", with others beside it that are no place or name."""
    leave = [said for said in reading.said if said.meaning in KINDS]
    if any(said.end - said.start > 1 or reading.words[said.start].folded not in _SAYS_LITTLE for said in leave):
        return False
    parts = {said.part for said in leave}
    return any(
        word.part in parts and word.text in reading.unknown and word.text.isalpha() and word.text.islower()
        for word in reading.words
    )


def is_between_two_names(reading: TitleReading) -> bool:
    """ "Ann annual leave cover Bo": either may be the one who is away."""
    cover = min(said.start for said in reading.said if said.meaning is Meaning.COVER)
    return len({name.start < cover for name in reading.names}) > 1


def leave_stands_apart_from_cover(reading: TitleReading) -> bool:
    """ "Bo covers - Ann on leave": another part of the title says leave."""
    cover = {said.part for said in reading.said if said.meaning is Meaning.COVER}
    return any(said.part not in cover for said in reading.said if said.meaning in KINDS)


def _fillers(reading: TitleReading) -> int:
    """How many words that say nothing follow the first word at once: one in "Mum on holiday"."""
    filling = {at for one in reading.said if one.meaning is Meaning.FILLER for at in range(one.start, one.end)}
    return next(count for count in range(len(reading.words) + 1) if count + 1 not in filling)
