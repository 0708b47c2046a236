"""A first mapping for a table of any layout: what its headers and values look like, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from importers.decoding import folded
from importers.tables import marks
from importers.tables.cells import Raw, Unfit, empty, text, value
from importers.tables.folder import Opened, spelled
from importers.tables.mapping_terms import quoted
from importers.tables.sheets import Cells, Sheet
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.schema import NodeType, Property
from pacte_graph.schema.sheets import HELPERS, TABLES, Column, Kind, columns, sheet_name

SURE = 85
"""Likeness (0 to 100) from which a header or a value is taken for ours."""
LOOKED = 500
"""Rows looked at."""
NEAR = 60
"""Likeness from which a header or a value is worth suggesting, in a comment."""
SHOWN = 30
"""Values of a closed list that are proposed; the rest is counted."""

_SPOKEN: dict[str, tuple[str, ...]] = {
    "name": (
        *("intitule", "libelle", "titre", "denomination", "raison sociale", "designation", "nom", "name", "title"),
        *("nom du projet", "nom de l'action", "action", "projet", "intitule du projet", "project", "project name"),
        *("nom de la structure", "structure", "organisme", "acteur", "nom de l'acteur", "organisation", "organization"),
        *("full name", "nom prenom", "nom complet", "contact", "nom de la commune"),
    ),
    "number": ("id projet", "project number", "n°", "no", "numero", "num", "n° projet", "numero de projet", "ref", "reference"),
    "state": ("state", "statut", "etat", "avancement", "status", "etat d'avancement", "phase"),
    "budget": ("budget", "cout total", "montant total", "cout", "montant", "budget total", "cout previsionnel"),
    "grant": ("subvention", "aide", "aide accordee"),
    "regional_funding": ("region", "part region", "financement region", "aide region"),
    "since": ("debut", "date de debut", "demarrage", "date debut", "start", "start date", "joined"),
    "until": ("fin", "date de fin", "echeance", "date fin", "end", "end date"),
    "axis": ("axe", "thematique", "orientation", "volet"),
    "kind": ("type d'acteur", "categorie", "type de structure", "famille", "nature"),
    "town": ("ville", "commune", "city", "town"),
    "insee_code": ("insee", "code commune", "code insee"),
    "note": ("comment", "comments", "notes", "commentaire", "commentaires", "observations", "remarque", "remarques"),
    "url": ("site", "site web", "lien", "url"),
    "text": ("description", "texte", "libelle"),
    "population": ("population totale", "population municipale", "habitants", "nb habitants", "nombre d'habitants"),
    "communes_stated": ("nb communes", "nombre de communes"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "siren": ("code siren", "n° siren", "siren epci"),
    "country": ("pays", "country"),
    "amount": ("montant", "apport", "participation financiere"),
    "target": ("projet", "projet concerne"),
    "source": ("acteur", "organisme", "structure"),
}
_ROLES = {
    "lead": ("porteur", "chef de file", "pilote", "maitre d'ouvrage", "porteur du projet", "structure porteuse", "lead"),
    "partner": ("partenaire", "partenaires", "partners", "partenariat"),
    "funder": ("financeur", "financeurs", "cofinanceurs", "funder", "funders"),
}


_KINDS = {
    "Project": ("projet", "project", "action", "fiche"),
    "Actor": ("acteur", "actor", "organisme", "organisation", "structure", "entreprise", "association", "adherent"),
    "Territory": ("territoire", "territor", "epci", "commune", "intercommunal"),
    "Person": ("personne", "people", "contact", "elus"),
}
"""Parts of words, in a sheet's name or its headers, that speak for a type."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """What a header may be: our column, how alike (0 to 100), or the role of the actors its cells name."""

    column: Column | None
    score: float
    role: str = ""

    @property
    def sure(self) -> bool:
        """Tell whether it is alike enough to be taken."""
        return self.column is not None and self.score >= SURE


