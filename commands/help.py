"""``help [verb]``: what people can say, with examples."""

from commands.grammar import USAGE, Name, NotUnderstood, nearest_verb
from commands.invocation import Context
from commands.permissions import WHO_MAY
from commands.views import Code, Listing, Notice, Reply, Row, notice, refusal
from commands.wording import first_line


def help_with(context: Context) -> Reply:
    """All verbs, or one with its example and who may use it."""
    wanted = context.words.strip().lstrip("/").casefold()
    if not wanted:
        rows = tuple(Row((Code(usage.form), f"  {usage.does}")) for usage in USAGE.values())
        return Listing("What you can say", rows)
    name = Name(wanted) if wanted in list(Name) else nearest_verb(wanted)
    if name is None:
        return refusal(f"I do not know “{first_line(wanted, 40)}”. ", Code("help"), " lists what you can say.")
    usage = USAGE[name]
    return notice(
        Code(usage.form), f": {usage.does}. For example ", Code(usage.example), f". Who may: {WHO_MAY[name].value}."
    )


def not_understood(said: NotUnderstood) -> Notice:
    """The nearest verb and one example."""
    word = first_line(said.word, 40)
    if said.nearest is None:
        return refusal(f"I do not know “{word}”. ", Code("help"), " lists what you can say.")
    usage = USAGE[said.nearest]
    return refusal(
        f"I do not know “{word}”. Did you mean ",
        Code(said.nearest.value),
        "? For example ",
        Code(usage.example),
        ".",
    )
