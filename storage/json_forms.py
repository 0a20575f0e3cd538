"""The JSON forms in which set-up and parts of a question are kept; each pair of functions is an exact round trip.

They are not the forms of the roster file: what is stored must be readable whatever that file learns to refuse.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, assert_never

from coverage.absence import Half, HalfDay
from coverage.charter import Charter, Level, Targets
from coverage.durations import Duration, OpenDays, ServiceTime, Share
from coverage.firm import Settings
from coverage.ids import PlaceId
from coverage.people import WorkingPattern
from coverage.policy import After, EscalationPolicy, Notify, Reminders, Step
from coverage.question import Attachment, Pause
from coverage.service_hours import ServiceHours, Week, Window


@lru_cache(maxsize=512)
def policy_to_json(policy: EscalationPolicy) -> str:
    """Remembered, since all questions of a policy carry the same copy of it."""
    form: dict[str, object] = {
        "name": policy.name,
        "steps": [[after_to_form(step.after), step.notify.value, step.channel] for step in policy.steps],
    }
    if policy.remind is not None:
        form["remind"] = [after_to_form(policy.remind.every), policy.remind.max]
    return json.dumps(form)


@lru_cache(maxsize=512)
def policy_from_json(text: str) -> EscalationPolicy:
    form = json.loads(text)
    steps = tuple(
        Step(after_from_form(after), Notify(notify), None if channel is None else PlaceId(channel))
        for after, notify, channel in form["steps"]
    )
    remind = form.get("remind")
    return EscalationPolicy(form["name"], steps, Reminders(after_from_form(remind[0]), remind[1]) if remind else None)


def pauses_to_json(pauses: Iterable[Pause]) -> str:
    return json.dumps([[_instant(pause.start), _instant(pause.end) if pause.end else None] for pause in pauses])


def pauses_from_json(text: str) -> tuple[Pause, ...]:
    if text == "[]":
        return ()
    read = datetime.fromisoformat
    return tuple(Pause(read(start), read(end) if end else None) for start, end in json.loads(text))


def attachments_to_json(attachments: Iterable[Attachment]) -> str:
    return json.dumps([[attachment.name, attachment.url] for attachment in attachments])


def attachments_from_json(text: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(name, url) for name, url in json.loads(text)) if text != "[]" else ()


def charter_to_json(charter: Charter) -> str:
    return json.dumps(
        {
            "name": charter.name,
            "levels": {
                level.value: [
                    _target_to_form(each) for each in (targets.claim, targets.first_response, targets.resolution)
                ]
                for level, targets in charter.levels.items()
            },
        }
    )


def charter_from_json(text: str) -> Charter:
    form = json.loads(text)
    levels = {Level(level): Targets(*map(_target_from_form, targets)) for level, targets in form["levels"].items()}
    return Charter(form["name"], levels)


def hours_to_json(hours: ServiceHours) -> str:
    return json.dumps(
        {
            "timezone": hours.timezone,
            "week": [_windows_to_form(day) for day in hours.week],
            "holiday_regions": list(hours.holiday_regions),
            "closed": [day.isoformat() for day in sorted(hours.closed)],
            "date_hours": {day.isoformat(): _windows_to_form(windows) for day, windows in hours.date_hours.items()},
        }
    )


def hours_from_json(text: str) -> ServiceHours:
    form = json.loads(text)
    return ServiceHours(
        timezone=form["timezone"],
        week=_week_from_form(form["week"]),
        holiday_regions=tuple(form["holiday_regions"]),
        closed=frozenset(date.fromisoformat(day) for day in form["closed"]),
        date_hours={date.fromisoformat(day): _windows_from_form(each) for day, each in form["date_hours"].items()},
    )


def pattern_to_json(pattern: WorkingPattern) -> str:
    return json.dumps({"days": [_windows_to_form(day) for day in pattern.days], "text": pattern.text})


def pattern_from_json(text: str) -> WorkingPattern:
    form = json.loads(text)
    return WorkingPattern(_week_from_form(form["days"]), form["text"])


def half_days_to_json(half_days: Iterable[HalfDay]) -> str:
    return json.dumps([[half.date.isoformat(), half.half.value] for half in half_days])


def half_days_from_json(text: str) -> tuple[HalfDay, ...]:
    return tuple(HalfDay(date.fromisoformat(day), Half(half)) for day, half in json.loads(text))


def settings_to_json(settings: Settings) -> str:
    return json.dumps({name: getattr(settings, name) for name in Settings.__dataclass_fields__})


def settings_from_json(text: str) -> Settings:
    """A setting that is not stored yet has its default; one that newer code stored is left alone."""
    form: Mapping[str, Any] = json.loads(text)
    return Settings(**{name: value for name, value in form.items() if name in Settings.__dataclass_fields__})


def after_to_form(after: After) -> dict[str, int]:
    match after:
        case ServiceTime(seconds):
            return {"seconds": seconds}
        case OpenDays(days):
            return {"days": days}
        case Share(percent):
            return {"percent": percent}
        case _:
            assert_never(after)


def after_from_form(form: Mapping[str, int]) -> After:
    return Share(form["percent"]) if "percent" in form else _duration_from_form(form)


def _duration_from_form(form: Mapping[str, int]) -> Duration:
    return OpenDays(form["days"]) if "days" in form else ServiceTime(form["seconds"])


def _target_to_form(target: Duration | None) -> dict[str, int] | None:
    return None if target is None else after_to_form(target)


def _target_from_form(form: Mapping[str, int] | None) -> Duration | None:
    return None if form is None else _duration_from_form(form)


def _windows_to_form(windows: Iterable[Window]) -> list[list[int]]:
    return [[window.opens, window.closes] for window in windows]


def _windows_from_form(form: Iterable[tuple[int, int]]) -> tuple[Window, ...]:
    return tuple(Window(opens, closes) for opens, closes in form)


def _week_from_form(form: Iterable[Iterable[tuple[int, int]]]) -> Week:
    return tuple(_windows_from_form(day) for day in form)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