def propose(opened: Opened, path: Path) -> str:
    """Return a mapping file for what was opened, sheet by sheet. Raises DataRefused when no sheet has a header and a row."""
    sheets = [sheet for sheet in opened.sheets if sheet.name not in HELPERS and len(sheet.rows) > 1]
    if not sheets:
        raise DataRefused(
            tell(
                "{path} has no sheet with a header and a row.",
                "{path} n'a aucune feuille avec des intitulés et une ligne.",
                path=path,
            ),
            hint=Told("Give a table: .csv, .xlsx or .ods.", "Donnez un tableau : .csv, .xlsx ou .ods."),
        )
    slug = ids.part(folded(path.stem).replace(" ", "-"))
    return "\n".join([*_top(path, slug), *(line for sheet in sheets for line in _sheet(sheet, slug))]) + "\n"


def _top(path: Path, slug: str) -> Iterator[str]:
    yield f"# Correspondance proposée pour {_plain(path.name)} : à relire. / Proposed mapping: check it."
    yield "# Les lignes qui commencent par # ne comptent pas. / Lines starting with # don't count."
    yield f"# pacte import tableur {_plain(path.name)} --map MAPPING.toml --dry-run"
    yield ""
    yield f"programme = {quoted(f'programme:{slug}')}"
    yield ""
    yield "[source]"
    yield f"name_fr = {quoted(path.stem)}"
    yield '# publisher = "…"    licence = "…"    vintage = "…"'
    yield ""
    yield "[[nodes]]             # le programme, s'il n'est pas encore dans la base / the programme, unless it is held already"
    yield 'label = "Programme"'
    yield f"id = {quoted(f'programme:{slug}')}"
    yield f"name = {quoted(path.stem)}"


def _sheet(sheet: Sheet, slug: str) -> Iterator[str]:
    at = _header_at(sheet)
    line, cells = sheet.rows[at]
    header = [text(cell) for cell in cells]
    rows = [row for _, row in sheet.rows[at + 1 : at + 1 + LOOKED]]
    kind, guesses = _best(sheet, header, rows)
    yield ""
    yield "[[tables]]"
    yield f"file = {quoted(sheet.file)}"
    if sheet.name is not None:
        yield f"sheet = {quoted(sheet.name)}"
    if line != 1:
        yield f"header_row = {line}"
    yield f"kind = {quoted(kind.label if isinstance(kind, NodeType) else kind.type)}"
    yield from _identity(kind, header, guesses, rows, slug)
    yield "ignore = []           # leurs colonnes à laisser de côté / their columns to leave out"
    matrix = marks.marked(
        kind, [not name or guess.sure or bool(guess.role) for name, guess in zip(header, guesses, strict=True)], rows
    )
    yield from _columns(kind, header, guesses, rows, slug, matrix)
    yield from _values(header, guesses, rows)
    yield from marks.roles(matrix)


def _header_at(sheet: Sheet) -> int:
    """Return which row is the header: the first of the first ten that names almost as many columns as any of them."""
    looked = sheet.rows[:10]
    counts = [len({text(cell) for cell in row if isinstance(cell, str) and not empty(cell)}) for _, row in looked]
    return next(at for at, count in enumerate(counts) if count * 10 >= max(counts) * 7)


def _best(sheet: Sheet, header: Sequence[str], rows: Sequence[Cells]) -> tuple[Kind, list[_Guess]]:
    """Return the type that covers the headers best; the sheet's name and the first header's words count too."""
    told = folded(f"{sheet.title()} {Path(sheet.file).stem} {' '.join(header)}")
    best: tuple[float, Kind, list[_Guess]] | None = None
    for kind in TABLES.values():
        guesses = _guesses(kind, header, rows)
        score = sum(guess.score for guess in guesses if guess.sure) / 100 + _named(kind, told)
        if not isinstance(kind, NodeType) and not {"source", "target"} <= {g.column.name for g in guesses if g.column and g.sure}:
            continue
        if best is None or score > best[0]:
            best = (score, kind, guesses)
    assert best is not None  # noqa: S101 - node types are always tried
    return best[1], best[2]


