"""The manual's Markdown files as pages to read: no HTML of theirs is let through."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

_NAME = re.compile(r"[\w-]+\.md")


def pages(folder: Path) -> list[str]:
    """The files there are."""
    return sorted(path.name for path in folder.glob("*.md")) if folder.is_dir() else []


def read(folder: Path, name: str) -> Markup | None:
    """A file as HTML, with an id on each heading; None where there is none of this name."""
    file = folder / name
    if not _NAME.fullmatch(name) or not file.is_file():
        return None
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(file.read_text(encoding="utf-8"))
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", anchor(words.content))
    rendered: Any = markdown.renderer.render(tokens, markdown.options, {})
    return Markup(rendered)


def anchor(heading: str) -> str:
    """A heading's id, as most Markdown readers make it."""
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))
