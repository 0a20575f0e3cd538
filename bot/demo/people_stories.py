"""More stories of the tour, about the people: a two-week holiday, sick this morning, thanks."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.demo.stage import HOME
from bot.demo.telling import DIRECT, Beat, Look, Scene, Story

NORTH, SOUTH, KUDOS = "C0NORTH", "C0SOUTH", "C0KUDOS"
CARAS_LEAVE = "30 Nov - 11 Dec"
THANKS = "You knew their stock list by heart. They were delighted."


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HOME)


async def asked(scene: Scene, at: datetime, client: str, text: str, channel: str, **more: object) -> None:
    """A question comes in, and its card is there."""
    await scene.until(at, within=1.0)
    scene.forget()
    scene.facts["id"] = await scene.stage.ask(client, text, **more)
    card = await scene.seen("posted", channel, says=scene.facts["id"])
    assert card.message is not None
    scene.facts["card"] = card.message.ts


async def claims(scene: Scene, handle: str, channel: str) -> None:
    user = scene.user(handle)
    await scene.stage.people.click(user, channel, scene.facts["card"], text="Claim")
    await scene.seen("ephemeral", channel, user=user, says="is yours")
    await scene.seen("updated", channel, says="Claimed")


def answers_and_resolves(handle: str, channel: str, *words: str) -> Callable[[Scene], Awaitable[None]]:
    """What is left to do of the story's question, for whoever has it."""

    async def settled(scene: Scene) -> None:
        number = scene.facts["id"]
        for line in (*(f"answered {number} {said}" for said in words), f"resolve {number}"):
            await scene.types(handle, channel, line)

    return settled


async def _what_if(scene: Scene) -> None:
    await scene.until(_at(11, 24, 10, 0), within=1.0)
    scene.forget()
    ann = scene.user("ann")
    await scene.stage.people.slash_command(ann, NORTH, "/coverage", f"what if @cara {CARAS_LEAVE}")
    await scene.seen("ephemeral", NORTH, user=ann)


async def _cara_plans(scene: Scene) -> None:
    cara = scene.user("cara")
    await scene.stage.people.slash_command(cara, NORTH, "/podline", f"leave {CARAS_LEAVE} annual leave")
    await scene.seen("ephemeral", NORTH, user=cara)


async def _birchwood_asks(scene: Scene) -> None:
    await asked(
        scene,
        _at(12, 1, 10, 20),
        "Birchwood",
        "Our bank asks for last year's accounts by Friday. Who can send them?",
        NORTH,
        asked_by={"name": "Billy Bell", "email": "billy@birchwood.example"},
        via="email",
    )


HOLIDAY = Story(
    "Story 3: a two-week holiday",
    (
        Beat(
            "Cara would like two weeks off. Ann looks first what that would mean.",
            "Nothing is booked by asking. For each client Cara knows it says who would be left, and which fall under "
            "the firm's minimum of two.",
            _what_if,
            (Look("ann", (NORTH,)),),
            typed=(f"as ann #north /coverage what if @cara {CARAS_LEAVE}",),
            manual=("reference.md#coverage",),
        ),
        Beat(
            "Cara marks her leave.",
            "One line. Colleagues see that she is away and until when; why is for her and her managers.",
            _cara_plans,
            (Look("cara", (NORTH,)),),
            typed=(f"as cara #north /podline leave {CARAS_LEAVE} annual leave",),
            manual=("reference.md#commands",),
        ),
        Beat(
            "In her first week Birchwood writes. Cara is their named contact.",
            "The card calls Ann, who knows them too and is in, says for whom and until when, and leaves Cara alone: "
            "whoever is away is never mentioned.",
            _birchwood_asks,
            (Look("ann", (NORTH,)),),
            manual=("roster.md",),
        ),
    ),
    afterwards=answers_and_resolves("ann", NORTH, "Billy has the accounts; the bank gets them from him."),
)


