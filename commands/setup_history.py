"""Who changed a part of the set-up last, as it is shown beside it."""

from commands.invocation import Context
from commands.ports import SetupChange
from commands.roster_lines import same_name
from commands.setup_plan import part_names
from commands.views import Row, Text, When
from commands.wording import first_line, name_of

_LOOKED_AT = 50
"""So many of the latest changes are looked through: what was changed long before is not news."""


def last_change_row(context: Context, kind: str, name: str) -> tuple[Row, ...]:
    """A row with the last change in chat of that pod, client, ``hours``, ``charter`` or ``policy`` that stands."""
    for change in context.uow.setup_changes.latest(_LOOKED_AT):
        if (kind, same_name(name)) in part_names(change.after):
            return (Row(("Last changed by ", *by_whom(context, change))),)
    return ()


def by_whom(context: Context, change: SetupChange) -> Text:
    """``Ann Lee on Mon 23 Nov 10:12: North: members: ...``."""
    when = When(change.at, context.actor.timezone)
    return (f"{name_of(context.firm, change.by)}, ", when, f": {first_line(change.words, 300)}")
