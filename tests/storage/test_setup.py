"""The set-up of a firm: edited by name, seen by every process at once, and nothing that is needed is removed."""

from dataclasses import replace
from datetime import date

import pytest

from commands.ports import Identity, SetupEdit, StillNeeded
from coverage.charter import Charter, Level, Targets
from coverage.clients import Client
from coverage.durations import OpenDays, ServiceTime, Share
from coverage.firm import Intake, Settings
from coverage.ids import ClientId, PersonId, PodId
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy, Notify, Reminders, Step
from coverage.question import Status
from coverage.service_hours import ServiceHours, Window
from storage.engine import open_engine
from storage.unit_of_work import UnitsOfWork
from tests.storage.builders import CHARTER, HOURS, NOW, POLICY, a_question, asked


def test_all_parts_of_the_set_up_come_back(new_uow, office):
    with new_uow.reading() as uow:
        firm = uow.firm()

    assert {person.name for person in firm.people.values()} == {"Ann Lee", "Bob Roy"}
    assert firm.pods[office.north] == Pod(
        office.north, "North", office.channel, (office.ann, office.bob), office.ann, "uk-office", "standard", "standard"
    )
    assert (firm.hours, firm.charters, firm.policies) == (
        {"uk-office": HOURS},
        {"standard": CHARTER},
        {"standard": POLICY},
    )
    assert firm.intake == Intake(office.channel, office.north)
    assert (firm.alerts_channel, firm.kudos_channel, firm.settings) == (None, None, Settings())


def test_named_parts_are_replaced_by_name_and_others_stay(new_uow, office):
    night = ServiceHours(
        "Asia/Kathmandu",
        ((Window(72000, 14400),), (), (), (), (), (Window(0, 86400),), ()),
        ("GB-ENG", "NO"),
        frozenset({date(2026, 12, 24)}),
        {date(2026, 12, 31): (Window(32400, 43200), Window(46800, 50400)), date(2027, 1, 2): ()},
    )
    charter = Charter(
        "standard", {Level.ROUTINE: Targets(OpenDays(2)), Level.EXPERT: Targets(None, ServiceTime(5), None)}
    )
    policy = EscalationPolicy(
        "standard", (Step(OpenDays(1), Notify.CONTACT_CENTRE, office.channel),), Reminders(Share(50), 3)
    )
    settings = Settings(
        leave_kept_months=6,
        managers_see_every_kind=True,
        minimum_depth=1,
        kudos_per_day=0,
        confirm_in_shared_channels=True,
    )
    edit = SetupEdit(
        {"night": night},
        {"standard": charter},
        {"standard": policy},
        alerts_channel=office.channel,
        kudos_channel=office.channel,
        settings=settings,
    )

    with new_uow() as uow:
        uow.setup.edit(edit)
        uow.commit()

    with new_uow.reading() as uow:
        firm = uow.firm()
    assert firm.hours == {"uk-office": HOURS, "night": night}
    assert (firm.charters, firm.policies) == ({"standard": charter}, {"standard": policy})
    assert (firm.alerts_channel, firm.kudos_channel, firm.settings) == (office.channel, office.channel, settings)
    assert firm.intake == Intake(office.channel, office.north)


def test_a_pod_keeps_the_order_of_its_members_and_can_change(new_uow, office):
    with new_uow() as uow:
        north = replace(uow.firm().pods[office.north], members=(office.bob, office.ann), lead=None, name="Norden")
        assert uow.setup.edit(SetupEdit(pods=[north])) == [north]
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.firm().pods == {office.north: north}


def test_a_change_is_seen_at_once_by_every_process(new_uow, office, database_url):
    elsewhere = open_engine(database_url)
    other_process = UnitsOfWork(elsewhere)
    with other_process.reading() as uow:
        before = uow.firm()
    with new_uow() as uow:
        uow.setup.edit(SetupEdit(settings=Settings(minimum_depth=7)))
        uow.commit()

    with other_process.reading() as uow:
        after = uow.firm()
        assert (before.settings.minimum_depth, after.settings.minimum_depth) == (2, 7)
        assert after.version == before.version + 1
        assert uow.firm() is after
    elsewhere.dispose()


def test_a_change_that_is_not_committed_is_seen_by_nobody_else_then_or_later(new_uow, office):
    with new_uow() as uow:
        uow.setup.edit(SetupEdit(settings=Settings(minimum_depth=7)))
        undone = uow.firm()
    with new_uow() as uow:
        uow.setup.edit(SetupEdit(settings=Settings(minimum_depth=8)))
        uow.commit()

    with new_uow.reading() as uow:
        assert undone.settings.minimum_depth == 7
        assert uow.firm().version == undone.version
        assert uow.firm().settings.minimum_depth == 8


def test_the_version_grows_once_for_each_change_however_many_rows_it_has(new_uow, office):
    with new_uow() as uow:
        before = uow.firm().version
        uow.people.save(Person(PersonId(0), "Cy", "cy@firm.example"))
        uow.people.save(Person(PersonId(0), "Di", "di@firm.example"))
        uow.setup.edit(SetupEdit())

        assert uow.firm().version == before + 1


