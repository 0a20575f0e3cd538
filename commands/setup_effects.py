"""What follows from a change of the set-up for the questions that are open and for the people concerned."""

from collections.abc import Iterator

from commands.cover_brief import new_learners
from commands.invocation import Context
from commands.roster_lines import ClientLine, PodLine, same_name
from commands.setup_plan import Plan
from commands.setup_words import counted, listed
from coverage.ids import PersonId, PodId


def is_asked_about(plan: Plan) -> bool:
    """Whether a manager is shown the change before it is done: it moves deadlines, steps or clients, or removes
    somebody from a pod."""
    return bool(
        plan.replaces_rules()
        or plan.pods_with_moved_deadlines()
        or plan.pods_with_other_steps()
        or any(before.pod != after.pod for before, after in plan.changed_clients())
        or any(removed_from(before, after) for before, after in plan.changed_pods())
    )


def effects_of(context: Context, plan: Plan) -> tuple[str, ...]:
    """In sentences; to be asked before the change is stored."""
    return (
        *_on_deadlines(context, plan),
        *_on_steps(plan),
        *(said for before, after in plan.changed_clients() for said in _on_questions(context, before, after)),
        *_on_learners(context, plan),
        *(said for before, after in plan.changed_pods() for said in _on_people(context, before, after)),
        *(said for before, after in plan.changed_pods() for said in _on_cards(before, after)),
    )


def removed_from(before: PodLine, after: PodLine) -> tuple[str, ...]:
    """The e-mail addresses of those who are in a pod and will not be."""
    return tuple(email for email in _members(before) if email not in _members(after))


def _on_deadlines(context: Context, plan: Plan) -> Iterator[str]:
    pods = plan.pods_with_moved_deadlines()
    if pods:
        count = context.uow.questions.count_open(_numbers(context, pods))
        yield (
            f"This recomputes {counted(count)} of {listed(pods)}."
            if count
            else f"{listed(pods)} {'has' if len(pods) == 1 else 'have'} no open question."
        )


def _on_steps(plan: Plan) -> Iterator[str]:
    pods = plan.pods_with_other_steps()
    if pods:
        yield (
            f"Questions that are open keep the steps with which they began; new ones of {listed(pods)} follow the new "
            "steps."
        )


def _on_questions(context: Context, before: ClientLine, after: ClientLine) -> Iterator[str]:
    if before.pod == after.pod:
        return
    called = [one for one in context.uow.clients.called(before.name) if same_name(one.name) == same_name(before.name)]
    questions = [question for client in called for question in context.uow.questions.open_of(client.id)]
    waiting = [question for question in questions if question.is_unclaimed]
    if waiting:
        is_offered = "is offered" if len(waiting) == 1 else "are offered"
        yield f"{counted(len(waiting))} that nobody has claimed {is_offered} to {after.pod} at once."
    if len(questions) > len(waiting):
        claimed = len(questions) - len(waiting)
        goes = "goes along and stays with its claimer" if claimed == 1 else "go along and stay with their claimers"
        yield f"{counted(claimed, 'claimed question')} {goes}, by the hours and charter of {after.pod}."
    if not questions:
        yield f"{after.name} has no open question."
    yield from _contact_elsewhere(context, after)


def _contact_elsewhere(context: Context, client: ClientLine) -> Iterator[str]:
    """The named contact is called first, whatever pod they are in."""
    contact = next((one for one in context.firm.people.values() if one.email.casefold() == client.named_contact), None)
    pod = next((one for one in context.firm.pods.values() if one.name == client.pod), None)
    if contact is not None and pod is not None and contact.id not in pod.members:
        yield f"{contact.name} stays their named contact and is not in {pod.name}."


def _on_learners(context: Context, plan: Plan) -> Iterator[str]:
    people = {person.email.casefold(): person.name for person in context.firm.people.values()}
    for client, learners in new_learners(plan):
        is_sent = "is" if len(learners) == 1 else "are"
        names = listed(people[email] for email in learners)
        yield f"{names} {is_sent} sent what there is to know about {client}, by direct message."


def _on_people(context: Context, before: PodLine, after: PodLine) -> Iterator[str]:
    people = {person.email.casefold(): person for person in context.firm.people.values()}
    [pod] = _numbers(context, [before.name])
    for email in removed_from(before, after):
        person = people[email]
        kept = [one for one in context.uow.questions.owned_by(person.id) if one.pod == pod]
        if kept:
            yield f"{person.name} keeps {counted(len(kept))} of {before.name}: hand over what somebody else should do."
        yield from _still_named_contact(context, person.id, pod, before.name)
    if not _members(after):
        yield f"Nobody is left in {after.name}: its questions go on to the next step at once."


def _still_named_contact(context: Context, who: PersonId, pod: PodId, pod_name: str) -> Iterator[str]:
    clients = [client.name for client in context.uow.clients.of_pods([pod]) if client.named_contact == who]
    if clients:
        some = listed(clients) if len(clients) <= _SHOWN else f"{listed(clients[:_SHOWN])} and others"
        name = context.firm.people[who].name
        yield f"{name} stays the named contact of {counted(len(clients), 'client')} of {pod_name} ({some})."


_SHOWN = 3


def _on_cards(before: PodLine, after: PodLine) -> Iterator[str]:
    if before.channel != after.channel:
        yield (
            "The cards of questions that nobody has claimed hang there from now on. Podline must be in the channel: "
            "add it where it is not."
        )


def _members(line: PodLine) -> tuple[str, ...]:
    return line.members if isinstance(line.members, tuple) else ()


def _numbers(context: Context, names: tuple[str, ...] | list[str]) -> list[PodId]:
    wanted = {same_name(name) for name in names}
    return [pod.id for pod in context.firm.pods.values() if same_name(pod.name) in wanted]
