"""What the law asks about somebody: everything is handed out, and everything is forgotten that may be."""

import json

import pytest
from sqlalchemy import inspect, text

from commands.personal_data import CannotForget, NothingKept, export_person, forget_person
from storage import schema
from tests.world import World

WITHOUT_BOB = """
pods:
  - {name: North, channel: C0NORTH, members: [ann@firm.example]}
"""


@pytest.fixture
def busy(world_on_both: World) -> World:
    """Bob was handed a question of Acme and answered it; he was ill once, thanked, and thanked somebody."""
    world = world_on_both
    world.change("people: [{name: Bob Roy, email: bob@firm.example, aliases: [Bobby], country: GB}]")
    world.ask("Can we, asks Jo?", email="Jo@Acme.example")
    world.say("Ann", "claim Q-1")
    world.say("Ann", "handoff Q-1 @Bob Roy he knows VAT")
    world.say("Bob", "answered Q-1 yes, you can")
    world.say("Bob", "resolve Q-1")
    world.say("Bob", "leave 1 Dec - 2 Dec sick")
    world.say("Ann", "kudos @Bob Roy for Q-1 you saved us")
    world.say("Bob", "kudos @Ann Lee thank you")
    world.deliver()
    return world


def test_a_colleague_gets_everything_that_is_kept_about_them(busy: World) -> None:
    found = json.loads(json.dumps(export_person(" BOB@firm.example", busy.new_uow)))

    [person] = found["person"]
    assert (person["name"], person["aliases"], person["country"]) == ("Bob Roy", ["Bobby"], "GB")
    assert [one["user"] for one in found["accounts"]] == ["U0BOB"]
    assert [one["name"] for one in found["pods"]] == ["North"]
    assert [one["name"] for one in found["clients known"]] == ["Acme Ltd"]
    assert [(one["first"], one["kind"]) for one in found["leave"]] == [("2026-12-01", "sick")]
    assert [one["number"] for one in found["questions"]] == ["Q-1"]
    assert "yes, you can" in [one["why"] for one in found["acts"]]
    assert [one["sentence"] for one in found["kudos received"]] == ["you saved us"]
    assert [one["sentence"] for one in found["kudos given"]] == ["thank you"]


def test_somebody_of_a_client_gets_what_they_asked(busy: World) -> None:
    found = export_person("jo@acme.example", busy.new_uow)

    assert [(one["number"], one["text"]) for one in found["questions asked"]] == [("Q-1", "Can we, asks Jo?")]


def test_nobody_is_forgotten_who_is_still_needed(busy: World) -> None:
    with pytest.raises(CannotForget, match="Bob Roy is in pod North: take them out of it first"):
        forget_person("bob@firm.example", busy.new_uow)

    assert export_person("bob@firm.example", busy.new_uow)["leave"]


def test_nothing_kept_names_a_colleague_who_is_forgotten(busy: World) -> None:
    busy.change(WITHOUT_BOB)
    _has_a_feed(busy)

    forgotten = forget_person("bob@firm.example", busy.new_uow)

    assert forgotten.erased["leave"] == 1
    assert forgotten.erased["calendar feeds"] == 1
    assert forgotten.erased["kudos received"] == 1
    assert not _found_anywhere(busy, "Bob Roy", "bob@firm.example", "Bobby", "U0BOB", "you saved us")
    assert "to a former colleague" in " ".join(row.why for row in busy.history())
    assert busy.happened()[-2:] == ["answered", "resolved"]
    with pytest.raises(NothingKept):
        export_person("bob@firm.example", busy.new_uow)


def test_a_colleague_who_has_left_before_can_still_be_forgotten(busy: World) -> None:
    busy.change(WITHOUT_BOB)
    with busy.new_uow() as uow:
        bob = next(one.id for one in uow.firm().people.values() if one.email == "bob@firm.example")
        uow.setup.prune(people=[bob], pods=(), clients=())
        uow.commit()

    assert forget_person("bob@firm.example", busy.new_uow).name == "Bob Roy"
    assert not _found_anywhere(busy, "Bob Roy", "bob@firm.example")


def test_somebody_of_a_client_is_forgotten_and_their_question_stays(busy: World) -> None:
    forgotten = forget_person("jo@acme.example", busy.new_uow)

    assert forgotten.erased["questions asked"] == 1
    assert busy.question().text == "Can we, asks Jo?"
    assert busy.question().asked_by.name is None
    assert not _found_anywhere(busy, "Jo@Acme.example")


def test_an_address_that_nobody_has_is_said_to_be_unknown(world: World) -> None:
    with pytest.raises(NothingKept):
        export_person("nobody@firm.example", world.new_uow)
    with pytest.raises(NothingKept):
        forget_person("nobody@firm.example", world.new_uow)


def _has_a_feed(world: World) -> None:
    """Bob's own calendar, and one in which an event that nobody could read names him."""
    of_a_feed: dict[str, object] = {
        "firm": 1, "kind": "personal", "address": b"sealed", "sealed_with": "key", "host": "calendar.example",
        "fingerprint": "f", "added_at": world.now, "due_at": world.now, "state": "active", "why": "", "failures": 0,
        "interval_seconds": 3600, "events": 1, "said": "",
    }  # fmt: skip
    with world.new_uow.reading() as uow:
        bob = next(one.id for one in uow.firm().people.values() if one.email == "bob@firm.example")
    question: dict[str, object] = {
        "firm": 1, "key": "k", "uid": "u", "why": "who?", "candidates": [], "title": "Bob Roy or Bobby away",
        "name": "Bob Roy", "first": world.now.date(), "last": world.now.date(), "asked_at": world.now,
    }  # fmt: skip
    with world.new_uow._writers.begin() as connection:  # type: ignore[attr-defined]
        connection.execute(schema.feed.insert(), {**of_a_feed, "id": 1, "name": "Bob Roy", "owner": bob})
        connection.execute(schema.feed.insert(), {**of_a_feed, "id": 2, "name": "team", "owner": None})
        connection.execute(schema.feed_body.insert(), {"firm": 1, "feed": 1, "which": "good", "sealed": b"sealed"})
        connection.execute(schema.feed_question.insert(), [{**question, "feed": 1}, {**question, "feed": 2}])


def _found_anywhere(world: World, *words: str) -> list[str]:
    """In which columns of which tables any of these words stands, whatever table it is."""
    engine = world.new_uow._readers  # type: ignore[attr-defined]
    found = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                found += [
                    f"{table}.{name}: {word}" for name, value in row.items() for word in words if word in str(value)
                ]
    return found
