"""Importing a roster: an upsert that says what it changes, all of it or nothing."""

import pytest

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.export_roster import export_roster
from commands.ports import Identity, NewUnitOfWork
from commands.promote import Nobody, promote
from commands.roster import Imported, import_roster
from commands.roster_checks import RosterRefused
from coverage.clients import Client
from storage.unit_of_work import UnitsOfWork
from tests.bot.small_firm import ROSTER


def imported(written: str, new_uow: NewUnitOfWork, *, prune: bool = False, dry_run: bool = False) -> Imported:
    return import_roster(roster_of(document_of(written)), new_uow, prune=prune, dry_run=dry_run)


def said(done: Imported) -> list[str]:
    return [f"{one.happened} {one.kind} {one.name}".strip() for one in done.changes]


def client(new_uow: NewUnitOfWork, name: str) -> Client:
    with new_uow.reading() as uow:
        [found] = uow.clients.called(name)
    return found


def version(new_uow: NewUnitOfWork) -> int:
    with new_uow.reading() as uow:
        return uow.firm().version


def test_the_first_import_adds_all_of_it(new_uow: UnitsOfWork) -> None:
    done = imported(ROSTER, new_uow)

    assert said(done) == [
        "added person Ann Lee (ann@firm.example)",
        "added person Bob Roy (bob@firm.example)",
        "added person Dan Low (dan@firm.example)",
        "added service hours uk",
        "added charter standard",
        "added escalation policy standard",
        "added pod North",
        "added client Acme Ltd",
        "changed firm",
    ]
    assert client(new_uow, "acme").name == "Acme Ltd"


def test_the_second_import_changes_nothing(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)
    before = version(new_uow)

    assert imported(ROSTER, new_uow).changes == ()
    assert version(new_uow) == before


def test_importing_what_was_exported_changes_nothing_even_with_prune(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    assert import_roster(export_roster(new_uow), new_uow, prune=True).changes == ()


def test_what_a_line_does_not_mention_stays_and_lists_it_mentions_are_replaced(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    done = imported("clients: [{name: acme  LTD, aliases: [The Acme]}]", new_uow)

    [change] = done.changes
    assert change.details == ("name: Acme Ltd -> acme  LTD", "aliases: Acme -> The Acme")
    assert client(new_uow, "the acme").domains == ("acme.example",)


def test_null_empties_what_may_be_empty(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    done = imported("clients: [{name: Acme Ltd, named_contact: null}]", new_uow)

    assert done.changes[0].details == ("named_contact: bob@firm.example -> none",)
    assert client(new_uow, "acme").named_contact is None


def test_nothing_is_deleted_without_prune(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    assert imported("people: []\npods: []\nclients: []", new_uow).changes == ()


def test_prune_deletes_what_is_missing_from_the_sections_of_the_file(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    done = imported("clients: []", new_uow, prune=True)

    assert said(done) == ["removed client Acme Ltd"]
    assert export_roster(new_uow).clients == ()
    assert imported("clients: []", new_uow, prune=True).changes == ()


def test_prune_does_not_delete_somebody_who_is_still_named(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    with pytest.raises(RosterRefused, match="ann@firm"):
        imported("people: [{name: Bob Roy, email: bob@firm.example}]", new_uow, prune=True)


def test_a_dry_run_says_the_same_and_stores_nothing(new_uow: UnitsOfWork) -> None:
    would = imported(ROSTER, new_uow, dry_run=True)
    is_empty = export_roster(new_uow).people == ()

    assert is_empty
    assert imported(ROSTER, new_uow).changes == would.changes


def test_with_one_mistake_nothing_is_stored(new_uow: UnitsOfWork) -> None:
    with pytest.raises(RosterRefused, match="eve@firm"):
        imported(ROSTER.replace("named_contact: bob", "named_contact: eve"), new_uow)

    assert export_roster(new_uow).people == ()


def test_people_of_the_database_may_be_named_as_well(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    beta = "clients: [{name: Beta, pod: north, named_contact: ann@firm.example}]"
    first, second = imported(beta, new_uow), imported(beta, new_uow)

    assert said(first) == ["added client Beta"]
    assert second.changes == ()


def test_somebody_is_one_user_of_a_platform(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    imported("people: [{name: Bob Roy, email: Bob@firm.example, slack: U0ROY}]", new_uow)

    with new_uow.reading() as uow:
        bob = uow.people.by_identity(Identity("slack", "T0FIRM", "U0ROY"))
        earlier = uow.people.by_identity(Identity("slack", "T0FIRM", "U0BOB"))
        assert bob is not None
        assert uow.firm().people[bob].name == "Bob Roy"
    assert earlier is None


def test_a_user_of_one_person_is_not_given_to_another_silently(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    with pytest.raises(RosterRefused, match="U0BOB is already bob@firm"):
        imported("people: [{name: Dan Low, email: dan@firm.example, slack: U0BOB}]", new_uow)


def test_two_that_swap_their_user_are_both_right_afterwards(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    swapped = ROSTER.replace("U0ANN", "U0TMP").replace("U0BOB", "U0ANN").replace("U0TMP", "U0BOB")
    imported(swapped, new_uow)

    assert imported(swapped, new_uow).changes == ()


def test_somebody_new_without_a_zone_lives_in_that_of_their_pod(new_uow: UnitsOfWork) -> None:
    imported(ROSTER.replace("slack: U0BOB, timezone: Europe/London", "slack: U0BOB"), new_uow)

    people = export_roster(new_uow).people or ()

    assert [line.timezone for line in people if line.email == "bob@firm.example"] == ["Europe/London"]


def test_names_that_fit_two_are_allowed_and_said(new_uow: UnitsOfWork) -> None:
    done = imported(ROSTER, new_uow)
    more = imported("clients: [{name: Acme Holding, pod: North, aliases: [ACME]}]", new_uow)

    assert done.warnings == ()
    assert more.warnings == (
        '"acme" fits several clients: Acme Ltd, Acme Holding. Whoever uses it is asked which one is meant.',
    )


def test_a_firm_without_a_manager_is_told_how_to_get_one(new_uow: UnitsOfWork) -> None:
    done = imported(ROSTER.replace(", role: manager", ""), new_uow)

    assert any("podline person promote" in warning for warning in done.warnings)


def test_promoting_makes_a_manager_once(new_uow: UnitsOfWork) -> None:
    imported(ROSTER, new_uow)

    first = promote("BOB@firm.example ", new_uow)
    again = promote("bob@firm.example", new_uow)

    assert (first[0].is_manager, first[1], again[1]) == (True, True, False)
    with pytest.raises(Nobody):
        promote("eve@firm.example", new_uow)
