"""A picture on paper: SVG, PDF or PNG at a printed size, with title, legend, captions and its text in words.

Text stays text (searchable, editable), the bytes are the same every time for the same picture, nothing is fetched.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from pacte_graph.errors import UsageError
from pacte_graph.figures import labels, legend, marks, style
from pacte_graph.figures import type as typesetting
from pacte_graph.figures.labels import Box, Disc
from pacte_graph.figures.model import Picture
from pacte_graph.figures.recipe import MAX_PIXELS, pixels
from pacte_graph.schema import Words

Format = Literal["svg", "pdf", "png"]
FORMATS: tuple[str, ...] = get_args(Format)
MARGIN = 6.0
_TITLE, _CAPTION, _LABEL, _BAND = 12.0, 7.0, 6.0, 6.4
"""Font sizes, in points."""
_BAND_STEP = _BAND * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT
_STRETCH = {"force": 1.35, "nesting": 4.0, "circles": 1.0}
_LARGEST_SCALE = 0.16
"""Most millimetres for a canvas unit: a few nodes don't fill a page."""
_MIN_RADIUS, _MAX_RADIUS = 1.1, 4.6
_NAMED = Words(
    "Noms affichés : {n} sur {total}, les plus importants d'abord.", "Names shown: {n} of {total}, the most important first."
)
_EMPTY = Words("Rien à montrer avec ces choix.", "Nothing to show with these choices.")
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "pacte-graph",
    "pdf.fonttype": 42,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "hatch.linewidth": 0.6,
    "path.simplify": False,
}
_LOCK = threading.Lock()  # matplotlib's settings belong to the process: one figure at a time


def draw(picture: Picture, path: Path, format_: str | None = None) -> int:
    """Write the figure at ``path`` and return how many bytes it has; the format comes from the ending unless given.

    Raises UsageError for a format that doesn't exist or a file that can't be written.
    """
    content = figure_bytes(picture, format_ or path.suffix.removeprefix(".").lower())
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise UsageError(f"{path} can't be written: {problem.strerror}.", hint="Check the folder and its rights.") from problem
    return len(content)


def figure_bytes(picture: Picture, format_: str) -> bytes:
    """Return the figure as ``svg``, ``pdf`` or ``png``, at the recipe's size in millimetres and, for PNG, its dots per inch."""
    recipe = picture.recipe
    if format_ not in FORMATS:
        raise UsageError(f"There is no figure format {format_!r}; there are: {', '.join(FORMATS)}.")
    if pixels(recipe.width_mm, recipe.height_mm, recipe.dpi) > MAX_PIXELS:
        raise UsageError(f"That size has over {MAX_PIXELS:,} dots.", hint="Lower the dpi or the printed size.")
    out = io.BytesIO()
    with _LOCK, mpl.rc_context(_SETTINGS):
        figure = _figure(picture, format_)
        figure.savefig(out, format=format_, dpi=recipe.dpi, metadata=_metadata(picture, format_), facecolor=style.BACKGROUND)
    content = out.getvalue()
    return _described(content, picture) if format_ == "svg" else content


def _metadata(picture: Picture, format_: str) -> dict[str, Any]:
    title, text = typesetting.drawable(picture.title), picture.alt_text
    if format_ == "pdf":
        return {"Title": title, "Subject": text, "Creator": "Pacte Graph", "CreationDate": None, "ModDate": None}
    if format_ == "svg":
        return {"Title": title, "Description": text, "Creator": "Pacte Graph", "Date": None, "Language": picture.recipe.language}
    return {"Title": title, "Description": text, "Software": "Pacte Graph"}


def _described(svg: bytes, picture: Picture) -> bytes:
    """Return the SVG with its text in words where screen readers look for it: a ``desc`` after the ``title``."""
    text = "".join(character for character in picture.alt_text if ord(character) >= 32)
    head, title, rest = svg.decode("utf-8").partition("</title>")
    head = head.replace("<svg ", f'<svg role="img" xml:lang="{picture.recipe.language}" ', 1)
    return f"{head}{title}\n <desc>{escape(text)}</desc>{rest}".encode()


