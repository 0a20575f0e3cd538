"""All tables. Every row belongs to a firm; every query that the ports ask for has its index."""

from coverage.ids import FirmId
from storage.client_tables import (
    client,
    client_channel,
    client_domain,
    client_name,
    client_note,
    confirmed_address,
    knowledge,
)
from storage.feed_tables import feed, feed_body, feed_question
from storage.metadata import metadata
from storage.question_tables import delivery, draft, follow_up, history, inbox, kudos, outbox, posting, question, timer
from storage.setup_tables import (
    absence,
    charter,
    compatibility,
    escalation_policy,
    firm,
    identity,
    job,
    membership,
    person,
    place,
    pod,
    reference,
    service_hours,
    setup_change,
)

__all__ = [
    "THE_FIRM",
    "absence",
    "charter",
    "client",
    "client_channel",
    "client_domain",
    "client_name",
    "client_note",
    "compatibility",
    "confirmed_address",
    "delivery",
    "draft",
    "escalation_policy",
    "feed",
    "feed_body",
    "feed_question",
    "firm",
    "follow_up",
    "history",
    "identity",
    "inbox",
    "job",
    "knowledge",
    "kudos",
    "membership",
    "metadata",
    "outbox",
    "person",
    "place",
    "pod",
    "posting",
    "question",
    "reference",
    "service_hours",
    "setup_change",
    "timer",
]

THE_FIRM = FirmId(1)
"""One firm per process today; the first migration makes it."""
