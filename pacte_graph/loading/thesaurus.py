"""The thesaurus: which records are the same and which only look so, decided once, kept in a file that people can review.

A TOML file with one table a decision. It can be kept under version control, handed over, and given to another database: every
import obeys
it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pacte_graph import ids
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.schema import BOOKKEEPING, NODES

LIMIT = 20_000_000
_HEAD = (
    "# Doublons : une décision par table / duplicates: one decision a table\n"
    "# verdict: same (other is merged into kept), different\n"
)
_FIELDS = ("verdict", "label", "kept", "other", "name", "by", "on", "note")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision on two records of one label. ``name`` is the name chosen for what stays (empty: its own)."""

    verdict: Literal["same", "different"]
    label: str
    kept: str
    other: str
    name: str = ""
    by: str = ""
    on: str = ""
    note: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Return the two identifiers, in no order."""
        return frozenset((self.kept, self.other))


def load(path: Path) -> list[Verdict]:
    """Return the decisions of a file, in its order; none when there is no file.

    Raises DataRefused, naming the decision, when it can't be obeyed: an unknown key, label or verdict, two verdicts on one pair.
    """
    try:
        if not path.exists():
            return []
        if path.stat().st_size > LIMIT:
            raise DataRefused(f"{path.name} is larger than {LIMIT // 1_000_000} MB.")
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataRefused(f"The thesaurus {path.name} can't be read: {error}.", hint="Correct it, or move it away.") from error
    rows = told.pop("decision", [])
    if told or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataRefused(f"The thesaurus {path.name} holds something else than [[decision]] tables.")
    found = [_verdict(row, place, path.name) for place, row in enumerate(rows, start=1)]
    pairs = [verdict.pair for verdict in found]
    for place, verdict in enumerate(found):
        if verdict.pair in pairs[:place]:
            raise DataRefused(f"{path.name}, decision {place + 1}: {verdict.kept} and {verdict.other} are decided twice.")
    return found


def save(path: Path, verdicts: list[Verdict]) -> None:
    """Write decisions, whole or not at all, sorted by label and identifiers. Raises UsageError when the file can't be written."""
    tables = [_table(verdict) for verdict in sorted(verdicts, key=lambda item: (item.label, item.kept, item.other))]
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join([_HEAD, *tables]))
        Path(temporary).replace(path)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}.", hint="Check the folder and its rights.") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def record(path: Path, verdict: Verdict) -> Verdict:
    """Add one decision, dated today, in the place of an earlier one on the same pair; return it as written."""
    dated = verdict if verdict.on else replace(verdict, on=dt.datetime.now(dt.UTC).date().isoformat())
    save(path, [*(item for item in load(path) if item.pair != verdict.pair), dated])
    return dated


def forget(path: Path, first: str, second: str) -> None:
    """Remove the decision on a pair, so that it is proposed again."""
    verdicts = load(path)
    left = [item for item in verdicts if item.pair != frozenset((first, second))]
    if len(left) != len(verdicts):
        save(path, left)


def _verdict(row: dict[str, Any], place: int, file: str) -> Verdict:
    where = f"{file}, decision {place}"
    unknown = sorted(set(row) - set(_FIELDS))
    if unknown:
        raise DataRefused(f"{where}: unknown key {', '.join(unknown)}.", hint=f"Keys: {', '.join(_FIELDS)}.")
    told = {name: row[name].isoformat() if isinstance(row[name], dt.date) else row[name] for name in row}
    wrong = sorted(name for name, value in told.items() if not isinstance(value, str))
    lacking = sorted({"verdict", "label", "kept", "other"} - told.keys())
    if wrong or lacking:
        raise DataRefused(f"{where}: {', '.join(wrong or lacking)} must be a text.")
    if told["verdict"] not in {"same", "different"} or told["label"] not in NODES.keys() - set(BOOKKEEPING):
        raise DataRefused(
            f"{where}: {told['verdict']!r} of {told['label']!r} is no decision.", hint="verdict: same or different."
        )
    if ids.check(told["kept"]) == ids.check(told["other"]):
        raise DataRefused(f"{where}: both records are {told['kept']}.")
    return Verdict(**told)


def _table(verdict: Verdict) -> str:
    told = {name: getattr(verdict, name) for name in _FIELDS}
    return "\n".join(["[[decision]]", *(f"{name} = {_text(value)}" for name, value in told.items() if value), ""])


def _text(value: str) -> str:
    """Return a TOML basic string: quotes, back-slashes and control characters escaped."""
    flat = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(char):04X}" if ord(char) < 32 or ord(char) == 127 else char for char in flat) + '"'
