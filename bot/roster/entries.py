"""The roster file's form, exactly: what may stand where, and how each value is written (DESIGN.md, Roster file)."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.roster import values
from commands.ports import Place
from commands.roster_values import check_levels, check_step, check_steps
from coverage.charter import Level
from coverage.clients import Knowledge
from coverage.durations import Duration, OpenDays, ServiceTime, Share
from coverage.people import Role, WorkingPattern
from coverage.policy import Notify
from coverage.service_hours import ServiceHours


def _read(read: Callable[[Any], Any]) -> BeforeValidator:
    return BeforeValidator(read)


Text = Annotated[str, _read(values.text)]
Email = Annotated[str, _read(values.email)]
Domain = Annotated[str, _read(values.domain)]
Channel = Annotated[Place, _read(values.channel)]
SlackUser = Annotated[str, _read(values.slack_user)]
Code = Annotated[str, _read(values.code)]
Pattern = Annotated[WorkingPattern, _read(values.working_pattern)]
Hours = Annotated[ServiceHours, _read(values.hours)]
Target = Annotated[Duration, _read(values.duration)]
After = Annotated[ServiceTime | OpenDays | Share, _read(values.after)]
Texts = Annotated[tuple[Text, ...], _read(values.listed)]


class Entry(BaseModel):
    """Refuses keys it does not know; the reader of the file names the nearest one."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class PersonEntry(Entry):
    name: Text
    email: Email
    slack: SlackUser | None = None
    teams: Text | None = None
    timezone: Text = "UTC"
    role: Role = Role.MEMBER
    aliases: Texts = ()
    country: Code | None = None
    region: Code | None = None
    working_pattern: Pattern | None = None


class TargetsEntry(Entry):
    claim: Target | None = None
    first_response: Target | None = None
    resolution: Target | None = None


class StepEntry(Entry):
    after: After
    notify: Notify
    channel: Channel | None = None

    @model_validator(mode="after")
    def _channel_where_one_is_used(self) -> "StepEntry":
        check_step(self.notify, has_channel=self.channel is not None)
        return self


class RemindEntry(Entry):
    every: Annotated[ServiceTime | OpenDays | Share, _read(values.more_than_nothing)]
    max: Annotated[int, Field(ge=0, le=100, strict=True)]


class PolicyEntry(Entry):
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1), _read(values.listed)]
    remind: RemindEntry | None = None

    @model_validator(mode="after")
    def _ends_where_somebody_always_is(self) -> "PolicyEntry":
        check_steps([(step.after, step.notify) for step in self.steps])
        return self


class PodEntry(Entry):
    name: Text
    channel: Channel | None = None
    members: Annotated[tuple[Email, ...], _read(values.listed)] = ()
    lead: Email | None = None
    service_hours: Text | None = None
    charter: Text | None = None
    escalation_policy: Text | None = None


class ClientEntry(Entry):
    name: Text
    pod: Text | None = None
    named_contact: Email | None = None
    domains: Annotated[tuple[Domain, ...], _read(values.listed)] = ()
    aliases: Texts = ()
    channels: Annotated[tuple[Channel, ...], _read(values.listed)] = ()
    knows: dict[Email, Knowledge] = Field(default_factory=dict)


class IntakeEntry(Entry):
    channel: Channel
    pod: Text


class SettingsEntry(Entry):
    leave_kept_months: Annotated[int, Field(ge=1, le=120, strict=True)] = 13
    managers_see_every_kind: Annotated[bool, Field(strict=True)] = False
    minimum_depth: Annotated[int, Field(ge=0, le=20, strict=True)] = 2
    kudos_per_day: Annotated[int, Field(ge=0, le=1000, strict=True)] = 5
    confirm_in_shared_channels: Annotated[bool, Field(strict=True)] = False


def _with_routine(charters: dict[str, dict[Level, TargetsEntry]]) -> dict[str, dict[Level, TargetsEntry]]:
    for name, levels in charters.items():
        check_levels(name, levels)
    return charters


class RosterFile(Entry):
    """The whole file; every section may be missing."""

    people: Annotated[tuple[PersonEntry, ...] | None, _read(values.listed)] = None
    service_hours: dict[Text, Hours] | None = None
    charters: dict[Text, dict[Level, TargetsEntry]] | None = None
    escalation_policies: dict[Text, PolicyEntry] | None = None
    pods: Annotated[tuple[PodEntry, ...] | None, _read(values.listed)] = None
    clients: Annotated[tuple[ClientEntry, ...] | None, _read(values.listed)] = None
    intake: IntakeEntry | None = None
    alerts_channel: Channel | None = None
    kudos_channel: Channel | None = None
    settings: SettingsEntry | None = None

    @model_validator(mode="after")
    def _every_charter_has_routine(self) -> "RosterFile":
        _with_routine(self.charters or {})
        return self
