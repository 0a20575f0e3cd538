"""``coverage picture``: clients by days as a heat map, the worst first; and the same facts as a list."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from commands.coverage_words import cut_rows, gap_row
from commands.invocation import Context
from commands.outgoing import Message, Priority, Topic
from commands.ports import UnitOfWork
from commands.staffing import Clients, absences_in, clients_of, leave_until, staffed_pods
from commands.views import Cell, Listing, Notice, Picture, Row, Shade, notice, plain_text
from commands.wording import day_words
from coverage.depth import Gap, Known, Level, cover, gaps, level_of
from coverage.firm import Firm
from coverage.ids import PodId
from coverage.wall_clock import first_instant, zone_of

DAYS, MOST = 14, 25
"""Days and clients in one picture: more cannot be read."""
_LONGEST_ALT = 1_900
_LONGEST_NAME = 28


def is_picture(words: str) -> bool:
    return words.strip().casefold() in ("picture", "heat map", "heatmap")


def order_picture(context: Context) -> Notice:
    """It takes a while to draw, so it comes as a message of its own."""
    key = f"picture:{context.invocation.key}"
    context.uow.outbox.add(Message(key, Topic.PICTURE, Priority.REPORT, to_person=context.actor.id), context.now)
    return notice("The picture comes to you in our direct conversation in a moment.")


def coverage_picture(message: Message, firm: Firm, uow: UnitOfWork, now: datetime) -> Listing | None:
    """The next two weeks for whoever asked, as they are at ``now`` (UTC). Who is away is not in it, nor why."""
    reader = firm.people.get(message.to_person) if message.to_person is not None else None
    if reader is None:
        return None
    zone = zone_of(reader.timezone)
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    until = first_instant(datetime.combine(days[-1] + timedelta(days=1), time()), zone)
    clients, minimum = clients_of(uow, firm, now), max(1, firm.settings.minimum_depth)
    absences = absences_in(leave_until(uow, firm, now, until))
    staffed = staffed_pods(firm, clients.known, absences, now, until)
    found = gaps(clients.known, staffed, minimum)
    shown = _shown(clients, found)
    depths = {one.client: {day.day: day.depth for day in cover(one.knowing, staffed.get(one.pod, ()))} for one in shown}
    title = f"Coverage, {day_words(days[0])} to {day_words(days[-1])}"
    rows = tuple(
        (_label(clients, one, firm), tuple(_cell(depths[one.client].get(day), minimum) for day in days))
        for one in shown
    )
    listed = cut_rows([gap_row(gap, clients, firm) for gap in found[:MOST]], MOST, "", of=len(found))
    legend = f"How many who know the client are there: 0 nobody, fewer than {minimum} too few, {minimum} or more enough"
    left = len(clients.known) - len(shown)
    if left > 0:
        legend += f". {left} more clients are not shown"
    picture = Picture(title, tuple(_column(day) for day in days), rows, legend, _alt(title, listed, minimum))
    return Listing(title, tuple(listed), f"Every client has {minimum} or more who know them, on each day.", picture)


def _shown(clients: Clients, found: Sequence[Gap]) -> list[Known]:
    """Those with gaps, the worst first, then the others by name."""
    known = {one.client: one for one in clients.known}
    worst = [gap.client for gap in found]
    others = sorted(known.keys() - set(worst), key=lambda one: clients.all[one].name.casefold())
    return [known[client] for client in (*worst, *others)[:MOST]]


def _label(clients: Clients, known: Known, firm: Firm) -> str:
    name, pod = clients.all[known.client].name, firm.pods[PodId(known.pod)].name
    cut = f"{name[: _LONGEST_NAME - 1]}…" if len(name) > _LONGEST_NAME else name
    return f"{cut} ({pod})"


def _cell(depth: int | None, minimum: int) -> Cell:
    if depth is None:
        return Cell("–", Shade.CLOSED)
    shades = {Level.ALARM: Shade.NOBODY, Level.WARNING: Shade.TOO_FEW, Level.ENOUGH: Shade.ENOUGH}
    return Cell(str(depth), shades[level_of(depth, minimum)])


def _column(day: date) -> str:
    return f"{day:%a}\n{day.day} {day:%b}"


def _alt(title: str, rows: Sequence[Row], minimum: int) -> str:
    """What the picture shows, for whoever does not see it."""
    said = ". ".join(plain_text(row.text) for row in rows)
    text = f"{title}. {said or f'Every client has {minimum} or more who know them, on each day'}."
    return text if len(text) <= _LONGEST_ALT else f"{text[:_LONGEST_ALT].rsplit('. ', 1)[0]}. The rest is in the list."
