"""Block Kit in the ink of a terminal: every block as something rich can print."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.playground.mrkdwn import Line, Piece, parse
from bot.playground.records import Json
from bot.playground.workspace import Workspace

_KINDS = {
    "code": "red",
    "pre": "red",
    "user": "bold cyan",
    "channel": "cyan",
    "broadcast": "bold black on yellow",
    "date": "",
    "link": "blue underline",
}


class Ink:
    """Draws for one viewer, whose zone dates are shown in; `values` and `errors` are those of a form."""

    def __init__(
        self,
        workspace: Workspace,
        viewer: str,
        values: Mapping[str, Any] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> None:
        self._workspace = workspace
        self._viewer = viewer
        self._values = values or {}
        self._errors = errors or {}

    def blocks(self, blocks: list[Json]) -> RenderableType:
        """One block below the other."""
        return Group(*(self._block(block) for block in blocks))

    def mrkdwn(self, text: str) -> Text:
        """A mrkdwn text."""
        return Text("\n").join(_line(line) for line in parse(self._workspace, self._viewer, text))

    def _block(self, block: Json) -> RenderableType:
        match block["type"]:
            case "header":
                return Text(block["text"]["text"], style="bold underline")
            case "section":
                return self._section(block)
            case "context":
                pieces = [self._text(element) for element in block["elements"]]
                return _dim(Text("   ").join(pieces))
            case "divider":
                return Rule(style="dim")
            case "actions":
                return Text("  ").join(self._element(element, block) for element in block["elements"])
            case "input":
                return self._input(block)
            case "image":
                return Text(f"(picture: {block['alt_text']})", style="dim")
            case "markdown":
                return Text(block["text"])
            case "rich_text":
                return self.rich_text(block)
            case other:
                return Text(f"({other})", style="dim")

    def _section(self, block: Json) -> RenderableType:
        parts: list[RenderableType] = [self._text(block["text"])] if "text" in block else []
        if "fields" in block:
            parts.append(self._fields(block["fields"]))
        if "accessory" in block:
            parts.append(self._element(block["accessory"], block))
        return Group(*parts)

    def _fields(self, fields: list[Json]) -> Table:
        grid = Table.grid(padding=(0, 4), expand=False)
        texts = [self._text(field) for field in fields]
        for index in range(0, len(texts), 2):
            grid.add_row(*texts[index : index + 2])
        return grid

    def _input(self, block: Json) -> RenderableType:
        optional = " (optional)" if block.get("optional") else ""
        label = Text(block["label"]["text"] + optional, style="bold")
        parts: list[RenderableType] = [label, self._element(block["element"], block)]
        if "hint" in block:
            parts.append(Text(block["hint"]["text"], style="dim"))
        if error := self._errors.get(block["block_id"]):
            parts.append(Text(error, style="bold red"))
        return Group(*parts)

    def _element(self, element: Json, block: Json) -> Text:
        match element["type"]:
            case "button":
                styles = {"primary": "bold green", "danger": "bold red"}
                return Text(f"[ {element['text']['text']} ]", style=styles.get(element.get("style", ""), "bold"))
            case "overflow":
                return Text("[ … " + " | ".join(option["text"]["text"] for option in element["options"]) + " ]")
            case "image":
                return Text(f"(picture: {element['alt_text']})", style="dim")
            case "checkboxes" | "radio_buttons":
                return self._choices(element, block)
        shown = self._chosen(element, block) or element.get("placeholder", {}).get("text", "")
        return Text(f"[ {shown} ▾ ]" if "select" in element["type"] else f"[ {shown} ]")

    def _choices(self, element: Json, block: Json) -> Text:
        state = self._state(element, block)
        chosen = state.get("selected_options") or [state.get("selected_option")]
        rows = [(option in chosen, self._text(option["text"])) for option in element["options"]]
        return Text("\n").join(Text("(x) " if is_chosen else "( ) ").append_text(text) for is_chosen, text in rows)

    def _chosen(self, element: Json, block: Json) -> str:
        held = next((value for name, value in self._state(element, block).items() if name != "type" and value), "")
        names = [held] if not isinstance(held, list) else held
        return ", ".join(self._name(each) for each in names if each)

    def _state(self, element: Json, block: Json) -> Json:
        state: Json = self._values.get(block["block_id"], {}).get(element["action_id"], {})
        return state

    def _name(self, value: Any) -> str:
        if isinstance(value, dict):
            return str(value.get("text", {}).get("text", ""))
        person, channel = self._workspace.people.get(str(value)), self._workspace.channels.get(str(value))
        return person.real_name if person else f"#{channel.name}" if channel else str(value)

    def _text(self, element: Json) -> Text:
        if element["type"] == "image":
            return Text(f"(picture: {element['alt_text']})", style="dim")
        return self.mrkdwn(element["text"]) if element["type"] == "mrkdwn" else Text(element["text"])

    def rich_text(self, block: Json) -> RenderableType:
        """What people type arrives in this shape."""
        return Group(*(self._rich_part(part) for part in block["elements"]))

    def _rich_part(self, part: Json) -> RenderableType:
        if part["type"] == "rich_text_list":
            return Group(*(Text("• ").append_text(self._rich_line(item)) for item in part["elements"]))
        line = self._rich_line(part)
        return Padding(line, (0, 0, 0, 2)) if part["type"] != "rich_text_section" else line

    def _rich_line(self, part: Json) -> Text:
        return Text("").join(self._rich_piece(element) for element in part["elements"])

    def _rich_piece(self, element: Json) -> Text:
        match element["type"]:
            case "text":
                style = " ".join(name for name, on in element.get("style", {}).items() if on and name != "code")
                return Text(element["text"], style=style)
            case "user":
                return self.mrkdwn(f"<@{element['user_id']}>")
            case "channel":
                return self.mrkdwn(f"<#{element['channel_id']}>")
            case "broadcast":
                return self.mrkdwn(f"<!{element['range']}>")
            case "link":
                return Text(element.get("text") or element["url"], style=_KINDS["link"])
            case "emoji":
                return Text(f":{element['name']}:")
            case other:
                return Text(f"({other})", style="dim")


def _line(line: Line) -> Text:
    text = Text("▎ " if line.is_quoted else "", style="")
    for piece in line.pieces:
        text.append(piece.text, style=_style(piece))
    return text


def _style(piece: Piece) -> str:
    marks = {"bold": piece.bold, "italic": piece.italic, "strike": piece.struck}
    return " ".join([*(name for name, on in marks.items() if on), _KINDS.get(piece.kind, "")]).strip()


def _dim(text: Text) -> Text:
    text.stylize("dim")
    return text
