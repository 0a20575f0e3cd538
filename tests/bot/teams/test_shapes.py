"""Whatever Teams sends, it is answered, and never with a 500: known and unknown activities in hundreds of shapes."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.teams.elements import VERB
from bot.teams_playground.activities import activity
from tests.bot.teams.conftest import BOB, NORTH, World

Test = TypeVar("Test", bound=Callable[..., Any])

KINDS = (
    "message messageUpdate messageDelete messageReaction conversationUpdate installationUpdate typing invoke event "
    "endOfConversation contactRelationUpdate command commandResult handoff trace suggestion delay somethingNew"
).split()
INVOKES = (
    "adaptiveCard/action task/fetch task/submit composeExtension/query composeExtension/fetchTask "
    "composeExtension/submitAction composeExtension/queryLink composeExtension/selectItem composeExtension/setting "
    "composeExtension/querySettingUrl composeExtension/anonymousQueryLink composeExtension/onCardButtonClicked "
    "config/fetch config/submit fileConsent/invoke actionableMessage/executeAction signin/verifyState "
    "signin/tokenExchange signin/failure tab/fetch tab/submit message/submitAction message/fetchTask handoff/action "
    "search/application html/unknown add-upgrade"
).split()
"""Microsoft's own, and two that are nobody's."""

words = st.text(max_size=20) | st.sampled_from(["claim Q-1", "podline", "Action.Execute", "\x00", "\ud800", "19:x", ""])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
pressed = st.fixed_dictionaries(
    {},
    optional={
        "line": words | anything,
        "about": anything,
        "version": st.integers() | anything,
        "form": st.fixed_dictionaries({}, optional={"line": words | anything, "kinds": anything, "memory": anything})
        | anything,
        "msteams": anything,
    },
)
values = st.fixed_dictionaries(
    {},
    optional={
        "action": st.fixed_dictionaries({}, optional={"type": words, "verb": words, "data": pressed | anything})
        | anything,
        "data": pressed | anything,
        "commandId": words | anything,
        "messagePayload": anything,
    },
)
"""What an invoke carries."""
parts = st.fixed_dictionaries(
    {},
    optional={
        "id": words | anything,
        "text": words | anything,
        "entities": st.lists(
            st.fixed_dictionaries({}, optional={"type": st.just("mention"), "mentioned": anything, "text": words}),
            max_size=2,
        )
        | anything,
        "value": values | anything,
        "from": anything,
        "conversation": anything,
        "recipient": anything,
        "channelData": anything,
        "membersAdded": anything,
        "membersRemoved": anything,
        "replyToId": words | anything,
        "attachments": anything,
        "action": words | anything,
        "localTimezone": anything,
        "timestamp": anything,
    },
)


OUR_MENTION = {
    "type": "mention",
    "text": "<at>Podline</at>",
    "mentioned": {"id": "28:a0000000-0000-4000-8000-00000000b077", "name": "Podline"},
}
PRESSED = {"action": {"type": "Action.Execute", "verb": VERB, "data": {"line": "claim Q-1", "version": 1}}}
HALF = "\ud800"
"""Half of a pair, which JSON may hold and UTF-8 may not."""
HALVES: tuple[dict[str, Any], ...] = (
    {"id": HALF},
    {"conversation": {"id": HALF, "conversationType": "channel"}},
    {"conversation": {"id": HALF, "conversationType": "personal"}},
    {"conversation": {"id": f"{NORTH};messageid={HALF}", "conversationType": "channel"}},
    {"replyToId": HALF},
    {"from": {"id": HALF, "aadObjectId": HALF, "name": HALF}},
    {"from": {"id": "29:x", "aadObjectId": HALF}},
    {"recipient": {"id": HALF}},
    {"channelData": {"team": {"id": HALF}, "channel": {"id": HALF}}},
    {"channelData": {"settings": {"selectedChannel": {"id": HALF}}}, "action": "add"},
    {"channelData": {"eventType": "channelDeleted", "channel": {"id": HALF}}},
    {"localTimezone": HALF},
)


def with_each_half(**known: Any) -> Callable[[Test], Test]:
    """Each of HALVES, as the ``other`` parts, is an example that is always tried."""

    def decorated(test: Test) -> Test:
        for half in HALVES:
            test = example(**known, other=half)(test)
        return test

    return decorated


ONE_WORLD = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""All examples in one world: what one of them leaves behind must not harm the next."""


def of_teams(world: World, kind: str, other: dict[str, Any]) -> dict[str, Any]:
    """A right activity with odd parts; from our tenant, else it would go no further than the door."""
    where = world.tenant.conversations[NORTH]
    right = activity(world.tenant, world.playground.service_url, world.tenant.users[BOB], where, kind, root="1")
    odd = {**right, **other}
    if not isinstance(odd["conversation"], dict):
        odd["conversation"] = {"id": odd["conversation"]}
    odd["conversation"] = {**odd["conversation"], "tenantId": world.tenant.id}
    return odd


@ONE_WORLD
@with_each_half(kind="message")
@with_each_half(kind="installationUpdate")
@with_each_half(kind="conversationUpdate")
@given(kind=st.sampled_from(KINDS) | words, other=parts)
async def test_no_activity_is_answered_with_an_error_of_ours(world: World, kind: str, other: dict[str, Any]) -> None:
    answer = await world.playground.people.send(of_teams(world, kind, other))

    assert answer.status in (200, 400, 403, 501), answer


@ONE_WORLD
@with_each_half(name="task/fetch", value={"data": {"line": "claim Q-1"}})
@with_each_half(name="adaptiveCard/action", value=PRESSED)
@given(name=st.sampled_from(INVOKES) | words, value=values | anything, other=parts)
async def test_no_invoke_is_answered_with_an_error_of_ours(
    world: World, name: str, value: Any, other: dict[str, Any]
) -> None:
    sent = of_teams(world, "invoke", {**other, "name": name, "value": value})

    answer = await world.playground.people.send(sent)

    assert answer.status in (200, 400, 403, 501), answer
    if answer.status == 200 and isinstance(answer.body, dict):
        assert {"statusCode", "task", "composeExtension"} & answer.body.keys()


@ONE_WORLD
@example(others=list(HALVES))
@example(others=[{"text": f"<at>Podline</at> question Acme: {HALF}?", "entities": [OUR_MENTION]}])
@given(others=st.lists(parts, max_size=5))
async def test_whatever_was_stored_is_worked_off(world: World, others: list[dict[str, Any]]) -> None:
    for other in others:
        await world.playground.people.send(of_teams(world, "message", other))
    await world.teams.inbox.drain()
    await world.teams.settle()

    with world.new_uow.reading() as uow:
        assert uow.inbox.earliest("teams") is None
