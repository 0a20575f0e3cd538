"""``feed`` in chat: managers add, look at and change calendars; an address is never said again."""

import pytest

from commands.feed_polls import take_due
from commands.views import Form, Listing
from storage.sealing import Sealing
from storage.unit_of_work import UnitsOfWork
from tests.world import World, commands_of, is_refusal, words

URL = "https://calendar.example/private-abc/basic.ics?token=s3cr3t"
SECRETS = ("private-abc", "basic.ics", "s3cr3t")


@pytest.fixture
def office(engine) -> World:
    return World(UnitsOfWork(engine, sealing=Sealing(["a key of at least 32 characters, for tests"])))


def feeds(world: World) -> dict[str, str]:
    """Name and address."""
    with world.new_uow.reading() as uow:
        return {one.name: uow.feeds.address_of(one.id) for one in uow.feeds.everything()}


def quiet(said: str) -> str:
    assert not any(secret in said for secret in SECRETS), said
    return said


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        (f"feed add {URL} for <@U0BOB>", "Bob Roy", "personal"),
        (f"feed add {URL} for bob@firm.example", "Bob Roy", "personal"),
        (f"feed add {URL} for @Annie", "Ann Lee", "personal"),
        (f"feed add {URL} team", "team", "team"),
        (f"feed add {URL} Holidays gb-sct", "holidays GB-SCT", "holidays"),
        (f"feed add <{URL}> team", "team", "team"),
        (f"feed add <{URL}|calendar.example/...> team", "team", "team"),
        (f"feed add {URL.replace('https', 'webcal')} team", "team", "team"),
        (f"feed add {URL.replace('https', 'WEBCAL')} team", "team", "team"),
    ],
)
def test_a_calendar_is_added_for_somebody_a_team_or_a_country(office: World, line: str, name: str, kind: str) -> None:
    said = quiet(office.say("Mia", line))

    assert said.startswith(f"{name} is added (calendar.example, ")
    assert feeds(office) == {name: URL}
    with office.new_uow.reading() as uow:
        [feed] = uow.feeds.everything()
    assert (feed.kind, feed.owner is not None, feed.due_at) == (kind, kind == "personal", office.now)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"feed add {URL}", "Whose calendar is it?"),
        (f"feed add {URL} for", "Whose calendar is it?"),
        (f"feed add {URL} holidays", "Whose calendar is it?"),
        (f"feed add {URL} for @Zoe", "I know nobody called “Zoe”"),
        (f"feed add {URL} holidays XX", 'There are no public holidays for "XX"'),
        ("feed add ftp://calendar.example/private-abc team", "That is not the address of a calendar"),
        ("feed add file:///private-abc team", "That is not the address of a calendar"),
        ("feed add https:///private-abc team", "That is not the address of a calendar"),
        ("feed add https://[::1/private-abc team", "That is not the address of a calendar"),
        ("feed add private-abc team", "That is not the address of a calendar"),
        (f"feed add https://x.example/{'a' * 2000} team", "That is not the address of a calendar"),
        (f"feed {URL}", "I cannot “an address” a feed"),
        (f"feed remove {URL}", "There is no calendar feed yet"),
        ("feed pause team", "There is no calendar feed yet"),
    ],
)
def test_what_cannot_be_added_is_said_without_the_address(office: World, line: str, says: str) -> None:
    reply = office.reply("Mia", line)

    assert is_refusal(reply)
    assert says in quiet(words(reply))
    assert quiet(" ".join(commands_of(reply))) in ("", "feed add")
    assert feeds(office) == {}


def test_without_anything_a_form_asks_and_its_line_is_what_one_types(office: World) -> None:
    form = office.reply("Mia", "feed add")
    assert isinstance(form, Form)

    person = form.line.format(address=URL, kind="for", whose="<@U0BOB>", country="")
    country = form.line.format(address=URL + "&other", kind="holidays", whose="", country="GB")
    team = form.line.format(address=URL + "&third", kind="team", whose="", country="")
    for line in (person, country, team):
        office.say("Mia", line)

    assert list(feeds(office)) == ["Bob Roy", "holidays GB", "team"]


def test_without_a_key_it_says_how_to_make_one(world: World) -> None:
    said = quiet(world.refused("Mia", f"feed add {URL} team"))

    assert "secrets.token_urlsafe(32)" in said
    assert "PODLINE_SECRET_KEY" in said


def test_the_same_calendar_is_added_once_and_another_gets_a_name_of_its_own(office: World) -> None:
    office.say("Mia", f"feed add {URL} team")

    assert "it is the feed team (" in quiet(office.refused("Ann", f"feed add {URL} for @Annie"))
    assert office.say("Mia", f"feed add {URL}2 team").startswith("team 2 is added")


def test_feeds_are_listed_with_what_can_be_done(office: World) -> None:
    office.say("Mia", f"feed add {URL} team")
    office.say("Mia", f"feed add {URL}2 for @Annie")
    office.say("Mia", "feed pause Ann Lee")

    listing = office.reply("Mia", "feed list")

    assert isinstance(listing, Listing)
    assert "team (not fetched yet): a calendar of several people at calendar.example, " in quiet(words(listing))
    assert "Ann Lee (paused): one person's calendar at" in words(listing)
    assert commands_of(listing) == [
        "feed resume Ann Lee",
        "feed remove Ann Lee",
        "feed poll team",
        "feed pause team",
        "feed remove team",
    ]


def test_a_paused_feed_is_not_fetched_until_it_is_resumed(office: World) -> None:
    office.say("Mia", f"feed add {URL} team")
    office.say("Mia", "feed pause TEAM")

    assert take_due(office.new_uow, office.now, office.now - office.now, 9) == []
    assert "team is paused." in office.refused("Mia", "feed poll team")
    assert office.say("Mia", "feed pause team") == "team is paused already."
    assert office.say("Mia", "feed resume team") == "team is fetched again, from now on."
    assert len(take_due(office.new_uow, office.now, office.now - office.now, 9)) == 1


def test_a_feed_is_named_by_its_fingerprint_too_and_the_nearest_name_is_offered(office: World) -> None:
    office.say("Mia", f"feed add {URL} for @Annie")
    with office.new_uow.reading() as uow:
        fingerprint = uow.feeds.everything()[0].fingerprint

    assert "Did you mean Ann Lee?" in office.refused("Mia", "feed poll Anne Lee")
    assert office.refused("Mia", "feed poll") == "Which feed? There are: Ann Lee."
    assert office.say("Mia", f"feed poll {fingerprint}") == "Ann Lee is fetched now."


def test_removing_forgets_the_address(office: World) -> None:
    office.say("Mia", f"feed add {URL} team")

    assert office.say("Mia", "feed remove team") == "team is removed, and its address forgotten."
    assert feeds(office) == {}


def test_who_is_no_manager_sees_nothing(office: World) -> None:
    office.say("Mia", f"feed add {URL} team")

    for line in (
        "feed",
        "feed list",
        "feed questions",
        "feed remove team",
        f"feed add {URL}2 team",
        "feed answer 1 @bob",
    ):
        assert office.refused("Bob", line) == "Calendar feeds are the managers' (Ann Lee, Mia Fox)."
    assert list(feeds(office)) == ["team"]
