"""The surroundings as SVG: boxes in columns, so that no name covers another; signs and borders speak, not colour alone."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from dashapp.indicators.whatif.surroundings import Place, Surroundings
from dashapp.indicators.whatif.words import say
from pacte_graph.figures import style

BOX, GAP, ROW, HIGH = 238.0, 58.0, 31.0, 24.0
"""Width of a box, room between columns, height of a row and of a box."""
SIZE = 12.5
WIDTH = 3 * BOX + 2 * GAP + 8
TOP, FOOT = 34.0, 74.0
COLOURS = {"Project": "#A61C3C", "Actor": "#0063C9", "Territory": "#1B8F77"}
MANY = 150
"""Ties above which those that stay are drawn faintly: the names stay readable."""
PALE, TIE = "#6B7280", "#7B8794"
_FONT = "font-family='system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif'"

Point = tuple[float, float]


def address(picture: str) -> str:
    """Return the picture as an address that an image shows: nothing else is asked for."""
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def draw(around: Surroundings, title: str, lang: str) -> str:
    """Return the picture: ties behind, boxes above, headings and a legend; every text escaped."""
    rows = max(1, *(len(column) for column in around.columns))
    bottom = TOP + rows * ROW
    places: dict[str, tuple[int, Point]] = {}
    for at, column in enumerate(around.columns):
        start = TOP + (rows - len(column)) * ROW / 2
        for row, item in enumerate(column):
            places[item.id] = (at, (4 + at * (BOX + GAP), start + row * ROW))
    removed = {item.id for item in around.columns[0]}
    faint = len(around.ties) > MANY
    lines = [_tie(places[one], places[other], gone=bool({one, other} & removed), faint=faint) for one, other in around.ties]
    boxes = [_box(item, *places[item.id][1]) for column in around.columns for item in column]
    heads = [_text(4 + at * (BOX + GAP), 18, say(f"column.{at}", lang), bold=True) for at in range(3) if around.columns[at]]
    height = bottom + FOOT
    return "".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:g} {height:g}' width='{WIDTH:g}' height='{height:g}'>",
            f"<title>{escape(title)}</title><rect width='{WIDTH:g}' height='{height:g}' fill='#ffffff'/>",
            *heads,
            *lines,
            *boxes,
            _legend(bottom + 14, lang),
            "</svg>",
        ]
    )


def _tie(one: tuple[int, Point], other: tuple[int, Point], *, gone: bool, faint: bool) -> str:
    """Return a line between two boxes: across from side to side, within a column by a bow on its right."""
    (first, (x, y)), (second, (u, v)) = sorted((one, other))
    y, v = y + HIGH / 2, v + HIGH / 2
    if first == second:
        bow = x + BOX + min(GAP * 0.8, 14 + abs(v - y) / 6)
        path = f"M{x + BOX:.1f},{y:.1f} C{bow:.1f},{y:.1f} {bow:.1f},{v:.1f} {u + BOX:.1f},{v:.1f}"
    else:
        middle = (x + BOX + u) / 2
        path = f"M{x + BOX:.1f},{y:.1f} C{middle:.1f},{y:.1f} {middle:.1f},{v:.1f} {u:.1f},{v:.1f}"
    return f"<path d='{path}' {_line(gone=gone, faint=faint)}/>"


def _line(*, gone: bool, faint: bool = False) -> str:
    dashes = " stroke-dasharray='4 3' stroke-opacity='0.75'" if gone else f" stroke-opacity='{0.3 if faint else 0.6}'"
    return f"fill='none' stroke='{PALE if gone else TIE}' stroke-width='1.1'{dashes}"


def _box(item: Place, x: float, y: float) -> str:
    struck = item.state == "struck"
    room = BOX - (58 if struck else 34)
    text = _text(
        x + 26, y + 16.4, fitted(item.text, room, bold=struck), bold=struck, ink=PALE if item.state == "removed" else style.INK
    )
    return _frame(item.state, x, y, BOX) + sign(item.label, x + 14, y + HIGH / 2, pale=item.state == "removed") + text


def _frame(state: str, x: float, y: float, width: float) -> str:
    """Return the border of a state: dashed and pale, thick with an exclamation mark, or thin."""
    border = {
        "removed": f"stroke='{PALE}' stroke-width='1.3' stroke-dasharray='5 3'",
        "struck": f"stroke='{style.MARK}' stroke-width='3'",
        "stays": f"stroke='{TIE}' stroke-width='1'",
    }[state]
    frame = f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:g}' height='{HIGH:g}' rx='5' fill='#ffffff' {border}/>"
    if state != "struck":
        return frame
    middle, centre = x + width - 14, y + HIGH / 2
    mark = f"<circle cx='{middle:.1f}' cy='{centre:.1f}' r='7.5' fill='{style.MARK}'/>"
    look = "font-size='11.5' font-weight='700' text-anchor='middle' fill='#ffffff'"
    return frame + mark + f"<text x='{middle:.1f}' y='{centre + 4:.1f}' {_FONT} {look}>!</text>"


def sign(label: str, x: float, y: float, *, pale: bool = False) -> str:
    """Return the sign of a label: a square, a disc or a hexagon; hollow where the node is removed."""
    colour = COLOURS[label]
    paint = f"fill='#ffffff' stroke='{PALE}' stroke-width='1.4' stroke-dasharray='2.5 1.5'" if pale else f"fill='{colour}'"
    if label == "Project":
        return f"<rect x='{x - 5:.1f}' y='{y - 5:.1f}' width='10' height='10' rx='1.5' {paint}/>"
    if label == "Actor":
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='5.4' {paint}/>"
    corners = ((-6, 0), (-3, -5.2), (3, -5.2), (6, 0), (3, 5.2), (-3, 5.2))
    return f"<polygon points='{' '.join(f'{x + dx:.1f},{y + dy:.1f}' for dx, dy in corners)}' {paint}/>"


def _legend(top: float, lang: str) -> str:
    """Return what borders, lines and signs mean, on three lines."""
    y = top + HIGH / 2 + 4
    middle = 4 + BOX + GAP / 2
    parts = [
        _frame("removed", 4, top, 34) + _text(44, y, say("legend.removed", lang)),
        _frame("stays", 120, top, 34) + _text(160, y, say("legend.stays", lang)),
        _frame("struck", middle, top, 34) + _text(middle + 42, y, say("legend.struck", lang)),
    ]
    y += 30
    for x, key, gone in ((4.0, "legend.gone", True), (middle, "legend.tie", False)):
        parts.append(f"<path d='M{x:.1f},{y - 4:.1f} h34' {_line(gone=gone)}/>" + _text(x + 42, y, say(key, lang)))
    x = middle + 200
    for label in COLOURS:
        parts.append(sign(label, x, y - 4.5) + _text(x + 11, y, say(label, lang)))
        x += 88
    return "".join(parts)


def _text(x: float, y: float, text: str, *, bold: bool = False, ink: str = style.INK) -> str:
    weight = " font-weight='700'" if bold else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' {_FONT} font-size='{SIZE:g}'{weight} fill='{ink}'>{escape(text)}</text>"


def fitted(text: str, room: float, *, bold: bool = False) -> str:
    """Return a text that fits in so much room, cut with an ellipsis; widths are estimated, on the wide side.

    >>> fitted("Métropole", 200), fitted("Syndicat mixte des transports", 80)
    ('Métropole', 'Syndicat m…')
    """
    if _width(text, bold=bold) <= room:
        return text
    cut = text
    while cut and _width(cut + "…", bold=bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def _width(text: str, *, bold: bool) -> float:
    """Return about how wide a text is at the size of the names, in the widest of the fonts of the page."""
    return sum(_ems(letter) for letter in text) * SIZE * (1.1 if bold else 1.0)


def _ems(letter: str) -> float:
    for letters, ems in ((" ilIj.,;:'’|!", 0.33), ("tfr()-·", 0.42), ("mwMW@%—–…", 1.0)):
        if letter in letters:
            return ems
    return 0.74 if letter.isupper() else 0.63
