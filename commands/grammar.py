"""The grammar: from a typed line to a verb and its words, the same on every platform."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from commands.leave_sentence import leave_told
from commands.typed_line import DASH, INVISIBLE, first_word, says_nothing, unwrapped, without_please
from coverage.ids import QuestionNumber


class Name(StrEnum):
    """The verbs there are."""

    QUESTION = "question"
    CLAIM = "claim"
    RELEASE = "release"
    HANDOFF = "handoff"
    ANSWERED = "answered"
    WAITING = "waiting"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    MINE = "mine"
    POD = "pod"
    CLIENT = "client"
    WHO = "who"
    LEAVE = "leave"
    COVERAGE = "coverage"
    KUDOS = "kudos"
    MERGE = "merge"
    SNOOZE = "snooze"
    URGENT = "urgent"
    CLOSE = "close"
    EXPLAIN = "explain"
    POLICY = "policy"
    CHARTER = "charter"
    HOURS = "hours"
    UNDO = "undo"
    IMPORT = "import"
    FEED = "feed"
    PERSON = "person"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Usage:
    """How a verb is used: its form, what it does in one line, and one example."""

    form: str
    does: str
    example: str


USAGE: dict[Name, Usage] = {
    Name.QUESTION: Usage(
        "question Client: text", "ask the pod that knows the client", "question Acme: how do we file the Q3 return?"
    ),
    Name.CLAIM: Usage("claim [Q-214]", "take a question; without an id, the one you mean", "claim Q-214"),
    Name.RELEASE: Usage("release Q-214 [why]", "give a question back to its pod", "release Q-214 in court all day"),
    Name.HANDOFF: Usage("handoff Q-214 @bob why", "give it to a colleague", "handoff Q-214 @bob he did the audit"),
    Name.ANSWERED: Usage(
        "answered Q-214 [what was said]", "note that the client has their answer", "answered Q-214 sent the figures"
    ),
    Name.WAITING: Usage("waiting Q-214 [for what]", "stop the clocks until the client answers", "waiting Q-214 bank"),
    Name.RESOLVE: Usage("resolve Q-214", "nothing is left to do", "resolve Q-214"),
    Name.REOPEN: Usage("reopen Q-214 why", "it was not done after all", "reopen Q-214 the form came back"),
    Name.MINE: Usage("mine", "what you have, and what waits in your pods", "mine"),
    Name.POD: Usage(
        "pod [North] [add @ann | remove @ann | lead @ann | channel #north | client Acme | policy standard | new East]",
        "who is in a pod, and who of them is there; managers change it",
        "pod North add @ann",
    ),
    Name.CLIENT: Usage(
        "client Acme [pod North | contact @ann | knows @bob | alias ... | note ... | notes | about ...]"
        " | client new Acme | client Q-214 is Acme",
        "a client at a glance, note or find something about them, or say whose question it is; managers change it",
        "client Q-214 is Acme",
    ),
    Name.WHO: Usage("who Acme", "who knows a client, and who of them is there", "who Acme"),
    Name.LEAVE: Usage(
        "leave today | 3 Aug - 14 Aug [pm] [kind] | cancel 3 Aug | list | for @ann ...",
        "say when you are away; “I'm sick today” will do, too",
        "leave 3 Aug - 14 Aug",
    ),
    Name.COVERAGE: Usage(
        "coverage [this week | picture | Acme | what if @ann 3 Aug - 14 Aug]",
        "who is out, and which clients have too few people who know them",
        "coverage what if @ann 3 Aug - 14 Aug",
    ),
    Name.KUDOS: Usage(
        "kudos @bob [for Q-214] a sentence | list",
        "thank a colleague, or pass on a client's words “in quotation marks”; list: the thanks you got",
        "kudos @bob for Q-214 you saved their year end",
    ),
    Name.MERGE: Usage(
        "merge Q-215 into Q-214 [why]",
        "two questions are one: keep the second",
        "merge Q-215 into Q-214 she asked twice",
    ),
    Name.SNOOZE: Usage(
        "snooze Q-214 2h | 2d | until Mon 9:00 | off",
        "be reminded of it later; what the client was promised does not move",
        "snooze Q-214 2h",
    ),
    Name.URGENT: Usage("urgent Q-214 [why] | no", "take its next step at once", "urgent Q-214 payroll is today"),
    Name.CLOSE: Usage("close Q-214 why", "resolve it without an answer", "close Q-214 spam"),
    Name.EXPLAIN: Usage("explain Q-214", "why it went where it went, and when", "explain Q-214"),
    Name.POLICY: Usage(
        "policy [standard] [50% deputies, 100% team #team, 150% contact_centre #desk]",
        "who is called, and when, while nobody claims; managers change it",
        "policy standard 50% deputies, 150% contact_centre #desk",
    ),
    Name.CHARTER: Usage(
        "charter [standard] [routine claim 30m first_response 4h]",
        "what is promised, by service level; managers change it",
        "charter standard routine claim 30m first_response 4h",
    ),
    Name.HOURS: Usage(
        "hours [uk-office | all] [Mon-Fri 09:00-17:30 | 3 Aug - 14 Aug 09:00-13:00 | closed 24 Dec - 28 Dec]",
        "when a pod is open; managers change it, for good or on some days",
        "hours uk-office Mon-Fri 09:00-17:30",
    ),
    Name.UNDO: Usage("undo [17]", "take back the last change of the set-up, or that one", "undo"),
    Name.HELP: Usage("help [verb | Q-214]", "what you can say, or do with a question", "help leave"),
    Name.IMPORT: Usage(
        "import clients | leave FILE [preview]",
        "take in a file you gave me here: clients out of a spreadsheet (managers), or your own calendar",
        "import clients F0123ABCD preview",
    ),
    Name.FEED: Usage(
        "feed add URL for @ann | add URL team | add URL holidays GB | list | questions | "
        "poll | pause | resume | confirm | remove NAME",
        "calendars whose leave is read by itself",
        "feed list",
    ),
    Name.PERSON: Usage(
        "person @bob [leaves 31 Dec to @ann | clients to @ann | joins North learning Acme] | teams:1a2b is @bob",
        "what somebody has, and what goes with their coming, going or handing on all clients",
        "person @bob leaves 31 Dec to @ann",
    ),
}

LOOKING_FOR = frozenset({"search", "find", "look", "lookup", "suche", "finde"})
"""What people type to find what was said before; that is ``client Acme about VAT``."""

_ALSO_SAID = {
    "hand": Name.HANDOFF,
    "hand-off": Name.HANDOFF,
    "answer": Name.ANSWERED,
    "wait": Name.WAITING,
    "resolved": Name.RESOLVE,
    "ask": Name.QUESTION,
    "away": Name.LEAVE,
    "knows": Name.WHO,
    "why": Name.EXPLAIN,
    "pods": Name.POD,
    "policies": Name.POLICY,
    "charters": Name.CHARTER,
    "duplicate": Name.MERGE,
    "later": Name.SNOOZE,
    "feeds": Name.FEED,
}
"""Words people use for a verb; ``resolve`` and its like are what we answer with."""

_OF_A_QUESTION = {
    "take": Name.CLAIM,
    "grab": Name.CLAIM,
    "assign": Name.HANDOFF,
    "reassign": Name.HANDOFF,
    "give": Name.HANDOFF,
    "pass": Name.HANDOFF,
    "transfer": Name.HANDOFF,
    "solved": Name.RESOLVE,
    "reopened": Name.REOPEN,
    "drop": Name.RELEASE,
    "unclaim": Name.RELEASE,
}
"""Words that mean a verb where a question's id follows; before anything else they may mean all kinds of things."""

