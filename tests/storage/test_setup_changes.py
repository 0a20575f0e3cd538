"""Changes of the set-up are kept as they were made and taken back once."""

from datetime import date, timedelta

from commands.place import Place
from commands.ports import SetupChange
from commands.roster_lines import ClientLine, PodLine, PolicyLine, Roster, StepLine
from coverage.charter import Charter, Level, Targets
from coverage.clients import Knowledge
from coverage.durations import OpenDays, ServiceTime, Share
from coverage.policy import Notify, Reminders
from coverage.service_hours import ServiceHours, Window
from tests.storage.builders import NOW

HOURS = ServiceHours(
    "Europe/London",
    ((Window(32400, 63000),),) * 5 + ((), ()),
    ("GB-ENG",),
    frozenset({date(2026, 12, 24)}),
    {date(2026, 12, 31): (Window(32400, 43200),), date(2027, 1, 2): ()},
)
EVERYTHING = Roster(
    hours={"uk-office": HOURS},
    charters={"standard": Charter("standard", {Level.ROUTINE: Targets(ServiceTime(1800), None, OpenDays(2))})},
    policies={
        "standard": PolicyLine(
            "standard",
            (StepLine(Share(50), Notify.POD), StepLine(OpenDays(1), Notify.CONTACT_CENTRE, Place("slack", "C0DESK"))),
            Reminders(ServiceTime(60), 3),
        ),
        "fast": PolicyLine("fast", (StepLine(ServiceTime(5), Notify.CONTACT_CENTRE, Place("teams", "19:x")),)),
    },
    pods=(
        PodLine("North", lead=None),
        PodLine("Söuth <!channel> \0", Place("slack", "C0"), ("ann@firm.example",), "ann@firm.example", "a", "b", "c"),
    ),
    clients=(
        ClientLine("Acme", aliases=()),
        ClientLine(
            "Birch",
            "North",
            None,
            ("a.example",),
            ("A", "B"),
            (Place("slack", "C1"),),
            {"ann@firm.example": Knowledge.LEARNING},
        ),
    ),
)


def a_change(office, words="", **parts):
    return SetupChange(0, NOW, office.ann, words, parts.get("before", Roster()), parts.get("after", Roster()))


def kept(new_uow, *changes):
    with new_uow() as uow:
        added = [uow.setup_changes.add(change) for change in changes]
        uow.commit()
    return added


def test_a_change_comes_back_as_it_was(new_uow, office):
    [change] = kept(new_uow, a_change(office, "words \0 <!channel>", before=EVERYTHING, after=Roster(pods=())))

    with new_uow.reading() as uow:
        stored = uow.setup_changes.get(change.id)
        missing = uow.setup_changes.get(change.id + 1)

    assert stored is not None
    assert (stored.before, stored.after) == (EVERYTHING, Roster(pods=()))
    assert (stored.at, stored.by, stored.undone_at) == (NOW, office.ann, None)
    assert stored.words == "words \N{REPLACEMENT CHARACTER} <!channel>"
    assert missing is None


def test_those_that_stand_are_listed_and_each_is_taken_back_once(new_uow, office):
    first, second, third = kept(new_uow, *(a_change(office, word) for word in ("one", "two", "three")))

    with new_uow() as uow:
        assert uow.setup_changes.take_back(second.id, NOW + timedelta(minutes=1))
        assert not uow.setup_changes.take_back(second.id, NOW + timedelta(minutes=2))
        uow.commit()

    with new_uow.reading() as uow:
        changes = uow.setup_changes
        assert [one.words for one in changes.latest(5)] == ["three", "one"]
        assert [one.words for one in changes.latest(1)] == ["three"]
        assert [one.words for one in changes.latest(5, before=third.id)] == ["one"]
        assert [one.words for one in changes.since(first.id)] == ["three"]
        taken_back = changes.get(second.id)
    assert taken_back is not None
    assert taken_back.undone_at == NOW + timedelta(minutes=1)
