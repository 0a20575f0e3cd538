"""What a word in the title of an event can mean for leave."""

from enum import StrEnum

from coverage.absence import Kind


class Meaning(StrEnum):
    """What one word or phrase of a title says."""

    ANNUAL = "annual"
    SICK = "sick"
    PARENTAL = "parental"
    TRAINING = "training"
    PART_TIME = "part_time"
    PUBLIC_HOLIDAY = "public_holiday"
    OTHER = "other"
    AWAY = "away"
    WORKING = "working"
    OCCASION = "occasion"
    COVER = "cover"
    BACK = "back"
    NEGATED = "negated"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REQUESTED = "requested"
    CLOSED = "closed"
    EVERYBODY = "everybody"
    COMPANY = "company"
    HALF = "half"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    AND = "and"
    FILLER = "filler"


KINDS = {
    Meaning.PARENTAL: Kind.PARENTAL,
    Meaning.SICK: Kind.SICK,
    Meaning.TRAINING: Kind.TRAINING,
    Meaning.PART_TIME: Kind.PART_TIME,
    Meaning.PUBLIC_HOLIDAY: Kind.PUBLIC_HOLIDAY,
    Meaning.OTHER: Kind.OTHER,
    Meaning.ANNUAL: Kind.ANNUAL,
    Meaning.AWAY: Kind.UNKNOWN,
}
"""The meanings that are leave, and its kind; where a title has several, the earlier one here says more."""
