"""What a firm still lacks, and that each line says what mends it."""

from dataclasses import replace

import pytest

from commands.checklist import Known, still_to_do
from commands.views import Code, Row, plain_text
from coverage.charter import Charter, Level, Targets
from coverage.durations import Share
from coverage.firm import Firm, Intake
from coverage.ids import PersonId, PlaceId, PodId
from coverage.people import Person, Pod
from coverage.policy import EscalationPolicy, Notify, Reminders, Step
from coverage.service_hours import ServiceHours, Window

ANN, BOB = PersonId(1), PersonId(2)
POLICY = EscalationPolicy("standard", (Step(Share(100), Notify.CONTACT_CENTRE, PlaceId(9)),), Reminders(Share(50), 3))
NORTH = Pod(PodId(1), "North", PlaceId(1), (ANN, BOB), ANN, "office", "standard", "standard")
WHOLE = Firm(
    version=1,
    people={ANN: Person(ANN, "Ann Lee", "ann@firm.example"), BOB: Person(BOB, "Bob Roy", "bob@firm.example")},
    pods={NORTH.id: NORTH},
    hours={"office": ServiceHours("UTC", ((Window(32400, 63000),),) * 7)},
    charters={"standard": Charter("standard", {Level.ROUTINE: Targets()})},
    policies={"standard": POLICY},
    intake=Intake(PlaceId(1), NORTH.id),
    alerts_channel=PlaceId(2),
    kudos_channel=PlaceId(3),
)
EVERYBODY = Known((), {ANN, BOB})


def said(rows: tuple[Row, ...]) -> list[str]:
    return [plain_text(row.text) for row in rows]


def with_pod(**changes: object) -> Firm:
    return replace(WHOLE, pods={NORTH.id: replace(NORTH, **changes)})  # type: ignore[arg-type]


def test_a_firm_that_lacks_nothing_has_nothing_to_do() -> None:
    assert still_to_do(WHOLE, EVERYBODY) == ()


@pytest.mark.parametrize(
    ("firm", "known", "what", "mends"),
    [
        (replace(WHOLE, intake=None), EVERYBODY, "There is no intake", "intake: {channel: C..., pod: North}"),
        (replace(WHOLE, alerts_channel=None), EVERYBODY, "There is no alarms channel", "alerts_channel: C..."),
        (replace(WHOLE, kudos_channel=None), EVERYBODY, "There is no kudos channel", "kudos_channel: C..."),
        (with_pod(lead=None), EVERYBODY, "North has no lead", "pod North lead Ann Lee"),
        (with_pod(members=(ANN,)), EVERYBODY, "North has only Ann Lee", "pod North add @name"),
        (with_pod(members=()), EVERYBODY, "North has nobody", "pod North add @name"),
        (WHOLE, Known((), {ANN}), "No account is known of Bob Roy", "slack: U..."),
        (WHOLE, Known((), ()), "Nobody of any pod has an account here", "slack: U..."),
        (
            WHOLE,
            Known(("Acme", "Birch", "Cedar", "Delta", "Elm"), {ANN, BOB}),
            "5 clients have no named contact: Acme, Birch, Cedar and 2 more",
            "client Acme contact @name",
        ),
        (WHOLE, Known(("Acme",), {ANN, BOB}), "1 client has no named contact: Acme", "client Acme contact @name"),
        (
            replace(WHOLE, policies={"standard": replace(POLICY, remind=None)}),
            EVERYBODY,
            "The escalation policy standard never reminds",
            "remind: {every: 50%, max: 3}",
        ),
    ],
)
def test_what_is_missing_is_said_with_the_line_that_mends_it(firm: Firm, known: Known, what: str, mends: str) -> None:
    [row] = still_to_do(firm, known)

    assert plain_text(row.text).startswith(what)
    assert Code(mends) in row.text


def test_without_a_pod_nothing_else_matters_yet() -> None:
    [only] = said(still_to_do(replace(WHOLE, pods={}, intake=None), EVERYBODY))

    assert only.startswith("No pod has been set up")


def test_a_policy_no_pod_uses_is_not_complained_of() -> None:
    unused = replace(POLICY, name="old", remind=None)

    assert still_to_do(replace(WHOLE, policies={"standard": POLICY, "old": unused}), EVERYBODY) == ()
