"""Adaptive Cards as HTML, as far as a gallery needs it: the elements of 1.5 that are in use, to look at, not to press.

Microsoft's own renderer takes its place where it is installed (package.json).
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from bot.playground.page.markup import SIGNS, with_signs
from bot.playground.records import Json

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


class CardPen:
    """Draws the texts of one card; a tag of a mention is one only where the card says whom it stands for."""

    def __init__(self, card: Json) -> None:
        self.card = card
        entities = card.get("msteams", {}).get("entities", ())
        self._names = {entity["text"]: entity["mentioned"]["name"] for entity in entities}

    def marked(self, text: str) -> Markup:
        """The text of a block that reads markdown."""
        parts = re.split(f"({'|'.join(map(re.escape, (*self._names, *SIGNS)))})", text)
        return Markup("").join(self._part(part) for part in parts)

    def shown(self, actions: Iterable[Json]) -> list[Json]:
        return [one for one in actions if one.get("mode") != "secondary"]

    def in_menu(self, actions: Iterable[Json]) -> list[Json]:
        return [one for one in actions if one.get("mode") == "secondary"]

    def leads_to(self, run: Json) -> str:
        """Where a run leads when it is pressed; nowhere where that is no address of the web."""
        url = str(run.get("selectAction", {}).get("url", ""))
        return url if urlsplit(url).scheme in ("http", "https") else ""

    def chosen(self, field: Json) -> list[str]:
        return str(field.get("value", "")).split(",") if field.get("isMultiSelect") else [str(field.get("value", ""))]

    def _part(self, text: str) -> Markup:
        if text in self._names:
            return Markup('<span class="mention">{}</span>').format(self._names[text])
        if text in SIGNS:
            return with_signs(text)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        drawn: Any = _MARKDOWN.renderInline(text.strip())
        return Markup("").join([escape(before), Markup(drawn), escape(after if text.strip() else "")])
