"""``coverage [this week | Acme | what if @ann 3 Aug - 14 Aug]``: who is out, and which clients have too few there."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from commands.calling import EVIDENCE
from commands.coverage_picture import is_picture, order_picture
from commands.coverage_words import away_words, cover_row, cut_rows, gap_row, known_alone_row
from commands.covering import Period, gap_rows
from commands.invocation import Context, Refused
from commands.leave_words import Days, NoDate, read_days
from commands.names import client_named, take_person, unknown_person
from commands.permissions import Act, may_act
from commands.staffing import (
    AHEAD,
    Clients,
    Leave,
    absences_in,
    clients_of,
    gaps_caused,
    knowing,
    leave_until,
    staffed_pods,
)
from commands.views import Bold, Button, Listing, Reply, Row, refusal
from commands.wording import day_words
from coverage.absence import FOR_GOOD, Absence, Kind
from coverage.availability import Presence
from coverage.clients import Client, who_knows
from coverage.depth import Gap, alone, cover, gaps, staffed_days
from coverage.people import Person
from coverage.wall_clock import first_instant, zone_of

_WHAT_IF = re.compile(r"^what\s*if\b[:,]?\s*", re.IGNORECASE)
_THIS_WEEK = ("", "week", "this week")
_NEXT_WEEK = ("next week",)
_EXAMPLE = "coverage what if @ann 3 Aug - 14 Aug"


def coverage(context: Context) -> Reply:
    """The rest of the week, the days of one client, or what somebody's leave would do. Never why anybody is away."""
    words = " ".join(context.words.split())
    if is_picture(words):
        return order_picture(context)
    if words.casefold() in _THIS_WEEK:
        return _this_week(context)
    if words.casefold() in _NEXT_WEEK:
        return _until_next_sunday(context)
    if asked := _WHAT_IF.match(words):
        return _what_if(context, words[asked.end() :])
    return _of_client(context, client_named(context, words, command="coverage {client}"))


def _this_week(context: Context) -> Listing:
    """What is left of the actor's week; on a Saturday or Sunday the week that follows, too."""
    today = _today(context, context.actor)
    last = today + timedelta(days=6 - today.weekday() + (7 if today.weekday() >= _SATURDAY else 0))
    week = overview(context, f"Coverage, {day_words(today)} to {day_words(last)}", last, "Out this week")
    picture = Button("As a picture", "coverage picture", "The next two weeks as a picture, by direct message")
    return replace(week, rows=(*week.rows, Row(("The next two weeks, client by client:",), (picture,))))


def _until_next_sunday(context: Context) -> Listing:
    """From today to the end of next week."""
    today = _today(context, context.actor)
    last = today + timedelta(days=13 - today.weekday())
    return overview(context, f"Coverage, {day_words(today)} to {day_words(last)}", last, "Out until then")


def overview(context: Context, title: str, last: date, out: str) -> Listing:
    """Who is out until the day ``last``, under the heading ``out``; the gaps; and who alone knows a client."""
    firm, now = context.firm, context.now
    until = _midnight_after(last, context.actor)
    leave = leave_until(context.uow, firm, now, now + AHEAD)
    clients = clients_of(context.uow, firm, now)
    absences = absences_in(leave)
    pods = staffed_pods(firm, clients.known, absences, now, until)
    minimum = max(1, firm.settings.minimum_depth)
    found = gaps(clients.known, pods, minimum)
    only = alone(clients.known)
    return Listing(
        title,
        (
            Row((Bold(out),)),
            *cut_rows(_out(context, leave, until), 15, "Nobody is out."),
            Row((Bold(f"Clients below the minimum of {minimum}"),)),
            *cut_rows(
                _gaps(context, found[:_SHOWN], clients, Period(absences, now, until)), _SHOWN, "None.", of=len(found)
            ),
            Row((Bold("The only one who knows a client"),)),
            *cut_rows([known_alone_row(firm, who, only[who], clients) for who in only], 10, "Nobody."),
        ),
    )


_SATURDAY = 5


