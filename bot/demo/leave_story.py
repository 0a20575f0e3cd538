"""A story of the tour that takes months: a parental leave, from the line that marks it to the first morning back."""

from datetime import datetime

from bot.demo.people_stories import answers_and_resolves, asked, claims
from bot.demo.stage import HOME
from bot.demo.telling import DIRECT, Beat, Look, Scene, Story

SOUTH = "C0SOUTH"
LEAVE = "leave 4 Jan - 30 Apr parental leave"
HAND_OVER = "person @finn clients to @eve"


def _at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HOME)


async def _finn_plans(scene: Scene) -> None:
    await scene.leap(_at(2026, 12, 15, 10, 0))
    scene.forget()
    await scene.types("finn", SOUTH, LEAVE)


async def _hand_over(scene: Scene) -> None:
    scene.forget()
    ann, people = scene.user("ann"), scene.stage.people
    await people.slash_command(ann, SOUTH, "/podline", HAND_OVER)
    shown = await scene.seen("ephemeral", SOUTH, user=ann)
    assert shown.message is not None
    await people.click(ann, SOUTH, shown.message.ts, text="Do it")
    await scene.seen("ephemeral", SOUTH, user=ann)


async def _briefed(scene: Scene) -> None:
    await scene.leap(_at(2026, 12, 30, 8, 59))
    scene.forget()
    await scene.until(_at(2026, 12, 30, 9, 1))
    await scene.seen("posted", _direct(scene, "finn"), says="Before you are away")
    warning = await scene.seen("posted", _direct(scene, "ann"), says="Finn Farthing is away")
    assert warning.message is not None
    scene.facts["warning"] = warning.message.ts


async def _cover(scene: Scene) -> None:
    scene.forget()
    ann = scene.user("ann")
    covers = {"text": "Cover: Dan Digit", "value": "client Kingfisher Boats learning dan@tallyquill.example"}
    await scene.stage.people.click(ann, _direct(scene, "ann"), scene.facts["warning"], **covers)
    await scene.seen("posted", _direct(scene, "dan"), says="Kingfisher")
    await scene.types("ann", SOUTH, "coverage Kingfisher")


async def _finn_takes_one(scene: Scene) -> None:
    await asked(
        scene,
        _at(2026, 12, 31, 16, 5),
        "Lantern Films",
        "The studio wants our accounts by Tuesday. Is that possible?",
        SOUTH,
        asked_by={"name": "Lou Lantern", "email": "lou@lantern.example"},
        via="phone",
    )
    await claims(scene, "finn", SOUTH)


async def _offered_again(scene: Scene) -> None:
    scene.forget()
    await scene.until(_at(2027, 1, 4, 9, 1), within=1.2)
    await scene.seen("updated", SOUTH, says=scene.facts["id"])
    await claims(scene, "dan", SOUTH)
    await answers_and_resolves("dan", SOUTH, "Yes: they are with you on Monday evening.")(scene)


async def _february(scene: Scene) -> None:
    await scene.leap(_at(2027, 2, 16, 9, 59))
    await asked(
        scene,
        _at(2027, 2, 16, 10, 10),
        "Harbour Lights",
        "We take on three people for the season. What do we register?",
        SOUTH,
        asked_by={"name": "Hetty Harbour", "email": "hetty@harbourlights.example"},
        via="email",
    )


async def _back(scene: Scene) -> None:
    await claims(scene, "eve", SOUTH)
    await answers_and_resolves("eve", SOUTH, "Each of them, before their first pay day: I send you the form.")(scene)
    await scene.leap(_at(2027, 5, 4, 8, 59))
    scene.forget()
    await scene.until(_at(2027, 5, 4, 9, 1))
    await scene.seen("posted", _direct(scene, "finn"), says="While you were away")


def _direct(scene: Scene, handle: str) -> str:
    return scene.stage.workspace.dm_with(scene.user(handle))


PARENTAL = Story(
    "Story 6: four months of parental leave",
    (
        Beat(
            "Finn will be on parental leave from January to the end of April.",
            "One line, weeks ahead. Only he reads why: for everybody else, his manager too, he is away until May.",
            _finn_plans,
            (Look("finn", (SOUTH,)),),
            typed=(f"as finn #south /podline {LEAVE}",),
            manual=("reference.md#commands",),
        ),
        Beat(
            "Ann makes Eve the named contact of his clients.",
            "All of them in one line: shown first, then done, and taken back by “undo”. Finn still knows them.",
            _hand_over,
            (Look("ann", (SOUTH,)),),
            typed=(f"as ann #south /podline {HAND_OVER}", "as ann click Do it"),
            manual=("administration.md",),
        ),
        Beat(
            "Two working days before, Ann is told which clients get thin.",
            "Three of them are then known by one person only; the firm's minimum is two. Beside each is who could "
            "cover it. Finn has a brief of his own: what he still has open, and who stands in for him.",
            _briefed,
            (Look("ann", (DIRECT,)), Look("finn", (DIRECT,))),
            manual=("reference.md#coverage",),
        ),
        Beat(
            "She lets Dan cover Kingfisher Boats.",
            "One press. Dan is learning them from now on, and reads at once what there is to know about them.",
            _cover,
            (Look("dan", (DIRECT,)), Look("ann", (SOUTH,))),
            typed=("as ann click Cover: Dan Digit",),
        ),
        Beat(
            "On his last afternoon Finn takes a question of Lantern's.",
            "He means to answer it, and does not get to it.",
            _finn_takes_one,
            (Look("finn", (SOUTH,)),),
            typed=("as finn click Claim {id}",),
        ),
        Beat(
            "On the first morning without him it is offered to his pod. Dan takes it, and answers in time.",
            "Nobody had to think of it. It calls Dan, Lantern's named contact, and leaves Finn alone.",
            _offered_again,
            (Look("dan", (SOUTH,)),),
            typed=("as dan click Claim {id}",),
        ),
        Beat(
            "In February Harbour Lights writes. For years Finn was their contact.",
            "It is Eve's now: she is called, and Dan knows them too. For the client nothing has changed but the name.",
            _february,
            (Look("eve", (SOUTH,)),),
        ),
        Beat(
            "In May Finn is back, and reads what became of his clients.",
            "One message on the first morning: each question, who answered it and, a press away, what was said.",
            _back,
            (Look("finn", (DIRECT,)),),
        ),
    ),
)