_FREE_TEXT = frozenset({Name.QUESTION, Name.ANSWERED, Name.CLIENT, Name.KUDOS, Name.IMPORT, Name.FEED})
"""Verbs after which a "please" may be somebody else's word."""


@dataclass(frozen=True, slots=True)
class Command:
    name: Name
    words: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """``word`` is no verb, and ``words`` follow it; ``nearest`` is the verb they may have meant. ``searches``: it asks
    to find something."""

    word: str
    nearest: Name | None
    searches: bool = False
    words: str = ""


def parse(line: str) -> Command | NotUnderstood:
    """Split a typed line into its verb and the words after it; an empty line asks for help.

    A leading slash and the case of the verb do not matter: ``/Claim q-2`` is ``claim`` with ``q-2``. One sentence is
    understood without a verb: ``I'm sick today`` is ``leave`` with ``today sick``.
    """
    line = unwrapped(line)
    first, words = first_word(line)
    word = first.rstrip(_STOPS).casefold()
    if not word:
        return Command(Name.HELP, "")
    if word == "hand" and words.casefold().startswith("off"):
        return _command(Name.HANDOFF, words[len("off") :])
    if word in list(Name):
        return _command(Name(word), words)
    if word in _ALSO_SAID:
        return _command(_ALSO_SAID[word], words)
    if word in _OF_A_QUESTION and take_question(words, strict=True)[0] is not None:
        return _command(_OF_A_QUESTION[word], words)
    if (leave := leave_told(line)) is not None:
        return Command(Name.LEAVE, leave)
    if word in LOOKING_FOR:
        return NotUnderstood(first, Name.CLIENT, searches=True, words=words)
    return NotUnderstood(first, nearest_verb(word), words=words)