def _figure(picture: Picture, format_: str) -> Figure:
    recipe = picture.recipe
    size = (recipe.width_mm / 25.4, recipe.height_mm / 25.4)
    if format_ == "png":  # whole dots, a hair over so that none is lost to rounding
        size = ((round(size[0] * recipe.dpi) + 0.01) / recipe.dpi, (round(size[1] * recipe.dpi) + 0.01) / recipe.dpi)
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, recipe.width_mm)
    axes.set_ylim(recipe.height_mm, 0)
    axes.axis("off")
    _draw_page(axes, picture)
    return figure


def _draw_page(axes: Axes, picture: Picture) -> None:
    recipe = picture.recipe
    inner = recipe.width_mm - 2 * MARGIN
    top = _draw_title(axes, picture, inner)
    key_width = min(max(inner * 0.27, 34.0), 64.0)
    captions = [line for text in picture.captions for line in typesetting.wrap(text, _CAPTION, inner)]
    caption_height = (len(captions) + 1) * _CAPTION * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT
    bottom = recipe.height_mm - MARGIN - caption_height
    key_box = (recipe.width_mm - MARGIN - key_width, top, recipe.width_mm - MARGIN, bottom - 1.5)
    legend.draw(axes, picture.legend, key_box)
    named = _draw_network(axes, picture, (MARGIN, top, key_box[0] - 4.0, bottom - 2.5))
    nameable = sum(1 for node in picture.nodes if not node.faded)
    if named < nameable:
        captions.insert(max(len(captions) - 1, 0), _NAMED.get(recipe.language).format(n=named, total=nameable))
    _lines(axes, captions, MARGIN, bottom, _CAPTION, style.QUIET)


def _draw_title(axes: Axes, picture: Picture, inner: float) -> float:
    lines = typesetting.wrap(picture.title, _TITLE, inner, lines=3, weight="bold")
    _lines(axes, lines, MARGIN, MARGIN, _TITLE, style.INK, weight="bold")
    return MARGIN + len(lines) * _TITLE * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT + 3.0


def _lines(axes: Axes, lines: Sequence[str], x: float, y: float, points: float, colour: str, **look: Any) -> None:
    step = points * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT
    for place, line in enumerate(lines):
        axes.text(x, y + (place + 0.78) * step, line, fontsize=points, color=colour, va="baseline", parse_math=False, **look)


def _draw_network(axes: Axes, picture: Picture, area: Box) -> int:
    """Draw nodes, links, names and column headings in ``area``; return how many names found room."""
    if not picture.nodes:
        _lines(axes, [_EMPTY.get(picture.recipe.language)], area[0], area[1] + 8, 9.0, style.QUIET)
        return 0
    fit = _Fit(picture, area)
    discs = {node.id: fit.disc(node) for node in picture.nodes}
    _draw_bands(axes, picture, fit, area)
    marks.draw_links(axes, picture.links, discs)
    marks.draw_nodes(axes, list(discs.values()))
    for disc in discs.values():
        _draw_badge(axes, disc)
    placed = labels.place(list(discs.values()), (area[0], area[1] + fit.head, area[2], area[3]), _LABEL)
    for label in placed:
        _draw_label(axes, label)
    return len(placed)


def _draw_badge(axes: Axes, disc: Disc) -> None:
    """Write a project's number inside its mark, so that it can be named in a text even where its name found no room."""
    text = typesetting.drawable(disc.node.badge)
    if not text or disc.node.faded:
        return
    room = 1.45 * disc.radius
    points = min(6.0, 5.0 * room / typesetting.width(text, 5.0, "bold"), room / typesetting.MM_PER_POINT * 0.8)
    if points >= 2.5:
        look: dict[str, Any] = {"ha": "center", "va": "baseline", "parse_math": False, "weight": "bold", "zorder": 3.5}
        baseline = disc.y + 0.36 * points * typesetting.MM_PER_POINT
        axes.text(disc.x, baseline, text, fontsize=points, color=style.BACKGROUND, **look)


