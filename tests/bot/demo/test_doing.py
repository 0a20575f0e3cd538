"""Playing the firm at the prompt: what is typed happens in the workspace, by requests as Slack sends them."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from rich.console import Console, RenderableType

from bot.demo.doing import Doing
from bot.demo.feed import Feed
from bot.demo.stage import Stage
from bot.demo.typed import NotUnderstood, read
from bot.playground.errors import SlackError


class Player:
    """Types lines, and has what is printed."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.printed = io.StringIO()
        self.inbox = stage.new_inbox()
        self._console = Console(file=self.printed, width=120)
        self._doing = Doing(stage)
        self.feed = Feed(stage, self._console)

    async def types(self, line: str) -> str:
        act = read(line)
        assert act is not None
        return self._drawn(await self._doing.do(act))

    def _drawn(self, answer: RenderableType | None) -> str:
        with self._console.capture() as captured:
            self._console.print(answer if answer is not None else "")
        return captured.get()


@pytest.fixture
async def player() -> AsyncIterator[Player]:
    async with Stage(0) as stage:
        player = Player(stage)
        await player.types("clock to Monday 10:00")
        yield player
        player.feed.close()


async def test_a_question_is_asked_claimed_and_seen_by_the_others(player: Player) -> None:
    assert "The API answers: Q-1" in await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")

    await player.types("as cara click claim Q-1")
    await player.inbox.arrives("updated", channel="C0NORTH")
    await player.types("as bob /claim")
    await player.inbox.arrives("ephemeral", user="U0BOB")

    assert "Cara Column, since" in await player.types("see bob #north")
    assert "May we pay" not in await player.types("see dan")
    assert "may we pay in two parts?" in player.printed.getvalue()


async def test_a_form_is_filled_in_from_top_to_bottom(player: Player) -> None:
    await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")
    await player.types("as cara /claim Q-1")
    await player.inbox.arrives("updated", channel="C0NORTH")

    await player.types("as cara click Hand off Q-1")
    await player.inbox.arrives("view_opened", user="U0CARA")
    assert "The form is refused" in await player.types("as cara fill ;in a hurry")
    await player.types("as cara fill @ann; I am in a meeting")

    await player.inbox.arrives(
        "posted",
        channel=player.stage.workspace.dm_with("U0ANN"),
        where=lambda told: told.message is not None and "hands you" in told.message.text,
    )


async def test_people_and_channels_of_a_form_are_picked_by_their_names(player: Player) -> None:
    await player.types("as ann /pod new")
    await player.inbox.arrives("view_opened", user="U0ANN")

    with pytest.raises(NotUnderstood, match="There is no #west"):
        await player.types("as ann fill West; #west")
    await player.types("as ann fill West; #front-desk; @dan @eve; @ann; uk-office; standard; uk")

    told = await player.inbox.arrives("ephemeral", user="U0ANN")
    assert told.message is not None
    assert "West* is a pod now; its cards hang in <#C0DESK>" in told.message.text


async def test_a_question_of_nobody_known_is_given_its_client_by_a_person(player: Player) -> None:
    await player.types("ask who are we?")
    await player.inbox.arrives("posted", channel="C0INTAKE")

    await player.types("as cara click Say which client Q-1")
    await player.inbox.arrives("view_opened", user="U0CARA")
    await player.types("as cara fill Borealis Bakery")

    await player.inbox.arrives("posted", channel="C0SOUTH")


async def test_who_calls_in_sick_is_not_called(player: Player) -> None:
    await player.types("sick bob")
    await player.inbox.arrives("ephemeral", user="U0BOB")

    await player.types("ask Acme: may we pay in two parts?")

    card = await player.inbox.arrives("posted", channel="C0NORTH")
    assert card.message is not None
    assert player.stage.workspace.notified_by(card.message) == {"U0CARA"}


async def test_pushing_the_clock_lets_the_next_step_fire(player: Player) -> None:
    await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")

    assert "10:15" in await player.types("clock +15m")

    step = await player.inbox.arrives("posted", channel="C0NORTH")
    assert step.message is not None
    assert step.message.is_reply


async def test_the_clock_runs_as_fast_as_it_is_told(player: Player) -> None:
    before = player.stage.clock.now()

    await player.types("clock 3600x")

    assert player.stage.clock.seconds_until(before + timedelta(hours=10)) <= 10


async def test_podline_is_spoken_to_in_threads_and_directly(player: Player) -> None:
    await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")

    await player.types("as ann reply Q-1 @podline claim")
    await player.inbox.arrives("ephemeral", user="U0ANN")
    await player.types("as eve dm mine")

    await player.inbox.arrives("posted", channel=player.stage.workspace.dm_with("U0EVE"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("as cra /claim", "Did you mean “cara”?"),
        ("as cara /clam", "Did you mean “/claim”?"),
        ("as cara click Claim Q-7", "sees no button for Q-7."),
        ("as cara say #nort hello", "Did you mean “#north”?"),
        ("as cara reply Q-7 hello", "cara sees no card of Q-7"),
        ("as cara fill something", "No form is open before cara"),
        ("see nobody", "There are: ann, bob"),
    ],
)
async def test_what_is_not_there_is_said_with_what_is(player: Player, line: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        await player.types(line)

    assert said in str(refused.value)


async def test_what_slacks_own_client_forbids_is_refused(player: Player) -> None:
    with pytest.raises(SlackError):
        await player.types("as gita say #north hello")


async def test_everybody_is_listed_with_their_zone_and_channels(player: Player) -> None:
    listed = await player.types("people")

    assert "gita   Gita Guilder     America/New_York" in listed
    assert listed.count("#kudos") == 9


async def test_in_the_thread_of_the_card_also_whoever_was_told_something_about_it_in_private(player: Player) -> None:
    await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")
    await player.types("as cara /claim Q-1")
    await player.inbox.arrives("ephemeral", user="U0CARA")

    await player.types("as cara reply Q-1 @podline explain")

    await player.inbox.arrives("ephemeral", user="U0CARA")


async def test_only_the_buttons_of_the_question_meant_are_listed(player: Player) -> None:
    await player.types("ask Acme: may we pay in two parts?")
    await player.inbox.arrives("posted", channel="C0NORTH")
    await player.types("ask Acme: and in three?")
    await player.inbox.arrives("posted", channel="C0NORTH")
    await player.types("as cara /claim Q-1")
    await player.inbox.arrives("updated", channel="C0NORTH")

    with pytest.raises(NotUnderstood, match=r"no button “Claim” for Q-1\. Seen: Answered, Hand off, Release"):
        await player.types("as ann click Claim Q-1")


async def test_whoever_says_that_they_are_sick_today_is_marked_away(player: Player) -> None:
    await player.types("as eve dm I'm sick today")

    told = await player.inbox.arrives("posted", channel=player.stage.workspace.dm_with("U0EVE"))
    assert told.message is not None
    assert told.message.text.startswith("You are away on")
