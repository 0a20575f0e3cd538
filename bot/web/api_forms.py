"""What the intake API takes and gives, field by field (DESIGN.md, HTTP)."""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from bot.web.problems import KNOWN_FIELDS, printable
from commands.ask import MAX_TEXT
from commands.attachments import MOST
from commands.look import HistoryLine, Shown
from coverage.charter import Level
from coverage.ids import short_id
from coverage.question import AskedBy, Attachment, Status, Via

_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*")
_LONGEST_NAME = 320
_LONGEST_ADDRESS = 2_000


def _instant(value: Any) -> Any:
    """Numbers and bare dates would be read as some instant or other: only a date with a time and a zone is one."""
    if value is None or isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _ISO_TIME.fullmatch(value):
        raise ValueError("Write the time like 2026-11-23T09:20:00Z.")
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("This is no time. Write it like 2026-11-23T09:20:00Z.") from None
    if instant.tzinfo is None:
        raise ValueError("It has no time zone. Write it like 2026-11-23T09:20:00Z or 2026-11-23T10:20:00+01:00.")
    if instant.year < 1970:
        raise ValueError("Podline knows no time before 1970.")
    try:
        return instant.astimezone(UTC)
    except OverflowError:  # an evening of the year 9999, west of Greenwich
        raise ValueError("It lies in the future. Leave it out, or send when the client asked.") from None


