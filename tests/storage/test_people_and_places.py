"""Who somebody is on a platform, and what a place stands for."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from commands.outgoing import Posting
from commands.ports import Identity, Place, SetupEdit
from coverage.ids import PersonId, PlaceId
from coverage.people import Person, Role, WorkingPattern
from coverage.service_hours import Window
from storage.places import UnknownPlace
from tests.storage.builders import NOW, a_question

MON_TO_THU = WorkingPattern(((Window(32400, 45000), Window(48600, 61200)),) * 4 + ((),) * 3, "Mon-Thu 09:00-12:30,...")


def test_everything_of_a_person_comes_back_and_can_change(new_uow):
    person = Person(
        id=PersonId(0),
        name="Ann Lee",
        email="Ann@Firm.example",
        timezone="Europe/London",
        role=Role.MANAGER,
        aliases=("Annie", "Lee, A."),
        country="GB",
        region="ENG",
        working_pattern=MON_TO_THU,
    )
    with new_uow() as uow:
        ann = uow.people.save(person)
        assert uow.firm().people == {ann.id: replace(person, id=ann.id)}
        moved = uow.people.save(replace(ann, timezone="Asia/Kolkata", working_pattern=None, country=None, region=None))
        assert uow.firm().people == {ann.id: moved}


def test_two_people_cannot_have_one_address(new_uow):
    with new_uow() as uow:
        uow.people.save(Person(PersonId(0), "Ann", "ann@firm.example"))
        with pytest.raises(IntegrityError):
            uow.people.save(Person(PersonId(0), "Other", "ANN@firm.example"))


def test_an_identity_leads_to_a_person_before_and_after_its_tenant_is_known(new_uow, office):
    with new_uow() as uow:
        uow.people.link(office.ann, Identity("slack", "", "U0ANN"))
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.people.by_identity(Identity("slack", "T1", "U0ANN")) == office.ann
    with new_uow() as uow:
        assert uow.people.by_identity(Identity("slack", "T1", "U0ANN")) == office.ann
        uow.people.link(office.ann, Identity("slack", "", "U0ANN"))
        uow.commit()
    with new_uow.reading() as uow:
        assert uow.people.identities(office.ann) == [Identity("slack", "T1", "U0ANN")]
        assert uow.people.by_identity(Identity("slack", "T2", "U0ANN")) is None
        assert uow.people.by_identity(Identity("teams", "T1", "U0ANN")) is None
        assert uow.people.by_identity(Identity("slack", "", "U0ANN")) == office.ann


def test_an_identity_belongs_to_one_person_at_a_time(new_uow, office):
    slack = Identity("slack", "T1", "U0")
    with new_uow() as uow:
        uow.people.link(office.ann, slack)
        uow.people.link(office.bob, slack)
        assert uow.people.by_identity(slack) == office.bob
        assert uow.people.identities(office.ann) == []
        uow.people.unlink(office.ann, slack)
        assert uow.people.by_identity(slack) == office.bob
        uow.people.unlink(office.bob, slack)
        assert uow.people.by_identity(slack) is None


def test_a_place_is_known_by_its_platform_and_address(new_uow):
    with new_uow() as uow:
        north = uow.places.at("slack", "C0NORTH")
        assert uow.places.at("slack", "C0NORTH") == north
        assert uow.places.at("teams", "C0NORTH") != north
        assert uow.places.find("slack", "C0OTHER") is None
        assert uow.places.get(north) == Place("slack", "C0NORTH")
        with pytest.raises(UnknownPlace):
            uow.places.get(PlaceId(99))


def test_a_place_that_gets_another_address_stays_the_same_place(new_uow, office):
    with new_uow() as uow:
        assert uow.places.move("slack", "C0NORTH", "C0NEW")
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.places.find("slack", "C0NEW") == office.channel
        assert uow.places.find("slack", "C0NORTH") is None


def test_an_address_that_nobody_knows_moves_nothing(new_uow, office):
    with new_uow() as uow:
        assert not uow.places.move("slack", "C0NEVER", "C0NEW")
        assert not uow.places.move("slack", "C0NORTH", "C0NORTH")


def test_what_was_heard_under_the_new_address_first_is_at_the_same_place(new_uow, office):
    """A message may come in before the news that its channel has another address."""
    with new_uow() as uow:
        twin = uow.places.at("slack", "C0NEW")
        question = uow.questions.add(a_question(office, origin=twin, origin_remote="17.1"))
        uow.postings.put_card(Posting(question.number, twin, "17.2", 1))
        uow.postings.put_card(Posting(question.number, office.channel, "17.3", 1))
        uow.clients.save(replace(uow.clients.get(office.acme), channels=(twin,)))
        uow.setup.edit(SetupEdit(alerts_channel=twin))
        uow.commit()

    with new_uow() as uow:
        assert uow.places.move("slack", "C0NORTH", "C0NEW")
        uow.commit()

    with new_uow.reading() as uow:
        assert uow.places.find("slack", "C0NEW") == office.channel
        assert uow.questions.asked_as(office.channel, "17.1") == question.number
        assert [card.remote for card in uow.postings.cards(question.number)] == ["17.3"]
        assert uow.clients.get(office.acme).channels == (office.channel,)
        assert uow.firm().alerts_channel == office.channel


def test_the_channels_of_clients_are_known_by_their_addresses(new_uow, office):
    with new_uow() as uow:
        shared = uow.places.at("slack", "C0ACME")
        uow.places.at("slack", "C0OTHER")
        uow.clients.save(replace(uow.clients.get(office.acme), channels=(shared,)))
        assert uow.places.of_clients("slack") == {"C0ACME"}
        assert uow.places.of_clients("teams") == set()


def test_many_places_are_made_known_at_once_each_once(new_uow):
    wanted = [Place("slack", f"C{number}") for number in range(1200)] + [Place("teams", "19:x")]
    with new_uow() as uow:
        known = uow.places.at("slack", "C7")

        found = uow.places.all_at([*wanted, *wanted])

        assert found.keys() == set(wanted)
        assert found[Place("slack", "C7")] == known
        assert uow.places.all_at(wanted) == found
        assert uow.places.everywhere().items() >= {(number, place) for place, number in found.items()}
        assert uow.places.all_at([]) == {}


def test_how_a_place_is_reached_is_remembered_per_platform_until_it_is_forgotten(new_uow):
    with new_uow() as uow:
        uow.references.put("teams", "19:north", {"service": "https://one.example"}, NOW)
        uow.references.put("teams", "19:north", {"service": "https://two.example"}, NOW)
        uow.references.put("other", "19:north", {"service": "https://three.example"}, NOW)
        uow.commit()

    with new_uow() as uow:
        assert uow.references.find("teams", "19:north") == {"service": "https://two.example"}
        assert uow.references.of_platform("teams") == {"19:north": {"service": "https://two.example"}}
        uow.references.forget("teams", "19:north")
        assert uow.references.find("teams", "19:north") is None
        assert uow.references.find("other", "19:north") is not None
