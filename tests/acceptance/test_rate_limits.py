"""Slack answers 429: everything that still holds arrives, in order per place and question, nothing twice."""

import asyncio
import re
from collections import Counter, defaultdict
from pathlib import Path

from tests.acceptance.installation import Running, installed

STEPS = """      - {after: 1s, notify: deputies}
      - {after: 2s, notify: pod}
      - {after: 3s, notify: contact_centre, channel: C0DESK}
    remind: {every: 1s, max: 1}"""

Seen = dict[str, list[str]]
EVERYTHING: Seen = {
    "C0NORTH": ["ANN", "BOB CARA", "ANN BOB CARA"],
    "C0DESK": ["Nobody of", "Reminder"],
    "D0ANN": ["the pod"],
    "D0BOB": ["the deputies", "the pod"],
    "D0CARA": ["the deputies", "the pod"],
}
"""One turn that nobody ends: offered again in the card's thread, both steps there and to each person, the desk."""


async def test_rate_limited_all_that_still_holds_arrives_in_order_per_place_and_question_and_nothing_twice(
    tmp_path: Path,
) -> None:
    async with installed(tmp_path, steps=STEPS) as podline:
        podline.slack.misbehaviour.rate_limit("chat.postMessage", retry_after=1, times=3)
        await podline.start()
        await podline.is_ready()
        asked = [(await podline.ask(f"number {number}"))["id"] for number in range(3)]
        unclaimed, given_back_twice, claimed_late = asked
        for each in asked:
            card = await podline.card(each, within=20)
            assert (await podline.slack.people.click("U0BOB", "C0NORTH", card.ts, text="Claim")).ok

        podline.slack.misbehaviour.rate_limit("chat.postMessage", retry_after=1, times=None)
        before = len(podline.workspace.log.entries)
        for each in asked:
            await _say(podline, f"release {each}")
        await _happened(podline, given_back_twice, "step")
        await _say(podline, f"claim {given_back_twice}")
        await _say(podline, f"release {given_back_twice}")
        for each in asked:
            await _happened(podline, each, "reminded")
        await _say(podline, f"claim {claimed_late}")
        await asyncio.sleep(
            2
        )  # what was on its way at the claim was written before it: let Slack refuse that once more
        assert not any(podline.arrived(each, before) for each in asked)
        podline.slack.misbehaviour.clear()

        still_hold = (unclaimed, given_back_twice)
        await podline.until(lambda: all(_is_all_told(_told(podline, each, before)) for each in still_hold), within=50)
        await asyncio.sleep(1.5)
        assert _told(podline, unclaimed, before) == EVERYTHING
        assert _told(podline, given_back_twice, before) == EVERYTHING
        assert _told(podline, claimed_late, before) == {}
        cards = Counter(post.text.split()[1] for post in podline.posts("C0NORTH"))
        assert cards == Counter(asked)


async def _say(podline: Running, line: str) -> None:
    answer = await podline.slack.people.slash_command("U0BOB", "C0NORTH", "/podline", line)
    assert answer.ok


async def _happened(podline: Running, id: str, what: str) -> None:
    """Wait until it is in the history, after the question was last given back."""
    async with asyncio.timeout(20):
        while True:
            whats = [row["what"] for row in (await podline.look(id))["history"]]
            if what in whats[len(whats) - whats[::-1].index("released") :]:
                return
            await asyncio.sleep(0.05)


def _is_all_told(told: Seen) -> bool:
    return all(len(told.get(place, ())) >= len(messages) for place, messages in EVERYTHING.items())


def _told(podline: Running, id: str, since: int) -> Seen:
    """What arrived about the question in each place, in its order: whom it mentions, or what it is about. That it
    takes so long is told to the managers too: alarms are left out."""
    told: Seen = defaultdict(list)
    for entry in podline.arrived(id, since):
        assert entry.message is not None
        if entry.channel == "C0ALERTS":
            continue
        mentioned = " ".join(sorted(user.removeprefix("U0") for user in podline.workspace.notified_by(entry.message)))
        about = re.search("Nobody of|Reminder|the deputies|the pod", entry.message.text)
        told[entry.message.channel].append(mentioned or (about[0] if about else entry.message.text))
    return dict(told)
