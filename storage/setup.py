"""Changing the firm's set-up: hours, charters, policies, pods, and what is removed from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from commands.ports import SetupEdit, StillNeeded
from coverage.ids import ClientId, PersonId, PodId
from coverage.people import Pod
from coverage.question import Status
from storage import schema
from storage.setup_version import raise_setup_version
from storage.transaction import Transaction, insert_or_replace, of_firm

_named = ("firm", "name")
_PUT_HOURS = insert_or_replace(schema.service_hours, _named, ["hours"])
_PUT_CHARTER = insert_or_replace(schema.charter, _named, ["charter"])
_PUT_POLICY = insert_or_replace(schema.escalation_policy, _named, ["policy"])
_CHANGE_FIRM = update(schema.firm).where(schema.firm.c.id == bindparam("of_firm"))

_pod = schema.pod
_member = schema.membership
_client = schema.client
_question = schema.question
_ADD_POD = insert(_pod).returning(_pod.c.id)
_CHANGE_POD = update(_pod).where(of_firm(_pod), _pod.c.id == bindparam("of_id"))
_CLEAR_MEMBERS = delete(_member).where(_member.c.pod == bindparam("of_id"))
_SET_MEMBERS = insert(_member)
_FORGET_IDENTITIES = delete(schema.identity).where(schema.identity.c.person == bindparam("of_id"))
_FORGET_KNOWLEDGE = delete(schema.knowledge).where(schema.knowledge.c.person == bindparam("of_id"))
_REMOVE = {
    table.name: update(table).where(of_firm(table), table.c.id == bindparam("of_id"))
    for table in (schema.person, schema.pod, schema.client)
}


_ONE_AT_A_TIME = (
    select(schema.firm.c.id).where(schema.firm.c.id == bindparam("of_firm")).with_for_update(key_share=True)
)
"""PostgreSQL lets nobody else change the firm's row; SQLite, which has one writer, leaves the lock out."""
_RULES = {
    "service_hours": ("service hours", schema.service_hours),
    "charter": ("charter", schema.charter),
    "escalation_policy": ("escalation policy", schema.escalation_policy),
}
_FORGET = {
    column: delete(table).where(of_firm(table), table.c.name == bindparam("of_name"))
    for column, (_, table) in _RULES.items()
}
_GOES_BY = {
    column: select(_pod.c.name, _pod.c.removed)
    .where(of_firm(_pod), _pod.c[column] == bindparam("of_name"))
    .order_by(_pod.c.removed)
    .limit(1)
    for column in _RULES
}


class SqlSetup:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def wait_for_others(self) -> None:
        self._transaction.rows(_ONE_AT_A_TIME)

    def edit(self, change: SetupEdit) -> list[Pod]:
        raise_setup_version(self._transaction)
        insert_all = self._transaction.insert_all
        insert_all(_PUT_HOURS, [{"name": name, "hours": hours} for name, hours in change.hours.items()])
        insert_all(_PUT_CHARTER, [{"name": name, "charter": each} for name, each in change.charters.items()])
        insert_all(_PUT_POLICY, [{"name": name, "policy": policy} for name, policy in change.policies.items()])
        pods = [self._put_pod(pod) for pod in change.pods]
        if firm_wide := _firm_wide(change):
            self._transaction.change(_CHANGE_FIRM, **firm_wide)
        return pods

    def prune(self, *, people: Iterable[PersonId], pods: Iterable[PodId], clients: Iterable[ClientId]) -> None:
        """Remove these from the set-up. Their rows stay, since old questions and history name them.

        Clients go first, then pods, then people, so that all of them may go at once.
        """
        raise_setup_version(self._transaction)
        for client in clients:
            self._refuse_if_needed(client, _NEEDS_CLIENT)
            self._remove("client", client)
        for pod in pods:
            self._refuse_if_needed(pod, _NEEDS_POD)
            self._transaction.change(_CLEAR_MEMBERS, of_id=pod)
            self._remove("pod", pod)
        for person in people:
            self._refuse_if_needed(person, _NEEDS_PERSON)
            self._transaction.change(_FORGET_IDENTITIES, of_id=person)
            self._transaction.change(_FORGET_KNOWLEDGE, of_id=person)
            self._remove("person", person)

    def forget(self, *, hours: Iterable[str], charters: Iterable[str], policies: Iterable[str]) -> None:
        raise_setup_version(self._transaction)
        named = (("service_hours", hours), ("charter", charters), ("escalation_policy", policies))
        for column, names in named:
            for name in names:
                self._refuse_if_gone_by(column, name)
                self._transaction.change(_FORGET[column], of_name=name)

    def _refuse_if_gone_by(self, column: str, name: str) -> None:
        pod = self._transaction.first(_GOES_BY[column], of_name=name)
        if pod is not None:
            went = f"went by it until it was removed, and its old questions name it: leave the {_RULES[column][0]}"
            raise StillNeeded(f"Pod {pod.name} {went if pod.removed else 'goes by it: give it another one first'}.")

    def _put_pod(self, pod: Pod) -> Pod:
        values = {
            "name": pod.name,
            "channel": pod.channel,
            "lead": pod.lead,
            "service_hours": pod.service_hours,
            "charter": pod.charter,
            "escalation_policy": pod.escalation_policy,
        }
        if pod.id:
            self._transaction.change(_CHANGE_POD, of_id=pod.id, **values)
            self._transaction.change(_CLEAR_MEMBERS, of_id=pod.id)
        else:
            pod = replace(pod, id=PodId(self._transaction.inserted(_ADD_POD, **values)))
        members = [{"pod": pod.id, "person": who, "position": place} for place, who in enumerate(pod.members)]
        self._transaction.insert_all(_SET_MEMBERS, members)
        return pod

    def _remove(self, what: str, number: int) -> None:
        self._transaction.change(_REMOVE[what], of_id=number, removed=True)

    def _refuse_if_needed(self, number: int, reasons: Sequence[tuple[Any, str]]) -> None:
        for statement, sentence in reasons:
            row = self._transaction.first(statement, id=number)
            if row is not None:
                raise StillNeeded(sentence.format(*row))


