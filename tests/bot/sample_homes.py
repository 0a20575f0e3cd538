"""Homes to draw: a plain one, an empty one, one whose words are hostile, and one far too full."""

from commands.views import Button, ButtonStyle, Home, Listing, Notice, Quote, Reply, Row, Section, When
from coverage.ids import QuestionNumber
from tests.bot.sample_views import LONG, NASTY, SAMPLES

HOSTILE = "‮evil‬ \u2066<!channel>\u2069 `/podline` *now* 🏴‍☠️ " + NASTY
"""Marks that turn the direction of writing, pictures made of several signs, markup and calls."""

_ASK = Button("Ask the pod", "question", "Ask a client's pod a question", ButtonStyle.PRIMARY)
_CLAIM = Button("Claim", "claim Q-2", "Claim question Q-2 from Acme Ltd", ButtonStyle.PRIMARY)
_DONE = Button("Answered", "answered Q-3", "Question Q-3 is answered")
_RARER = tuple(
    Button(label, f"{label.casefold()} Q-3", f"{label} question Q-3") for label in ("Handoff", "Release", "Explain")
)
_DUE = next(one for one in SAMPLES["notice_with_buttons"].text if isinstance(one, When))  # type: ignore[union-attr]

HOMES: dict[str, tuple[Home, Reply | None]] = {
    "home": (
        Home(
            ("You have 1 question; 1 question in your pods waits to be claimed.",),
            (_ASK,),
            (
                Section("Due next", (Row((_DUE, ": claim Q-2 Acme Ltd: How do we post this?")),)),
                Section("Yours", (Row(("Q-3 Birch: Hm?",), (_DONE,), _RARER, QuestionNumber(3), 4),)),
                Section("Waiting in your pods", (Row(("Q-2 Acme Ltd",), (_CLAIM,), (), QuestionNumber(2), 3),)),
                Section(
                    "Your leave", (), "No leave is marked.", (Button("Mark leave", "leave", "Say when you are away"),)
                ),
            ),
        ),
        None,
    ),
    "home_of_nobody": (Home(("Only members of the firm can do this; they will answer you.",)), None),
    "home_with_a_result": (
        Home(("You have no questions.",), (_ASK,), (Section("Yours"),)),
        Notice(("Q-2 is yours. ", Quote("How?")), (_DONE,), QuestionNumber(2), 4),
    ),
    "home_with_hostile_words": (
        Home(
            (HOSTILE,),
            (),
            (
                Section(HOSTILE, (Row((HOSTILE,), (Button(HOSTILE, "claim Q-2", HOSTILE),)), Row((Quote(HOSTILE),)))),
                Section("Notes", (), HOSTILE),
            ),
        ),
        Notice((HOSTILE, Quote(HOSTILE))),
    ),
    "home_far_too_full": (
        Home(
            (LONG,),
            (_ASK,) * 60,
            tuple(Section(LONG, tuple(Row((LONG,), (_CLAIM, _DONE), _RARER) for _ in range(20))) for _ in range(9)),
        ),
        Listing(LONG, tuple(Row((LONG,), (_CLAIM,)) for _ in range(80))),
    ),
}
