"""Before and after: the measures that a strategist follows, in words and units, and by how much each moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.formatting import number
from dashapp.i18n import plural
from dashapp.indicators.leverage import euros
from dashapp.indicators.section import plain_table
from dashapp.indicators.whatif.words import MEASURES, POINTS, measure, say
from pacte_graph.metrics import words

if TYPE_CHECKING:
    from pacte_graph.metrics.whatif import Compared, WhatIf

SHARE, AMOUNT, FIGURE = "share", "amount", "figure"
FOLLOWED: Mapping[str, str] = {
    "declination.any": SHARE,
    "declination.scale": SHARE,
    "nesting.nodf": FIGURE,
    "leverage.total": FIGURE,
    "leverage.private": FIGURE,
    "leverage.regional_rate": SHARE,
    "leverage.coverage": SHARE,
    "savings.net.once": AMOUNT,
    "savings.net.yearly": AMOUNT,
    "savings.net.unknown": AMOUNT,
    "coverage.share": SHARE,
    "coverage.people": SHARE,
    "coverage.projects": FIGURE,
    "equity.gini": FIGURE,
    "equity.between": SHARE,
    "dialogue.density": SHARE,
    "dialogue.within_two": SHARE,
    "dialogue.steered": FIGURE,
    "ei_index.all": FIGURE,
    "mixing.vertical": SHARE,
    "cohesion.components": FIGURE,
    "cohesion.giant": SHARE,
    "cohesion.fragmentation": SHARE,
    "cohesion.direct": SHARE,
    "cohesion.within_two": SHARE,
    "cohesion.density": SHARE,
}
"""The indicators shown, by metric and dimension, and how their values are written; the command line gives all of them."""
MONEY = frozenset({"budget", "regional_funding"})
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison, as texts: values, and in ``*_bounds`` what they might be (empty: known)."""

    label: str
    before: str
    after: str
    difference: str
    before_bounds: str = ""
    after_bounds: str = ""

    @property
    def moves(self) -> bool:
        """Return True when a reader sees a change."""
        return (self.before, self.before_bounds) != (self.after, self.after_bounds)


def rows(found: WhatIf, lang: str) -> Iterator[Row]:
    """Yield the counts, then the indicators followed, in the order of the answer."""
    for one in found.counts:
        money = one.dimension["count"] in MONEY
        yield _row(one.label.get(lang), one, AMOUNT if money else FIGURE, say("unknown" if money else "undefined", lang), lang)
    for one in found.indicators:
        key = key_of(one)
        if key in FOLLOWED:
            yield _row(_label(key, one, lang), one, FOLLOWED[key], say("undefined", lang), lang)


def key_of(one: Compared) -> str:
    """Return the key of an indicator's value among the measures: its metric and what its dimension says, but its scale."""
    told = dict(one.dimension)
    if one.metric == "declination":
        return "declination.scale" if "scale" in told else f"declination.{told.get('definition')}"
    names = [str(told[key]) for key in ("measure", "period", "group") if key in told]
    if one.metric == "savings" and names[:1] != ["net"]:
        return f"savings.{names[0]}"
    return ".".join([one.metric, *names])


def _label(key: str, one: Compared, lang: str) -> str:
    scale = words.kind(str(one.dimension.get("scale", ""))).get(lang)
    return measure(key, lang, scale=scale[:1].lower() + scale[1:]) if "{scale}" in MEASURES[key].fr else measure(key, lang)


def _row(label: str, one: Compared, unit: str, absent: str, lang: str) -> Row:
    before, after = (absent if value is None else written(value, unit, lang) for value in (one.before, one.after))
    bounds = [_between(ends, unit, lang) for ends in (one.before_bounds, one.after_bounds)]
    return Row(label, before, after, signed(shown_difference(one.before, one.after, unit), unit, lang), *bounds)


def _between(ends: tuple[Any, Any], unit: str, lang: str) -> str:
    """Return between what a value lies, the unknown being one thing or another; empty when nothing is unknown."""
    if None in ends:
        return ""
    low, high = (written(end, unit, lang) for end in ends)
    return "" if low == high else say("between", lang, low=low, high=high)


def shown_difference(before: Any, after: Any, unit: str) -> float | None:
    """Return the difference of what is written, so that a reader's subtraction gives the same; None where one isn't a number."""
    if not (isinstance(before, int | float) and isinstance(after, int | float)):
        return None
    places = {SHARE: 3, AMOUNT: 0, FIGURE: 2}[unit]
    return round(round(after, places) - round(before, places), places)


def written(value: Any, unit: str, lang: str) -> str:
    """Return a value in its unit: ``57,1 %``, ``28 650 000 €``, ``3,75``.

    >>> written(0.571, "share", "en"), written(3.0, "figure", "en")
    ('57.1%', '3')
    """
    if not isinstance(value, int | float):
        return str(value)
    if unit == SHARE:
        return f"{number(100 * value, lang, decimals=1)}{'%' if lang == 'en' else words.HARD + '%'}".replace("-", MINUS)
    return (euros(value, lang) if unit == AMOUNT else number(round(value, 2), lang)).replace("-", MINUS)


def signed(difference: float | None, unit: str, lang: str) -> str:
    """Return a difference with its sign, shares in points; a dash when one of the two values isn't known.

    >>> signed(-0.033, "share", "en"), signed(None, "share", "en"), signed(2, "figure", "en")
    ('−3.3 points', '—', '+2')
    """
    if difference is None:
        return "—"
    size = abs(difference)
    if unit == SHARE:
        text = plural(*POINTS, _amount(size, lang), lang, number(100 * size, lang, decimals=1))
    else:
        text = written(size, unit, lang)
    return f"{'+' if difference > 0 else MINUS}{text}" if difference else text


def _amount(share: float, lang: str) -> int:
    """Return a whole amount of points with the same grammatical number: in French below two is singular."""
    points = round(100 * share, 1)
    return 1 if (points < 2 if lang == "fr" else points == 1) else 2


def draw(found: WhatIf, lang: str) -> list[Component]:
    """Return the table of what moves, what doesn't in a fold, and what has no meaning here."""
    from pacte_graph.metrics.registry import REGISTRY  # scipy: not needed before the first number

    every = list(rows(found, lang))
    moving, still = [row for row in every if row.moves], [row for row in every if not row.moves]
    headings = [say(key, lang) for key in ("what", "before", "after", "difference")]
    cells = [
        [row.label, _cell(row.before, row.before_bounds), _cell(row.after, row.after_bounds), row.difference] for row in moving
    ]
    table = plain_table(headings, cells, numbers=frozenset({1, 2, 3})) if cells else html.P(say("no_change", lang))
    parts: list[Component] = [html.H3(say("compared", lang)), table]
    if still:
        same = plain_table(
            [say("what", lang), say("before", lang)],
            [[row.label, _cell(row.before, row.before_bounds)] for row in still],
            numbers=frozenset({1}),
        )
        parts.append(html.Details([html.Summary(say("unchanged", lang)), same], className="fold"))
    names = [REGISTRY[name].label.get(lang) for name, _ in found.skipped]
    notes = [say("skipped", lang, names=", ".join(names))] if names else []
    parts.append(html.P(" ".join([*notes, say("rest", lang)]), className="indicator-note"))
    return parts


def _cell(text: str, bounds: str) -> Any:
    return [text, html.Span(bounds, className="whatif-bounds")] if bounds else text