def _draw_label(axes: Axes, label: labels.Label) -> None:
    left, top, right, bottom = label.box
    veil = Rectangle((left, top), right - left, bottom - top, facecolor=style.BACKGROUND, edgecolor="none", alpha=0.72, zorder=4)
    axes.add_patch(veil)
    x = {"center": (left + right) / 2, "left": left, "right": right}[label.align]
    step = _LABEL * typesetting.LINE_HEIGHT * typesetting.MM_PER_POINT
    weight = labels.weight(label.node)
    for place, line in enumerate(label.lines):
        look: dict[str, Any] = {"ha": label.align, "va": "baseline", "parse_math": False, "zorder": 5, "weight": weight}
        axes.text(x, top + (place + 0.76) * step, line, fontsize=_LABEL, color=style.INK, **look)


def _draw_bands(axes: Axes, picture: Picture, fit: _Fit, area: Box) -> None:
    """Draw the headings of the columns, in turn on two rows so that a long word has room over a narrow column."""
    bands = picture.bands
    middles = [(fit.x(band.left) + fit.x(band.right)) / 2 for band in bands]
    edges = [(fit.x(one.right) + fit.x(other.left)) / 2 for one, other in pairwise(bands)]
    for edge in edges:
        axes.plot([edge, edge], [area[1], area[3]], color="#D9DCE3", linewidth=0.6, zorder=0)
    limits = [
        min(middle - (middles[place - 2] if place > 1 else area[0] - 9), (*middles, *[area[2] + 9] * 2)[place + 2] - middle) - 1.2
        for place, middle in enumerate(middles)
    ]
    points = min((_fitting_points(band.text, limit) for band, limit in zip(bands, limits, strict=True)), default=_BAND)
    for place, (band, middle, limit) in enumerate(zip(bands, middles, limits, strict=True)):
        lines = typesetting.wrap(band.text, points, limit, lines=2, weight="bold")
        half = max(typesetting.width(line, points, "bold") for line in lines) / 2
        inside = min(max(middle, area[0] + half), area[2] - half)
        _lines(axes, lines, inside, area[1] + (place % 2) * 2 * _BAND_STEP, points, style.QUIET, ha="center", weight="bold")


def _fitting_points(text: str, limit: float) -> float:
    """Return the font size at which the longest word of a heading keeps within its limit, at least 4 points."""
    longest = max(typesetting.width(word, _BAND, "bold") for word in text.split())
    return min(_BAND, max(_BAND * limit / longest, 4.0)) if longest else _BAND


class _Fit:
    """From canvas units to millimetres: the picture fills an area, its middle in the area's middle.

    Places may be stretched one way to use the page (by at most ``_STRETCH``, which depends on the layout); marks never are.
    """

    def __init__(self, picture: Picture, area: Box) -> None:
        self.head = 4 * _BAND_STEP + 1 if picture.bands else 0.0
        left, top, right, bottom = area[0] + 10, area[1] + self.head + _MAX_RADIUS, area[2] - 10, area[3] - _MAX_RADIUS - 5
        xs, ys = [node.x for node in picture.nodes], [node.y for node in picture.nodes]
        wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
        most = _STRETCH[picture.recipe.layout]
        across, down = (right - left) / wide, (bottom - top) / high
        self.scale = min(across, down, _LARGEST_SCALE)
        self._sx, self._sy = min(across, self.scale * most), min(down, self.scale * most)
        self._x = (left + right) / 2 - self._sx * (max(xs) + min(xs)) / 2
        self._y = (top + bottom) / 2 - self._sy * (max(ys) + min(ys)) / 2

    def x(self, value: float) -> float:
        """Return the place across, in millimetres."""
        return self._x + self._sx * value

    def disc(self, node: Any) -> Disc:
        """Return a node on the page; sizes keep their proportions between a least and a greatest readable one."""
        share = node.size / style.MAX_SIZE
        largest = min(max(self.scale * style.MAX_SIZE * 0.62, 2.4), _MAX_RADIUS)
        return Disc(node, self.x(node.x), self._y + self._sy * node.y, max(share * largest, min(_MIN_RADIUS, largest * 0.6)))
