"""What was said to Podline, as the line it stands for: mentions are taken by their entities, in their order."""

from typing import Any

import pytest

from bot.teams.activity import Heard, heard, line_of, quoted, words_of

US, SAM, OTHER_SAM, EVE = "28:us", "29:sam", "29:other-sam", "29:eve"
NAMES = {US: "Podline", SAM: "Sam Poe", OTHER_SAM: "Sam Poe", EVE: "Eve Fox"}
USERS = {SAM: "aad-sam", OTHER_SAM: "aad-other-sam"}


def said(text: str, *mentioned: str, **more: Any) -> Heard:
    """A message in which each of ``mentioned`` stands for the next ``<at>`` of their name."""
    entities = [
        {"type": "mention", "text": f"<at>{NAMES[one]}</at>", "mentioned": {"id": one, "name": NAMES[one]}}
        for one in mentioned
    ]
    return heard({"type": "message", "text": text, "recipient": {"id": US}, "entities": entities, **more})


@pytest.mark.parametrize(
    ("text", "mentioned", "line"),
    [
        ("<at>Podline</at> claim Q-1", [US], "claim Q-1"),
        ("claim Q-1 <at>Podline</at>", [US], "claim Q-1"),
        (
            "<at>Podline</at> pod North add <at>Sam Poe</at> <at>Sam Poe</at>",
            [US, SAM, OTHER_SAM],
            "pod North add <@aad-sam|Sam Poe> <@aad-other-sam|Sam Poe>",
        ),
        (
            "<at>Sam Poe</at> <at>Podline</at> handoff Q-1 <at>Sam Poe</at> he knows",
            [SAM, US, OTHER_SAM],
            "handoff Q-1 <@aad-other-sam|Sam Poe> he knows",
        ),
        (
            "<at>Podline</at> question Acme: one <at>Podline</at> two",
            [US, US],
            "question Acme: one Podline two",
        ),
        ("<at>Podline</at> thank <at>Eve Fox</at>", [US, EVE], "thank Eve Fox"),
        ("<at>Podline</at> thank <at>Eve Fox</at>", [EVE, US], "thank Eve Fox"),
        ("<at>Podline</at> a &lt;b&gt; <at>Sam Poe</at>", [US], "a <b> <at>Sam Poe</at>"),
        ("claim Q-1", [US], "claim Q-1"),
        ("<at>Podline</at>\xa0", [US], ""),
        ("<at>Podline</at>?", [US], ""),
        ("claim <at>Podline</at> Q-1", [US], "claim Q-1"),
        (
            "<at>Podline</at>, handoff Q-1 <at>Sam Poe</at>",
            [US, SAM],
            ", handoff Q-1 <@aad-sam|Sam Poe>",
        ),
        (
            "handoff Q-1 <at>Sam Poe</at> <at>Podline</at> he knows <at>Eve Fox</at>",
            [US, SAM, EVE],
            "handoff Q-1 <@aad-sam|Sam Poe> he knows Eve Fox",
        ),
        ("<at>Podline</at> half of a pair: \ud800", [US], "half of a pair: \ud800"),
    ],
)
def test_each_mention_is_its_own(text: str, mentioned: list[str], line: str) -> None:
    assert line_of(said(text, *mentioned), USERS) == line


QUOTED = '<quoted messageId="1772050244572"/>'
BLOCK = (
    '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1772050244573"><p>It</p></blockquote>'
)


def replied(text: str, *messages: str) -> Heard:
    """What Teams sends where somebody replies to messages in a chat: an entity for each, signs of them in the text."""
    entities = [{"type": "quotedReply", "quotedReply": {"messageId": one}} for one in messages]
    return heard({"type": "message", "text": text, "recipient": {"id": US}, "entities": entities})


@pytest.mark.parametrize(
    ("said_so", "line", "about"),
    [
        (replied(f"{QUOTED} claim Q-2", "1772050244572"), "claim Q-2", "1772050244572"),
        (replied(f"{QUOTED}I'm sick today", "1772050244572"), "I'm sick today", "1772050244572"),
        (replied(f'{QUOTED} <quoted messageId="7" /> mine', "1772050244572", "7"), "mine", "1772050244572"),
        (replied('<quoted messageId="7"></quoted>\nmine', "7"), "mine", "7"),
        (replied(f"{BLOCK}<p>claim", ""), "<p>claim", "1772050244573"),
        (replied(f"question Acme: what is {QUOTED}?"), f"question Acme: what is {QUOTED}?", None),
        (replied(f"claim Q-2 {BLOCK}"), f"claim Q-2 {BLOCK}", None),
    ],
)
def test_what_a_reply_quotes_is_not_what_is_said_but_what_it_is_about(
    said_so: Heard, line: str, about: str | None
) -> None:
    assert (line_of(said_so, {}), words_of(said_so), quoted(said_so)) == (line, line, about)


def test_the_tenant_is_the_one_that_teams_names_for_the_channel() -> None:
    of_two = said(
        "mine", conversation={"id": "19:x", "tenantId": "a-tenant"}, channelData={"tenant": {"id": "The-Other"}}
    )
    of_one = said("mine", conversation={"id": "19:x", "tenantId": "A-Tenant"})

    assert (of_two.tenant, of_one.tenant) == ("the-other", "a-tenant")
    assert of_two.tenants == {"a-tenant", "the-other"}
