"""The words of coverage: who is away until when, who is there for a client, and where that is too few."""

from collections.abc import Iterable, Sequence
from datetime import date

from commands.staffing import Clients
from commands.views import Bold, Row, Text
from commands.wording import day_words, name_of
from coverage.absence import Absence, Half
from coverage.depth import Cover, Gap, Level, level_of
from coverage.firm import Firm
from coverage.ids import ClientId, PersonId


def cut_rows(rows: Sequence[Row], most: int, empty: str, *, of: int | None = None) -> list[Row]:
    """At most so many of the rows, and how many more there are; ``of`` is how many there are, if not all are given."""
    left = (of if of is not None else len(rows)) - min(len(rows), most)
    shown = list(rows[:most])
    if left:
        shown.append(Row((f"and {left} more",)))
    return shown or ([Row((empty,))] if empty else [])


def away_words(absences: Iterable[Absence], today: date, back: date | None) -> str:
    """``until Tue 1 Dec; on Fri 4 Dec, in the morning``. ``back`` is the last day of the leave somebody is on now."""
    said = []
    for absence in absences:
        if absence.first < today <= absence.last or (absence.first == today and absence.last > today and back):
            said.append(f"until {day_words(back) if back is not None and back > absence.last else _end(absence)}")
        elif back is None or absence.last > back or absence.last == today:
            said.append(_range(absence))
    return "; ".join(said)


def _range(absence: Absence) -> str:
    if absence.first == absence.last:
        half = {one.half for one in absence.half_days if one.date == absence.first}
        only = {Half.AM: ", in the morning", Half.PM: ", in the afternoon"}
        return f"on {day_words(absence.first)}{only.get(half.pop(), '') if len(half) == 1 else ''}"
    begins = any(one.date == absence.first and one.half is Half.PM for one in absence.half_days)
    return f"from {'noon of ' if begins else ''}{day_words(absence.first)} to {_end(absence)}"


def _end(absence: Absence) -> str:
    is_half = any(one.date == absence.last and one.half is Half.AM for one in absence.half_days)
    return f"{'noon of ' if is_half else ''}{day_words(absence.last)}"


def gap_row(gap: Gap, clients: Clients, firm: Firm) -> Row:
    """``Acme Ltd (North): nobody on Tue 24 Nov; 1 on Wed 25 Nov``."""
    client = clients.all[gap.client]
    return Row((Bold(client.name), f" ({firm.pods[client.pod].name}): ", *_gap(gap, clients.knowing(gap.client), firm)))


def _gap(gap: Gap, knowing: frozenset[PersonId], firm: Firm) -> Text:
    if not knowing:
        return (Bold("nobody"), " knows them")
    parts: list[str | Bold] = []
    for depth in sorted(set(gap.days.values())):
        days = [day for day, on_it in gap.days.items() if on_it == depth]
        parts += ["; "] if parts else []
        parts += [Bold("nobody")] if not depth else [f"{depth}"]
        parts.append(f" {_on(days)}")
    if gap.lowest == len(knowing):
        parts.append(f" (only {_names(firm, sorted(knowing))} know{'s' if len(knowing) == 1 else ''} them)")
    return tuple(parts)


def _on(days: Sequence[date]) -> str:
    if len(days) > _LISTED:
        return f"on {len(days)} days from {day_words(days[0])} to {day_words(days[-1])}"
    return f"on {_listed([day_words(day) for day in days])}"


_LISTED = 3


def known_alone_row(firm: Firm, who: PersonId, alone_for: Sequence[ClientId], clients: Clients) -> Row:
    """``Ann Lee: 12 clients (Acme Ltd, Birch Bakery, Cedar and 9 more)``."""
    names = [clients.all[client].name for client in alone_for[:_LISTED]]
    more = f" and {len(alone_for) - _LISTED} more" if len(alone_for) > _LISTED else ""
    count = f"{len(alone_for)} client{'s' if len(alone_for) != 1 else ''}"
    return Row((Bold(name_of(firm, who)), f": {count} ({', '.join(names)}{more})"))


def cover_row(day: Cover, best_first: Sequence[PersonId], firm: Firm) -> Row:
    """``Tue 24 Nov: 1, below the minimum (Bob Roy, Ann Lee in the first half)``."""
    names = [_name(firm, who, day) for who in best_first if who in day.all_day | day.first | day.second]
    who = f" ({', '.join(names)})" if names else ""
    return Row((Bold(day_words(day.day)), f": {_depth(day, firm.settings.minimum_depth)}{who}"))


def _depth(day: Cover, minimum: int) -> str:
    match level_of(day.depth, minimum):
        case Level.ALARM if day.first or day.second:
            return f"nobody in the {'second' if day.first else 'first'} half"
        case Level.ALARM:
            return "nobody"
        case Level.WARNING:
            return f"{day.depth}, below the minimum"
        case Level.ENOUGH:
            return f"{day.depth}"


def _name(firm: Firm, who: PersonId, day: Cover) -> str:
    half = " in the first half" if who in day.first else " in the second half" if who in day.second else ""
    return f"{name_of(firm, who)}{half}"


def _names(firm: Firm, people: Iterable[PersonId]) -> str:
    return _listed([name_of(firm, who) for who in people])


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
