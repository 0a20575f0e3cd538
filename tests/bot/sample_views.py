"""One list of views, at least one of each kind and the awkward ones, for every renderer."""

from datetime import UTC, datetime

from commands.views import (
    Bold,
    Button,
    ButtonStyle,
    Channel,
    Code,
    Fact,
    Field,
    FieldKind,
    Form,
    Link,
    Listing,
    Mention,
    Notice,
    Page,
    QuestionCard,
    Quote,
    Row,
    Text,
    Tone,
    View,
    When,
)
from coverage.ids import PersonId, QuestionNumber

BOB, CAT = PersonId(2), PersonId(3)
USERS = {BOB: "U0BOB"}
"""Cat has no account in Slack."""

NASTY = "<!channel> <@U0ANN> @here <https://x.example|click me> *bold* _it_ ~no~ `code` &amp; > quoted\n> again\n:bell:"
LONG = "All of it counts, every single word of it. " * 100

_DUE = When(datetime(2026, 11, 23, 9, 20, tzinfo=UTC), "Europe/London")
_CLAIM = Button("Claim", "claim Q-2", "Claim question Q-2 from Acme Ltd", ButtonStyle.PRIMARY)
_WHY = Button("Why here?", "explain Q-2", "Explain why question Q-2 went where it went")
_CLOSE = Button(
    "Spam", "close Q-2 spam", "Close question Q-2 as spam", ButtonStyle.DANGER, confirm="Close it for good?"
)


def card(**changes: object) -> QuestionCard:
    """The card of an unclaimed question; the changes name what is different."""
    fields: dict[str, object] = {
        "number": QuestionNumber(2),
        "version": 3,
        "title": "Acme Ltd asks",
        "plain": "Q-2 Acme Ltd: How do we post this? (Waiting for somebody to claim it)",
        "tone": Tone.WAITING,
        "quote": "How do we post this?\n\nIt is urgent.",
        "is_cut": False,
        "facts": (Fact("Status", ("Waiting for somebody to claim it",)), Fact("Claim due", (_DUE, " (missed)"))),
        "call": ("Calling ", Mention(BOB, "Bob Roy"), ": Ann Lee is away until Tue 24 Nov."),
        "buttons": (_CLAIM, _WHY),
        "more": (Button("Hand off", "handoff Q-2", "Hand question Q-2 to a colleague"), _CLOSE),
        "context": ("Q-2, asked by Jo Smith by email, ", _DUE),
    }
    return QuestionCard(**(fields | changes))  # type: ignore[arg-type]


def form(*fields: Field, line: str = "handoff Q-2 {to} {why}") -> Form:
    return Form("Hand off", line, fields, "Hand it off", "handoff Q-2 @bob why", QuestionNumber(2), 3)


_FIELDS = (
    Field("to", "To whom", FieldKind.PERSON, initial="<@U0BOB>"),
    Field("why", "Why", FieldKind.LONG, optional=True, hint="They read it with the question."),
    Field("word", "In a word", FieldKind.LINE, initial="VAT"),
    Field("level", "Level", FieldKind.CHOICE, "expert", options=(("routine", "Routine"), ("expert", "Expert"))),
    Field("on", "On", FieldKind.DATE, initial="2026-11-23"),
)
_PICKED = (
    Field("members", "Members", FieldKind.PEOPLE, "<@U0ANN> <@U0BOB|bob>", optional=True, hint="Two or three people"),
    Field("learning", "Who is learning them", FieldKind.PEOPLE, optional=True),
    Field("channel", "Channel of its cards", FieldKind.CHANNEL, "<#C0NORTH|north>"),
    Field("desk", "Channel of the contact centre", FieldKind.CHANNEL),
    Field("channels", "Channels shared with them", FieldKind.CHANNELS, "<#C0ACME> <#C0ACME2>", optional=True),
    Field("others", "Other channels", FieldKind.CHANNELS, optional=True),
)
_PREVIEW = Notice(
    (
        "This would change:\n",
        Bold("North <!channel>"),
        "\n• channel: ",
        Channel("C0NORTH"),
        " -> ",
        Channel("19:of another <platform>"),
        "\nThis recomputes 14 open questions of North.",
    ),
    (
        Button("Do it", 'pod "North <!channel>" channel C0NEW confirm', "Change it like this", ButtonStyle.PRIMARY),
        Button("Leave it", 'pod "North <!channel>"', "Change nothing and show it as it is"),
    ),
    version=3_735_928_559,
)
_MANY: Text = ("Nobody has claimed ", Bold("Q-2"), " from Acme Ltd:\n", Quote(NASTY), "\n", "It was due ", _DUE, ".")

