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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any, Literal

from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, UsageError, tell
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
            most = LIMIT // 1_000_000
            raise DataRefused(tell("{file} is larger than {n} MB.", "{file} dépasse {n} Mo.", file=path.name, n=most))
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataRefused(
            tell(
                "The thesaurus {file} can't be read: {error}.",
                "Le thésaurus {file} est illisible : {error}.",
                file=path.name,
                error=error,
            ),
            hint=Told("Correct it, or move it away.", "Le corriger, ou le mettre de côté."),
        ) from error
    rows = told.pop("decision", [])
    if told or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataRefused(
            tell(
                "The thesaurus {file} holds something else than [[decision]] tables.",
                "Le thésaurus {file} contient autre chose que des tables [[decision]].",
                file=path.name,
            )
        )
    found = [_verdict(row, place, path.name) for place, row in enumerate(rows, start=1)]
    pairs = [verdict.pair for verdict in found]
    for place, verdict in enumerate(found):
        if verdict.pair in pairs[:place]:
            raise DataRefused(
                tell(
                    "{file}, decision {place}: {kept} and {other} are decided twice.",
                    "{file}, décision {place} : {kept} et {other} sont décidés deux fois.",
                    file=path.name,
                    place=place + 1,
                    kept=verdict.kept,
                    other=verdict.other,
                )
            )
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
        raise UsageError(
            tell(
                "{path} can't be written: {error}.", "{path} ne peut pas être écrit : {error}.", path=path, error=error.strerror
            ),
            hint=Told("Check the folder and its rights.", "Vérifier le dossier et ses droits."),
        ) from error
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


def settled(verdicts: Sequence[Verdict]) -> set[frozenset[str]]:
    """Return the pairs on which something is decided, what follows from decisions with them.

    Records that are each the same as a third are the same; what was told apart from one of them was told apart from all.
    """
    groups: dict[str, frozenset[str]] = {}
    for verdict in verdicts:
        if verdict.verdict == "same":
            joined = frozenset().union(*(groups.get(name, frozenset((name,))) for name in verdict.pair))
            groups.update(dict.fromkeys(joined, joined))
    found = {frozenset(pair) for group in set(groups.values()) for pair in combinations(sorted(group), 2)}
    for verdict in (item for item in verdicts if item.verdict == "different"):
        sides = [groups.get(name, frozenset((name,))) for name in (verdict.kept, verdict.other)]
        found.update(frozenset(pair) for pair in product(*sides))
    return found


def _verdict(row: dict[str, Any], place: int, file: str) -> Verdict:
    where = Told(f"{file}, decision {place}", f"{file}, décision {place}")
    unknown = sorted(set(row) - set(_FIELDS))
    if unknown:
        raise DataRefused(
            tell("{where}: unknown key {keys}.", "{where} : clé inconnue {keys}.", where=where, keys=", ".join(unknown)),
            hint=tell("Keys: {keys}.", "Clés : {keys}.", keys=", ".join(_FIELDS)),
        )
    told = {name: row[name].isoformat() if isinstance(row[name], dt.date) else row[name] for name in row}
    wrong = sorted(name for name, value in told.items() if not isinstance(value, str))
    lacking = sorted({"verdict", "label", "kept", "other"} - told.keys())
    if wrong or lacking:
        names = ", ".join(wrong or lacking)
        raise DataRefused(
            tell("{where}: {names} must be a text.", "{where} : {names} doit être un texte.", where=where, names=names)
        )
    if told["verdict"] not in {"same", "different"} or told["label"] not in NODES.keys() - set(BOOKKEEPING):
        raise DataRefused(
            tell(
                "{where}: {verdict!r} of {label!r} is no decision.",
                "{where} : « {verdict} » de « {label} » n'est pas une décision.",
                where=where,
                verdict=told["verdict"],
                label=told["label"],
            ),
            hint=Told("verdict: same or different.", "verdict : same ou different."),
        )
    if ids.check(told["kept"]) == ids.check(told["other"]):
        raise DataRefused(
            tell("{where}: both records are {id}.", "{where} : les deux fiches sont {id}.", where=where, id=told["kept"])
        )
    return Verdict(**told)


def _table(verdict: Verdict) -> str:
    told = {name: getattr(verdict, name) for name in _FIELDS}
    return "\n".join(["[[decision]]", *(f"{name} = {_text(value)}" for name, value in told.items() if value), ""])


def _text(value: str) -> str:
    """Return a TOML basic string: quotes, back-slashes and control characters escaped."""
    flat = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(char):04X}" if ord(char) < 32 or ord(char) == 127 else char for char in flat) + '"'
