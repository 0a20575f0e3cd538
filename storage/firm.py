"""The firm's set-up in one value, read once per version and then shared by all threads of the process."""

from collections import defaultdict

from sqlalchemy import bindparam, select

from coverage.firm import Firm, Intake
from coverage.ids import PersonId, PlaceId, PodId
from coverage.people import Pod
from storage import schema
from storage.people import everybody
from storage.setup_version import setup_version
from storage.transaction import AnyRow, Transaction, of_firm

_f = schema.firm
_pod = schema.pod
_member = schema.membership
_FIRM = select(_f).where(_f.c.id == bindparam("of_firm"))
_PODS = select(_pod).where(of_firm(_pod), ~_pod.c.removed).order_by(_pod.c.id)
_MEMBERS = select(_member.c.pod, _member.c.person).where(of_firm(_member)).order_by(_member.c.pod, _member.c.position)
_HOURS = select(schema.service_hours).where(of_firm(schema.service_hours))
_CHARTERS = select(schema.charter).where(of_firm(schema.charter))
_POLICIES = select(schema.escalation_policy).where(of_firm(schema.escalation_policy))


class FirmNotThere(LookupError):
    """The database has no firm: it was not migrated."""


class FirmCache:
    """The newest set-up that was read; a version is never read twice, a change of any process is seen at once."""

    def __init__(self) -> None:
        self._newest: Firm | None = None

    def firm(self, transaction: Transaction) -> Firm:
        """The set-up as of ``transaction``. Its own changes, not committed yet, stay its own."""
        if transaction.has_changed_setup:
            return _read(transaction)
        version = setup_version(transaction)
        known = self._newest
        while known is None or known.version != version:
            known = _read(transaction)
            version = setup_version(transaction)  # another process may have changed it between two of our statements
            self._newest = known
        return known


def _read(transaction: Transaction) -> Firm:
    row = transaction.first(_FIRM)
    if row is None:
        raise FirmNotThere("The database holds no firm. Run podline migrate.")
    pods = _pods(transaction)
    return Firm(
        version=row.setup_version,
        people={person.id: person for person in everybody(transaction)},
        pods={pod.id: pod for pod in pods},
        hours={each.name: each.hours for each in transaction.rows(_HOURS)},
        charters={each.name: each.charter for each in transaction.rows(_CHARTERS)},
        policies={each.name: each.policy for each in transaction.rows(_POLICIES)},
        intake=_intake(row),
        alerts_channel=_place(row.alerts_channel),
        kudos_channel=_place(row.kudos_channel),
        settings=row.settings,
    )


def _pods(transaction: Transaction) -> list[Pod]:
    members: dict[int, list[PersonId]] = defaultdict(list)
    for pod, person in transaction.rows(_MEMBERS):
        members[pod].append(PersonId(person))
    return [
        Pod(
            id=PodId(row.id),
            name=row.name,
            channel=PlaceId(row.channel),
            members=tuple(members[row.id]),
            lead=None if row.lead is None else PersonId(row.lead),
            service_hours=row.service_hours,
            charter=row.charter,
            escalation_policy=row.escalation_policy,
        )
        for row in transaction.rows(_PODS)
    ]


def _intake(row: AnyRow) -> Intake | None:
    if row.intake_channel is None or row.intake_pod is None:
        return None
    return Intake(PlaceId(row.intake_channel), PodId(row.intake_pod))


def _place(number: int | None) -> PlaceId | None:
    return None if number is None else PlaceId(number)