def _named(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    name = printable(value).strip()
    if not name:
        raise ValueError("Say what it is called.")
    return name


def _on_the_web(value: Any) -> Any:
    """Only what a browser opens as a page: nobody is to be led anywhere else by a click on a card."""
    if not isinstance(value, str):
        return value
    address = value.strip()
    try:
        parts = urlsplit(address)
        is_one = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one or not re.fullmatch(r"[^\s\x00-\x20\x7f<>\"]+", address):
        raise ValueError("It must be an address of the web: https://... or http://..., without blanks.")
    return address


def _not_too_many(value: Any) -> Any:
    if isinstance(value, list) and len(value) > MOST:
        raise ValueError(f"At most {MOST} attachments are taken; put the others on one page and send its address.")
    return [] if value is None else value


def _whole(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _no_blank(value: Any) -> Any:
    """Programs send "" where they mean nothing."""
    return (printable(value).strip() or None) if isinstance(value, str) else value


def _z(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


Name = Annotated[Annotated[str, Field(max_length=_LONGEST_NAME)] | None, BeforeValidator(_no_blank)]
Instant = Annotated[datetime, PlainSerializer(_z, return_type=str, when_used="json")]


class AskedByForm(BaseModel):
    """Who asked; either may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = None
    email: Name = None


class AttachmentForm(BaseModel):
    """A file or page that belongs to the question. It is linked to, never fetched."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(max_length=_LONGEST_NAME), BeforeValidator(_named)]
    url: Annotated[str, Field(max_length=_LONGEST_ADDRESS), BeforeValidator(_on_the_web)]


class QuestionForm(BaseModel):
    """A client's question. Only ``text`` is required."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "text": "Which VAT rate applies to our new product?",
                    "client": "Acme Ltd",
                    "asked_by": {"name": "Jo Smith", "email": "jo@acme.example"},
                    "level": "routine",
                    "via": "email",
                }
            ]
        },
    )

    text: Annotated[str, BeforeValidator(_whole)] = Field(
        description=f"The client's words, kept whole: at most {MAX_TEXT:,} characters."
    )
    client: Name = Field(default=None, description="The client's name or alias. One nobody knows is not an error.")
    asked_by: AskedByForm | None = Field(default=None, description="Who asked. The address may tell the client.")
    level: Level | None = Field(default=None, description="Decides the targets; null means routine.")
    via: Via | None = Field(default=None, description="How it reached the firm; null means web.")
    asked_at: Annotated[AwareDatetime | None, BeforeValidator(_instant)] = Field(
        default=None,
        description="When the client asked, if before now, with its zone: targets count from it, steps from arrival.",
    )

    attachments: Annotated[tuple[AttachmentForm, ...], BeforeValidator(_not_too_many)] = Field(
        default=(), description=f"Files and pages that belong to it, at most {MOST}: linked to, never fetched."
    )

    def fingerprint(self) -> str:
        """The same for bodies that mean the same; without attachments it is what it was before there were any."""
        said = self.model_dump_json(exclude={"attachments"})
        if self.attachments:
            said += json.dumps([[one.name, one.url] for one in self.attachments])
        return hashlib.sha256(said.encode()).hexdigest()

    def attached(self) -> tuple[Attachment, ...]:
        return tuple(Attachment(one.name, one.url) for one in self.attachments)

    def who_asked(self) -> AskedBy:
        return AskedBy(self.asked_by.name, self.asked_by.email) if self.asked_by else AskedBy()


class PersonShown(BaseModel):
    name: str
    email: str


class AskedByShown(BaseModel):
    name: str | None
    email: str | None


class HistoryShown(BaseModel):
    """``who`` is an e-mail address, or podline for what happened by itself."""

    at: Instant
    who: str
    what: str
    why: str

    @classmethod
    def of(cls, line: HistoryLine) -> Self:
        return cls(at=line.at, who=line.who, what=line.what, why=line.why)


class AttachmentShown(BaseModel):
    """A file or a page that came with it: its name and where it is."""

    name: str
    url: str


class QuestionShown(BaseModel):
    """A question as it stands. Times are UTC; null where there is none, because of the charter or the state."""

    id: str = Field(examples=["Q-214"])
    status: Status
    client: str | None
    pod: str
    text: str
    level: Level
    via: Via
    asked_by: AskedByShown
    asked_at: Instant
    offered_at: Instant
    claim_due: Instant | None
    first_response_due: Instant | None
    resolution_due: Instant | None
    claimed_by: PersonShown | None
    claimed_at: Instant | None
    step: int = Field(description="The last escalation step that fired; 0: only the card.")
    step_audience: str | None = Field(description="Whom that step calls; null at 0.")
    urgent: bool = Field(description="Somebody marked it as urgent.")
    snoozed_until: Instant | None = Field(description="Until then nobody is reminded of it; no target moves with it.")
    merged_into: str | None = Field(
        description="The question that asks the same and has its words; this one is resolved.", examples=["Q-214"]
    )
    attachments: list[AttachmentShown] = Field(description="What came with it.")

    @classmethod
    def of(cls, shown: Shown) -> Self:
        return cls.model_validate(_values(shown))


class QuestionWithHistory(QuestionShown):
    history: list[HistoryShown]

    @classmethod
    def of(cls, shown: Shown) -> Self:
        history = [HistoryShown.of(line) for line in shown.history]
        return cls.model_validate({**_values(shown), "history": history})


class QuestionPage(BaseModel):
    questions: list[QuestionShown]
    next_cursor: str | None = Field(description="Send it as cursor for the next page; null on the last one.")


def _values(shown: Shown) -> dict[str, Any]:
    """The fields of one question, under the names the API has for them."""
    owner = shown.claimed_by
    same = {
        name: getattr(shown, name)
        for name in QuestionShown.model_fields
        if name not in ("id", "asked_by", "claimed_by", "merged_into", "attachments")
    }
    return {
        **same,
        "id": short_id(shown.number),
        "asked_by": AskedByShown(name=shown.asked_by.name, email=shown.asked_by.email),
        "claimed_by": PersonShown(name=owner.name, email=owner.email) if owner else None,
        "merged_into": short_id(shown.merged_into) if shown.merged_into is not None else None,
        "attachments": [AttachmentShown(name=one.name, url=one.url) for one in shown.attachments],
    }


KNOWN_FIELDS.update(
    {
        "body": tuple(QuestionForm.model_fields),
        "body.asked_by": tuple(AskedByForm.model_fields),
        "body.attachments": tuple(AttachmentForm.model_fields),
    }
)
