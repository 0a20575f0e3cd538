"""A message of Teams, which is HTML, as the plain text that its reader sees."""

from html.parser import HTMLParser

_LINES = frozenset({"p", "div", "br", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"})
_UNSEEN = frozenset({"script", "style"})


def text_of(html: str) -> str:
    """Its words, a line for each paragraph or item; what stands for a picture is left out."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _LINES:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _LINES:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data.replace("\n", " "))
