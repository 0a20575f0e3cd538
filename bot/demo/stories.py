"""The stories of the demo: two clicks at once, and a question that nobody claims."""

import asyncio
from datetime import datetime

from bot.demo.stage import HOME
from bot.demo.telling import DIRECT, Beat, Look, Scene, Story

NORTH, SOUTH, TEAM, DESK = "C0NORTH", "C0SOUTH", "C0UKTEAM", "C0DESK"


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HOME)


WEDNESDAY = _at(18, 10, 4)
FRIDAY, HALF_TIME = _at(20, 17, 10), _at(20, 17, 25)
MONDAY_OPENING, GOING_DOWN, BACK_UP, LAST_STEP = _at(23, 9, 0), _at(23, 9, 5), _at(23, 9, 12), _at(23, 9, 25)
BOBS_LEAVE = "leave 16 Nov - 20 Nov annual leave"
FINNS_LEAVE = "leave for @finn 16 Nov - 4 Dec annual leave"
ANSWER = "Neither: it is reverse-charged, and their VAT number goes on the invoice."
WEEKEND = 1.2
"""Real seconds that the weekend takes."""


async def _mark_leave(scene: Scene) -> None:
    await scene.types("bob", NORTH, BOBS_LEAVE)
    await scene.types("ann", SOUTH, FINNS_LEAVE)


async def _acme_asks(scene: Scene) -> None:
    await scene.until(WEDNESDAY)
    scene.facts["first_id"] = await scene.stage.ask(
        "Acme Ltd",
        "We want to sell to a shop in Portugal. Do we charge them our VAT or theirs?",
        asked_by={"name": "Wendy Widget", "email": "wendy@acme.example"},
        via="web",
    )
    card = await scene.seen("posted", NORTH)
    assert card.message is not None
    scene.facts["card"] = card.message.ts


async def _two_click(scene: Scene) -> None:
    card, people = scene.facts["card"], scene.stage.people
    cara, ann = scene.user("cara"), scene.user("ann")
    await asyncio.gather(*(people.click(user, NORTH, card, text="Claim") for user in (cara, ann)))
    told = [await scene.seen("ephemeral", NORTH, user=user) for user in (cara, ann)]
    won = [one for one in told if one.message is not None and "is yours" in one.message.text]
    assert len(won) == 1, f"{len(won)} people were told that it is theirs"
    first = str(won[0].user)
    second = ann if first == cara else cara
    workspace = scene.stage.workspace
    scene.facts |= {"first": scene.name(first), "second": scene.name(second)}
    scene.facts |= {"first_handle": workspace.person(first).name, "second_handle": workspace.person(second).name}
    await scene.seen("updated", NORTH, says="Claimed")


async def _answer(scene: Scene) -> None:
    await scene.until(_at(18, 10, 31))
    owner = scene.user(scene.facts["first_handle"])
    said = f"{scene.facts['first_id']} {ANSWER}"
    await scene.stage.people.slash_command(owner, NORTH, "/answered", said)
    await scene.seen("ephemeral", NORTH, user=owner)
    await scene.seen("updated", NORTH, says="Answered")
    told = await scene.stage.question(scene.facts["first_id"])
    scene.facts["status"], scene.facts["by"] = told["status"], told["claimed_by"]["name"]


async def _acme_is_content(scene: Scene) -> None:
    await scene.types(scene.facts["first_handle"], NORTH, f"resolve {scene.facts['first_id']}")


TWO_CLICKS = Story(
    "Story 1: two click at once",
    (
        Beat(
            "Bob goes on leave for a week, and Ann enters Finn's leave for him.",
            "A typed line is all it takes; only Bob himself and managers ever see why he is away.",
            _mark_leave,
            (Look("bob", (NORTH,)), Look("ann", (SOUTH,))),
            typed=(f"as bob #north /podline {BOBS_LEAVE}", f"as ann #south /podline {FINNS_LEAVE}"),
            manual=("reference.md#commands",),
        ),
        Beat(
            "Acme asks on the website, and their pod sees it.",
            "Acme's named contact is Bob, who is away. The card calls Cara, who knows Acme too and is in, and says for "
            "whom and until when. The website sent it through Podline's API, by POST /api/v1/questions.",
            _acme_asks,
            (Look("cara", (NORTH,)),),
            manual=("api.md", "roster.md"),
        ),
        Beat(
            "Cara and Ann press Claim in the same instant. {first} has it.",
            "However many press, exactly one wins, and {second} is told who has it: privately, for nobody else needs "
            "to know. The card is redrawn in place for everybody.",
            _two_click,
            (Look("{first_handle}", (NORTH,)), Look("{second_handle}", (NORTH,))),
            typed=("as cara click Claim {first_id}", "as ann click Claim {first_id}"),
        ),
        Beat(
            "{first} answers Acme and says so.",
            "/answered stops the clock of the first response. Whoever asked by the API can look: {first_id} is "
            "{status}, by {by}.",
            _answer,
            (Look("{second_handle}", (NORTH,)),),
            typed=(f"as {{first_handle}} #north /answered {{first_id}} {ANSWER}",),
        ),
    ),
    afterwards=_acme_is_content,
)