def _gaps(context: Context, found: Sequence[Gap], clients: Clients, period: Period) -> list[Row]:
    """Managers can do something about them."""
    if may_act(context.actor, Act.CHANGE_CLIENT):
        return gap_rows(context.uow, context.firm, found, clients, period)
    return [gap_row(gap, clients, context.firm) for gap in found]


def _out(context: Context, leave: Leave, until: datetime) -> list[Row]:
    presence = Presence(context.firm.people, absences_in(leave))
    out = []
    for who, stored in leave.items():
        person = context.firm.people[who]
        soon = [one for one in stored if one.starts_at < until and one.absence.last < FOR_GOOD]
        if soon:
            back = presence.away_until(who, context.now)
            words = away_words([one.absence for one in soon], _today(context, person), back)
            out.append((soon[0].starts_at, person.name, Row((Bold(person.name), f" is away {words}"))))
    return [row for *_, row in sorted(out, key=lambda one: one[:2])]


def _of_client(context: Context, meant: Client) -> Listing:
    """The open days among the next 14, today included."""
    firm, now = context.firm, context.now
    pod = firm.pods[meant.pod]
    hours = firm.hours_of(pod.id)
    last = now.astimezone(zone_of(hours.timezone)).date() + timedelta(days=_DAYS - 1)
    until = first_instant(datetime.combine(last + _DAY, time()), zone_of(hours.timezone))
    answers = context.uow.clients.answers(meant.id, now - EVIDENCE)
    those = knowing(meant, answers, firm, now)
    presence = Presence(firm.people, absences_in(leave_until(context.uow, firm, now, until)))
    days = cover(those, staffed_days(hours, those, presence, now, until))
    best_first = [one.person for one in who_knows(meant, answers, now)]
    rows = [cover_row(day, best_first, firm) for day in days]
    return Listing(
        f"Who is there for {meant.name}, the next {_DAYS} days",
        tuple(rows),
        f"{pod.name} is not open in the next {_DAYS} days.",
    )


_DAYS = 14
_DAY = timedelta(days=1)


def _what_if(context: Context, words: str) -> Listing:
    """The clients who would fall below the minimum, or have nobody left, and would not without this leave."""
    person, days = _who_and_when(context, words)
    firm = context.firm
    begin = max(context.now, first_instant(datetime.combine(days.first, time()), zone_of(person.timezone)))
    until = _midnight_after(days.last, person)
    if until <= begin:
        raise Refused(refusal("Those days are over. Name days to come."))
    minimum = max(1, firm.settings.minimum_depth)
    absences = absences_in(leave_until(context.uow, firm, begin, until))
    leave = Absence(person.id, Kind.OTHER, days.first, days.last, days.half_days)
    clients = clients_of(context.uow, firm, context.now)
    found = gaps_caused(person.id, firm, clients, absences, (*absences, leave), begin, until)
    when = away_words([leave], _today(context, person), None)
    return Listing(
        f"If {person.name} is away {when}",
        tuple(cut_rows([gap_row(gap, clients, firm) for gap in found[:_SHOWN]], _SHOWN, "", of=len(found))),
        f"No client falls below the minimum of {minimum} because of it.",
    )


_SHOWN = 15
_FILLER = re.compile(
    r"^(?:i\b\s*)?(?:(?:am|is|are|was|were)\b\s*)?(?:(?:away|out|off|on leave)\b\s*)?(?:(?:from|on)\b\s*)?",
    re.IGNORECASE,
)
_LONGEST = timedelta(days=92)


def _who_and_when(context: Context, words: str) -> tuple[Person, Days]:
    named, rest = take_person(context, words)
    person = named or context.actor
    try:
        days, _ = read_days(_FILLER.sub("", rest), _today(context, person))
    except NoDate as why:
        if named is None and not words[:1].isdigit():
            raise unknown_person(context, words, _EXAMPLE) from None
        raise Refused(refusal(str(why))) from None
    if days.last - days.first > _LONGEST:
        raise Refused(refusal("That is more than three months. Name a shorter time."))
    return person, days


def _today(context: Context, person: Person) -> date:
    return context.now.astimezone(zone_of(person.timezone)).date()


def _midnight_after(day: date, person: Person) -> datetime:
    return first_instant(datetime.combine(day + _DAY, time()), zone_of(person.timezone))