async def _eve_has_one(scene: Scene) -> None:
    await asked(
        scene,
        _at(12, 2, 16, 5),
        "Gable",
        "Can we claim the new scaffolding this year?",
        SOUTH,
        asked_by={"name": "Gus Gable", "email": "gus@gableridge.example"},
        via="phone",
    )
    await claims(scene, "eve", SOUTH)


async def _eve_is_sick(scene: Scene) -> None:
    await scene.until(_at(12, 3, 8, 40), within=1.2)
    scene.forget()
    eve = scene.user("eve")
    await scene.stage.people.say(eve, scene.stage.workspace.dm_with(eve), "I'm sick today")
    await scene.seen("posted", scene.stage.workspace.dm_with(eve))


async def _offered_again(scene: Scene) -> None:
    await scene.seen("updated", SOUTH, says=scene.facts["id"])
    await scene.until(_at(12, 3, 9, 1))


async def _dan_takes_it(scene: Scene) -> None:
    scene.forget()
    await claims(scene, "dan", SOUTH)


SICK = Story(
    "Story 4: sick this morning",
    (
        Beat(
            "Gable & Ridge call, and Eve takes it. She means to answer in the morning.",
            "Claimed is not answered: from the claim on a second clock runs, to the first response.",
            _eve_has_one,
            (Look("eve", (SOUTH,)),),
            typed=("as eve click Claim {id}",),
        ),
        Beat(
            "At 8:40 she is ill, and writes so to Podline.",
            "A plain sentence is enough, in seven languages. No form at such a time.",
            _eve_is_sick,
            (Look("eve", (DIRECT,)),),
            typed=("as eve dm I'm sick today",),
            manual=("reference.md#commands",),
        ),
        Beat(
            "What she had is offered to her pod again, at once.",
            "The question is nobody's silently: its card is open again, with its history, and calls who knows the "
            "client and is in. Eve is not called, nor does she hear of it.",
            _offered_again,
            (Look("dan", (SOUTH,)),),
        ),
        Beat(
            "Dan takes it over.",
            "He reads what was asked and what was done so far; the client need not explain it twice.",
            _dan_takes_it,
            (Look("dan", (SOUTH,)),),
            typed=("as dan click Claim {id}",),
        ),
    ),
    afterwards=answers_and_resolves("dan", SOUTH, "Yes, all of it: it is under the allowance."),
)


async def _dan_answers(scene: Scene) -> None:
    await asked(
        scene,
        _at(12, 4, 10, 15),
        "Magpie",
        "The auditor asks how we value the stones. What do we say?",
        SOUTH,
        asked_by={"name": "Mona Magpie", "email": "mona@magpie.example"},
        via="email",
    )
    await claims(scene, "dan", SOUTH)
    await scene.stage.people.slash_command(
        scene.user("dan"), SOUTH, "/answered", f"{scene.facts['id']} At cost, and their list says so."
    )
    await scene.seen("updated", SOUTH, says="Answered")


async def _eve_thanks(scene: Scene) -> None:
    scene.forget()
    eve = scene.user("eve")
    await scene.stage.people.slash_command(eve, SOUTH, "/kudos", f"@dan for {scene.facts['id']} {THANKS}")
    await scene.seen("posted", KUDOS)


THANKED = Story(
    "Story 5: thanks",
    (
        Beat(
            "Magpie asks while Eve, their named contact, is busy; Dan answers for her.",
            "Whoever claims a question is named on its card and in its history, so it is known whose work it was.",
            _dan_answers,
            (Look("dan", (SOUTH,)),),
            typed=("as dan click Claim {id}", "as dan #south /answered {id} At cost, and their list says so."),
        ),
        Beat(
            "Eve thanks him, for this very question.",
            "Kudos are tied to a question somebody really served, a few a day, and everybody sees them. There is no "
            "ranking of who got how many.",
            _eve_thanks,
            (Look("dan", (KUDOS,)),),
            typed=(f"as eve #south /kudos @dan for {{id}} {THANKS}",),
            manual=("reference.md#kudos",),
        ),
    ),
    afterwards=answers_and_resolves("dan", SOUTH),
)

PEOPLE_STORIES = (HOLIDAY, SICK, THANKED)
