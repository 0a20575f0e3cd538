"""``charter [standard]``: what is promised, by service level; managers change it."""

import re
from dataclasses import replace

from commands.invocation import Context, Refused
from commands.roster_lines import Roster
from commands.roster_merge import in_words
from commands.roster_values import check_levels, sentence
from commands.rules_setup import Kind, in_form, show_or_change
from commands.setup_reading import NOBODY, checked
from commands.views import Field, FieldKind, Form, Reply, Text, refusal
from commands.wording import first_line, level_words
from coverage.charter import Charter, Level, Targets
from coverage.durations import parse_duration

_LEVEL = re.compile(r"(?:^|(?<=[\s,;]))(self[ _]service|routine|expert|relationship)\b(\s*:)?", re.IGNORECASE)
_TARGET = re.compile(r"(claim|first[ _]response|resolution)\s*:?\s+([^\s,;]+)[\s,;]*", re.IGNORECASE)
_EXAMPLE = "charter standard routine claim 30m first_response 4h resolution 2d"


def charter(context: Context) -> Reply:
    """Show charters, or change one: ``charter standard routine claim 30m first_response 4h``."""
    return show_or_change(context, _KIND)


def read_charter(context: Context, name: str, body: str, present: Charter | None) -> Charter:
    """Levels in words, each with its promises: what is not said stays. With a colon after it (``routine: claim 30m``) a
    level is replaced as a whole, as in the roster file; ``none`` in the place of a promise or of a level removes it.

    Raises:
        Refused: something is no promise, or routine would be missing.
    """
    levels = dict(present.levels) if present is not None else {}
    head, *pieces = _LEVEL.split(body)
    if head.strip(" ,;\n\t") or not pieces:
        known = ", ".join(level.value for level in Level)
        raise _refused(f"Say first for which level, {known}, then what is promised: routine claim 30m", Level.ROUTINE)
    for word, colon, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        level = Level(word.casefold().replace(" ", "_"))
        targets = _targets(text.strip(" ,;\n\t{}"), level, Targets() if colon else levels.get(level, Targets()))
        if targets is None:
            levels.pop(level, None)
        else:
            levels[level] = targets
    try:
        check_levels(name, levels)
    except ValueError as reason:
        raise _refused(str(reason), Level.ROUTINE) from None
    return Charter(name, {level: levels[level] for level in Level if level in levels})


def _targets(text: str, level: Level, before: Targets) -> Targets | None:
    """The promises of one level; None where it is to go."""
    if not text or text.casefold() in NOBODY:
        return None
    targets, rest = before, text
    while found := _TARGET.match(rest):
        name = found[1].casefold().replace(" ", "_")
        value = None if found[2].casefold() in NOBODY else checked(parse_duration, found[2].strip("}"), level)
        targets = replace(targets, **{name: value})
        rest = rest[found.end() :]
    if rest.strip():
        said = first_line(rest, 80)
        raise _refused(
            f"“{said}” is no promise. Write claim, first_response or resolution and how soon: claim 30m", level
        )
    return targets


def _refused(says: str, field: str) -> Refused:
    return Refused(replace(refusal(sentence(says)), field=field))


def _said(rule: Charter) -> Text:
    return ("\n".join(f"{level_words(level)}: {in_words(targets)}" for level, targets in rule.levels.items()),)


def _form(context: Context, name: str | None, present: Charter | None) -> Form:
    levels = present.levels if present is not None else {}
    fields = tuple(
        Field(
            level.value,
            level_words(level).capitalize(),
            FieldKind.LINE,
            _written(levels[level]) if level in levels else "",
            optional=level is not Level.ROUTINE,
            hint="claim 30m, first_response 4h, resolution 2d"
            if level is Level.ROUTINE
            else "Empty: the same as routine",
        )
        for level in sorted(Level, key=lambda level: level is not Level.ROUTINE)
    )
    asked = (Field("name", "Name", FieldKind.LINE),) if present is None else ()
    return Form(
        title="Charter",
        line="\n".join((in_form("charter", name), *(f"{field.name}: {{{field.name}}}" for field in fields))),
        fields=(*asked, *fields),
        submit="See what changes" if present is not None else "Make it",
        example=_EXAMPLE,
    )


def _written(targets: Targets) -> str:
    names = ("claim", "first_response", "resolution")
    kept = ((name, getattr(targets, name)) for name in names)
    return ", ".join(f"{name} {target}" for name, target in kept if target is not None)


_KIND = Kind(
    verb="charter",
    what="charter",
    title="Charters",
    heading="Charter",
    begins=r"(?:self[ _]service|routine|expert|relationship)\b",
    stored=lambda roster: roster.charters,
    as_roster=lambda name, rule: Roster(charters={name: rule}),
    read=read_charter,
    said=_said,
    form=_form,
    pods_by=lambda pod: pod.charter,
)
