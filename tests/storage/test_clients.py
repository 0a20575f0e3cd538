"""Clients are found by all that an incoming question may show of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.ports import ClientName, SaidToKnow
from coverage.clients import Answer, Client, Knowledge, Worth
from coverage.ids import ClientId, PodId
from coverage.question import Status
from storage.clients import UnknownClient
from tests.storage.builders import NOW, a_question, asked


@pytest.fixture
def beta(office):
    """Not stored yet; with something in every field."""
    return Client(
        id=ClientId(0),
        name="Beta & Söhne GmbH",
        pod=office.north,
        named_contact=office.bob,
        domains=("Beta.example", "beta-gmbh.example"),
        aliases=("Beta", "The Söhne"),
        channels=(office.channel,),
        knows={office.bob: Knowledge.LEARNING, office.ann: Knowledge.KNOWS},
    )


def test_everything_of_a_client_comes_back_and_can_change(new_uow, beta):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        assert uow.clients.get(saved.id) == replace(beta, id=saved.id)
        changed = replace(saved, name="Beta", aliases=("B",), domains=(), channels=(), knows={}, named_contact=None)
        assert uow.clients.save(changed) == changed
        assert uow.clients.get(saved.id) == changed


@pytest.mark.parametrize("name", ["beta & söhne gmbh", "  Beta ", "the  SÖHNE"])
def test_a_client_is_called_by_name_or_alias_whatever_the_case_and_spacing(new_uow, beta, name):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        assert uow.clients.called(name) == [saved]
        assert uow.clients.called("Bet") == []


def test_two_clients_may_share_an_alias_and_both_are_named(new_uow, beta):
    with new_uow() as uow:
        first = uow.clients.save(beta)
        second = uow.clients.save(replace(beta, name="Beta Two"))
        assert uow.clients.called("beta") == [first, second]


def test_a_client_is_found_by_domain_channel_and_confirmed_address(new_uow, office, beta):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        uow.clients.confirm_address("Jo@Mail.example", saved.id)
        uow.clients.confirm_address("jo@mail.example", saved.id)
        assert uow.clients.with_domain("BETA.example") == [saved]
        assert uow.clients.with_domain("sub.beta.example") == []
        assert uow.clients.with_channel(office.channel) == [saved]
        assert uow.clients.with_address("jo@mail.example ") == [saved]
        assert uow.clients.with_address("other@mail.example") == []


def test_an_address_is_forgotten_as_that_of_one_client_alone(new_uow, office, beta):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        for client in (saved.id, office.acme):
            uow.clients.confirm_address("jo@mail.example", client)
        uow.clients.forget_address("JO@mail.example", saved.id)
        uow.clients.forget_address("nobody@mail.example", saved.id)
        assert uow.clients.with_address("jo@mail.example") == [uow.clients.get(office.acme)]


def test_an_alias_is_added_after_those_there_are(new_uow, beta):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        uow.clients.add_alias(saved.id, "Beta & Co")
        uow.clients.add_alias(saved.id, "The Betas")
        uow.commit()
    with new_uow.reading() as uow:
        assert uow.clients.get(saved.id).aliases == (*saved.aliases, "Beta & Co", "The Betas")
        assert [client.id for client in uow.clients.called("the betas")] == [saved.id]


def test_clients_are_listed_by_pod_and_by_id_with_all_their_names(new_uow, office, beta):
    with new_uow() as uow:
        saved = uow.clients.save(beta)
        acme = uow.clients.get(office.acme)
        assert uow.clients.everyone() == [acme, saved]
        assert uow.clients.of_pods([office.north]) == [acme, saved]
        assert uow.clients.of_pods([PodId(99)]) == []
        assert uow.clients.many([saved.id, saved.id, ClientId(99)]) == {saved.id: saved}
        assert uow.clients.names() == [
            ClientName(acme.id, "Acme Ltd"),
            *(ClientName(saved.id, name) for name in (beta.name, *beta.aliases)),
        ]


def test_several_are_saved_at_once_new_and_known_in_their_order(new_uow, office, beta):
    with new_uow() as uow:
        acme = replace(uow.clients.get(office.acme), aliases=("The Acme",), named_contact=None)
        others = [replace(beta, name=f"Client {number}", domains=(f"c{number}.example",)) for number in range(300)]

        saved = uow.clients.save_all([others[0], acme, *others[1:]])

        assert [client.name for client in saved[:3]] == ["Client 0", "Acme Ltd", "Client 1"]
        assert uow.clients.get(office.acme) == saved[1] == acme
        assert uow.clients.many(client.id for client in saved) == {client.id: client for client in saved}
        assert uow.clients.save_all([]) == []


def test_of_whom_the_firm_says_that_they_know_each_client(new_uow, office, beta):
    with new_uow() as uow:
        saved = uow.clients.save(
            replace(beta, named_contact=None, knows={office.ann: Knowledge.LEARNING, office.bob: Knowledge.KNOWS})
        )
        acme = uow.clients.get(office.acme)
        known = {who for who, how in acme.knows.items() if how is Knowledge.KNOWS} | {acme.named_contact}
        assert uow.clients.said_to_know() == [
            SaidToKnow(acme.id, acme.name, acme.pod, frozenset(known - {None}), acme.named_contact),
            SaidToKnow(saved.id, saved.name, saved.pod, frozenset({office.bob})),
        ]


def test_an_unknown_client_is_refused(new_uow):
    with new_uow.reading() as uow, pytest.raises(UnknownClient):
        uow.clients.get(ClientId(99))


def test_who_answered_a_client_is_evidence_from_then_on(new_uow, office):
    before = {"status": Status.RESOLVED, "answered_by": office.bob}
    asked(new_uow, a_question(office, answered_at=NOW - timedelta(days=400), **before))
    asked(new_uow, a_question(office, answered_at=NOW, **before))
    asked(new_uow, a_question(office, client=None, answered_at=NOW, **before))
    asked(new_uow, a_question(office))

    with new_uow.reading() as uow:
        assert uow.clients.answers(office.acme, since=NOW - timedelta(days=360)) == [Answer(office.bob, NOW)]


def test_more_clients_than_a_statement_can_name_are_read(new_uow, office):
    with new_uow() as uow:
        for number in range(1200):
            uow.clients.save(Client(ClientId(0), f"Client {number}", office.north, aliases=(f"C{number}",)))
        assert [client.aliases for client in uow.clients.everyone()[-2:]] == [("C1198",), ("C1199",)]


def test_what_somebodys_answers_to_a_client_are_worth_is_added_up(new_uow, office):
    other = a_client_named(new_uow, office, "Birch Bakery")
    days_ago = {office.ann: (1, 9, 11, 30, -1), office.bob: (1, 1)}
    for who, days in days_ago.items():
        for day in days:
            at = NOW - timedelta(days=day)
            asked(new_uow, a_question(office, status=Status.ANSWERED, answered_by=who, answered_at=at))
    asked(new_uow, a_question(office, client=other, status=Status.ANSWERED, answered_by=office.ann, answered_at=NOW))
    worths = (Worth(NOW - timedelta(days=10), 0.25), Worth(NOW - timedelta(days=20), 0.125))

    def regulars(fewest, least):
        with new_uow.reading() as uow:
            found = uow.clients.regulars(NOW - timedelta(days=20), NOW, worths, fewest, least)
        return {(one.client, one.person): one.worth for one in found}

    assert regulars(1, 0.3) == {(office.acme, office.ann): 0.625, (office.acme, office.bob): 0.5}
    assert regulars(3, 0.3) == {(office.acme, office.ann): 0.625}
    assert regulars(1, 0.625) == {(office.acme, office.ann): 0.625}
    assert regulars(1, 0.0)[other, office.ann] == 0.25


def test_the_answers_of_several_clients_come_together(new_uow, office):
    other = a_client_named(new_uow, office, "Birch Bakery")
    for client, day in ((other, 1), (office.acme, 2), (other, 3), (other, 30)):
        at = NOW - timedelta(days=day)
        asked(
            new_uow,
            a_question(office, client=client, status=Status.ANSWERED, answered_by=office.bob, answered_at=at),
        )
    since = NOW - timedelta(days=10)

    with new_uow.reading() as uow:
        found = uow.clients.answers_of([other, office.acme, other], since)
        assert found == {client: uow.clients.answers(client, since) for client in (other, office.acme)}
        assert [len(answers) for answers in (found[other], found[office.acme])] == [2, 1]
        assert uow.clients.answers_of([], since) == {}


def a_client_named(new_uow, office, name):
    with new_uow() as uow:
        client = uow.clients.save(Client(ClientId(0), name, office.north)).id
        uow.commit()
    return client
