"""Dates that are only as precise as their source: moved by whole months, and said at their own precision."""

from __future__ import annotations

import calendar
import datetime as dt

from pacte_graph.schema.choices import MONTHS
from pacte_graph.schema.kinds import Words

UNKNOWN = Words("date inconnue", "unknown date")


def shifted(day: dt.date, months: int) -> dt.date:
    """Return the day some months later; the last day of a month stays the last day, so that whole months stay whole.

    >>> shifted(dt.date(2030, 9, 30), 6), shifted(dt.date(2030, 8, 30), 6)
    (datetime.date(2031, 3, 31), datetime.date(2031, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, last if _ends(day) else min(day.day, last))


def _ends(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def period(first: dt.date | None, last: dt.date | None) -> Words:
    """Return a period in words: a day, a month, whole months, a year, or between two days; or that it is unknown."""
    if first is None or last is None:
        return _open(first, last)
    if first == last:
        return Words(f"{first:%d/%m/%Y}", first.isoformat())
    if first.day == 1 and _ends(last):
        if (first.month, last.month) == (1, 12):
            years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
            return Words(years, years)
        start, end = MONTHS[first.month - 1], MONTHS[last.month - 1]
        if (first.year, first.month) == (last.year, last.month):
            return Words(f"{start.fr} {first.year}", f"{start.en} {first.year}")
        if first.year == last.year:
            return Words(f"{start.fr}–{end.fr} {first.year}", f"{start.en}–{end.en} {first.year}")
        return Words(f"{start.fr} {first.year} – {end.fr} {last.year}", f"{start.en} {first.year} – {end.en} {last.year}")
    return Words(f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}", f"{first.isoformat()} to {last.isoformat()}")


def _open(first: dt.date | None, last: dt.date | None) -> Words:
    if first is not None:
        return Words(f"à partir du {first:%d/%m/%Y}", f"from {first.isoformat()}")
    return UNKNOWN if last is None else Words(f"au plus tard le {last:%d/%m/%Y}", f"by {last.isoformat()}")
