"""Damaged files: thousands of seeded mutations of a sound file of each source; each must be read, or refused in one sentence.

``python -m benchmarks mutations`` runs 10,000 a source. A traceback, or a row of a table that is neither taken nor listed, ends it.
"""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import docx
import networkx as nx

from benchmarks.measure import line
from importers.anr import IMPORTER as ANR
from importers.cordis import IMPORTER as CORDIS
from importers.feuille_de_route import IMPORTER as SHEETS
from importers.graphe import IMPORTER as GRAPHS
from importers.tables import IMPORTER as TABLES
from importers.territoires import IMPORTER as TERRITORIES
from pacte_graph import workbook
from pacte_graph.errors import PacteError
from pacte_graph.records import Batch, Importer

MANY = 10_000
MARKS = b"\x00\xff\"';,\t\n\r<>&{}[]()=-+@%\\/:|0123456789eEnNaA\xe9\xc3"
TEXTS = (
    b"NaN",
    b"1e999",
    b"-",
    b"=cmd|'/C calc'!A0",
    b"\xf0\x9f\x99\x82",
    b"a" * 5_000,
    b"../../x",
    b"<!DOCTYPE a>",
    b"&b;",
    b"\x00\x00",
)

SHEET = (
    "Projet 07 : « Jardins » Feuille de route\n\nChef de projet\n\nAnne Exemple / Ville fictive\n\nJalons clés\n\n- Fin 2016\n - ouverture\n\n"
    "Livrables\n\n- Rapport\n\nLiens avec les autres projets\n\n- Projets n° 2, 5\n\nProjet 07_FdR_v0.2_maj le 08/12/2015\n"
)
ANR_ROWS = (
    "Projet.Code_Decision_ANR,Action.Edition,Projet.Acronyme,Projet.Partenaire.Code_Decision_ANR,Projet.Partenaire.Est_coordinateur,"
    "Projet.Partenaire.Nom_organisme,Projet.Partenaire.Categorie_organisme,Projet.Partenaire.Adresse.Ville,Projet.Partenaire.Adresse.Region,"
    "Projet.Partenaire.Adresse.Pays,Projet.Titre.Francais,Projet.Aide_allouee,Projet.Date_debut,Action.Titre.Francais\n"
    "ANR-21-X-0001,2021,ESSAI,ANR-21-X-0001-01,True,Université fictive,Universités,Albi,Occitanie,France,Un essai,12000,2021-05-01 00:00:00,X\n"
    "ANR-21-X-0001,2021,ESSAI,ANR-21-X-0001-02,False,Laboratoire fictif,EPST,Albi,Occitanie,France,Un essai,12000,2021-05-01 00:00:00,X\n"
)
CORDIS_ROWS = (
    "rcn,role,pic,name,shortName,city,country,type,contribution,start_date,end_date,max_contribution,total_cost,lat,lon\n"
    "1,coordinator,999,UNIVERSITE FICTIVE,UF,Albi,FR,HES,160000,2019-05-01,2022-04-30,6999882.5,6999882.5,43.9,2.1\n"
    "1,participant,998,,,,IT,REC,NA,2019-05-01,2022-04-30,6999882.5,6999882.5,,\n"
)
TABLE_ROWS = "id,name,kind,collective,aliases\nactor:x:1,A,university,oui,a;b\nactor:x:2,B,,non,\n"
UNITS = json.dumps(
    [{"code": "31555", "nom": "Toulouse", "type": "commune-actuelle", "departement": "31", "region": "76", "population": 5}]
)


@dataclass(frozen=True, slots=True)
class Source:
    """A sound file of a source. ``rows`` tells that each of its lines must be taken or listed."""

    name: str
    importer: Importer
    file: str
    data: bytes
    rows: bool = False


