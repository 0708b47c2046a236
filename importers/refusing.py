"""When nothing of a file can be taken: one refusal that lists what is wrong, row by row, so that one try tells all."""

from __future__ import annotations

from collections.abc import Sequence

from pacte_graph.errors import DataRefused, Told, join, tell
from pacte_graph.records import Rejected

SHOWN = 20
"""How many rows a refusal lists; the rest is counted."""

CORRECT = Told("Correct the rows and try again.", "Corrigez les lignes, puis recommencez.")


def nothing_taken(what: Told, rejected: Sequence[Rejected], hint: str = CORRECT) -> DataRefused:
    """Return the refusal of ``what`` (a sentence without its full stop), with the rows that are wrong, each with its reason."""
    rest = len(rejected) - SHOWN
    lines: list[str] = [tell("{what}:", "{what} :", what=what)]
    lines += [tell("- {at}: {reason}", "- {at} : {reason}", at=_at(item), reason=item.reason) for item in rejected[:SHOWN]]
    if rest > 0:
        lines.append(tell("… and {rest} more", "… et {rest} de plus", rest=rest))
    return DataRefused(join("\n", lines), hint=hint)


def _at(item: Rejected) -> Told:
    place = item.file if item.sheet is None else f"{item.file}!{item.sheet}"
    if item.line is None:
        return Told(place, place)
    return tell("{place}, line {line}", "{place}, ligne {line}", place=place, line=item.line)
