"""``policy [standard]``: who is called, and when, while nobody claims a question; managers change it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from commands import roster_values
from commands.invocation import Context, Refused
from commands.place import Place
from commands.roster_lines import PolicyLine, Roster, StepLine
from commands.roster_values import check_step, check_steps, sentence
from commands.rules_setup import Kind, in_form, show_or_change
from commands.setup_reading import NOBODY, checked, keyed, one_channel
from commands.views import Channel, Field, FieldKind, Form, Reply, Segment, Text, refusal
from commands.wording import first_line
from coverage.durations import parse_after
from coverage.policy import Notify, Reminders

_STEP = re.compile(
    r"^(?:after\s*:?\s*)?(?P<after>\d[^\s:]*)\s+(?:notify\s*:?\s*)?"
    r"(?P<notify>named[ _]contact|deputies|pod|team|contact[ _]cent(?:re|er))\b\s*(?:in\s+)?(?P<channel>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_REMIND = re.compile(r"^(?:every\s*)?(\d[^\s,]*)[\s,]+(?:at most\s*|max\s*)?(\d{1,3})(?:\s*times?)?$", re.IGNORECASE)
_MOST_REMINDERS = 100
_EXAMPLE = "policy standard 50% deputies, 100% team #team, 150% contact_centre #desk remind 50% 3"


def policy(context: Context) -> Reply:
    """Show escalation policies, or change one: ``policy standard 50% deputies, 150% contact_centre #desk``."""
    return show_or_change(context, _KIND)


def read_policy(context: Context, name: str, body: str, present: PolicyLine | None) -> PolicyLine:
    """The steps in words, one after the other, then maybe ``remind 50% 3``. What is not said stays as it is.

    Raises:
        Refused: a step that is none, or steps that do not end with the contact centre.
    """
    head, said = keyed(body, {"steps": "steps", "last": "last", "remind": "remind"})
    texts = [part for part in (head, said.get("steps", ""), said.get("last", "")) if part]
    steps = tuple(_step(context, part) for text in texts for part in _parts(text))
    line = present if present is not None else PolicyLine(name, ())
    if steps or present is None:
        if not steps:
            raise _refused("Say when somebody is called, and who", "steps")
        _check(lambda: check_steps([(step.after, step.notify) for step in steps]))
        line = replace(line, steps=steps)
    return replace(line, remind=_remind(said["remind"])) if "remind" in said else line


def _parts(text: str) -> Iterator[str]:
    for part in re.split(r"[,;\n]", text):
        if step := part.strip().lstrip("-•").strip():
            yield step


def _step(context: Context, text: str) -> StepLine:
    found = _STEP.match(text)
    if found is None:
        whom = ", ".join(notify.value for notify in Notify)
        said = first_line(text, 80)
        raise _refused(f"“{said}” is not a step. Write when and whom: 50% deputies. Whom can be {whom}", "steps")
    after = checked(parse_after, found["after"], "steps")
    notify = Notify(found["notify"].casefold().replace(" ", "_").replace("center", "centre"))
    channel = one_channel(context, found["channel"], _EXAMPLE, "steps") if found["channel"].strip() else None
    _check(lambda: check_step(notify, has_channel=channel is not None))
    return StepLine(after, notify, channel)


def _remind(text: str) -> Reminders | None:
    if not text or text.casefold() in NOBODY:
        return None
    found = _REMIND.match(text)
    if found is None or int(found[2]) > _MOST_REMINDERS:
        says = f"“{first_line(text, 80)}” does not say how often. Write 50% 3: every 50%, at most 3 times (at most 100)"
        raise _refused(says, "remind")
    return Reminders(checked(roster_values.more_than_nothing, found[1], "remind"), int(found[2]))


def _check(check: object) -> None:
    try:
        check()  # type: ignore[operator]
    except ValueError as reason:
        raise _refused(str(reason), "steps") from None


def _refused(says: str, field: str) -> Refused:
    return Refused(replace(refusal(sentence(says)), field=field))


def _said(line: PolicyLine) -> Text:
    parts: list[Segment] = []
    for number, step in enumerate(line.steps, 1):
        where: Text = (" in ", Channel(step.channel.address)) if step.channel is not None else ()
        parts += [f"{number}. after {step.after}: {step.notify.value.replace('_', ' ')}", *where, "\n"]
    often = f"every {line.remind.every}, at most {line.remind.max} times" if line.remind else "none"
    return (*parts, f"Reminders: {often}")


def _form(context: Context, name: str | None, present: PolicyLine | None) -> Form:
    last = present.steps[-1] if present is not None else None
    remind = present.remind if present is not None else None
    fields = (
        Field(
            "steps",
            "Steps before the last one",
            FieldKind.LONG,
            "\n".join(_written(step) for step in present.steps[:-1]) if present is not None else "50% deputies",
            optional=True,
            hint="One a line, when and whom: 50% deputies. Whom: named_contact, deputies, pod, or team, which may name "
            "a channel by its id.",
        ),
        Field("last", "When the contact centre is called", FieldKind.LINE, str(last.after) if last else "150%"),
        Field("channel", "Channel of the contact centre", FieldKind.CHANNEL, _mention(context, last)),
        Field(
            "remind",
            "Reminders",
            FieldKind.LINE,
            f"{remind.every} {remind.max}" if remind else "",
            optional=True,
            hint="50% 3: every 50%, at most 3 times; empty for none",
        ),
    )
    asked = (Field("name", "Name", FieldKind.LINE),) if present is None else ()
    begins = in_form("policy", name)
    return Form(
        title="Escalation policy",
        line=f"{begins}\nsteps: {{steps}}\nlast: {{last}} contact_centre {{channel}}\nremind: {{remind}}",
        fields=(*asked, *fields),
        submit="See what changes" if present is not None else "Make it",
        example=_EXAMPLE,
    )


def _written(step: StepLine) -> str:
    return f"{step.after} {step.notify.value}" + (f" {step.channel.address}" if step.channel is not None else "")


def _mention(context: Context, step: StepLine | None) -> str:
    place: Place | None = step.channel if step is not None else None
    return f"<#{place.address}>" if place and place.platform == context.invocation.sender.platform else ""


_KIND = Kind(
    verb="policy",
    what="escalation policy",
    title="Escalation policies",
    heading="Escalation policy",
    begins=r"(?:after\s+)?\d",
    stored=lambda roster: roster.policies,
    as_roster=lambda name, line: Roster(policies={name: line}),
    read=read_policy,
    said=_said,
    form=_form,
    pods_by=lambda pod: pod.escalation_policy,
)
