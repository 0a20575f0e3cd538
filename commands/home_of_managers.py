"""What managers find in their home in addition: the set-up checklist, the gaps to come, the alarms of the last days."""

from collections.abc import Sequence
from datetime import timedelta

from commands.checklist import Known, still_to_do
from commands.coverage_words import cut_rows
from commands.covering import gap_rows
from commands.feed_words import described
from commands.gaps_ahead import gaps_ahead
from commands.invocation import Context
from commands.outgoing import Alarm
from commands.views import Bold, Button, Row, Section, Text, When
from commands.wording import explain_button, shortened


def of_the_firm(context: Context) -> tuple[Section, ...]:
    """The sections of a manager's home that are about the firm, not about themselves."""
    return (_set_up(context), _gaps(context), _feeds(context), _alarms(context))


def _set_up(context: Context) -> Section:
    names = [one.text for one in context.uow.clients.without_contact()]
    rows = still_to_do(context.firm, Known(names, context.uow.people.with_account()))
    return Section("Set-up", tuple(cut_rows(rows, _TO_DO, "")), "Everything is set up.", _SET_UP)


_TO_DO = 12
_SET_UP = (
    Button("Pods", "pod", "See your pods and change them"),
    Button("New pod", "pod new", "Fill in a form for a new pod"),
    Button("New client", "client new", "Fill in a form for a new client"),
    Button("Hours", "hours", "See the service hours and change them"),
)


def _gaps(context: Context) -> Section:
    """The worst first; of what is not shown ``coverage`` knows more."""
    firm = context.firm
    minimum = max(1, firm.settings.minimum_depth)
    found, clients, period = gaps_ahead(context.uow, firm, context.now, context.now + _AHEAD, minimum)
    rows = cut_rows(gap_rows(context.uow, firm, found[:_GAPS], clients, period), _GAPS, "", of=len(found))
    everybody = Button("Coverage this week", "coverage", "Who is out this week, and which clients have too few people")
    return Section(
        "Gaps of the next two weeks",
        tuple(rows),
        f"Every client has {minimum} or more who know them, on each day.",
        (everybody,) if found else (),
    )


_AHEAD = timedelta(days=14)
_GAPS = 8


def _feeds(context: Context) -> Section:
    """Each with its age and what is wrong with it; what is right about all of them ``feed list`` says."""
    rows = [Row(described(feed, context.firm, context.now)) for feed in context.uow.feeds.everything()]
    everything = Button("All about feeds", "feed list", "List the calendar feeds, with what can be done with each")
    add = Button("Add a calendar", "feed add", "Fill in a form for a calendar whose leave is read by itself")
    return Section(
        "Calendar feeds",
        tuple(cut_rows(rows, _FEEDS, "")),
        "No calendar is read by itself yet.",
        (everything,) if rows else (add,),
    )


_FEEDS = 6


def _alarms(context: Context) -> Section:
    """Each alarm once, to however many places and people it went."""
    told: dict[str, list[Alarm]] = {}
    for alarm in context.uow.outbox.alarms(context.now - _BACK, _LOOKED_AT):
        told.setdefault(alarm.why, []).append(alarm)
    rows = [_alarm(context, alarms) for alarms in told.values()]
    return Section("Alarms of the last 7 days", tuple(cut_rows(rows, _SHOWN, "")), "No alarms.")


_BACK = timedelta(days=7)
_LOOKED_AT = 200
_SHOWN = 5


def _alarm(context: Context, alarms: Sequence[Alarm]) -> Row:
    newest = alarms[0]
    text: Text = (When(newest.at, context.actor.timezone), f": {shortened(newest.why)}", *_unheard(alarms))
    return Row(text, (explain_button(newest.question),) if newest.question is not None else ())


def _unheard(alarms: Sequence[Alarm]) -> Text:
    if any(alarm.is_sent for alarm in alarms):
        return ()
    why = next((alarm.trouble for alarm in alarms if alarm.trouble), "")
    return (" ", Bold(f"Not delivered: {shortened(why)}" if why else "Not delivered yet"))
