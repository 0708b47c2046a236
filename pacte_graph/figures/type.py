"""Type on the page: how wide a text is in millimetres, where it wraps, and which characters the bundled font can draw."""

from __future__ import annotations

from functools import cache

from matplotlib import ft2font
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.textpath import TextToPath

MM_PER_POINT = 25.4 / 72
LINE_HEIGHT = 1.32
"""Height of a line over the font size."""
NO_BREAK = "\N{NO-BREAK SPACE}"
_PUNCTUATION = (":", ";", "?", "!", "»")


@cache
def _font(weight: str) -> FontProperties:
    return FontProperties(family="DejaVu Sans", weight=weight)


@cache
def _characters() -> frozenset[int]:
    return frozenset(ft2font.FT2Font(findfont(_font("normal"))).get_charmap())


def drawable(text: str) -> str:
    """Return ``text`` with what the bundled font can't draw replaced by ``□`` and control characters by spaces."""
    return "".join(_drawable(character) for character in text)


def _drawable(character: str) -> str:
    if ord(character) < 32 or ord(character) == 127:
        return " "
    return character if ord(character) in _characters() else "□"


@cache
def width(text: str, points: float, weight: str = "normal") -> float:
    """Return the width of one line in millimetres."""
    if not text:
        return 0.0
    font = _font(weight)
    measured: tuple[float, float, float] = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return measured[0] * points / font.get_size_in_points() * MM_PER_POINT


def wrap(text: str, points: float, limit: float, *, lines: int = 99, weight: str = "normal") -> list[str]:
    """Return ``text`` cut into lines no wider than ``limit`` millimetres, at spaces, or inside a word that is too long.

    French double punctuation stays with the word before it. What doesn't fit in ``lines`` ends with an ellipsis.
    """
    words = _glued(drawable(text)).split(" ")
    done: list[str] = []
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if width(longer, points, weight) <= limit:
            line = longer
            continue
        if line:
            done.append(line)
            line = ""
            words.insert(0, word)
            continue
        head = _fitting(word, points, limit, weight)
        done.append(head)
        words.insert(0, word[len(head) :])
    done.append(line)
    done = [item for item in done if item]
    if len(done) > lines:
        done = [*done[: lines - 1], _shortened(" ".join(done[lines - 1 :]), points, limit, weight)]
    return done


def _glued(text: str) -> str:
    for mark in _PUNCTUATION:
        text = text.replace(f" {mark}", f"{NO_BREAK}{mark}")
    return text.replace("« ", f"«{NO_BREAK}").replace(" · ", f"{NO_BREAK}· ")


def _fitting(word: str, points: float, limit: float, weight: str) -> str:
    size = len(word)
    while size > 1 and width(word[:size], points, weight) > limit:
        size -= 1
    return word[:size]


def _shortened(text: str, points: float, limit: float, weight: str) -> str:
    while text and width(text + "…", points, weight) > limit:
        text = text[:-1].rstrip()
    return text + "…"
