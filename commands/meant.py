"""What somebody may have meant whose line is no command: likely lines on buttons, never done unasked."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from commands.grammar import USAGE, Name, NotUnderstood, take_question
from commands.identify import clients_mentioned
from commands.invocation import Context
from commands.leave_meant import leave_in
from commands.names import names_for_mentions, typed_name
from commands.views import Button, Code, Notice, Text, notice, refusal
from commands.wording import first_line
from coverage.absence import Kind
from coverage.clients import Client
from coverage.leave.title import folded, words_of


def not_understood(said: NotUnderstood, context: Context) -> Notice:
    """A kind word for a kind word; else what the line may mean, each with a button that does it, and one example."""
    line = f"{said.word} {said.words}".strip()
    if said.searches:
        return _to_find(said.word)
    if (kind := _kindly(line)) is not None:
        return kind
    if (leave := _leave(line, context)) is not None:
        return leave
    if verbs := _verbs(said):
        return _meant_verbs(said, verbs)
    if _is_a_text(said):
        return _asked(line, context)
    return refusal(f"I do not know “{first_line(said.word, 40)}”. ", Code("help"), " lists what you can say.")


def _to_find(word: str) -> Notice:
    return refusal(
        "To find what a client asked and was answered: ",
        Code("client Acme about VAT"),
        f". I do not know “{first_line(word, 40)}” itself.",
        buttons=(Button("Pick a client", "client", "Say which client you look for"),),
    )


def _kindly(line: str) -> Notice | None:
    words = {word.folded for word in words_of(line)}
    if not words or not words <= _POLITE:
        return None
    if words & _THANKS:
        return notice("You are welcome.")
    hello = "Hello! " if words & _HELLO else "Good. "
    return notice(hello, Code("mine"), " lists what waits for you, ", Code("help"), " what you can say.")


_THANKS = frozenset("thanks thank thx ty cheers danke merci gracias grazie bedankt dank obrigado obrigada 🙏".split())
_HELLO = frozenset("hello hi hey hallo moin bonjour hola ciao morning afternoon evening servus".split())
_POLITE = (
    _THANKS
    | _HELLO
    | frozenset("ok okay k great cool perfect super fine good nice right alright all 👍 👌 podline there you".split())
    | frozenset("very much so a lot for that the help guten tag morgen vielen".split())
)
"""Words of lines that ask for nothing, as ``words_of`` folds them."""


def _leave(line: str, context: Context) -> Notice | None:
    """``sick``, ``I'm on holiday next week``: nobody is marked away on a sentence that may say something else."""
    if "?" in line:
        return None
    today = context.now.astimezone(ZoneInfo(context.actor.timezone)).date()
    found = leave_in(line, today)
    if found is None:
        return None
    kind = f" {found.kind}" if found.kind is not Kind.OTHER else ""
    other = Button("Other days", "leave", "Say on which days you are away")
    if found.days is None:
        now = (Button("Today", f"leave today{kind}", "Mark me away today"),) if found.kind is Kind.SICK else ()
        return refusal("On which days are you away? Nothing is marked yet:", buttons=(*now, other))
    first, last = found.days.first, found.days.last
    half = f" {found.days.half_days[0].half}" if found.days.half_days else ""
    span = _day(first) if first == last else f"{_day(first)} - {_day(last)}"
    days = first.isoformat() if first == last else f"{first.isoformat()} - {last.isoformat()}"
    marked = Button(f"Away {span}{half}", f"leave {days}{half}{kind}", f"Mark me away {span}{half}")
    return refusal("Are you away? Nothing is marked yet:", buttons=(marked, other))


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


