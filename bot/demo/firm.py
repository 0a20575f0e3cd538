"""The demo's firm: its roster, and the Slack workspace its people would have."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.playground.installation import Installation
from bot.playground.workspace import Workspace
from bot.roster.document import open_document
from bot.roster.reading import roster_of
from bot.slack.manifest import manifest
from commands.roster_lines import PersonLine, Roster, said
from coverage.people import Role

NAME = "Tally & Quill"
ROSTER = Path(__file__).with_name("firm.yaml")


@dataclass(frozen=True, slots=True)
class Room:
    """A channel of the firm's workspace; ``people`` are handles, everybody where there are none. ``guests`` are of a
    client it is shared with."""

    id: str
    name: str
    topic: str
    people: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()


CONTACT_CENTRE = "front-desk"
ROOMS = (
    Room("C0NORTH", "north", "The pod North and its clients", ("ann", "bob", "cara")),
    Room("C0SOUTH", "south", "The pod South and its clients", ("ann", "dan", "eve", "finn")),
    Room("C0HUDSON", "hudson", "The pod Hudson and its clients, New York", ("gita", "hugo")),
    Room("C0UKTEAM", "uk-team", "North and South together", ("ann", "bob", "cara", "dan", "eve", "finn")),
    Room("C0DESK", CONTACT_CENTRE, "The contact centre: somebody is always here", ("ann", "gita", "ines")),
    Room("C0INTAKE", "intake", "Questions whose client nobody knows yet", ("ann", "cara", "ines")),
    Room("C0ALERTS", "podline-alerts", "When Podline needs somebody", ("ann", "gita")),
    Room("C0KUDOS", "kudos", "Thanks"),
    Room("C0ACME", "acme", "Shared with Acme Ltd, our client", ("ann", "bob", "cara"), ("U0WENDY",)),
)


def the_roster() -> Roster:
    """What `podline import roster` reads in the firm's file."""
    return roster_of(open_document(ROSTER))


def workspace_of(roster: Roster, now: Callable[[], datetime], handshake_now: Callable[[], datetime]) -> Workspace:
    """The firm's workspace before anything was said in it, with Podline installed as its manifest asks.

    ``now`` is the clock messages are dated by; ``handshake_now`` the real one, by which buttons go stale.
    """
    workspace = Workspace(
        now,
        name=NAME,
        domain="tallyquill",
        installation=Installation.from_manifest(manifest("https://tallyquill.example")),
        handshake_now=handshake_now,
    )
    people = roster.people or ()
    for line in people:
        zone = said(line.timezone, "Europe/London")
        workspace.add_user(_user(line), handle_of(line), real_name=line.name, email=line.email, tz=zone)
    members = {handle_of(line): _user(line) for line in people}
    workspace.add_user("U0WENDY", "wendy", real_name="Wendy Widget", email="wendy@acme.example", team_id="T0ACME")
    for room in ROOMS:
        inside = [members[handle] for handle in room.people or members]
        shared = bool(room.guests)
        workspace.add_channel(
            room.id, room.name, members=[*inside, *room.guests], topic=room.topic, is_ext_shared=shared
        )
    return workspace


def handle_of(line: PersonLine) -> str:
    """What colleagues type after the @: the first name."""
    return line.name.split()[0].casefold()


def _user(line: PersonLine) -> str:
    user = said(line.slack, None)
    if user is None:
        raise ValueError(f"{ROSTER.name} gives {line.name} no Slack id.")
    return user


def roles(roster: Roster) -> dict[str, str]:
    """By Slack id: manager, the pods somebody is in, or that they are the contact centre, in a few words."""
    pods = {
        line.email: [pod.name for pod in roster.pods or () if line.email in said(pod.members, ())]
        for line in roster.people or ()
    }
    desk = next(room for room in ROOMS if room.name == CONTACT_CENTRE)
    return {
        _user(line): ", ".join(
            ["manager"] * (said(line.role, None) is Role.MANAGER) + pods[line.email]
            or ["contact centre"] * (handle_of(line) in desk.people)
        )
        for line in roster.people or ()
    }
