"""A question whose client is looked after by another pod from now on."""

from dataclasses import replace
from datetime import datetime

from coverage.events import MovedToPod, OfferReason
from coverage.ids import PersonId, PodId
from coverage.policy import EscalationPolicy
from coverage.question import Change, NotPossible, Question, offer


def move(
    question: Question, who: PersonId | None, pod: PodId, policy: EscalationPolicy, now: datetime, why: str
) -> Change:
    """What nobody has claimed is offered to ``pod``, under its policy, from the first step. Whoever has it keeps it and
    the policy it was routed under, by the hours and charter of ``pod`` from now on.

    Raises:
        NotPossible: it is resolved.
    """
    if not question.is_open:
        raise NotPossible("is resolved, so it stays where it was")
    if not question.is_unclaimed:
        return replace(question, pod=pod), (MovedToPod(who, why),)
    offered, events = offer(replace(question, pod=pod, policy=policy), OfferReason.MOVED, now)
    return offered, (MovedToPod(who, why), *events)
