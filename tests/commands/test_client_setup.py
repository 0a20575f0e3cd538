"""Managers change clients in chat; when a client goes to another pod, their open questions go along."""

import pytest

from commands.roster_lines import ClientLine
from commands.views import Form, Notice
from coverage.clients import Knowledge
from coverage.people import Pod
from tests.commands.setup_stories import client, clients, filled
from tests.world import World, commands_of, is_refusal, words


def pod_of(world: World, number: int) -> Pod:
    with world.new_uow.reading() as uow:
        return uow.firm().pods[world.question(number).pod]


def test_before_a_client_goes_to_another_pod_a_manager_sees_what_becomes_of_their_questions(world: World) -> None:
    for number in range(3):
        world.ask(f"question {number}")
    world.say("Bob", "claim Q-3")
    world.deliver()

    asked = world.reply("Ann", "client Acme pod south")

    assert words(asked).splitlines() == [
        "This would change:",
        "Acme Ltd",
        "• pod: North -> South",
        "2 open questions that nobody has claimed are offered to South at once.",
        "1 claimed question goes along and stays with its claimer, by the hours and charter of South.",
        "Ann Lee stays their named contact and is not in South.",
    ]
    assert client(world).pod == "North"
    assert world.deliver() == []


def test_what_nobody_has_claimed_is_offered_to_the_new_pod_from_its_first_step(world_on_both: World) -> None:
    world = world_on_both
    world.change("escalation_policies: {fast: {steps: [{after: 1m, notify: contact_centre, channel: C0OTHER}]}}")
    world.say("Ann", "pod South policy fast confirm")
    world.ask()
    world.wait(minutes=15)

    world.say("Ann", "client Acme pod South confirm")

    question = world.question()
    assert (pod_of(world, 1).name, question.step, question.policy.name, question.offered_at) == (
        "South",
        0,
        "fast",
        world.now,
    )
    moved = [row for row in world.history() if row.what == "moved"]
    assert [row.why for row in moved] == ["to South, which looks after Acme Ltd now"]
    assert world.happened()[-3:] == ["moved", "offered", "called"]
    world.must_send("C0SOUTH card", "C0NORTH redrawn")
    assert "C0OTHER: step" in [one.line for one in world.wait(minutes=2)]


def test_a_claimed_question_goes_along_and_stays_with_its_claimer(world_on_both: World) -> None:
    world = world_on_both
    world.ask()
    world.say("Bob", "claim Q-1")
    world.deliver()
    before = world.question()

    world.say("Ann", "client Acme pod South confirm")

    after = world.question()
    assert (world.owner(), pod_of(world, 1).name) == ("Bob", "South")
    assert (after.claimed_at, after.offered_at, after.policy) == (before.claimed_at, before.offered_at, before.policy)
    assert world.happened()[-1] == "moved"
    assert [one.calls for one in world.deliver()] == [(), ()]
    world.say("Bob", "release Q-1")
    assert world.called() == ["Ann"]  # their named contact still, in whatever pod
    assert "C0SOUTH thread: called" in [one.line for one in world.deliver()]


def test_an_answered_question_whose_new_pod_promises_less_is_not_broken_by_it(world: World) -> None:
    world.change("charters: {none: {routine: {}}}")
    world.say("Ann", "pod South charter none confirm")
    world.ask()
    world.say("Bob", "answered Q-1")

    world.say("Ann", "client Acme pod South confirm")

    assert world.question().deadlines.resolution is None
    assert "Bob Roy" in words(world.reply("Bob", "explain Q-1"))
    world.say("Bob", "resolve Q-1")


def test_resolved_questions_stay_where_they_were(world: World) -> None:
    world.ask()
    world.say("Bob", "resolve Q-1")

    said = world.say("Ann", "pod South client Acme confirm")

    assert said.splitlines()[:2] == ["South looks after Acme Ltd now.", "Acme Ltd has no open question."]
    assert pod_of(world, 1).name == "North"


