"""Whatever people and the clock do to a question, in any order: it stays whole and is never without a next act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coverage.availability import Presence
from coverage.deadlines import TimerKind, timers_for, with_deadlines
from coverage.escalation import advance, bring_forward, remind, tell_managers
from coverage.events import Event, Offered, OfferReason, Promise, StepReached
from coverage.ids import PersonId, PodId, QuestionNumber
from coverage.moving import move
from coverage.promises import is_overdue_to_answer, miss, nudge
from coverage.question import (
    OWNED,
    UNCLAIMED,
    AlreadyClaimed,
    Change,
    NotPossible,
    Question,
    Status,
    answer,
    claim,
    hand_off,
    identify,
    offer,
    release,
    reopen,
    resolve,
    resume,
    wait,
    wake,
)
from coverage.question_acts import (
    close,
    mark_urgent,
    merge,
    not_urgent,
    snooze,
    snooze_over,
)
from coverage.routing import audience_for, whom_to_call
from tests.coverage.builders import (
    ANN,
    BOB,
    BOLT,
    CAS,
    DEE,
    ELI,
    MONDAY,
    NORTH,
    SOUTH,
    a_client,
    a_firm,
    a_policy,
    a_question,
    away,
    hours,
    hours_that_end,
    minutes,
    presence,
    rules,
)

PEOPLE = st.sampled_from([ANN, BOB, CAS, DEE, ELI])
FIRM = a_firm()
NEXT_ACTS = {TimerKind.STEP, TimerKind.REMINDER, TimerKind.MANAGERS}
DAYS = [f"2026-11-{day}" for day in range(23, 31)]


class Life(RuleBasedStateMachine):
    """One question, whatever people and the clock do to it; looked after as the tick would."""

    @initialize(
        identified=st.booleans(),
        noted_late=st.sampled_from([0, 45, 3000]),
        policy=st.sampled_from([a_policy(), a_policy("20% named_contact", "40% pod", every="50%", most=2)]),
        open_at=st.sampled_from([hours(), hours("Mon-Sun 00:00-24:00"), hours_that_end("2026-11-23")]),
        claim_target=st.sampled_from(["30m", "1d", None]),
        leave=st.lists(st.tuples(PEOPLE, st.sampled_from(DAYS), st.sampled_from(DAYS)), max_size=6),
    )
    def ask(self, identified, noted_late, policy, open_at, claim_target, leave) -> None:
        self.now = MONDAY
        self.under = rules(open_at, claim=claim_target)
        self.presence: Presence = presence(*(away(who, *sorted((one, other))) for who, one, other in leave))
        more = {} if identified else {"client": None}
        asked_at = MONDAY - minutes(noted_late)
        self.question = a_question(MONDAY, policy=policy, under=self.under, asked_at=asked_at, **more)
        self.told: list[tuple[datetime, int]] = []

    @rule(by=st.sampled_from([0, 1, 5, 14, 15, 60, 240, 960, 4000]))
    def time_passes(self, by: int) -> None:
        self.now += minutes(by)

    @rule(act=st.sampled_from(["claim", "release", "answer", "wait", "resume", "resolve", "reopen"]), who=PEOPLE)
    def somebody_acts(self, act: str, who: PersonId) -> None:
        acts: dict[str, Callable[[], Change]] = {
            "claim": lambda: claim(self.question, who, self.now),
            "release": lambda: release(self.question, who, self.now, ""),
            "answer": lambda: answer(self.question, who, self.now, ""),
            "wait": lambda: wait(self.question, who, self.now),
            "resume": lambda: resume(self.question, None, self.now),
            "resolve": lambda: resolve(self.question, who, self.now),
            "reopen": lambda: reopen(self.question, who, self.now, ""),
        }
        self._try(acts[act])

    @rule(who=PEOPLE, to=PEOPLE)
    def somebody_hands_it_off(self, who: PersonId, to: PersonId) -> None:
        self._try(lambda: hand_off(self.question, who, to, self.now, ""))

    @rule(who=PEOPLE, by=st.sampled_from([-5, 0, 5, 120, 700, 3000]))
    def somebody_snoozes_it(self, who: PersonId, by: int) -> None:
        self._try(lambda: snooze(self.question, who, self.now + minutes(by), self.now))

    @rule(who=st.one_of(st.none(), PEOPLE))
    def a_snooze_is_ended(self, who: PersonId | None) -> None:
        self._try(lambda: wake(self.question, who))

    @rule(who=PEOPLE)
    def nobody_needs_to_answer_it(self, who: PersonId) -> None:
        self._try(lambda: close(self.question, who, self.now, "spam"))

    @rule(who=PEOPLE, earlier=st.sampled_from([0, 30, 3000]), it_stays=st.booleans())
    def it_is_the_same_as_another(self, who: PersonId, earlier: int, it_stays: bool) -> None:
        asked_at = min(self.now, self.question.asked_at) - minutes(earlier)
        other = replace(a_question(self.now, under=self.under, asked_at=asked_at), number=QuestionNumber(213))
        before = self.question
        try:
            if it_stays:
                (gone, _), (kept, events) = merge(other, before, who, self.now)
                assert kept.asked_at == asked_at
                self._keep(kept, events)
            else:
                (gone, events), (kept, _) = merge(before, other, who, self.now)
                self._keep(gone, events)
        except NotPossible:
            assert not before.is_open or before.answered_at is not None
            return
        assert (gone.status, gone.merged_into, timers_for(gone, self.under)) == (Status.RESOLVED, kept.number, ())
        assert kept.version == (before if it_stays else other).version

    @rule(who=PEOPLE, is_urgent=st.booleans())
    def somebody_says_how_urgent_it_is(self, who: PersonId, is_urgent: bool) -> None:
        """No new turn: whoever was called is called still."""
        before = self.question
        try:
            change = mark_urgent(before, who, self.under, self.now) if is_urgent else not_urgent(before, who)
        except NotPossible:
            return
        assert change[0].version == before.version
        assert bool(change[1]) == (before.urgent is not is_urgent)
        self._keep(*change)

    @precondition(lambda self: self.question.is_open)
    @rule(pod=st.sampled_from([NORTH, SOUTH]))
    def somebody_says_which_client(self, pod: PodId) -> None:
        self._try(lambda: identify(self.question, ANN, BOLT, pod, a_policy(), self.now))

    @precondition(lambda self: self.question.is_open)
    @rule(pod=st.sampled_from([NORTH, SOUTH]))
    def its_client_goes_to_another_pod(self, pod: PodId) -> None:
        owner = self.question.claimed_by
        self._keep(*move(self.question, ANN, pod, a_policy("20% pod"), self.now, ""))
        assert (self.question.claimed_by, self.question.pod) == (owner, pod)

    @precondition(lambda self: self.question.status in OWNED)
    @rule()
    def its_claimer_goes_on_leave(self) -> None:
        self._try(lambda: offer(self.question, OfferReason.AWAY, self.now))

    @precondition(lambda self: self.question.is_unclaimed)
    @rule()
    def somebody_is_called(self) -> None:
        call = whom_to_call(a_client(), FIRM.pods[self.question.pod], (), self.presence, self.under.hours, self.now)
        called = (call.person,) if call.person is not None else ()
        assert not any(self.presence.is_on_leave(who, self.now) for who in called)
        self.question = replace(self.question, called=called)

    @rule()
    def a_message_cannot_be_delivered(self) -> None:
        self.question = bring_forward(self.question, self.under, self.now, "the channel is archived")

    @rule()
    def the_tick_comes(self) -> None:
        for timer in sorted(timers_for(self.question, self.under), key=lambda one: one.due_at):
            if timer.due_at <= self.now and timer.version == self.question.version:
                self._look_after(timer.kind)

    def _look_after(self, kind: TimerKind) -> None:
        match kind:
            case TimerKind.STEP:
                audience = audience_for(FIRM, FIRM.pods[self.question.pod], ANN, self.presence, self.now)
                self._twice(lambda: advance(self.question, self.under, audience, self.now), must_act=True)
            case TimerKind.REMINDER:
                self._twice(lambda: remind(self.question, self.under, self.now), must_act=True)
            case TimerKind.MANAGERS:
                self._twice(lambda: tell_managers(self.question, (), self.now), must_act=True)
            case TimerKind.CLAIM_DUE:
                self._twice(lambda: miss(self.question, Promise.CLAIM), must_act=True)
            case TimerKind.NUDGE:
                self._twice(lambda: nudge(self.question), must_act=True)
            case TimerKind.FIRST_RESPONSE_DUE:
                self._twice(lambda: miss(self.question, Promise.FIRST_RESPONSE), must_act=True)
                self._offer_if_overdue()
            case TimerKind.RESOLUTION_DUE:
                self._twice(lambda: miss(self.question, Promise.RESOLUTION), must_act=True)
            case TimerKind.SNOOZE_OVER:
                self._twice(lambda: snooze_over(self.question, self.under, self.now), must_act=True)
                assert self.question.nudged or self._nudge_is_ahead()
                self._offer_if_overdue()

    def _offer_if_overdue(self) -> None:
        if is_overdue_to_answer(self.question):
            self._try(lambda: offer(self.question, OfferReason.NOT_ANSWERED, self.now))

    def _nudge_is_ahead(self) -> bool:
        """Whoever is reminded at the end of a snooze is not nudged in the same moment."""
        nudges = [one.due_at for one in timers_for(self.question, self.under) if one.kind is TimerKind.NUDGE]
        return all(due > self.now for due in nudges)

    def _try(self, act: Callable[[], Change]) -> None:
        """What is refused changes nothing; what happens is a new turn, told in events."""
        before = self.question
        try:
            changed, events = act()
        except (NotPossible, AlreadyClaimed):
            return
        assert bool(events) == (changed != before)
        assert changed.version > before.version if events else changed == before
        self._keep(changed, events)

    def _twice(self, act: Callable[[], Change], *, must_act: bool) -> None:
        """A timer that is due has something to do; done, doing it again at the same instant changes nothing."""
        changed, events = act()
        assert bool(events) is must_act
        self._keep(changed, events)
        assert act() == (self.question, ())

    def _keep(self, changed: Question, events: tuple[Event, ...]) -> None:
        assert changed.version >= self.question.version
        for event in events:
            if isinstance(event, StepReached):
                assert not any(self.presence.is_on_leave(who, self.now) for who in event.people)
                assert event.people or event.channel_steps
                self.told += [(changed.offered_at, step) for step in (*event.slept_through, event.step)]
            if isinstance(event, Offered):
                self.told = []
        assert len(set(self.told)) == len(self.told), "a step fired twice"
        self.question = with_deadlines(changed, self.under)

    @invariant()
    def owned_is_who_has_somebody(self) -> None:
        question = self.question
        assert (question.status in OWNED) == (question.claimed_by is not None and question.is_open)
        assert (question.claimed_by is None) == (question.claimed_at is None)
        assert question.status not in UNCLAIMED or question.claimed_by is None
        if question.status in UNCLAIMED:
            assert (question.status is Status.UNIDENTIFIED) == (question.client is None)

    @invariant()
    def only_waiting_questions_are_paused(self) -> None:
        assert (self.question.status is Status.WAITING) == any(pause.end is None for pause in self.question.pauses)
        assert (self.question.status is Status.RESOLVED) == (self.question.resolved_at is not None)

    @invariant()
    def an_unclaimed_question_always_has_exactly_one_next_act(self) -> None:
        kinds = [timer.kind for timer in timers_for(self.question, self.under)]
        assert len(kinds) == len(set(kinds))
        assert len(NEXT_ACTS & set(kinds)) == (1 if self.question.is_unclaimed else 0)

    @invariant()
    def timers_are_only_for_what_the_state_allows(self) -> None:
        question = self.question
        kinds = {timer.kind for timer in timers_for(question, self.under)}
        assert {timer.version for timer in timers_for(question, self.under)} <= {question.version}
        assert TimerKind.CLAIM_DUE not in kinds or question.is_unclaimed
        assert TimerKind.NUDGE not in kinds or question.status is Status.CLAIMED
        assert TimerKind.FIRST_RESPONSE_DUE not in kinds or question.answered_at is None
        assert not kinds - {TimerKind.SNOOZE_OVER} or question.status not in (Status.WAITING, Status.RESOLVED)
        assert (TimerKind.SNOOZE_OVER in kinds) == (question.snoozed_until is not None)
        assert TimerKind.NUDGE not in kinds or question.snoozed_until is None

    @invariant()
    def what_is_snoozed_has_somebody_who_answers_for_it(self) -> None:
        assert self.question.snoozed_until is None or self.question.status in OWNED

    @invariant()
    def only_what_is_resolved_is_merged(self) -> None:
        assert self.question.merged_into is None or self.question.status is Status.RESOLVED

    @invariant()
    def deadlines_depend_on_nothing_but_the_questions_own_instants(self) -> None:
        assert with_deadlines(self.question, self.under) == self.question


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=timedelta(seconds=2))
TestLife = Life.TestCase