_OTHER_WORDS: dict[str, tuple[Name, ...]] = {
    word: verbs
    for words, verbs in {
        "take grab own": (Name.CLAIM,),
        "done finished finish fixed complete completed replied": (Name.ANSWERED, Name.RESOLVE),
        "solved solve": (Name.RESOLVE,),
        "assign reassign give pass transfer delegate forward": (Name.HANDOFF,),
        "drop unclaim return": (Name.RELEASE,),
        "pause hold": (Name.WAITING,),
        "remind postpone delay": (Name.SNOOZE,),
        "escalate important asap": (Name.URGENT,),
        "status list queue todo inbox": (Name.MINE,),
        "thank praise": (Name.KUDOS,),
        "vacation holiday holidays off ooo pto absence": (Name.LEAVE,),
        "team members": (Name.POD,),
        "sla": (Name.CHARTER,),
        "escalation": (Name.POLICY,),
        "commands menu": (Name.HELP,),
    }.items()
    for word in words.split()
}
"""What people call things elsewhere. They are offered and not done: several may mean more than one thing."""


def _verbs(said: NotUnderstood) -> tuple[Name, ...]:
    """The verbs that may be meant. A word that begins a sentence is none of them."""
    verbs = _OTHER_WORDS.get(folded(said.word).strip(".,:;!?"), ())
    if verbs:
        return verbs if not said.words or _begins_with_what_is_acted_on(said.words) else ()
    return (said.nearest,) if said.nearest is not None and not said.words.endswith("?") else ()


def _begins_with_what_is_acted_on(words: str) -> bool:
    is_it = words.casefold().strip(".,!") in _IT
    return is_it or take_question(words, strict=True)[0] is not None or words.startswith(("@", "<@"))


_IT = frozenset({"it", "this", "that", "this one", "that one"})


def _meant_verbs(said: NotUnderstood, verbs: tuple[Name, ...]) -> Notice:
    words = "" if said.words.casefold().strip(".,!") in _IT else said.words
    meant: list[str | Code] = []
    for verb in verbs:
        meant += [" or " if meant else "", Code(verb.value)]
    text: Text = (f"I do not know “{first_line(said.word, 40)}”. Did you mean ", *meant)
    example = Code(USAGE[verbs[0]].example)
    return refusal(*text, "? For example ", example, ".", buttons=tuple(_said_with(verbs, words)))


def _said_with(verbs: Iterable[Name], words: str) -> Iterator[Button]:
    for verb in verbs:
        line = f"{verb} {words}".strip()
        if len(line) <= _FITS_A_BUTTON:
            yield Button(first_line(line, 40), line, f"Say {first_line(line, 40)} instead")


_FITS_A_BUTTON = 1_700
"""Characters of a line that go into a button's 2,000 together with the longest name of a client."""


def _is_a_text(said: NotUnderstood) -> bool:
    """Whether it reads like what a client asks."""
    if take_question(said.words, strict=True)[0] is not None:
        return False
    is_named = re.search(r"\w:$|\w:\s", f"{said.word} {said.words}") is not None and said.words != ""
    return is_named or len(said.words.split()) >= _SENTENCE or (said.words.endswith("?"))


_SENTENCE = 2
"""So many words after the first one make a sentence."""


def _asked(line: str, context: Context) -> Notice:
    """With the form of ``question``, the client filled in where exactly one is named."""
    text = names_for_mentions(context, line)
    client, text = _client_and_text(text, context)
    name = typed_name(client, [client]) if client is not None else ""
    ask = Button("Ask the pod this", f"question ? {name}: {text}", "Open the form that asks the pod this")
    words: Text = ("That is none of my commands (", Code("help"), " lists them). ")
    if len(text) > _FITS_A_BUTTON:
        return refusal(*words, "To ask a client's pod: ", Code(USAGE[Name.QUESTION].example), ".")
    return refusal(*words, "If a client wants to know it, their pod can be asked:", buttons=(ask,))


def _client_and_text(text: str, context: Context) -> tuple[Client | None, str]:
    name, colon, rest = text.partition(":")
    called = context.uow.clients.called(name.strip()) if colon and len(name) <= _LONGEST_NAME else []
    if len(called) == 1:
        return called[0], rest.strip()
    mentioned = clients_mentioned(text, context.uow.clients.names())
    return (context.uow.clients.get(mentioned[0]), text) if len(mentioned) == 1 else (None, text)


_LONGEST_NAME = 80
