"""Reading what a manager types to change the set-up: names that may hold anything, people, channels, keyed values."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import fuzz, process

from commands import roster_values
from commands.invocation import Context, Refused
from commands.names import take_person, unknown_person
from commands.place import Place
from commands.roster_lines import same_name
from commands.roster_values import sentence
from commands.views import Code, Notice, Text, refusal
from commands.wording import first_line
from coverage.people import Person

Value = TypeVar("Value")

_CHANNEL = re.compile(r"^<#([^\s|<>]+)(?:\|[^>]*)?>[\s,;]*")
_WORD = re.compile(r"^[^\s,;]+[\s,;]*")
_QUOTES = '"“”'
"""Some keyboards turn quotation marks as they like."""
NOBODY = frozenset({"nobody", "none", "-"})


def quoted(name: str) -> str:
    """The name as it stands in a line, so that no word of it is taken for something else."""
    return f'"{name}"'


def take_name(words: str, names: Iterable[str]) -> tuple[str | None, str]:
    """The longest of ``names`` with which ``words`` begin, in quotes or not, and what follows it; None for none."""
    best, rest = None, words
    for name in names:
        parts = r"\s+".join(re.escape(part) for part in name.split())
        found = re.match(rf'(?:["“]{parts}["”]|{parts})(?=$|[\s:,])[\s:,]*', words, re.IGNORECASE) if parts else None
        if found is not None and (best is None or len(name) > len(best)):
            best, rest = name, words[found.end() :]
    return best, rest.strip()


def after_new(words: str) -> str | None:
    """What follows the word ``new``, with the line end after a name that was left empty; None for other words."""
    found = re.match(r"new(?=\s|$)[ \t]*", words, re.IGNORECASE)
    return words[found.end() :] if found is not None else None


def new_name(words: str, body: str, field: str = "name") -> tuple[str, str]:
    """The name of something new and what follows it: the first line of several, else what is in quotes, else all up
    to what the pattern ``body`` finds. Raises Refused for what cannot be a name."""
    if "\n" in words:
        name, _, rest = words.partition("\n")
    elif found := re.match(r'["“](.+?)["”](?=\s|$)\s*', words):
        name, rest = found[1], words[found.end() :]
    else:
        begins = re.search(rf"\s(?={body})", words, re.IGNORECASE)
        name, rest = (words[: begins.start()], words[begins.start() :]) if begins else (words, "")
    return checked(roster_values.text, unquoted(name.strip()), field), rest.strip()


def unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 2 and name[0] in _QUOTES and name[-1] in _QUOTES else name


def known_name(name: str, names: Sequence[str], what: str, field: str | None = None, *, more: Text = ()) -> str:
    """The one of ``names`` that is meant. Raises Refused, with what there is or is spelled like it, and ``more``."""
    for one in names:
        if same_name(one) == same_name(unquoted(name.strip())):
            return one
    said = first_line(name, 80)
    near = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=60, processor=str.casefold)
    there = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(names) or 'none yet'}."
    raise Refused(replace(refusal(f"No {what} is called “{said}”. {there}", *more), field=field))


def keyed(words: str, keys: Mapping[str, str], *, with_colon: bool = False) -> tuple[str, dict[str, str]]:
    """What comes before the first key, and each key's value. ``keys`` has the name for each way to write one.

    In several lines a key begins a line; in one line it may stand anywhere, with a colon if ``with_colon`` (a value
    may hold the same word).
    """
    spelled = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    if "\n" in words:
        pattern = rf"(?:^|\n)[ \t]*({spelled})[ \t]*:[ \t]*"
    else:
        pattern = rf"(?:^|\s)({spelled})\s*:\s*" if with_colon else rf"(?:^|\s)({spelled})(?:\s*:|(?=\s|$))\s*"
    head, *pieces = re.split(pattern, words, flags=re.IGNORECASE)
    found: dict[str, str] = {}
    for key, value in zip(pieces[::2], pieces[1::2], strict=True):
        found[keys[key.casefold()]] = value.strip()
    return head.strip(), found


def people_named(context: Context, words: str, example: str, field: str | None = None) -> tuple[Person, ...]:
    """Everybody named in ``words``, with commas, blanks or ``and`` between them. Raises Refused, UnknownSender."""
    people: list[Person] = []
    rest = words.strip()
    while rest:
        try:
            person, after = take_person(context, rest)
            if person is None:
                raise unknown_person(context, rest, example)
        except Refused as refused:
            raise _at(refused, field) from None
        people.append(person)
        rest = re.sub(r"^(?:and\b|&)\s*", "", after, flags=re.IGNORECASE)
    return tuple(dict.fromkeys(people))


def one_person(context: Context, words: str, example: str, field: str | None = None) -> Person | None:
    """The one named; None for ``nobody``. Raises Refused, UnknownSender."""
    if words.strip().casefold() in NOBODY:
        return None
    people = people_named(context, words, example, field)
    if len(people) != 1:
        raise Refused(replace(refusal("Name one person. For example ", Code(example), "."), field=field))
    return people[0]


def channels_named(context: Context, words: str, field: str | None = None) -> tuple[Place, ...]:
    """The channels in ``words``, as the platform mentions them (``<#C0NORTH|north>``) or by ids. Raises Refused."""
    places: list[Place] = []
    rest = words.strip()
    while rest:
        if found := _CHANNEL.match(rest):
            places.append(_mentioned_channel(context, found[1], field))
        else:
            found = _WORD.match(rest)
            word = found[0].strip(" ,;\t\n") if found else rest
            if word.startswith("#"):
                says = (
                    f"I cannot tell which channel “{first_line(word, 80)}” is. Pick it from the list that opens while "
                    "you type it, or give its id, such as C0NORTH."
                )
                raise Refused(replace(refusal(says), field=field))
            places.append(checked(roster_values.channel, word, field))
        rest = rest[found.end() :] if found else ""
    return tuple(dict.fromkeys(places))


def _mentioned_channel(context: Context, address: str, field: str | None) -> Place:
    if address.isalnum():
        return Place(context.invocation.sender.platform, address.upper())
    return checked(roster_values.channel, address, field)


def one_channel(context: Context, words: str, example: str, field: str | None = None) -> Place:
    places = channels_named(context, words, field)
    if len(places) != 1:
        raise Refused(replace(refusal("Name one channel. For example ", Code(example), "."), field=field))
    return places[0]


def texts_named(words: str, read: Callable[[str], str], field: str | None = None) -> tuple[str, ...]:
    """Names or domains with commas, semicolons or line ends between them, those that have some in quotes. Raises
    Refused."""
    parts = [part.strip() for part in re.findall(r'\s*"[^"\n]*"\s*(?=[,;\n]|$)|[^,;\n]+', words) if part.strip()]
    return tuple(dict.fromkeys(checked(read, unquoted(part), field) for part in parts))


def texts_listed(texts: Iterable[str]) -> str:
    """The texts as ``texts_named`` reads them back."""
    return ", ".join(quoted(text) if re.search(r'[,;"]', text) else text for text in texts)


def checked(read: Callable[[str], Value], text: str, field: str | None = None) -> Value:
    """What ``read`` makes of the text, or Refused with its reason, at that field."""
    try:
        return read(text)
    except ValueError as reason:
        raise Refused(replace(refusal(sentence(first_line(str(reason), 400))), field=field)) from None


def _at(refused: Refused, field: str | None) -> Refused:
    return Refused(replace(refused.reply, field=field)) if isinstance(refused.reply, Notice) else refused
