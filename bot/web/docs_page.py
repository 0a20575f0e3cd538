"""The page at /docs: our OpenAPI document as HTML that needs nothing from anywhere else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""The page may load nothing: that is said to the browser too."""
_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class _Type:
    text: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    types: tuple[_Type, ...]
    required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    meaning: str
    form: str | None


@dataclass(frozen=True, slots=True)
class _Operation:
    method: str
    path: str
    anchor: str
    summary: str
    paragraphs: tuple[str, ...]
    needs_token: bool
    parameters: tuple[_Field, ...]
    body: str | None
    example: str
    answers: tuple[_Answer, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    description: str
    fields: tuple[_Field, ...]
    values: tuple[str, ...]


def docs_page(openapi: dict[str, Any], openapi_url: str) -> str:
    """The whole document as one page of HTML."""
    forms = openapi.get("components", {}).get("schemas", {})
    environment = Environment(loader=PackageLoader("bot.web", "."), autoescape=True, trim_blocks=True)
    return environment.get_template("docs.html").render(
        title=openapi["info"]["title"],
        version=openapi["info"]["version"],
        description=openapi["info"].get("description", ""),
        openapi_url=openapi_url,
        operations=list(_operations(openapi["paths"], forms)),
        forms=[_form(name, schema) for name, schema in forms.items()],
    )


def _operations(paths: dict[str, Any], forms: dict[str, Any]) -> Iterator[_Operation]:
    for path, methods in paths.items():
        for method in _METHODS:
            if method in methods:
                yield _operation(path, method, methods[method], forms)


def _operation(path: str, method: str, written: dict[str, Any], forms: dict[str, Any]) -> _Operation:
    body = _form_name(written.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {}))
    examples = forms.get(body, {}).get("examples", []) if body else []
    return _Operation(
        method=method.upper(),
        path=path,
        anchor=written["operationId"],
        summary=written.get("summary", path),
        paragraphs=tuple(written.get("description", "").split("\n\n")),
        needs_token=bool(written.get("security")),
        parameters=tuple(_parameter(one) for one in written.get("parameters", [])),
        body=body,
        example=json.dumps(examples[0], indent=2) if examples else "",
        answers=tuple(_answer(status, one) for status, one in sorted(written["responses"].items())),
    )


def _parameter(written: dict[str, Any]) -> _Field:
    description = written.get("description") or written["schema"].get("description", "")
    types = tuple(_types(written["schema"]))
    return _Field(written["name"], types, written.get("required", False), description, written["in"])


def _answer(status: str, written: dict[str, Any]) -> _Answer:
    forms = (_form_name(content.get("schema", {})) for content in written.get("content", {}).values())
    return _Answer(status, written.get("description", ""), next((form for form in forms if form), None))


def _form(name: str, schema: dict[str, Any]) -> _Form:
    required = schema.get("required", ())
    fields = tuple(
        _Field(field, tuple(_types(part)), field in required, part.get("description", ""))
        for field, part in schema.get("properties", {}).items()
    )
    return _Form(name, schema.get("description", ""), fields, tuple(map(str, schema.get("enum", ()))))


def _types(schema: dict[str, Any]) -> Iterator[_Type]:
    if form := _form_name(schema):
        yield _Type(form, form)
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _types(one)
    elif schema.get("type") == "array":
        yield from (_Type(f"list of {one.text}", one.form) for one in _types(schema.get("items", {})))
    else:
        yield _Type({"date-time": "time"}.get(schema.get("format", ""), schema.get("type", "anything")))


def _form_name(schema: dict[str, Any]) -> str | None:
    reference = schema.get("$ref")
    return reference.rpartition("/")[2] if reference else None
