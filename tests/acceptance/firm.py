"""The firm whose people the acceptance tests watch: its workspace in Slack, and its roster."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.playground.installation import Installation
from bot.playground.workspace import Workspace
from bot.slack.manifest import manifest

PEOPLE = {"ANN": "Ann Lee", "BOB": "Bob Roy", "CARA": "Cara Diaz", "DAN": "Dan Moss", "EVE": "Eve Hart"}
CHANNELS = ("NORTH", "SOUTH", "INTAKE", "TEAM", "DESK", "ALERTS")


def real_time() -> datetime:
    return datetime.now(UTC)


def a_workspace(more_people: int = 0, now: Callable[[], datetime] = real_time) -> Workspace:
    """The firm's workspace: five people, some more colleagues for a crowd, the channels of the roster."""
    workspace = Workspace(
        now=now,
        team_id="T0FIRM",
        name="Firm",
        domain="firm",
        installation=Installation.from_manifest(manifest()),
        handshake_now=real_time,
    )
    for who, name in PEOPLE.items():
        first = name.split()[0].lower()
        workspace.add_user(f"U0{who}", first, real_name=name, email=f"{first}@firm.example", tz="Europe/London")
    crowd = [f"U0C{number:03}" for number in range(more_people)]
    for id in crowd:
        workspace.add_user(
            id, id.lower(), real_name=f"Colleague {id[3:]}", email=f"{id.lower()}@firm.example", tz="UTC"
        )
    for channel in CHANNELS:
        workspace.add_channel(f"C0{channel}", channel.lower(), members=[*(f"U0{who}" for who in PEOPLE), *crowd])
    return workspace


ROSTER = """
people:
{people}
service_hours:
  always: {{timezone: Europe/London, week: "Mon-Sun 00:00-24:00"}}
  office: {{timezone: Europe/London, week: "Mon-Fri 09:00-17:30"}}
charters:
  standard: {{routine: {{claim: {claim}, first_response: 4h}}}}
escalation_policies:
  standard:
    steps:
{steps}
pods:
  - {{name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example, cara@firm.example],
      lead: ann@firm.example, service_hours: {hours}, charter: standard, escalation_policy: standard}}
  - {{name: South, channel: C0SOUTH, members: [dan@firm.example],
      lead: ann@firm.example, service_hours: {hours}, charter: standard, escalation_policy: standard}}
clients:
  - {{name: Acme Ltd, pod: North, named_contact: ann@firm.example, aliases: [Acme], domains: [acme.example],
      knows: {{bob@firm.example: knows}}}}
  - {{name: Delta Co, pod: South, named_contact: dan@firm.example}}
  - {{name: Echo Inc, pod: South, named_contact: ann@firm.example}}
intake: {{channel: C0INTAKE, pod: North}}
alerts_channel: C0ALERTS
"""
"""Who is called after the named contact: Bob and Cara for Acme, nobody for Delta, Dan for Echo."""

SLOW_STEPS = """      - {after: 1h, notify: deputies}
      - {after: 2h, notify: contact_centre, channel: C0DESK}"""


def roster(steps: str = SLOW_STEPS, *, claim: str = "8s", hours: str = "always") -> str:
    people = "\n".join(
        f"  - {{name: {name}, email: {name.split()[0].lower()}@firm.example, slack: U0{who}, timezone: Europe/London,"
        f" role: {'manager' if who == 'EVE' else 'member'}}}"
        for who, name in PEOPLE.items()
    )
    return ROSTER.format(people=people, steps=steps, claim=claim, hours=hours)
