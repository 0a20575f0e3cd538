"""Fields that the forms of the set-up share: people and channels as the platform mentions them, names to pick from."""

from collections.abc import Iterable
from dataclasses import replace

from commands.invocation import Context
from commands.setup_reading import people_named
from commands.views import Field, FieldKind
from coverage.ids import PersonId, PlaceId


def people_field(context: Context, name: str, label: str, people: Iterable[PersonId], hint: str = "") -> Field:
    """Those of ``people`` who have an account where the form is opened are chosen already."""
    mentions = (_mention(context, who) for who in people)
    initial = " ".join(mention for mention in mentions if mention)
    return Field(name, label, FieldKind.PEOPLE, initial, optional=True, hint=hint)


def person_field(context: Context, name: str, label: str, who: PersonId | None, hint: str = "") -> Field:
    initial = _mention(context, who) if who is not None else ""
    return Field(name, label, FieldKind.PERSON, initial, optional=True, hint=hint)


def channel_field(context: Context, name: str, label: str, place: PlaceId | None, hint: str = "") -> Field:
    initial = _channel(context, place) if place is not None else ""
    return Field(name, label, FieldKind.CHANNEL, initial, hint=hint)


def channels_field(context: Context, name: str, label: str, places: Iterable[PlaceId], hint: str = "") -> Field:
    initial = " ".join(filter(None, (_channel(context, place) for place in places)))
    return Field(name, label, FieldKind.CHANNELS, initial, optional=True, hint=hint)


def choice_field(name: str, label: str, names: Iterable[str], chosen: str | None, hint: str = "") -> Field:
    """One of ``names``; where there is only one it is chosen."""
    options = tuple((one, one) for one in names)
    initial = chosen if chosen is not None else options[0][0] if len(options) == 1 else ""
    return Field(name, label, FieldKind.CHOICE, initial, hint=hint, options=options)


def filled_in(context: Context, field: Field, said: str, example: str) -> Field:
    """The field with what was typed for it already in it. Raises Refused for people nobody knows."""
    if not said:
        return field
    if field.kind in (FieldKind.PEOPLE, FieldKind.PERSON):
        people = people_named(context, said, example, field.name)
        said = " ".join(filter(None, (_mention(context, person.id) for person in people)))
    return replace(field, initial=said)


def has_account(context: Context, who: PersonId) -> bool:
    """Whether somebody can be picked on the platform of whoever asks."""
    return bool(_mention(context, who))


def _mention(context: Context, who: PersonId) -> str:
    ours = context.invocation.sender.platform
    users = (one.user for one in context.uow.people.identities(who) if one.platform == ours)
    return next((f"<@{user}>" for user in users), "")


def _channel(context: Context, number: PlaceId) -> str:
    place = context.uow.places.get(number)
    return f"<#{place.address}>" if place.platform == context.invocation.sender.platform else ""