def _named(kind: Kind, told: str) -> float:
    """Return what a sheet's words add to a type; the types most tables hold come before the others."""
    if not isinstance(kind, NodeType):
        return 1.5 if folded(sheet_name(kind)) in told else 0.0
    words = (*_KINDS.get(kind.label, ()), folded(kind.words.fr), folded(sheet_name(kind)))
    return (1.5 if any(word in told for word in words) else 0.0) + (0.2 if kind.label in _KINDS else 0.0)


def _guesses(kind: Kind, header: Sequence[str], rows: Sequence[Cells]) -> list[_Guess]:
    """Return what each header may be; one of ours is given once, to the header most like it."""
    found = [_doubted(_guess(kind, name), _seen(at, rows)) for at, name in enumerate(header)]
    for column in {guess.column.name for guess in found if guess.column}:
        same = [at for at, guess in enumerate(found) if guess.column and guess.column.name == column]
        keep = max(same, key=lambda at: (found[at].score, -at))
        for at in same:
            if at != keep:
                found[at] = _Guess(found[at].column, 0)
    return found


def _guess(kind: Kind, name: str) -> _Guess:
    wanted = folded(name).rstrip("* :")
    if not wanted:
        return _Guess(None, 0)
    role = next((role for role, words in _ROLES.items() if wanted in words), "")
    if role and isinstance(kind, NodeType) and kind.label == "Project":
        return _Guess(None, 0, role)
    forms = {wanted, " ".join(re.split(r"[\s_.]+", wanted)), " ".join(wanted.rpartition(".")[2].split("_"))}
    scored = [(max(_alike(form, word) for word in _words(column) for form in forms if form), column) for column in columns(kind)]
    score, column = max(scored, key=lambda item: item[0])
    return _Guess(column, score)


def _doubted(guess: _Guess, seen: Sequence[str]) -> _Guess:
    """Return a guess, unsure when most values aren't of the type: a region's name is no amount, whatever its header."""
    item = guess.column.property if guess.column else None
    if item is None or item.choices or not seen:
        return guess
    taken = sum(_taken(item, told) for told in seen)
    return guess if taken * 2 >= len(seen) else _Guess(guess.column, min(guess.score, NEAR))


def _alike(wanted: str, word: str) -> float:
    return 100.0 if wanted == word else min(99.0, fuzz.ratio(wanted, word))


def _words(column: Column) -> set[str]:
    return {*spelled(column), *_SPOKEN.get(column.name, ())}


def _identity(kind: Kind, header: Sequence[str], guesses: Sequence[_Guess], rows: Sequence[Cells], slug: str) -> Iterator[str]:
    """Yield what identifies a row, unless a column of theirs is our identifier already."""
    sure = {guess.column.name: name for guess, name in zip(guesses, header, strict=True) if guess.sure and guess.column}
    if not isinstance(kind, NodeType):
        return
    if "id" in sure and all(":" in text(row[header.index(sure["id"])]) for row in rows if header.index(sure["id"]) < len(row)):
        return
    for name in ("id", "number", "siren", "insee_code", "name", "text"):
        if name in sure and _tells_apart(header.index(sure[name]), rows):
            yield f"id = {quoted(f'{kind.label.lower()}:{slug}:{{{sure[name]}}}')}"
            return
    shown = next((name for at, name in enumerate(header) if name and _tells_apart(at, rows)), next(filter(None, header), "…"))
    yield f"id = {quoted(f'{kind.label.lower()}:{slug}:{{{shown}}}')}   # à vérifier : ce qui distingue les lignes / check it"


def _tells_apart(at: int, rows: Sequence[Cells]) -> bool:
    told = [text(row[at]) if at < len(row) else "" for row in rows]
    return all(told) and len(set(told)) == len(told)


