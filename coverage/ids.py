"""The names by which things of a firm are known; each is unique within one firm."""

from typing import NewType

FirmId = NewType("FirmId", int)
PersonId = NewType("PersonId", int)
PodId = NewType("PodId", int)
ClientId = NewType("ClientId", int)
PlaceId = NewType("PlaceId", int)
"""Where something is posted: a channel of some platform. What is behind it only the platform's adapter knows."""
FeedId = NewType("FeedId", int)
"""A calendar feed of leave."""
QuestionNumber = NewType("QuestionNumber", int)
"""The 214 of ``Q-214``."""


def short_id(number: QuestionNumber) -> str:
    """``Q-214``: what people say and type."""
    return f"Q-{number}"