def test_what_is_removed_is_gone_from_the_set_up_but_not_from_old_questions(new_uow, office):
    slack = Identity("slack", "T1", "U0CY")
    with new_uow() as uow:
        cy = uow.people.save(Person(PersonId(0), "Cy", "cy@firm.example")).id
        uow.people.link(cy, slack)
        south = uow.setup.edit(SetupEdit(pods=[replace(uow.firm().pods[office.north], id=PodId(0), name="South")]))[
            0
        ].id
        beta = uow.clients.save(Client(ClientId(0), "Beta", south, office.ann)).id
        uow.commit()
    old = {"status": Status.RESOLVED, "claimed_by": cy, "claimed_at": NOW, "pod": south, "client": beta}
    resolved = asked(new_uow, a_question(office, **old))

    with new_uow() as uow:
        uow.setup.prune(people=[cy], pods=[south], clients=[beta])
        uow.commit()

    with new_uow() as uow:
        firm = uow.firm()
        assert cy not in firm.people
        assert south not in firm.pods
        assert uow.people.by_identity(slack) is None
        assert uow.clients.called("Beta") == []
        assert [client.id for client in uow.clients.everyone()] == [office.acme]
        assert uow.clients.get(beta).name == "Beta"
        assert uow.questions.look_at(resolved.number) == resolved
        assert uow.people.save(Person(PersonId(0), "Cy again", "cy@firm.example")).id != cy


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("clients", "Acme Ltd has the open question Q-1: resolve it first."),
        ("pods", "Pod North has the open question Q-1: resolve it first."),
        ("people", "Ann Lee answers for the open question Q-1: hand it off first."),
    ],
)
def test_what_an_open_question_needs_is_not_removed(new_uow, office, what, why):
    asked(new_uow, a_question(office, status=Status.CLAIMED, claimed_by=office.ann, claimed_at=NOW))

    with new_uow() as uow, pytest.raises(StillNeeded) as refused:
        uow.setup.prune(**removing(office, what))

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("pods", "Pod North has the client Acme Ltd: give them to another pod first."),
        ("people", "Ann Lee is in pod North: take them out of it first."),
    ],
)
def test_what_the_set_up_needs_is_not_removed(new_uow, office, what, why):
    with new_uow() as uow, pytest.raises(StillNeeded) as refused:
        uow.setup.prune(**removing(office, what))

    assert str(refused.value) == why


def test_the_intake_pod_the_lead_and_the_named_contact_are_not_removed(new_uow, office):
    with new_uow() as uow:
        uow.setup.prune(people=[], pods=[], clients=[office.acme])
        with pytest.raises(StillNeeded, match="name another intake pod"):
            uow.setup.prune(people=[], pods=[office.north], clients=[])
        uow.setup.edit(SetupEdit(pods=[replace(uow.firm().pods[office.north], members=())]))
        with pytest.raises(StillNeeded, match="Ann Lee leads pod North"):
            uow.setup.prune(people=[office.ann], pods=[], clients=[])
        uow.clients.save(Client(ClientId(0), "Beta", office.north, office.bob))
        with pytest.raises(StillNeeded, match="named contact of Beta"):
            uow.setup.prune(people=[office.bob], pods=[], clients=[])


def removing(office, what):
    ids = {"clients": office.acme, "pods": office.north, "people": office.ann}
    return {name: [ids[name]] if name == what else [] for name in ids}


def test_hours_charters_and_policies_that_a_pod_goes_by_are_not_forgotten(new_uow, office):
    with new_uow() as uow:
        uow.setup.edit(SetupEdit({"night": HOURS}, {"fast": CHARTER}, {"fast": POLICY}))
        uow.setup.forget(hours=["night"], charters=["fast"], policies=["fast"])
        uow.commit()
    with new_uow.reading() as uow:
        firm = uow.firm()
    assert (set(firm.hours), set(firm.charters), set(firm.policies)) == ({"uk-office"}, {"standard"}, {"standard"})

    for needed in ({"hours": ["uk-office"]}, {"charters": ["standard"]}, {"policies": ["standard"]}):
        with new_uow() as uow, pytest.raises(StillNeeded, match="Pod North goes by it: give it another one first"):
            uow.setup.forget(**({"hours": [], "charters": [], "policies": []} | needed))


def test_open_questions_are_counted_by_pod_and_listed_by_client(new_uow, office):
    open_one = asked(new_uow, a_question(office))
    asked(new_uow, a_question(office, status=Status.RESOLVED, resolved_at=NOW))
    claimed = asked(new_uow, a_question(office, status=Status.CLAIMED, claimed_by=office.ann))

    with new_uow.reading() as uow:
        assert uow.questions.count_open([office.north]) == 2
        assert uow.questions.count_open([]) == 0
        assert [one.number for one in uow.questions.open_of(office.acme)] == [claimed.number, open_one.number]
