"""What uploaded files are called: safe names on disk, and the name of the source that plain tables become."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from pacte_graph.matching.folding import plain
from pacte_graph.schema import NodeType
from pacte_graph.schema.sheets import TABLES, Kind, sheet_name

TABLES_KIND = "tableur"
"""The importer that reads plain tables."""
CARD_FILE = "source.toml"
"""The file that says, beside plain tables, what their source is."""
_CSV = re.compile(r"\.csv(\.gz)?$", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w .,()'&+-]")
_LONGEST = 120


def safe(name: str) -> str:
    """Return a file name without folders or unusual characters; accents are written one way, whatever system they come from.

    >>> safe("../../etc/passwd"), safe("Mes projets.xlsx"), safe("...")
    ('passwd', 'Mes projets.xlsx', 'fichier')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSAFE.sub("_", last)[-_LONGEST:].strip(" .") or "fichier"


def is_csv(name: str) -> bool:
    """Tell whether a file is a plain table by its name."""
    return bool(_CSV.search(name))


def stem(name: str) -> str:
    """Return a table's name without what ends it.

    >>> stem("actors.csv.gz"), stem("Liste.CSV"), stem("v1.2.xlsx")
    ('actors', 'Liste', 'v1.2')
    """
    return _CSV.sub("", name) if is_csv(name) else Path(name).stem


def imposed(name: str) -> bool:
    """Tell whether a plain table has one of the names that we impose: it says which table it is, not what it is about.

    >>> imposed("actors.csv"), imposed("Acteurs.csv"), imposed("partenaires 2026.csv")
    (True, True, False)
    """
    return is_csv(name) and plain(stem(name)) in {plain(word) for kind in TABLES.values() for word in _words(kind)}


def _words(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, NodeType):
        return (kind.table, sheet_name(kind), kind.label, kind.words.fr, kind.words.en, kind.plural.fr, kind.plural.en)
    return (kind.table, sheet_name(kind), kind.type)


def nameless(importer: str, names: Iterable[str], *, mapped: bool) -> bool:
    """Tell whether files don't say what their source is called: plain tables under imposed names, or several together."""
    found = list(names)
    tables = [name for name in found if is_csv(name)]
    only_tables = bool(tables) and all(is_csv(name) or name.lower().endswith(".toml") for name in found)
    named = mapped or CARD_FILE in found
    return importer == TABLES_KIND and only_tables and not named and (len(tables) > 1 or imposed(tables[0]))


def usual(names: Iterable[str]) -> str:
    """Return the name a source gets from its tables when nobody gave it one: the same tables, the same name.

    >>> usual(["projects.csv", "actors.csv"]), usual(["liste.csv"])
    ('actors-projects', 'liste')
    """
    return "-".join(sorted(stem(name) for name in names if is_csv(name)))[:_LONGEST].strip(" .-") or "tables"


def chosen(name: str) -> str:
    """Return the name of a source as it was typed, without what a folder's name can't hold; empty when nothing is left.

    >>> chosen(" Pacte 2026/Nord "), chosen("..")
    ('Pacte 2026_Nord', '')
    """
    return _UNSAFE.sub("_", unicodedata.normalize("NFC", name).strip())[:_LONGEST].strip(" .")


def placed(paths: Sequence[Path], importer: str, folder: Path, name: str) -> list[Path]:
    """Return what the importer is given: plain tables move into a folder named after their source, the rest stays as it is.

    The importer names the source of plain tables after their folder; one table alone is given as a file in it.
    """
    tables = [path for path in paths if is_csv(path.name)]
    moved = importer == TABLES_KIND and tables and all(path in tables or path.suffix.lower() == ".toml" for path in paths)
    if not moved:
        return list(paths)
    place = folder / name
    place.mkdir(parents=True)
    found = [path.rename(place / _CSV.sub(lambda end: end[0].lower(), path.name)) for path in paths]
    alone = [path for path in found if is_csv(path.name)]
    return alone if len(alone) == 1 else [place]
