"""What the OpenAPI document says of answers, made true: the framework's own words for errors are not ours."""

from typing import Any

from fastapi import FastAPI

from bot.web.problems import MEDIA_TYPE

_PROBLEM = {"$ref": "#/components/schemas/ProblemDocument"}
_NOT_OURS = ("HTTPValidationError", "ValidationError")


def describe_truly(app: FastAPI) -> None:
    """Every error of the document is a problem document, and none is in it that cannot come."""
    as_the_framework_has_it = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _correct(as_the_framework_has_it())
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _correct(document: dict[str, Any]) -> None:
    for methods in document["paths"].values():
        for operation in methods.values():
            answers = operation["responses"]
            operation["responses"] = {status: _true(one) for status, one in answers.items() if not _is_foreign(one)}
    for name in _NOT_OURS:
        document.get("components", {}).get("schemas", {}).pop(name, None)


def _is_foreign(answer: dict[str, Any]) -> bool:
    """The framework adds its own 422 to each route with a parameter; ours are named by the routes."""
    return any(_form(content).endswith("/HTTPValidationError") for content in answer.get("content", {}).values())


def _true(answer: dict[str, Any]) -> dict[str, Any]:
    if any(_form(content) == _PROBLEM["$ref"] for content in answer.get("content", {}).values()):
        return {**answer, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
    return answer


def _form(content: dict[str, Any]) -> str:
    return str(content.get("schema", {}).get("$ref", ""))