def sources() -> tuple[Source, ...]:
    """Return a sound file of every source and format."""
    graph = nx.Graph()
    graph.add_node("a", label="Un", kind="company")
    graph.add_edge("a", "b", weight=2.5)
    return (
        Source("tableur CSV", TABLES, "actors.csv", TABLE_ROWS.encode(), rows=True),
        Source("tableur XLSX", TABLES, "classeur.xlsx", _made(workbook.template)),
        Source("territoires", TERRITORIES, "communes.json", UNITS.encode()),
        Source("cordis", CORDIS, "participations.csv", CORDIS_ROWS.encode(), rows=True),
        Source("anr", ANR, "anr.csv", ANR_ROWS.encode(), rows=True),
        Source("graphe GraphML", GRAPHS, "g.graphml", _made(lambda out: nx.write_graphml(graph, out))),
        Source("graphe GEXF", GRAPHS, "g.gexf", _made(lambda out: nx.write_gexf(graph, out))),
        Source("graphe Pajek", GRAPHS, "g.net", b'*Vertices 2\n1 "a" 0.1 0.2\n2 "b"\n*Arcs\n1 2 3.5\n*Edges\n1 2 1\n'),
        Source("graphe JSON", GRAPHS, "g.json", json.dumps(nx.node_link_data(graph, edges="links")).encode()),
        Source("graphe CSV", GRAPHS, "g.csv", b"Source,Target,Weight\na,b,2\nb,c,1\n", rows=True),
        Source("feuille de route TXT", SHEETS, "fiche.txt", SHEET.encode()),
        Source("feuille de route DOCX", SHEETS, "fiche.docx", _made(_document)),
    )


def _made(write: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def _document(out: io.BytesIO) -> None:
    made = docx.Document()
    for text in SHEET.split("\n"):
        made.add_paragraph(text)
    made.save(out)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a damaged copy: bytes changed, cut, doubled, texts put in; of an archive, one member is damaged half of the time."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _repacked(data, chance)
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0 if at < len(found):
                found[at] = chance.choice(MARKS)
            case 1:
                found[at:at] = bytes([chance.choice(MARKS)])
            case 2:
                del found[at : at + chance.randint(1, 20)]
            case 3:
                found[at:at] = found[at : at + chance.randint(1, 60)]
            case 4:
                found[at:at] = chance.choice(TEXTS)
            case _:
                del found[max(at, 1) :]
    return bytes(found) or b"\n"


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == chosen else content)
    return out.getvalue()


def taken(source: Source, path: Path) -> tuple[bool, list[int]]:
    """Read a file as loading does; return whether it was taken and the lines that were neither taken nor listed."""
    try:
        batches = source.importer.read([path])
        heard = {place for batch in batches for place in _lines(batch)}
    except PacteError as refusal:
        if not refusal.message.strip():
            raise AssertionError("a refusal without a sentence") from refusal
        return False, []
    return True, sorted(_rows(path) - heard) if source.rows and not _whole_file_said(batches) else []


def _lines(batch: Batch) -> Iterator[int | None]:
    for record in (*batch.nodes, *batch.links):
        yield from (place.line for place in record.where)
    yield from (item.line for item in (*batch.rejected, *batch.not_understood))


def _whole_file_said(batches: list[Batch]) -> bool:
    """Tell whether the file or its header was said not to be understood: its rows then can't say all they hold."""
    return any(item.line in (None, 1) for batch in batches for item in batch.not_understood)


def _rows(path: Path) -> set[int]:
    """Return the lines where a record of a CSV file starts, after its header, where the plain reader can tell."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.split("\n", 1)[0].count))
        ends = [(reader.line_num, any(cell.strip() for cell in row)) for row in reader]
        starts = [1, *(end + 1 for end, _ in ends)]
        rows = [start for start, (_, filled) in zip(starts, ends, strict=False) if filled]
    except (csv.Error, UnicodeDecodeError, ValueError):
        return set()
    return set() if "\r" in text.replace("\r\n", "") else set(rows[1:])


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as folder:
        yield Path(folder)


def damage(source: Source, count: int, seed: int = 1) -> dict[str, float]:
    """Damage a source's file ``count`` times; return how many copies were taken and refused, and how many lines were lost."""
    chance = random.Random(f"{source.name}{seed}")
    counts: dict[str, float] = {"files": count, "taken": 0, "refused": 0, "lines_lost": 0}
    with _folder() as folder:
        path = folder / source.file
        for _ in range(count):
            path.write_bytes(mutated(source.data, chance))
            good, lost = taken(source, path)
            counts["taken" if good else "refused"] += 1
            counts["lines_lost"] += len(lost)
    return counts


def run() -> Iterator[str]:
    for source in sources():
        start = perf_counter()
        counts = damage(source, MANY)
        yield line(f"damaged files, {source.name}", **counts, seconds=perf_counter() - start)
