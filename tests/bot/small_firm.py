"""A firm of three people, one pod and one client, for tests of how Podline is reached."""

from datetime import datetime

from bot.roster.document import document_of
from bot.roster.reading import roster_of
from commands.ask import Ask, ask
from commands.ports import NewUnitOfWork
from commands.roster import import_roster
from coverage.question import AskedBy, Question, Via

ROSTER = """
people:
  - {name: Ann Lee, email: ann@firm.example, slack: U0ANN, timezone: Europe/London, role: manager}
  - {name: Bob Roy, email: bob@firm.example, slack: U0BOB, timezone: Europe/London}
  - {name: Dan Low, email: dan@firm.example, timezone: Europe/London}
service_hours:
  uk: {timezone: Europe/London, week: "Mon-Fri 09:00-17:30"}
charters:
  standard: {routine: {claim: 30m, first_response: 4h}}
escalation_policies:
  standard:
    steps:
      - {after: 50%, notify: deputies}
      - {after: 100%, notify: contact_centre, channel: C0DESK}
pods:
  - {name: North, channel: C0NORTH, members: [ann@firm.example, bob@firm.example], lead: ann@firm.example,
     service_hours: uk, charter: standard, escalation_policy: standard}
clients:
  - {name: Acme Ltd, pod: North, named_contact: bob@firm.example, domains: [acme.example], aliases: [Acme]}
intake: {channel: C0NORTH, pod: North}
alerts_channel: C0ALERTS
"""


def set_up_small_firm(new_uow: NewUnitOfWork) -> None:
    import_roster(roster_of(document_of(ROSTER)), new_uow)


def ask_for_acme(text: str, new_uow: NewUnitOfWork, now: datetime) -> Question:
    """A question of Acme's, stored, its messages queued."""
    return ask(Ask(text, AskedBy(name="Jo Smith"), Via.EMAIL, client="Acme Ltd"), new_uow, now).question
