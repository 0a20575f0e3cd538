"""The intake API: other programs pass questions on and see what became of them."""

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.security import HTTPBearer

from bot.clock import Clock
from bot.web.api_forms import QuestionForm, QuestionPage, QuestionShown, QuestionWithHistory
from bot.web.problems import FieldProblem, Refusal, documented
from bot.web.tokens import CALLER
from commands.ask import Ask, AskedInTheFuture, KeyReused, NothingAsked, NotSetUp, TooLong, ask
from commands.look import ListQuery, UnknownName, look, look_through
from commands.ports import NewUnitOfWork, Overtaken, UnknownQuestion
from coverage.charter import Level
from coverage.ids import QuestionNumber
from coverage.question import Status, Via

_ID = re.compile(r"Q-([0-9]{1,9})", re.IGNORECASE)
_TRIES = 3
_SHOW_THE_LOCK = HTTPBearer(auto_error=False, description="A token made by `podline token NAME`.")

_ASKED_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"model": QuestionShown, "description": "Asked before under the same key: the same question."}
}

Answer = TypeVar("Answer")
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Your own id of this question, kept 7 days per token: sending it again does not ask again.",
    ),
]
StatusFilter = Annotated[Status | None, Query(alias="status", description="Only questions in this state.")]
ClientFilter = Annotated[str | None, Query(max_length=320, description="Only this client's, by name or alias.")]
PodFilter = Annotated[str | None, Query(max_length=320, description="Only this pod's, by name.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Cursor = Annotated[str | None, Query(description="The next_cursor of the page before.")]


def questions_api(new_uow: NewUnitOfWork, clock: Clock) -> APIRouter:
    """The routes below ``/api/v1``. Whoever gets here has shown a token; use cases run in worker threads."""
    router = APIRouter(prefix="/api/v1", tags=["Questions"], dependencies=[Depends(_SHOW_THE_LOCK)])

    @router.post(
        "/questions",
        status_code=201,
        response_model=QuestionShown,
        responses=_ASKED_BEFORE | documented(401, 413, 415, 422, 503),
        response_description="The question is kept; Location has its address.",
        summary="Ask a question",
    )
    def post(request: Request, response: Response, form: QuestionForm, key: IdempotencyKey = None) -> QuestionShown:
        """Keep a client's question and put it in front of the client's pod. Once this has answered, it is not lost.

        A client nobody knows is not an error: the question is kept as `unidentified` until a person says who it is.
        """
        asked = _answered(lambda: ask(_to_ask(form, key, request.scope[CALLER]), new_uow, clock.now()))
        response.status_code = 201 if asked.is_new else 200
        response.headers["Location"] = f"/api/v1/questions/Q-{asked.question.number}"
        return QuestionShown.of(look(asked.question.number, new_uow))

    @router.get(
        "/questions/{id}",
        response_model=QuestionWithHistory,
        responses=documented(401, 404, 503),
        response_description="The question with its history.",
        summary="One question with its history",
    )
    def get(id: str) -> QuestionWithHistory:  # noqa: A002 - the name in the path
        """Where a question stands, and everything that happened to it."""
        return QuestionWithHistory.of(_answered(lambda: look(_number(id), new_uow)))

    @router.get(
        "/questions",
        response_model=QuestionPage,
        responses=documented(401, 422, 503),
        response_description="A page of questions, without their history.",
        summary="Many questions",
    )
    def get_many(
        status: StatusFilter = None,
        client: ClientFilter = None,
        pod: PodFilter = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> QuestionPage:
        """A page of questions, newest first."""
        query = ListQuery(status, client, pod, _place(cursor), limit)
        found, more = _answered(lambda: look_through(query, new_uow))
        return QuestionPage(
            questions=[QuestionShown.of(one) for one in found], next_cursor=None if more is None else str(more)
        )

    return router


def _to_ask(form: QuestionForm, key: str | None, caller: str) -> Ask:
    return Ask(
        text=form.text,
        asked_by=form.who_asked(),
        via=form.via or Via.WEB,
        client=form.client,
        level=form.level or Level.ROUTINE,
        asked_at=form.asked_at,
        attachments=form.attached(),
        key=f"api:{caller}:{key}" if key else "",
        fingerprint=form.fingerprint(),
    )


def _answered(act: Callable[[], Answer]) -> Answer:
    """What ``act`` answers; its refusals become problems. Begun again when another process was faster."""
    for remaining in reversed(range(_TRIES)):
        try:
            return act()
        except Overtaken:
            if not remaining:
                raise Refusal(503, "Too much happens at once just now. Send the same again.", retry_after=1) from None
        except (NothingAsked, AskedInTheFuture, TooLong, NotSetUp, KeyReused, UnknownQuestion, UnknownName) as refused:
            raise _refusal(refused) from None
    raise AssertionError("the last try returns or raises")


def _refusal(error: Exception) -> Refusal:
    match error:
        case NothingAsked():
            return _wrong("text", str(error))
        case AskedInTheFuture():
            return _wrong("asked_at", "It lies in the future. Leave it out, or send when the client asked.")
        case KeyReused():
            return _wrong("Idempotency-Key", "It was used for another question. A new question needs a new key.")
        case UnknownName():
            return Refusal(422, f"There are no questions to show: {error}.")
        case UnknownQuestion():
            return Refusal(404, f"There is no question Q-{error.number}.")
        case TooLong():
            return Refusal(413, f"{error} Nothing was stored.")
        case _:
            return Refusal(503, str(error), retry_after=60)


def _wrong(field: str, says: str) -> Refusal:
    return Refusal(422, f"{field}: {says}", [FieldProblem(field=field, problem=says)])


def _number(id: str) -> QuestionNumber:  # noqa: A002
    written = _ID.fullmatch(id)
    if written is None:
        raise Refusal(404, "There is no such question. An id looks like Q-214.")
    return QuestionNumber(int(written[1]))


def _place(cursor: str | None) -> QuestionNumber | None:
    if cursor is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", cursor):
        raise _wrong("cursor", "It is none of ours. Send the next_cursor of the page before, or leave it out.")
    return QuestionNumber(int(cursor))
