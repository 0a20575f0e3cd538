"""Who is away, by the names in the title and the people invited; where the two disagree, nobody is picked."""

from dataclasses import dataclass

from coverage.ids import PersonId
from coverage.leave.description import person_in
from coverage.leave.events import Event, Invitee
from coverage.leave.names import NameBook
from coverage.leave.title_reading import TitleReading

People = frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Only a human can say who is meant. ``name`` is what the title calls them, where an alias would settle it."""

    why: str
    candidates: People = frozenset()
    name: str = ""


def whom_it_is_about(event: Event, reading: TitleReading, book: NameBook) -> People | Unclear:
    """The people an absence in a shared calendar belongs to; never a guess between two."""
    invited = frozenset(person for one in event.attendees if (person := _known(one, book)) is not None)
    organizer = _known(event.organizer, book) if event.organizer else None
    if not reading.names:
        return _by_description(event, reading, book, invited) or _by_invitation(
            event, reading, book, invited, organizer
        )
    people = _only(reading.only_person) or reading.people
    if reading.strangers or (reading.is_ambiguous and reading.only_person is None):
        return _with_help_of_addresses(reading, book, invited, organizer)
    if len(people) > 1 and not reading.is_a_list:
        return Unclear("it names several people: who of them is away?", people)
    if event.attendees and invited and not invited & people:
        return Unclear("the title names one person, the invitation another", people | invited)
    return people


def who_else_invited(event: Event, owner: PersonId, book: NameBook) -> PersonId | None:
    """A colleague who put the event into ``owner``'s calendar: their own leave, sent for information, perhaps."""
    organizer = _known(event.organizer, book) if event.organizer else None
    return organizer if organizer != owner else None


def _known(invitee: Invitee, book: NameBook) -> PersonId | None:
    """By the address; where nobody has it, by the name beside it: Confluence writes CN="Lee, Ann" and an id."""
    person = book.by_email(invitee.address) if invitee.address else None
    return person if person is not None else book.by_whole_name(invitee.name)


def _by_description(event: Event, reading: TitleReading, book: NameBook, invited: People) -> People | Unclear | None:
    """Whom the description names, where the title is only a kind of leave; None when it names nobody."""
    named = _only(None if reading.unknown else person_in(event.description, book))
    if named and invited and not named & invited:
        return Unclear("the description names one person, the invitation another", named | invited)
    return named or None


def _by_invitation(
    event: Event, reading: TitleReading, book: NameBook, invited: People, organizer: PersonId | None
) -> People | Unclear:
    stranger = [word for word in reading.unknown if word[:1].isupper()]
    if stranger:
        alike = book.alike(stranger)
        if len(invited) == 1 and invited <= alike:
            return invited
        name = " ".join(stranger)
        return Unclear(f'"{name}" is nobody\'s name or alias', alike | invited, name)
    if len(invited) > 1:
        return Unclear("several people are invited and nobody is named: who is away?", invited)
    if len(invited) == 1:
        if organizer is None or organizer in invited:
            return invited
        return Unclear("one person invited another: who is away?", invited | {organizer})
    if organizer is not None and not event.attendees:
        return frozenset({organizer})
    if event.attendees:
        return Unclear("nobody who is invited is on the roster", _only(organizer))
    return Unclear("nobody is named")


def _with_help_of_addresses(
    reading: TitleReading, book: NameBook, invited: People, organizer: PersonId | None
) -> People | Unclear:
    """A name that fits two people, or one beside an unknown word, is settled by the address of exactly one of them."""
    addressed = (invited or _only(organizer)) & reading.people
    if len(addressed) == 1 and len(reading.names) == 1:
        return addressed
    if reading.strangers:
        name = " ".join(reading.strangers)
        candidates = reading.people | book.alike(reading.strangers)
        return Unclear(f'"{name}" beside the name is unknown: who is meant?', candidates, _with_strangers(reading))
    return Unclear("the name fits several people", reading.people, _one_first_name(reading))


def _with_strangers(reading: TitleReading) -> str:
    """ "Ann Smithson", where Ann is known and Smithson stands beside her; "" where several are named."""
    if len(reading.names) != 1:
        return ""
    [named] = reading.names
    around = range(named.start - 1, named.end + 1)
    return " ".join(
        word.text
        for word in reading.words
        if word.at in around and (named.start <= word.at < named.end or word.text in reading.strangers)
    )


def _one_first_name(reading: TitleReading) -> str:
    """A first name or surname that stands alone: where whole names are the same, an alias would not tell them apart."""
    if len(reading.names) != 1 or reading.names[0].is_whole:
        return ""
    [named] = reading.names
    return " ".join(word.text for word in reading.words if named.start <= word.at < named.end)


def _only(person: PersonId | None) -> People:
    return frozenset() if person is None else frozenset({person})
