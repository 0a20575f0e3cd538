"""Errors over HTTP: problem documents (RFC 9457) with sentences a person can act on."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from storage.engine import DatabaseBusy

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One part of the request and what is wrong with it."""

    field: str
    problem: str


class ProblemDocument(BaseModel):
    """Every error has this form (RFC 9457)."""

    type: str = Field(default="about:blank", description="Nothing more is to be known than the title says.")
    title: str = Field(description="The name of the status code.")
    status: int
    detail: str = Field(description="What happened and what to do, for a person.")
    errors: list[FieldProblem] = Field(
        default=[], description="Each wrong part of the request, where that is the reason."
    )


class Refusal(Exception):
    """Ends a request with ``status`` and ``detail``, a sentence or two for a person."""

    def __init__(self, status: int, detail: str, errors: Iterable[FieldProblem] = (), retry_after: int | None = None):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}


def problem(
    status: int, detail: str, errors: Iterable[FieldProblem] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer that carries a problem document."""
    document = ProblemDocument(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    content = document.model_dump(exclude=set() if document.errors else {"errors"})
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of ``app`` a problem document: our own, the framework's and the unforeseen."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(DatabaseBusy, _no_database)
    app.add_exception_handler(Exception, _unforeseen)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says of its errors in the OpenAPI document."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {}}, "model": ProblemDocument}
        for status in statuses
    }


async def _refusal(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return problem(error.status, error.detail, error.errors, error.headers)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    if isinstance(error.body, bytes) and error.body:
        return problem(415, "Send JSON, and say so: Content-Type: application/json.")
    errors = [_field_problem(one) for one in error.errors()]
    return problem(422, " ".join(f"{one.field}: {one.problem}" for one in errors), errors)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            detail = f"There is nothing at {request.url.path}. What there is, is described at /docs."
        case 405:
            detail = (
                f"{request.method} is not possible here. Possible is {(error.headers or {}).get('Allow', 'nothing')}."
            )
        case 400:
            detail = "The request cannot be read. Send JSON in UTF-8."
        case _:
            detail = str(error.detail)
    return problem(error.status_code, detail, headers=error.headers)


async def _no_database(_request: Request, error: Exception) -> JSONResponse:
    log.warning("the database did not answer", error=error)
    return problem(
        503, "The database does not answer just now. Send the same again in a moment.", headers={"Retry-After": "5"}
    )


async def _unforeseen(_request: Request, _error: Exception) -> JSONResponse:
    """uvicorn logs the error itself, with its traceback."""
    return problem(
        500, "Something went wrong that should not have; the log says what. Send the same again, or report it."
    )


def _field_problem(error: Any) -> FieldProblem:
    """pydantic's finding in words; the value itself is never repeated, for it may be a client's."""
    place = [printable(str(step)) for step in error["loc"] if step not in ("body", "query", "header", "path")]
    field = ".".join(place) or "body"
    match error["type"]:
        case "json_invalid":
            return FieldProblem(field="body", problem=f"This is not JSON: {error['ctx']['error']}.")
        case "missing":
            return FieldProblem(field=field, problem="It is missing." if place else "Send a JSON object.")
        case "extra_forbidden":
            return FieldProblem(field=field, problem=_unknown_field(place[-1], error))
        case "enum" | "literal_error":
            allowed = str(error["ctx"]["expected"]).replace("'", '"').replace(" or ", ", ")
            return FieldProblem(field=field, problem=f"It must be one of {allowed}.")
        case "value_error":
            return FieldProblem(field=field, problem=str(error["ctx"]["error"]))
        case "model_attributes_type" | "dict_type" | "model_type":
            return FieldProblem(field=field, problem="It must be a JSON object.")
        case "string_type":
            return FieldProblem(field=field, problem="It must be text.")
        case _:
            return FieldProblem(field=field, problem=f"{error['msg'].replace('Input', 'It').replace('String', 'It')}.")


def printable(text: str) -> str:
    """JSON can spell halves of characters, which no encoding has: they become the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unknown_field(name: str, error: Any) -> str:
    known = KNOWN_FIELDS.get(".".join(step for step in error["loc"][:-1] if isinstance(step, str)), ())
    near = get_close_matches(name, known, n=1)
    return (
        f'There is no such field. Did you mean "{near[0]}"?'
        if near
        else f"There is no such field. There are: {', '.join(known)}."
    )


KNOWN_FIELDS: dict[str, tuple[str, ...]] = {}
"""The fields of each form by where it stands in a request, filled in where the forms are made (``api_forms``)."""