def test_taking_the_move_back_brings_the_questions_back(world_on_both: World) -> None:
    world = world_on_both
    world.ask("waiting")
    world.ask("claimed")
    world.say("Bob", "claim Q-2")
    world.say("Ann", "client Acme pod South confirm")
    world.deliver()

    world.say("Mia", "undo")

    assert [pod_of(world, number).name for number in (1, 2)] == ["North", "North"]
    assert (world.owner(2), world.called(1)) == ("Bob", ["Ann"])
    sent = world.deliver()
    assert [one.calls for one in sent if one.line == "C0NORTH thread: called"] == [("Ann Lee",)]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("client Acme contact @Bob Roy", "named_contact", "bob@firm.example"),
        ("client Acme contact nobody", "named_contact", None),
        ("client Acme knows @Dan Low", "knows", {"bob@firm.example": "knows", "dan@firm.example": "knows"}),
        ("client Acme learning <@U0BOB>", "knows", {"bob@firm.example": "learning"}),
        ("client Acme forgets @Bob Roy", "knows", {}),
        ("client Acme remove @Bob Roy", "knows", {}),
        ("client Acme alias Acme UK, The Acme", "aliases", ("Acme", "Acme UK", "The Acme")),
        ('client Acme alias "Smith, Jones"', "aliases", ("Acme", "Smith, Jones")),
        ("client Acme remove alias ACME", "aliases", ()),
        ("client Acme domain @Acme.co.example", "domains", ("acme.example", "acme.co.example")),
        ("client Acme remove domain acme.example", "domains", ()),
        ("client acme ltd channel <#C0ACME|acme>", "channels", ("C0ACME",)),
    ],
)
def test_small_changes_are_done_at_once_and_can_be_taken_back(
    world: World, line: str, field: str, value: object
) -> None:
    before = client(world)

    done = world.reply("Ann", line)

    assert shown(client(world), field) == value
    assert commands_of(done) == ["undo 1"]
    world.say("Mia", "undo 1")
    assert client(world) == before


def shown(line: ClientLine, field: str) -> object:
    value = getattr(line, field)
    return tuple(place.address for place in value) if field == "channels" else value


def test_in_the_thread_of_a_question_its_client_is_meant(world: World) -> None:
    world.ask()
    world.deliver()
    thread = world.thread_of()

    world.say("Ann", "client knows @Dan Low", place="C0NORTH", thread=thread)

    knows = client(world).knows
    assert isinstance(knows, dict)
    assert knows["dan@firm.example"] is Knowledge.KNOWS
    assert is_refusal(world.reply("Ann", "client knows @Dan Low"))


def test_a_name_that_fits_another_client_too_is_allowed_and_said(world: World) -> None:
    said = world.say("Ann", "client Birch Bakery alias Acme")

    assert said == (
        "Birch Bakery is also called Acme now. “Acme” fits Acme Ltd, too: whoever uses it is asked which one is meant."
    )
    asked = world.reply("Ann", "client Acme contact @Bob Roy")
    assert words(asked) == "2 clients are called “Acme”. Which one?"
    world.say("Ann", commands_of(asked)[1])
    assert client(world, "Birch Bakery").named_contact == "bob@firm.example"


def test_what_is_not_there_is_not_removed(world: World) -> None:
    assert world.refused("Ann", "client Acme remove alias Zed") == "Acme Ltd has no alias “Zed”. There are: Acme."
    assert world.refused("Ann", "client Acme pod Nort") == "No pod is called “Nort”. Did you mean “North”?"
    assert world.refused("Ann", "client Acme domain nowhere") == '"nowhere" is no domain: write it like acme.example.'


def test_a_new_client_is_made_in_a_line(world: World) -> None:
    said = world.say("Ann", "client new Zebra pod south contact @Dan Low knows @Cara Diaz alias Z, ZZ domain z.example")

    zebra = client(world, "Zebra")
    assert said == "Zebra is a client of South now."
    assert (zebra.pod, zebra.named_contact, zebra.aliases) == ("South", "dan@firm.example", ("Z", "ZZ"))
    assert (zebra.domains, zebra.knows) == (("z.example",), {"cara@firm.example": Knowledge.KNOWS})
    assert world.ask(client="zz").client is not None
    assert world.refused("Ann", "client new zebra pod North") == "There is a client called “zebra” already."


