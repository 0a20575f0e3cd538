"""A heat map drawn as PNG: numbers and words in the cells, colours that everybody can tell apart, no display needed.

matplotlib takes a second and much memory to import, so it is imported where it draws: in a process of its own.
"""

import io

from bot.calendar_worker import run_capped
from commands.views import Picture, Shade

SECONDS, MEMORY_MB = 12.0, 4_000
"""Less than sending a message may take (bot/delivery.py); the library reserves far more address space than it uses."""

COLOURS = {
    Shade.NOBODY: ("#8c2d04", "#ffffff"),
    Shade.TOO_FEW: ("#fdae61", "#000000"),
    Shade.ENOUGH: ("#d1e5f0", "#000000"),
    Shade.CLOSED: ("#ffffff", "#767676"),
}
"""Of the cell and of what stands in it: orange against blue, and dark against light, whoever looks."""
_WIDTH_OF_LABELS, _CELL_WIDTH, _CELL_HEIGHT, _MARGIN = 3.2, 0.62, 0.36, 1.1
_DPI = 130


def drawn(picture: Picture, most_pixels: int | None = None) -> bytes:
    """The picture as PNG, no side longer than ``most_pixels``. Raises TooMuch where drawing it takes too long or
    breaks."""
    return run_capped(draw_png, picture, most_pixels, seconds=SECONDS, memory_mb=MEMORY_MB)


def draw_png(picture: Picture, most_pixels: int | None = None) -> bytes:
    """Draw in this process. The object interface of matplotlib, for pyplot keeps global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    columns, rows = len(picture.columns), len(picture.rows)
    width = _WIDTH_OF_LABELS + _CELL_WIDTH * columns
    height = _CELL_HEIGHT * rows + 2 * _MARGIN
    dpi = _DPI if most_pixels is None else min(_DPI, most_pixels / max(width, height))
    figure = Figure(figsize=(width, height), dpi=dpi, facecolor="white")
    axes = figure.add_axes(
        (_WIDTH_OF_LABELS / width, _MARGIN / height, _CELL_WIDTH * columns / width, _CELL_HEIGHT * rows / height)
    )
    for row, (_, cells) in enumerate(picture.rows):
        for column, cell in enumerate(cells):
            fill, ink = COLOURS[cell.shade]
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=fill, edgecolor="#b0b0b0", linewidth=0.8))
            weight = "bold" if cell.shade in (Shade.NOBODY, Shade.TOO_FEW) else "normal"
            axes.text(
                column + 0.5, row + 0.5, cell.text, ha="center", va="center", color=ink, fontsize=10, weight=weight
            )
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    axes.xaxis.tick_top()
    axes.set_xticks([column + 0.5 for column in range(columns)], picture.columns, fontsize=8)
    axes.set_yticks([row + 0.5 for row in range(rows)], [_literal(label) for label, _ in picture.rows], fontsize=9)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    figure.text(0.02, 1 - 0.28 / height, _literal(picture.title), fontsize=13, weight="bold", va="center")
    figure.text(0.02, 0.35 / height, _literal(picture.legend), fontsize=9, va="center")
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_png(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _literal(text: str) -> str:
    """A dollar in a name begins no formula."""
    return text.replace("$", r"\$")