def _firm_wide(change: SetupEdit) -> dict[str, object]:
    values: dict[str, object] = {}
    if change.intake is not None:
        values |= {"intake_channel": change.intake.channel, "intake_pod": change.intake.pod}
    for name in ("alerts_channel", "kudos_channel", "settings"):
        if getattr(change, name) is not None:
            values[name] = getattr(change, name)
    return values


def _open_question(name: ColumnElement[Any], table: Any, column: ColumnElement[Any]) -> Any:
    return (
        select(name, _question.c.number)
        .join(_question, column == table.c.id)
        .where(of_firm(table), table.c.id == bindparam("id"), _question.c.status != Status.RESOLVED)
        .limit(1)
    )


_person = schema.person
_NEEDS_CLIENT = [
    (
        _open_question(_client.c.name, _client, _question.c.client),
        "{0} has the open question Q-{1}: resolve it first.",
    ),
]
_NEEDS_POD = [
    (_open_question(_pod.c.name, _pod, _question.c.pod), "Pod {0} has the open question Q-{1}: resolve it first."),
    (
        select(_pod.c.name, _client.c.name)
        .join(_client, _client.c.pod == _pod.c.id)
        .where(of_firm(_pod), _pod.c.id == bindparam("id"), ~_client.c.removed)
        .limit(1),
        "Pod {0} has the client {1}: give them to another pod first.",
    ),
    (
        select(_pod.c.name)
        .join(schema.firm, schema.firm.c.intake_pod == _pod.c.id)
        .where(of_firm(_pod), _pod.c.id == bindparam("id")),
        "Pod {0} sorts out questions whose client is not known: name another intake pod first.",
    ),
]
_NEEDS_PERSON = [
    (
        _open_question(_person.c.name, _person, _question.c.claimed_by),
        "{0} answers for the open question Q-{1}: hand it off first.",
    ),
    (
        select(_person.c.name, _pod.c.name)
        .join(_member, _member.c.person == _person.c.id)
        .join(_pod, _pod.c.id == _member.c.pod)
        .where(of_firm(_person), _person.c.id == bindparam("id"))
        .limit(1),
        "{0} is in pod {1}: take them out of it first.",
    ),
    (
        select(_person.c.name, _pod.c.name)
        .join(_pod, _pod.c.lead == _person.c.id)
        .where(of_firm(_person), _person.c.id == bindparam("id"), ~_pod.c.removed)
        .limit(1),
        "{0} leads pod {1}: name another lead first.",
    ),
    (
        select(_person.c.name, _client.c.name)
        .join(_client, _client.c.named_contact == _person.c.id)
        .where(of_firm(_person), _person.c.id == bindparam("id"), ~_client.c.removed)
        .limit(1),
        "{0} is the named contact of {1}: name another one first.",
    ),
]