def test_a_new_client_is_made_by_a_form_that_has_what_was_typed(world: World) -> None:
    form = world.reply("Ann", "client new Zebra contact @Dan Low")
    assert isinstance(form, Form)
    assert {field.name: field.initial for field in form.fields if field.initial} == {
        "name": "Zebra",
        "named_contact": "<@U0DAN>",
    }

    world.say("Ann", filled(form, pod="South", learning="<@U0BOB> <@U0CARA>", aliases='"Zed, Z", Zeb'))

    zebra = client(world, "Zebra")
    assert (zebra.pod, zebra.aliases) == ("South", ("Zed, Z", "Zeb"))
    assert zebra.knows == {"bob@firm.example": Knowledge.LEARNING, "cara@firm.example": Knowledge.LEARNING}


def test_the_form_of_a_client_changes_only_what_is_changed_in_it(world: World) -> None:
    world.change(
        "people: [{name: Eve Noy, email: eve@firm.example}]\n"
        "clients: [{name: Acme Ltd, named_contact: eve@firm.example, channels: [C0ACME], aliases: ['A, B', Acme]}]"
    )
    before = client(world)
    form = world.reply("Ann", "client Acme change")
    assert isinstance(form, Form)

    assert world.say("Ann", filled(form)) == "That is so already."
    world.say("Ann", filled(form, domains="acme.example, acme.org"))

    assert client(world).domains == ("acme.example", "acme.org")
    assert (client(world).named_contact, client(world).aliases) == (before.named_contact, before.aliases)


def test_a_mistake_in_a_form_is_said_at_its_field(world: World) -> None:
    form = world.reply("Ann", "client Acme change")
    assert isinstance(form, Form)

    reply = world.reply("Ann", filled(form, domains="acme.example, nowhere"))

    assert isinstance(reply, Notice)
    assert (reply.is_refusal, reply.field) == (True, "domains")


def test_a_form_opened_before_somebody_else_changed_the_client_overwrites_nothing_unseen(world: World) -> None:
    form = world.reply("Ann", "client Acme change")
    assert isinstance(form, Form)
    world.say("Mia", "client Acme domain acme.org")

    asked = world.reply("Ann", filled(form, aliases="Acme, Acme UK"), drawn_for=form.version)

    assert "• domains: acme.example, acme.org -> acme.example" in words(asked)
    assert client(world).domains == ("acme.example", "acme.org")


HOSTILE = (
    "pod North",
    "Acme pod South",
    "contact",
    "new",
    "alias confirm",
    "<!channel>",
    "{pod} {client}",
    'The "Best" pod',
    "Smith, Jones & Co; Ltd",
    "'; DROP TABLE client; --",
    "🙂" * 50,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_client_may_have_any_name(world: World, name: str) -> None:
    world.say("Ann", f"client new {name}\npod: South")

    world.say("Ann", f'client "{name}" contact @Dan Low')
    asked = world.reply("Ann", f'client "{name}" pod North')
    world.say("Ann", commands_of(asked)[0])
    form = world.reply("Ann", f'client "{name}" change')
    assert isinstance(form, Form)
    world.say("Ann", filled(form, domains="x.example"))

    changed = client(world, name)
    assert (changed.pod, changed.named_contact, changed.domains) == ("North", "dan@firm.example", ("x.example",))
    assert client(world).pod == "North"
    assert words(world.reply("Bob", f"client {name}")).startswith(name)


def test_of_two_ways_to_read_a_line_the_longest_name_is_meant(world: World) -> None:
    world.say("Ann", "client new Acme pod\npod: South")

    world.say("Ann", "client Acme pod pod North confirm")
    world.say("Ann", "client Acme pod alias AP")

    assert (client(world, "Acme pod").pod, client(world, "Acme pod").aliases) == ("North", ("AP",))
    assert client(world).aliases == ("Acme",)


@pytest.mark.parametrize("name", ["x" * 300, " ", "two\tparts"])
def test_what_cannot_be_a_name_is_refused(world: World, name: str) -> None:
    before = clients(world)

    reply = world.reply("Ann", f"client new {name}\npod: South")

    assert isinstance(reply, Notice)
    assert (reply.is_refusal, reply.field) == (True, "name")
    assert clients(world) == before
