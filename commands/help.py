"""``help [verb]``: what people can say, with examples."""

from commands.acts import everything
from commands.grammar import USAGE, Name, NotUnderstood, nearest_verb, take_question
from commands.invocation import Context
from commands.permissions import WHO_MAY
from commands.ports import UnknownQuestion
from commands.views import Bold, Button, Code, Listing, Notice, Reply, Row, notice, refusal
from commands.wording import STATUS_WORDS, client_words, first_line
from coverage.ids import QuestionNumber, short_id


def help_with(context: Context) -> Reply:
    """All verbs, or one with its example and who may use it; or what can be done with a question now."""
    number, _ = take_question(context.words, strict=True)
    if number is not None:
        return _with_a_question(context, number)
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


def _with_a_question(context: Context, number: QuestionNumber) -> Notice:
    try:
        question = context.uow.questions.look_at(number)
    except UnknownQuestion:
        return refusal(f"There is no question {short_id(number)}.")
    client = context.uow.clients.get(question.client).name if question.client is not None else None
    words = f" from {client_words(question, client)}: {first_line(question.text)} "
    text = (Bold(short_id(number)), words, f"({STATUS_WORDS[question.status]}). What you can do:")
    return Notice(text, everything(question), number, question.version)


def not_understood(said: NotUnderstood) -> Notice:
    """The nearest verb and one example."""
    word = first_line(said.word, 40)
    if said.searches:
        return refusal(
            "To find what a client asked and was answered: ",
            Code("client Acme about VAT"),
            f". I do not know “{word}” itself.",
            buttons=(Button("Pick a client", "client", "Say which client you look for"),),
        )
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
