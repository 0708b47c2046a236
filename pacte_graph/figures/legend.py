"""The printed legend: every group, line and size that is shown, with its count, in as many columns as it needs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from pacte_graph.figures import marks, style
from pacte_graph.figures import type as typesetting
from pacte_graph.figures.labels import Box
from pacte_graph.figures.model import LegendEntry

_TEXT = 6.4
_SAMPLE = 7.0
"""Room of the sample before a text, in millimetres."""
_STEP = _TEXT * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT


def draw(axes: Axes, entries: Sequence[LegendEntry], box: Box) -> None:
    """Draw the entries that are shown inside ``box``; the type shrinks rather than run over the edge."""
    shown = [entry for entry in entries if entry.shown]
    left, top, right, bottom = box
    factor = 1.0
    rows = _rows(shown, right - left, factor)
    while sum(high for _entry, _lines, high in rows) > bottom - top and factor > 0.45:
        factor *= 0.94
        rows = _rows(shown, right - left, factor)
    y = top
    for entry, lines, high in rows:
        _sample(axes, entry, left, y + _STEP * factor / 2, factor)
        for place, line in enumerate(lines):
            axes.text(
                left + _SAMPLE,
                y + (place + 0.76) * _STEP * factor,
                line,
                fontsize=_TEXT * factor,
                color=style.INK,
                va="baseline",
                parse_math=False,
            )
        y += high


def _rows(entries: Sequence[LegendEntry], width: float, factor: float) -> list[tuple[LegendEntry, list[str], float]]:
    rows = []
    for place, entry in enumerate(entries):
        last = place + 1 == len(entries) or entries[place + 1].aspect != entry.aspect
        lines = typesetting.wrap(_text(entry), _TEXT * factor, width - _SAMPLE)
        rows.append((entry, lines, (len(lines) * _STEP + (2.6 if last else 0.75)) * factor))
    return rows


def _text(entry: LegendEntry) -> str:
    if entry.aspect == "size":
        return entry.text
    count = str(entry.shown) if entry.shown == entry.total else f"{entry.shown}/{entry.total}"
    return f"{entry.text} ({count})"


def _sample(axes: Axes, entry: LegendEntry, x: float, y: float, factor: float) -> None:
    if entry.aspect == "link":
        arrow = entry.key in style.LINES and style.LINES[entry.key].arrow
        axes.add_patch(marks.sample_line(x, y, 5.6, entry.shape, entry.colour, arrow=arrow, both=entry.key == "LINKED_TO:mutual"))
    elif entry.aspect == "node":
        hatched = style.hatched(entry.key)
        axes.add_patch(marks.node(x + 2.4, y, 1.35 * factor, entry.shape, entry.colour, hatched=hatched))
    elif entry.shape == "solid":
        for place, wide in enumerate((0.5, 1.9)):
            axes.plot([x, x + 5.6], [y - 0.5 + place, y - 0.5 + place], color=entry.colour, linewidth=wide, solid_capstyle="butt")
    else:
        small, large = (0.7, 1.5) if entry.key == "size" else (0.7, 0.7)
        for centre, radius in {(x + 1.2, small), (x + (4.0 if large != small else 1.2), large)}:
            axes.add_patch(marks.node(centre, y, radius * math.sqrt(factor), entry.shape, entry.colour))