def _columns(
    kind: Kind,
    header: Sequence[str],
    guesses: Sequence[_Guess],
    rows: Sequence[Cells],
    slug: str,
    matrix: Mapping[int, Sequence[str]],
) -> Iterator[str]:
    yield ""
    yield "[tables.columns]      # leur colonne = la nôtre / their column = ours"
    for at, (name, guess) in enumerate(zip(header, guesses, strict=True)):
        if not name or header.index(name) != at:
            continue
        if guess.role:
            yield f"{quoted(name)} = {_inline(guess.role, _seen(at, rows), slug)}"
        elif at in matrix:
            yield f"{quoted(name)} = {marks.line(kind, name, matrix[at], slug)}"
        elif guess.sure and guess.column and not _ours_elsewhere(guess.column, at, header, rows):
            yield f"{quoted(name)} = {quoted(guess.column.name)}{_about(guess.column)}"
        else:
            near = f" = {quoted(guess.column.name)}" if guess.column and guess.score >= NEAR else ' = "…"'
            yield f"# {quoted(name)}{near}   # pas sûr / unsure"
    names = ", ".join(column.name for column in columns(kind))
    yield f"# nos colonnes / ours: {names}"
    lists = [
        name
        for name, guess in zip(header, guesses, strict=True)
        if guess.sure and guess.column and _listed(guess.column.property)
    ]
    if lists:
        yield ""
        yield "[tables.split]"
        yield from (f"{quoted(name)} = {quoted(_sign(_seen(header.index(name), rows)) or ';')}" for name in dict.fromkeys(lists))


def _ours_elsewhere(column: Column, at: int, header: Sequence[str], rows: Sequence[Cells]) -> bool:
    """Tell whether a column is an identifier that isn't of our form: it serves in the template instead."""
    return column.name == "id" and not all(":" in text(row[at]) for row in rows if at < len(row)) and bool(header)


def _inline(role: str, seen: Sequence[str], slug: str) -> str:
    split = _sign(seen)
    cut = f"split = {quoted(split)}, " if split else ""
    return f'{{ link = "TAKES_PART_IN", from = "Actor", id = {quoted(f"actor:{slug}:{{value}}")}, {cut}role = "{role}" }}'


def _sign(seen: Sequence[str]) -> str:
    return next((sign for sign in (";", "|", "\n", " / ", ",") if any(sign in told for told in seen)), "")


def _values(header: Sequence[str], guesses: Sequence[_Guess], rows: Sequence[Cells]) -> Iterator[str]:
    for at, guess in enumerate(guesses):
        item = guess.column.property if guess.sure and guess.column else None
        if item is None or not item.choices:
            continue
        unknown = [told for told in dict.fromkeys(_seen(at, rows)) if not _taken(item, told)]
        if not unknown:
            continue
        yield ""
        yield f"[tables.values.{item.name}]   # {_plain(header[at])} : leur valeur = la nôtre / their value = ours"
        for told in unknown[:SHOWN]:
            near, score = _nearest(item, told)
            start = "" if score >= SURE else "# "
            yield f"{start}{quoted(told)} = {quoted(near if score >= NEAR else '…')}"
        if len(unknown) > SHOWN:
            yield f"# … et {len(unknown) - SHOWN} autres / and {len(unknown) - SHOWN} more"
        yield f"# nos valeurs / ours: {', '.join(f'{choice.value} ({choice.label.fr})' for choice in item.choices)}"


def _nearest(item: Property, told: str) -> tuple[str, float]:
    wanted = folded(told)
    scored = [
        (max(fuzz.ratio(wanted, folded(word)) for word in (choice.value, choice.label.fr, choice.label.en)), choice.value)
        for choice in item.choices
    ]
    score, best = max(scored)
    return best, score


def _taken(item: Property, told: str) -> bool:
    try:
        value(item, told)
    except Unfit:
        return False
    return True


def _seen(at: int, rows: Sequence[Cells]) -> list[str]:
    cells: list[Raw] = [row[at] for row in rows if at < len(row)]
    return [text(cell) for cell in cells if not empty(cell)]


def _listed(item: Property | None) -> bool:
    return item is not None and item.type == "strings"


def _about(column: Column) -> str:
    return f"   # {column.label.fr} / {column.label.en}"


def _plain(told: str) -> str:
    """Return a text for a comment: on one line, without controls."""
    return "".join(char if char.isprintable() else " " for char in told)
