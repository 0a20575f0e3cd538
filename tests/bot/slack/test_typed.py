"""What Slack makes of typed text, taken back to what was meant."""

import pytest

from bot.slack.typed import after_mention, line_of


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("handoff Q-2 <@U0BOB|bob> he knows", "handoff Q-2 <@U0BOB|bob> he knows"),
        ("handoff Q-2 <mailto:bob@firm.example|bob@firm.example>", "handoff Q-2 bob@firm.example"),
        ("question Acme: 5 &lt; 6 &amp;&amp; 7 &gt; 6", "question Acme: 5 < 6 && 7 > 6"),
        (
            "question Acme: see <https://acme.example/a?b=1&amp;c=2>",
            "question Acme: see https://acme.example/a?b=1&c=2",
        ),
        ("question Acme: see <http://acme.example|acme.example>", "question Acme: see http://acme.example"),
        ("question <!channel> <!subteam^S01|@tax> look", "question @channel @tax look"),
        ("pod North channel <#C0NORTH|north>", "pod North channel <#C0NORTH|north>"),
        ("question Acme: typed &lt;!channel&gt;", "question Acme: typed <!channel>"),
        ("  claim Q-2  ", "claim Q-2"),
        ("answered Q-2 one\ntwo", "answered Q-2 one\ntwo"),
    ],
)
def test_a_line_is_what_was_typed(sent: str, meant: str) -> None:
    assert line_of(sent) == meant


@pytest.mark.parametrize(
    ("sent", "to_us"),
    [
        ("<@U0PODLINE> claim Q-2", " claim Q-2"),
        ("<@U0PODLINE|podline> claim Q-2", " claim Q-2"),
        ("hey <@U0PODLINE> claim Q-2", " claim Q-2"),
        ("claim Q-2 <@U0PODLINE>", "claim Q-2 "),
        ("claim <@U0PODLINE> Q-2", "claim Q-2"),
        ("<@U0PODLINE>?", ""),
        ("<@U0PODLINE> handoff Q-2 <@U0BOB> why", " handoff Q-2 <@U0BOB> why"),
        ("claim Q-2", "claim Q-2"),
    ],
)
def test_what_is_said_to_us_is_what_follows_our_name(sent: str, to_us: str) -> None:
    assert after_mention(sent, "U0PODLINE") == to_us
