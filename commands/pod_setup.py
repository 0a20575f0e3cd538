"""``pod North add @ann`` and its like: managers change a pod, or make a new one."""

import re
from dataclasses import replace

from commands.client_setup import move_client
from commands.invocation import Context, Refused
from commands.permissions import Act
from commands.place import Place
from commands.pod_form import change_form, new_form
from commands.roster_lines import UNSAID, PodLine, Roster, same_name
from commands.setup import Wanted, change, in_turn, is_sure, must_be_manager
from commands.setup_fields import has_account
from commands.setup_reading import (
    channels_named,
    keyed,
    known_name,
    new_name,
    one_channel,
    one_person,
    people_named,
    quoted,
)
from commands.views import Bold, Channel, Code, Field, FieldKind, Form, Reply, Text, in_line, notice, refusal
from coverage.ids import PersonId
from coverage.people import Person, Pod

POD_ACTS = ("add", "remove", "lead", "channel", "client", "policy", "charter", "hours", "change")
_ACT = re.compile(rf"^({'|'.join(POD_ACTS)})\b\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_WHAT = "Pods are changed"
_KEYS = {
    "channel": "channel",
    "members": "members",
    "add": "members",
    "lead": "lead",
    "service_hours": "service_hours",
    "hours": "service_hours",
    "charter": "charter",
    "escalation_policy": "escalation_policy",
    "policy": "escalation_policy",
}


def pod_act(words: str) -> bool:
    """Whether the words say what to do to a pod."""
    return _ACT.match(words) is not None


def change_pod(context: Context, meant: Pod | None, words: str) -> Reply:
    """Do to the pod, or without one to the actor's own, what the words say; a form where they leave out how.

    Raises:
        Refused: the actor is no manager, or it cannot be.
    """
    context = in_turn(context, Act.CHANGE_POD, _WHAT)
    pod = context.firm.pods.get(meant.id) if meant is not None else _own(context)
    if pod is None:
        raise Refused(refusal("That pod has just been removed."))
    found = _ACT.match(words)
    assert found is not None
    act, value = found[1].casefold(), found[2].strip()
    value, sure = (value, False) if act == "client" or _is_rule(context, act, value) else is_sure(value)
    if not value:
        return _asks(context, pod, act)
    if act == "client":
        return move_client(context, value, pod)
    line, done = _line(context, pod, act, value)
    if line == PodLine(pod.name):
        return notice(*done)
    return change(context, Wanted(Roster(pods=(line,)), f"pod {quoted(pod.name)}", done=done, is_sure=sure))


def new_pod(context: Context, words: str) -> Reply:
    """``East channel #east add @ann lead @ann``: hours, charter and policy may be left out where there is one of each,
    and so may the word ``channel`` before one that follows the name.

    Raises:
        Refused: the actor is no manager, there is such a pod, or it cannot be.
    """
    must_be_manager(context, Act.CHANGE_POD, _WHAT)
    name, rest = new_name(words, rf"(?:(?:{'|'.join(_KEYS)})\b|<#)") if words else ("", "")
    rest = f"channel {rest}" if rest.startswith("<#") else rest
    _, said = keyed(f"\n{rest}" if "\n" in words else rest, _KEYS)
    only = _with_only_rules(context, PodLine(name))
    rules = ("service_hours", "charter", "escalation_policy")
    if not said.get("channel") or any(getattr(only, rule) is UNSAID and not said.get(rule) for rule in rules):
        return new_form(context, name, said)
    context = in_turn(context, Act.CHANGE_POD, _WHAT)
    if any(same_name(pod.name) == same_name(name) for pod in context.firm.pods.values()):
        raise Refused(replace(refusal(f"There is a pod called “{name}” already."), field="name"))
    line = _mentioned(context, _with_only_rules(context, PodLine(name)), None, said)
    done: Text = (
        Bold(name),
        " is a pod now; its cards hang in ",
        *_channel(line.channel),
        ". Podline must be in there.",
    )
    return change(context, Wanted(Roster(pods=(line,)), "pod", done=done))


def _is_rule(context: Context, act: str, value: str) -> bool:
    """True for the name of hours, a charter or a policy, which may be called ``confirm``."""
    names = {"hours": context.firm.hours, "charter": context.firm.charters, "policy": context.firm.policies}.get(
        act, ()
    )
    return same_name(value) in map(same_name, names)


def _own(context: Context) -> Pod:
    own = context.firm.pods_of(context.actor.id)
    if len(own) == 1:
        return own[0]
    raise Refused(refusal("Which pod? For example ", Code("pod North add @ann"), "."))


def _asks(context: Context, pod: Pod, act: str) -> Form:
    if act == "client":
        return Form(
            title=f"A client for {pod.name}",
            line=f"client {{client}} pod {in_line(quoted(pod.name))}",
            fields=(Field("client", "Client", FieldKind.LINE, hint="By name or alias"),),
            submit="Move them",
            example="pod North client Acme",
        )
    return change_form(context, pod)


def _line(context: Context, pod: Pod, act: str, value: str) -> tuple[PodLine, Text]:
    """What the act makes of the pod, and what is said when it is done (nothing: every detail of it)."""
    match act:
        case "add":
            return _added(pod, people_named(context, value, "pod North add @ann"), context)
        case "remove":
            return _removed(pod, people_named(context, value, "pod North remove @ann"), context)
        case "lead":
            lead = one_person(context, value, "pod North lead @ann")
            said = f"{lead.name} leads {pod.name} now." if lead is not None else f"Nobody leads {pod.name} now."
            return PodLine(pod.name, lead=lead.email.casefold() if lead is not None else None), (said,)
        case "channel":
            place = one_channel(context, value, "pod North channel #north")
            return PodLine(pod.name, channel=place), (f"{pod.name} has its cards in ", *_channel(place), " now.")
        case "change":
            _, mentioned = keyed(value, _KEYS)
            if not mentioned:
                raise Refused(refusal("I do not see what to change. For example ", Code("pod North lead @ann"), "."))
            return _mentioned(context, PodLine(pod.name), pod, mentioned), ()
        case _:
            return _mentioned(context, PodLine(pod.name), pod, {_KEYS[act]: value}), ()


def _added(pod: Pod, people: tuple[Person, ...], context: Context) -> tuple[PodLine, Text]:
    new = [person for person in people if person.id not in pod.members]
    if not new:
        return PodLine(pod.name), (f"{_names(people)} {_is(people)} in {pod.name} already.",)
    members = (*_emails(context, pod.members), *(person.email.casefold() for person in new))
    return PodLine(pod.name, members=members), (f"{_names(new)} {_is(new)} in {pod.name} now.",)


def _removed(pod: Pod, people: tuple[Person, ...], context: Context) -> tuple[PodLine, Text]:
    gone = [person for person in people if person.id in pod.members]
    if not gone:
        return PodLine(pod.name), (f"{_names(people)} {_is(people)} not in {pod.name}.",)
    left = tuple(who for who in pod.members if who not in {person.id for person in gone})
    return PodLine(pod.name, members=_emails(context, left)), (
        f"{_names(gone)} {_is(gone)} not in {pod.name} any more.",
    )


def _mentioned(context: Context, line: PodLine, pod: Pod | None, said: dict[str, str]) -> PodLine:
    """``line`` with what is said of each field. Members and a lead who have no account where the form was filled in
    could not be picked there, so they stay."""
    rules = {
        "service_hours": (context.firm.hours, "service hours"),
        "charter": (context.firm.charters, "charter"),
        "escalation_policy": (context.firm.policies, "escalation policy"),
    }
    for field, value in said.items():
        match field:
            case "channel":
                [*places] = channels_named(context, value, field)
                line = replace(line, channel=places[0]) if places else line
            case "members":
                people = people_named(context, value, "pod North add @ann", field)
                before = pod.members if pod is not None else ()
                kept = tuple(who for who in before if not has_account(context, who))
                emails = (*_emails(context, kept), *(person.email.casefold() for person in people))
                line = replace(line, members=_in_their_order(context, pod, emails))
            case "lead":
                line = replace(line, lead=_lead(context, pod, value))
            case _ if value:
                names, what = rules[field]
                line = replace(line, **{field: known_name(value, list(names), what, field)})  # type: ignore[arg-type]
    return line


def _lead(context: Context, pod: Pod | None, value: str) -> str | None:
    lead = one_person(context, value, "pod North lead @ann", "lead") if value else None
    if lead is None and not value and pod is not None and pod.lead is not None:
        return None if has_account(context, pod.lead) else _emails(context, (pod.lead,))[0]
    return lead.email.casefold() if lead is not None else None


def _in_their_order(context: Context, pod: Pod | None, emails: tuple[str, ...]) -> tuple[str, ...]:
    """Those who were members already in their old order: a picker gives them in any."""
    before = _emails(context, pod.members) if pod is not None else ()
    return tuple(dict.fromkeys((*(email for email in before if email in emails), *emails)))


def _with_only_rules(context: Context, line: PodLine) -> PodLine:
    """With the hours, charter and policy that a new pod gets unsaid: where there is but one, it must be meant."""
    firm = context.firm
    each = {"service_hours": firm.hours, "charter": firm.charters, "escalation_policy": firm.policies}
    only = {field: next(iter(names)) for field, names in each.items() if len(names) == 1}
    return replace(line, **only)  # type: ignore[arg-type]


def _channel(place: object) -> Text:
    return (Channel(place.address),) if isinstance(place, Place) else ("no channel",)


def _emails(context: Context, people: tuple[PersonId, ...]) -> tuple[str, ...]:
    return tuple(context.firm.people[who].email.casefold() for who in people)


def _names(people: tuple[Person, ...] | list[Person]) -> str:
    return " and ".join(person.name for person in people)


def _is(people: tuple[Person, ...] | list[Person]) -> str:
    return "is" if len(people) == 1 else "are"
