"""A roster file as it was written: its content, and in which line each part of it stands."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import PlainError
from commands.roster_checks import Problem
from commands.roster_lines import same_name

LARGEST_BYTES = 50_000_000


class NotReadable(PlainError):
    """The file is no YAML and no JSON, or there is none; says where it stops making sense."""


class Document:
    """``content`` is plain values; ``where`` says where in the file a part of it stands."""

    def __init__(self, content: object, root: Node | None = None) -> None:
        self.content = content
        self._root = root

    def where(self, path: Sequence[str | int]) -> str:
        """``line 12: pods[1] (North): members[0]``; what cannot be found in the file is named without a line."""
        line = self._line_of(path)
        place = self._in_words(path)
        return ": ".join(part for part in (f"line {line}" if line else "", place) if part)

    def sentence(self, problem: Problem) -> str:
        """Where it is and what is wrong there."""
        where = self.where(problem.path)
        return f"{where}: {problem.says}" if where else problem.says

    def _line_of(self, path: Sequence[str | int]) -> int | None:
        node, line = self._root, None
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        return line

    def _in_words(self, path: Sequence[str | int]) -> str:
        words, part = "", self.content
        for step in path:
            part = _inside(part, step)
            if isinstance(step, int):
                words += f"[{step}]"
                name = part.get("name") or part.get("email") if isinstance(part, Mapping) else None
                words += f" ({name})" if isinstance(name, str) else ""
            else:
                words += f".{step}" if words else step
        return words


def open_document(path: Path) -> Document:
    """Read a YAML 1.2 or JSON file. Raises NotReadable, OSError."""
    if path.stat().st_size > LARGEST_BYTES:
        raise NotReadable(f"{path} is larger than {LARGEST_BYTES // 1_000_000} MB, which no roster is. Check the path.")
    try:
        written = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable(f"{path} is not a text in UTF-8. Save it as UTF-8 and try again.") from None
    return document_of(written, str(path))


def document_of(written: str, name: str = "the roster") -> Document:
    """The document of a text; ``name`` is what errors call it. Raises NotReadable."""
    is_json = written.lstrip()[:1] in ("{", "[")
    try:
        return _from_json(written) if is_json and _is_json(written) else _from_yaml(written)
    except json.JSONDecodeError as problem:
        raise NotReadable(f"{name}, line {problem.lineno}: {problem.msg}. Mend the file.") from None
    except _Twice as twice:
        raise NotReadable(f'{name}: the key "{twice}" is there twice in one place. Join them.') from None
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise NotReadable(f"{name}{line}: {problem.problem or 'this is not YAML'}. Mend the file.") from None
    except (YAMLError, RecursionError, ValueError) as problem:
        raise NotReadable(f"{name} is neither YAML nor JSON: {str(problem).splitlines()[0]}. Mend the file.") from None


class _Twice(Exception):
    """A key is there twice in one JSON object, where the last would silently win."""


def _is_json(written: str) -> bool:
    """False for YAML in braces, which only its own reader understands."""
    try:
        json.loads(written)
    except json.JSONDecodeError as problem:
        return problem.msg not in ("Expecting property name enclosed in double quotes", "Expecting value")
    return True


def _from_json(written: str) -> Document:
    return Document(json.loads(written, object_pairs_hook=_each_once))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _from_yaml(written: str) -> Document:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Constructor
    root = yaml.compose(written)
    return Document(yaml.constructor.construct_document(root) if root else None, root)


class _Constructor(SafeConstructor):
    """Leaves a day there is not (``2026-02-30``) as text: whoever reads that part refuses it with its line."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return node.value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and same_name(key.value) == same_name(str(step)):
                return key, value
    return None


def _inside(part: object, step: str | int) -> object:
    if isinstance(part, Mapping):
        return part.get(step)
    if isinstance(part, list) and isinstance(step, int) and step < len(part):
        return part[step]
    return None
