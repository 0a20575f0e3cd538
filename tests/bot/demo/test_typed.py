"""What can be typed at the demo's prompt, and what is said to what cannot."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.acts import Act, Ask, Cancel, Click, Command, Fill, Say, See, Speed, Wait, WaitUntil, Word
from bot.demo.typed import EXAMPLES, NotUnderstood, read

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("as bob /claim Q-3", Command("bob", "/claim", "Q-3")),
        ("as @Bob #north /podline explain Q-3", Command("bob", "/podline", "explain Q-3", "north")),
        ("as cara click Claim Q-3", Click("cara", "Claim", "Q-3")),
        ("as cara click Hand off q-12", Click("cara", "Hand off", "Q-12")),
        ("as cara click Why here?", Click("cara", "Why here?")),
        ("as dan say #north hello @ann", Say("dan", "hello @ann", channel="north")),
        ("as dan dm leave today", Say("dan", "leave today")),
        ("as dan reply Q-3 @podline claim", Say("dan", "@podline claim", about="Q-3")),
        ("as dan fill @ann; I am away", Fill("dan", ("@ann", "I am away"))),
        ("as dan cancel", Cancel("dan")),
        ("ask Acme: what now: this?", Ask("Acme", "what now: this?")),
        ("ask what now", Ask(None, "what now")),
        ("see bob", See("bob")),
        ("see #north", See(None, "north")),
        ("see bob #north", See("bob", "north")),
        ("clock", Word("clock")),
        ("clock +15m", Wait(timedelta(minutes=15))),
        ("clock +1d 2h30m", Wait(timedelta(days=1, hours=2, minutes=30))),
        ("clock to Monday 9:00", WaitUntil(0, time(9))),
        ("clock to 17:05", WaitUntil(None, time(17, 5))),
        ("clock 60x", Speed(60)),
        ("sick ann", Command("ann", "/podline", "leave today sick")),
        ("HELP", Word("help")),
        ("exit", Word("quit")),
        ("   ", None),
    ],
)
def test_a_line_is_an_act(line: str, act: Act | None) -> None:
    assert read(line) == act


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_typed(example: str) -> None:
    assert read(example) is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("clok +15m", "Did you mean “clock”? For example: as bob /claim Q-3"),
        ("as bob clik Claim", "Did you mean “click”?"),
        ("as bob", "Who does what?"),
        ("as bob click", "Which button?"),
        ("as bob say hello", "For example: as dan say #south hello"),
        ("as bob reply hello", "To which question"),
        ("as bob dm", "What?"),
        ("ask", "Which client"),
        ("ask Acme:", "Which client"),
        ("see", "Whom, or which channel?"),
        ("sick", "Who?"),
        ("clock back", "How far?"),
        ("clock +", "How far?"),
        ("clock 0x", "How far?"),
        ("clock 9999999x", "at most 3600x"),
        ("clock +9999999h", "more than a year"),
        ("clock +99999999999999999999h", "more than a year"),
        ("clock to Mnday 9:00", "Did you mean “monday”?"),
        ("clock to Monday 25:00", "no such time"),
    ],
)
def test_what_is_not_understood_gets_the_nearest_word_or_an_example(line: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(line)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("wanted", "now", "then"),
    [
        (WaitUntil(0, time(9)), datetime(2026, 11, 20, 17, tzinfo=LONDON), datetime(2026, 11, 23, 9, tzinfo=LONDON)),
        (WaitUntil(0, time(9)), datetime(2026, 11, 23, 9, tzinfo=LONDON), datetime(2026, 11, 30, 9, tzinfo=LONDON)),
        (WaitUntil(None, time(9)), datetime(2026, 11, 23, 8, tzinfo=LONDON), datetime(2026, 11, 23, 9, tzinfo=LONDON)),
        (WaitUntil(None, time(9)), datetime(2026, 11, 23, 9, tzinfo=LONDON), datetime(2026, 11, 24, 9, tzinfo=LONDON)),
    ],
)
def test_until_is_the_next_such_moment(wanted: WaitUntil, now: datetime, then: datetime) -> None:
    assert wanted.after(now) == then