_ODD_URL = 'https://f.example/a|b<c>d"e?x=1&y=2'
_FILES, _FILE = "\n1 attachment: ", Link("scan.png", "https://f.example/scan.png")

SAMPLES: dict[str, View] = {
    "card": card(),
    "card_claimed": card(tone=Tone.CALM, call=(), buttons=(_WHY,), more=()),
    "card_urgent_and_cut": card(tone=Tone.URGENT, quote=LONG[:299] + "…", is_cut=True),
    "card_resolved": card(tone=Tone.DONE, call=(), facts=(Fact("Status", ("Resolved",)),)),
    "card_with_a_nasty_text": card(quote=NASTY, plain=NASTY, call=(NASTY,), context=(NASTY,)),
    "card_far_too_long": card(
        title=LONG,
        plain=LONG,
        quote=LONG,
        facts=tuple(Fact(f"Fact {number}", (LONG,)) for number in range(23)),
        call=(LONG,),
        buttons=tuple(Button(LONG, f"claim Q-{number}", LONG) for number in range(60)),
        more=tuple(Button(LONG, f"explain Q-{number}", LONG) for number in range(9)),
        context=(LONG,),
    ),
    "card_with_attachments": card(
        facts=(
            Fact("2 attachments", (Link("q3.pdf", "https://f.example/q3?a=1&b=2"), ", ", Link("notes", _ODD_URL))),
            Fact("Asked in", (Link("the client's message", "https://firm.slack.example/archives/C0ACME/p1"),)),
        )
    ),
    "card_with_a_hostile_attachment": card(facts=(Fact("1 attachment", (Link(NASTY, _ODD_URL), Link(NASTY, NASTY))),)),
    "notice_of_a_follow_up": Notice(
        (
            Mention(BOB, "Bob Roy"),
            " ",
            Bold("Jo <Smith>"),
            " adds to ",
            Bold("Q-2"),
            ":\n",
            Quote(NASTY),
            _FILES,
            _FILE,
        ),
        (_CLAIM,),
        QuestionNumber(2),
        3,
    ),
    "notice_which_of_two": Notice(
        (Bold("Jo"), " has written again:\n", Quote("And Q4?"), "\nThat is ", Bold("Q-3"), " now. Does it belong?"),
        (
            Button("Belongs to Q-2", "merge Q-3 into Q-2", "Question Q-3 belongs to Q-2"),
            Button("A new question: I take it", "claim Q-3", "Claim question Q-3, a new one"),
        ),
    ),
    "notice": Notice((Bold("Q-2"), " is yours. Type ", Code("/podline answered Q-2"), " when it is done.")),
    "notice_with_buttons": Notice(_MANY, (_CLAIM, _WHY), QuestionNumber(2), 3),
    "notice_to_somebody_without_an_account": Notice((Mention(CAT, "Cat <Orr>"), " has it since ", _DUE, ".")),
    "notice_far_too_long": Notice((LONG, Mention(BOB, "Bob Roy"))),
    "listing": Listing("Yours", (Row((Bold("Q-2"), " Acme Ltd"), (_CLAIM, _WHY)), Row(("Q-3 ", Quote("Hm?"))))),
    "listing_of_nothing": Listing("Yours", (), "You have no open questions."),
    "listing_far_too_long": Listing("All", tuple(Row((f"Q-{number}",), (_CLAIM,)) for number in range(80))),
    "listing_of_turns": Listing(
        "Acme Ltd",
        (
            Row(("Q-2 Acme Ltd",), (_CLAIM,), (_WHY, _CLOSE), QuestionNumber(2), 3),
            Row((Bold("7"), f"  Bob Roy, 3 Mar: {NASTY}", Quote(NASTY)), (_CLOSE,)),
        ),
    ),
    "page": Page("Why Q-2 went to North", (("Asked ", _DUE), (Bold("Its text"), "\n", Quote(LONG * 3)))),
    "form": form(*_FIELDS),
    "form_of_people_and_channels": form(*_PICKED, line='pod "{{lead}}" change\nmembers: {members}'),
    "notice_of_what_would_change": _PREVIEW,
}
