"""``hours [uk-office]``: when a pod is open; managers change it."""

import re
from dataclasses import replace

from commands.days_of_hours import ALL, change_days, closure_form, speaks_of_days
from commands.invocation import Context, Refused
from commands.permissions import Act
from commands.roster_lines import Roster
from commands.roster_merge import facts_of
from commands.roster_values import sentence
from commands.rules_setup import Kind, in_form, show_or_change
from commands.setup import must_be_manager
from commands.setup_reading import NOBODY, checked, keyed, take_name
from commands.views import Button, Field, FieldKind, Form, Reply, Row, Text, refusal
from commands.wording import first_line
from coverage.public_holidays import UnknownRegion
from coverage.service_hours import NeverOpen, ServiceHours
from coverage.timetable import InvalidTimetable, parse_week, read_hours, write_hours
from coverage.wall_clock import UnknownZone

_KEYS = {
    "timezone": "timezone",
    "zone": "timezone",
    "week": "week",
    "holidays": "holidays",
    "closed": "closed",
    "date_hours": "date_hours",
}
_FIELD_OF = {UnknownZone: "timezone", UnknownRegion: "holidays", NeverOpen: "week"}
_DATE_AND_HOURS = re.compile(r"^(\S+?)\s*(?::\s+|:$|\s+)(.*)$")
_EXAMPLE = "hours uk-office Mon-Fri 09:00-17:30"


def hours(context: Context) -> Reply:
    """Show service hours, or change some: ``hours uk-office Mon-Fri 09:00-17:30``; ``hours all closed 24 Dec`` closes
    the firm."""
    names = tuple(sorted(context.firm.hours))
    said, _, rest = context.words.partition(" ")
    if names and said.casefold() == ALL and take_name(context.words, names)[0] is None:
        must_be_manager(context, Act.CHANGE_RULES, "Service hours are changed")
        return change_days(context, names, rest.strip()) if rest.strip() else closure_form()
    return show_or_change(context, _KIND)


def read_service_hours(context: Context, name: str, body: str, present: ServiceHours | None) -> ServiceHours:
    """The week, or each part by its name in the roster file and a colon: ``closed: 2026-12-24``. What is not said
    stays; a part of which nothing is said after its colon goes.

    Raises:
        Refused: it cannot be read, or would never open.
    """
    week, said = keyed(body, _KEYS, with_colon=True)
    parts: dict[str, object] = write_hours(present) if present is not None else {}
    for field, text in {**({"week": week} if week else {}), **said}.items():
        if not text or text.casefold() in NOBODY:
            parts.pop(field, None)
        else:
            parts[field] = _part(field, text)
    try:
        return read_hours(parts)
    except InvalidTimetable as problem:
        raise _refused(problem, said) from None


def _part(field: str, text: str) -> object:
    match field:
        case "holidays" | "closed":
            return [part for part in re.split(r"[\s,;\[\]]+", text) if part]
        case "date_hours":
            return dict(_date_and_hours(part) for part in re.split(r"[;\n]", text.strip("{} ")) if part.strip())
        case "week":
            checked(parse_week, text, "week")
            return text
        case _:
            return text


def _date_and_hours(text: str) -> tuple[str, str]:
    found = _DATE_AND_HOURS.match(text.strip())
    if found is None:
        says = f"“{first_line(text, 80)}” does not say both date and hours. Write 2026-12-31: 09:00-12:00."
        raise Refused(replace(refusal(says), field="date_hours"))
    return found[1], found[2].strip().strip('"')


def _refused(problem: InvalidTimetable, said: dict[str, str]) -> Refused:
    words = str(problem)
    by_cause = _FIELD_OF.get(type(problem.__cause__), "timezone" if "time zone" in words else "week")  # type: ignore[arg-type]
    field = next((field for field in said if words.startswith(field)), by_cause)
    return Refused(replace(refusal(sentence(first_line(words, 400))), field=field))


def _said(rule: ServiceHours) -> Text:
    return ("\n".join(f"{field.replace('_', ' ')}: {value}" for field, value in facts_of(rule).items()),)


def _form(context: Context, name: str | None, present: ServiceHours | None) -> Form:
    written = write_hours(present) if present is not None else {"timezone": context.actor.timezone}
    days = written.get("date_hours")
    dates = "\n".join(f"{day}: {windows}" for day, windows in days.items()) if isinstance(days, dict) else ""
    fields = (
        Field("week", "Week", FieldKind.LONG, str(written.get("week", "")), hint="Mon-Fri 09:00-12:30,13:30-17:30"),
        Field("timezone", "Time zone", FieldKind.LINE, str(written["timezone"]), hint="Such as Europe/London"),
        _list("holidays", "Public holidays of", written.get("holidays"), "Such as GB-ENG, or FR"),
        _list("closed", "Closed on", written.get("closed"), "Dates such as 2026-12-24, with commas between them"),
        Field("date_hours", "Other hours on", FieldKind.LONG, dates, optional=True, hint="2026-12-31: 09:00-12:00"),
    )
    asked = (Field("name", "Name", FieldKind.LINE),) if present is None else ()
    order = ("week", "date_hours", "holidays", "closed", "timezone")
    return Form(
        title="Service hours",
        line="\n".join((in_form("hours", name), *(f"{field}: {{{field}}}" for field in order))),
        fields=(*asked, *fields),
        submit="See what changes" if present is not None else "Make them",
        example=_EXAMPLE,
    )


def _list(name: str, label: str, values: object, hint: str) -> Field:
    text = ", ".join(map(str, values)) if isinstance(values, list) else ""
    return Field(name, label, FieldKind.LINE, text, optional=True, hint=hint)


def _on_some_days(context: Context, names: tuple[str, ...], words: str) -> Reply | None:
    return change_days(context, names, words) if speaks_of_days(words) else None


_KIND = Kind(
    verb="hours",
    what="set of service hours",
    title="Service hours",
    heading="Service hours",
    begins=r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|(?:timezone|zone|week|holidays|closed|date_hours)\s*:)",
    stored=lambda roster: roster.hours,
    as_roster=lambda name, rule: Roster(hours={name: rule}),
    read=read_service_hours,
    said=_said,
    form=_form,
    pods_by=lambda pod: pod.service_hours,
    apart=_on_some_days,
    more=(Row(("Nobody works on some days:",), (Button("Close the firm", f"hours {ALL}", "Close on some days"),)),),
)
