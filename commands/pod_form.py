"""The forms for a pod: a new one, and one that is there."""

from collections.abc import Mapping

from commands.export_roster import stored_roster
from commands.invocation import Context
from commands.roster_lines import PodLine, Roster
from commands.setup_fields import channel_field, choice_field, filled_in, people_field, person_field
from commands.setup_plan import seen
from commands.setup_reading import quoted
from commands.views import Field, FieldKind, Form, in_line
from coverage.people import Pod

_ENTRIES = (
    "lead: {lead}\nhours: {service_hours}\ncharter: {charter}\npolicy: {escalation_policy}\n"
    "members: {members}\nchannel: {channel}"
)


def new_form(context: Context, name: str, said: Mapping[str, str]) -> Form:
    """With what was typed already in it."""
    asked = [
        filled_in(context, field, said.get(field.name, ""), "pod North add @ann") for field in _fields(context, None)
    ]
    return Form(
        title="New pod",
        line=f"pod new {{name}}\n{_ENTRIES}",
        fields=(Field("name", "Name", FieldKind.LINE, name), *asked),
        submit="Make it",
        example="pod new East channel #east add @ann @bob lead @ann",
    )


def change_form(context: Context, pod: Pod) -> Form:
    """It remembers how the pod was: what somebody else changes meanwhile is not overwritten unseen."""
    state = seen(stored_roster(context.uow, ()), Roster(pods=(PodLine(pod.name),)))
    return Form(
        title=f"Change {pod.name}",
        line=f"pod {in_line(quoted(pod.name))} change\n{_ENTRIES}",
        fields=_fields(context, pod),
        submit="Change it",
        example="pod North add @ann",
        version=state,
    )


def _fields(context: Context, pod: Pod | None) -> tuple[Field, ...]:
    firm = context.firm
    reachable = "Only who has an account here can be picked; who has none stays as they are."
    return (
        channel_field(
            context, "channel", "Channel of its cards", pod.channel if pod else None, "Podline must be a member of it"
        ),
        people_field(context, "members", "Members", pod.members if pod else (), f"Two or three people. {reachable}"),
        person_field(context, "lead", "Lead", pod.lead if pod else None, "Pods of one lead are a team"),
        choice_field("service_hours", "Service hours", firm.hours, pod.service_hours if pod else None),
        choice_field("charter", "Charter", firm.charters, pod.charter if pod else None),
        choice_field("escalation_policy", "Escalation policy", firm.policies, pod.escalation_policy if pod else None),
    )