async def _borealis_asks(scene: Scene) -> None:
    await scene.until(FRIDAY)
    scene.facts["second_id"] = await scene.stage.ask(
        "Borealis",
        "The tax office writes that our return is late, and there is a fine. What do we do?",
        asked_by={"name": "Otto Oven", "email": "otto@borealis.example"},
        via="phone",
    )
    card = await scene.seen("posted", SOUTH)
    assert card.message is not None
    scene.facts["card"] = card.message.ts


async def _half_time(scene: Scene) -> None:
    await scene.until(HALF_TIME)
    await scene.seen("posted", SOUTH)
    await scene.seen("posted", scene.stage.workspace.dm_with(scene.user("eve")))
    await scene.seen("updated", SOUTH)


async def _weekend(scene: Scene) -> None:
    scene.forget()
    await scene.until(MONDAY_OPENING, within=WEEKEND)
    bob = scene.stage.workspace.dm_with(scene.user("bob"))
    await scene.seen("posted", bob, says="While you were away")
    await scene.seen("posted", scene.stage.workspace.dm_with(scene.user("ann")), says="The next two weeks")
    scene.inbox.expect_nothing()


async def _restart(scene: Scene) -> None:
    await scene.until(GOING_DOWN)
    scene.inbox.expect_nothing()
    await scene.stage.stop_bot()
    await scene.until(BACK_UP)
    await scene.stage.start_bot()
    await scene.seen("posted", TEAM)


async def _last_step(scene: Scene) -> None:
    await scene.until(LAST_STEP)
    step = await scene.seen("posted", DESK)
    assert step.message is not None
    scene.facts["step"] = step.message.ts


async def _ines_claims(scene: Scene) -> None:
    await scene.stage.people.click(scene.user("ines"), DESK, scene.facts["step"], text="Claim")
    await scene.seen("ephemeral", DESK, user=scene.user("ines"), says="is yours")
    await scene.seen("updated", SOUTH, says="Claimed")
    for place in (TEAM, DESK):  # the calls there say so, too
        await scene.seen("updated", place, says="has it since")


async def _explain(scene: Scene) -> None:
    await scene.types("ines", DESK, f"explain {scene.facts['second_id']}")


async def _ines_answers(scene: Scene) -> None:
    for line in ("answered {} The fine is waived when it is the first one: I have written to them.", "resolve {}"):
        await scene.types("ines", DESK, line.format(scene.facts["second_id"]))


NOBODY_CLAIMS = Story(
    "Story 2: nobody claims",
    (
        Beat(
            "Late on Friday Borealis calls, and their pod sees it.",
            "Dan is their named contact and is in, so he is called. The charter says claimed within 30 minutes of "
            "service time; the office closes in 20, so that is Monday at 9:10.",
            _borealis_asks,
            (Look("dan", (SOUTH,)),),
        ),
        Beat(
            "Half of that time has passed: the deputies are called.",
            "The deputies are the pod without the named contact: Eve, in the thread and directly. Finn is one too, but "
            "he is on leave: nobody mentions him, and he gets no message.",
            _half_time,
            (Look("eve", (SOUTH, DIRECT)), Look("finn", (DIRECT,))),
            manual=("roster.md",),
        ),
        Beat(
            "The weekend passes, and nothing happens. Bob is back, and reads what he missed.",
            "Steps fire in service hours only, though Podline was up all the time and was looking. On the first "
            "morning back one message says what became of a person's clients meanwhile.",
            _weekend,
            (Look("bob", (DIRECT,)),),
        ),
        Beat(
            "Podline restarts, from 9:05 to 9:12. A step was due at 9:10.",
            "What is due is a row in the database, no timer in a process: once Podline is back the step fires at once, "
            "and once. It goes to the team, all pods of the same lead, in their channel.",
            _restart,
            (Look("cara", (TEAM,)),),
            manual=("operation.md",),
        ),
        Beat(
            "Still nobody: the contact centre.",
            "The last step goes to a channel where somebody always is.",
            _last_step,
            (Look("ines", (DESK,)),),
        ),
        Beat(
            "Ines takes it.",
            "The steps end with the claim, and the pod sees on its card who has it.",
            _ines_claims,
            (Look("dan", (SOUTH,)),),
            typed=("as ines click Claim {second_id}",),
        ),
        Beat(
            "She asks why {second_id} came to her.",
            "Every question has its history: who, when, what and why, and the rule behind each deadline.",
            _explain,
            (Look("ines", (DESK,)),),
            typed=("as ines #front-desk /podline explain {second_id}",),
        ),
    ),
    after=TWO_CLICKS,
    afterwards=_ines_answers,
)

STORIES = (TWO_CLICKS, NOBODY_CLAIMS)
