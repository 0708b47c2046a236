"""The map as SVG: frames side by side, shades with a legend, circles with theirs; every text escaped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from dashapp.explorer.formatting import number
from dashapp.map.places import Frame, Ring, Shape
from dashapp.map.words import say

WIDTH, HEIGHT, GAP, FOOT = 1200.0, 640.0, 24.0, 86.0
SHADES = ("#f4f6f9", "#d6e4f0", "#a3c4dd", "#5d97bf", "#2a6a99", "#0d3f66")
"""None, then five classes, light to dark: told apart in grey too."""
STEPS = (1, 3, 10, 30)
NAMED = 14
"""Most communes whose name is written in a frame: those with most bodies."""
LARGEST = 26.0
_FONT = "font-family='system-ui, sans-serif'"


def draw(frames: Sequence[Frame], title: str, source: str, lang: str) -> str:
    """Return the map. Latitudes are scaled so that shapes keep their form (equirectangular at the frame's middle)."""
    most = max([1, *(item.parts for frame in frames for item in frame.addresses)])
    spans = _widths(frames)
    left, parts = 0.0, []
    for frame, width in zip(frames, spans, strict=True):
        parts.append(_frame(frame, left, width, most))
        left += width + GAP
    height = HEIGHT + FOOT
    return "".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:g} {height:g}' ",
            f"width='{WIDTH:g}' height='{height:g}' role='img'>",
            f"<title>{escape(title)}</title><rect width='{WIDTH:g}' height='{height:g}' fill='#ffffff'/>",
            *parts,
            _legend(most, lang),
            f"<text x='0' y='{height - 6:g}' {_FONT} font-size='13' fill='#52606d'>{escape(source)}</text></svg>",
        ]
    )


def _widths(frames: Sequence[Frame]) -> list[float]:
    """Return the width of each frame: by the form of what it holds, together the width of the map."""
    forms = []
    for frame in frames:
        west, south, east, north = frame.box
        forms.append(max(0.25, (east - west) * math.cos(math.radians((south + north) / 2)) / max(north - south, 1e-6)))
    room = WIDTH - GAP * (len(frames) - 1)
    return [room * form / sum(forms) for form in forms]


class _Scale:
    """Degrees to points in one frame, north up, centred."""

    def __init__(self, frame: Frame, left: float, width: float) -> None:
        west, south, east, north = frame.box
        self._squeeze = math.cos(math.radians((south + north) / 2))
        across, up = max((east - west) * self._squeeze, 1e-6), max(north - south, 1e-6)
        self._size = min(width / across, HEIGHT / up) * 0.97
        self._x = left + (width - across * self._size) / 2 - west * self._squeeze * self._size
        self._y = (HEIGHT - up * self._size) / 2 + north * self._size

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        return self._x + longitude * self._squeeze * self._size, self._y - latitude * self._size


def _frame(frame: Frame, left: float, width: float, most: int) -> str:
    scale = _Scale(frame, left, width)
    areas = [_area(shape, scale) for shape in sorted(frame.shapes, key=lambda shape: shape.level == "commune")]
    circles = [
        "<circle cx='{:.1f}' cy='{:.1f}' r='{:.1f}' fill='#a61c3c' fill-opacity='0.55' stroke='#ffffff'/>".format(
            *scale(item.longitude, item.latitude), radius(item.parts, most)
        )
        for item in sorted(frame.addresses, key=lambda item: -item.parts)
    ]
    named = sorted((shape for shape in frame.shapes if shape.based), key=lambda shape: (-shape.based, shape.id))[:NAMED]
    return "".join([*areas, *circles, *_names(named, scale)])


def _area(shape: Shape, scale: _Scale) -> str:
    path = " ".join(_path(ring, scale) for ring in shape.rings)
    fill = shade(shape.based) if shape.level == "commune" else "none"
    style = f"fill='{fill}' fill-rule='evenodd' stroke='#7b8794' stroke-width='0.8'"
    return f"<path d='{path}' {style}><title>{escape(shape.name)}</title></path>"


def _path(ring: Ring, scale: _Scale) -> str:
    points = ["{:.1f},{:.1f}".format(*scale(*point)) for point in ring]
    return f"M{' L'.join(points)}Z"


def _names(shapes: Sequence[Shape], scale: _Scale) -> list[str]:
    """Write names, those with most bodies first; one that would cross another is left out (the table has them all)."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for shape in shapes:
        west, south, east, north = shape.box
        x, y = scale((west + east) / 2, (south + north) / 2)
        half = len(shape.name) * 3.6
        if all(abs(y - v) > 15 or abs(x - u) > half + w for u, v, w in taken):
            taken.append((x, y, half))
            style = "font-size='13' font-weight='600' text-anchor='middle' fill='#1f2933' stroke='#ffffff' stroke-width='3'"
            found.append(f"<text x='{x:.1f}' y='{y:.1f}' {_FONT} {style} paint-order='stroke'>{escape(shape.name)}</text>")
    return found


def shade(based: int) -> str:
    """Return the fill of a commune for a number of bodies."""
    return SHADES[0] if based <= 0 else SHADES[1 + sum(based > step for step in STEPS)]


def radius(parts: int, most: int) -> float:
    """Return a circle's radius: its area is in proportion to the participations."""
    return max(2.2, LARGEST * math.sqrt(parts / most))


def _legend(most: int, lang: str) -> str:
    top = HEIGHT + 18
    classes = [f"{low + 1}–{high}" for low, high in pairwise(STEPS)]
    parts = [_text(0, top, say("legend_shade", lang), bold=True), _text(640, top, say("legend_circle", lang), bold=True)]
    for place, (fill, text) in enumerate(zip(SHADES, [say("none", lang), "1", *classes, f"> {STEPS[-1]}"], strict=True)):
        x = place * 92
        parts.append(f"<rect x='{x}' y='{top + 8:g}' width='26' height='16' fill='{fill}' stroke='#7b8794'/>")
        parts.append(_text(x + 32, top + 21, text))
    x = 668.0
    for value in sorted({1, max(1, round(most / 4)), most}):
        size = radius(value, most)
        parts.append(f"<circle cx='{x:.1f}' cy='{top + 30:g}' r='{size:.1f}' fill='#a61c3c' fill-opacity='0.55'/>")
        parts.append(_text(x + size + 6, top + 34, number(value, lang)))
        x += size * 2 + 80
    return "".join(parts)


def _text(x: float, y: float, text: str, *, bold: bool = False) -> str:
    weight = "font-size='14' font-weight='600'" if bold else "font-size='13'"
    return f"<text x='{x:.1f}' y='{y:.1f}' {_FONT} {weight} fill='#1f2933'>{escape(text)}</text>"