def _command(name: Name, words: str) -> Command:
    return Command(name, words.strip() if name in _FREE_TEXT else without_please(words.strip(" \t\n,")).strip())


_STOPS = ",:;.!?"


def around_a_mention(before: str, after: str) -> str:
    """What was said around a mention of us: what follows it, or what is before it where nothing follows. Where it
    stands within a line (``claim @Podline Q-1``) that is the line."""
    if says_nothing(after):
        return before
    is_within = not says_nothing(before) and isinstance(parse(after), NotUnderstood)
    whole = f"{before.strip()} {after.strip()}"
    return whole if is_within and isinstance(parse(whole), Command) else after


def nearest_verb(word: str) -> Name | None:
    """The verb whose spelling is nearest, if it is near enough to be meant."""
    known = [*(name.value for name in Name), *_ALSO_SAID]
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    if found is None:
        return None
    return _ALSO_SAID.get(found[0]) or Name(found[0])


_NEAR_ENOUGH = 75
"""A slip of a letter or two; what is less alike is another word: thanks is no handoff."""

_DIGITS = r"(\d{1,9})\d*\b"
"""Of a number with more digits than the databases count, the first are enough: there is no such question either."""
_SPACE = rf"[ \t\xa0{INVISIBLE}]*"
_Q = rf"q{_SPACE}[{DASH}]?{_SPACE}"
_QUOTED = rf"[\"“„'‘](?=(?:{_Q})?\d+{_SPACE}[\"”“'’])"
"""A quote before an id that ends behind it: ``“Q-2”``, but not ``"Q-2 Bikes"``, which is somebody's name."""
_OPENS, _SHUTS = rf"^(?:[#(\[*_`{INVISIBLE}]|{_QUOTED})*", rf"[{INVISIBLE}]*[\])*_`\"'”“’]*(?!\w)[:,.;!?]?{_SPACE}\s*"
_QUESTION_ID = re.compile(rf"{_OPENS}(?:{_Q}|[{DASH}])?{_DIGITS}{_SHUTS}", re.IGNORECASE)
_STRICT_ID = re.compile(rf"{_OPENS}{_Q}{_DIGITS}{_SHUTS}", re.IGNORECASE)


def take_question(words: str, *, strict: bool = False) -> tuple[QuestionNumber | None, str]:
    """The question named at the beginning of ``words`` (``Q-214``, ``q214``, ``214``) and what follows it.

    ``strict`` wants the Q: for lines that may begin with a number of another kind.
    """
    found = (_STRICT_ID if strict else _QUESTION_ID).match(words)
    if found is None:
        return None, words
    return QuestionNumber(int(found.group(1))), words[found.end() :].strip()
