"""What a file is refused for is told in both languages: the same file and the same line in each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter

from importers.anr import IMPORTER as ANR
from importers.cordis import IMPORTER as CORDIS
from importers.feuille_de_route import IMPORTER as SHEETS
from importers.graphe import IMPORTER as GRAPHS
from importers.territoires import IMPORTER as TERRITORIES
from pacte_graph.errors import PacteError, in_language
from pacte_graph.exchange import writer
from pacte_graph.records import Importer

CODES, NAMES = "Projet.Code_Decision_ANR,Action.Edition,Projet.Partenaire.Nom_organisme", "Projet.Aide_allouee"
RCN = "rcn,pic,role,contribution"
OURS = {"id": "actor:a", "pacte_label": "Actor", "name": "A", "pacte_programme": "programme:p"}
TIE = {"source": "actor:a", "target": "actor:a", "pacte_type": "TAKES_PART_IN"}
SQUARE = {"type": "Polygon", "coordinates": [[[1, 43], [2, 43], [2, 44], [1, 43]]]}


def ours(*nodes: dict[str, Any], edges: tuple[dict[str, Any], ...] = (), **about: Any) -> str:
    return json.dumps({"nodes": [OURS, *nodes], "edges": edges, "graph": about})


def shapes(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def shape(geometry: Any = SQUARE, **told: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"code": "31555", "nom": "Toulouse", **told}}


Case = tuple[Importer, str, str | bytes, dict[str, str]]
CASES: list[Case] = [
    (GRAPHS, "x.docx", "", {}),
    (GRAPHS, "x.csv", "a,b\n", {"mode": "trois"}),
    (GRAPHS, "x.csv", "a,b\n", {"couleur": "x"}),
    (GRAPHS, "x.csv", "a,b\n", {"programme": " "}),
    (GRAPHS, "x.csv", "", {}),
    (GRAPHS, "x.csv", "a,b,c,d\n", {}),
    (GRAPHS, "x.csv", 'source,target\na,"b\n', {}),
    (GRAPHS, "x.csv", "source,target,poids,weight\na,b,1,2\n", {}),
    (GRAPHS, "x.csv", "source,target\na,\n,b\n", {}),
    (GRAPHS, "x.csv", "a,b\nb,c\n", {"mode": "bimodal"}),
    (GRAPHS, "x.csv", f"source,target,,weight,note\na,a,,1,\na,b,x,beaucoup,z\na\na,b,,,\n{'e' * 600},b,,,\na,b,,,y\n", {}),
    (GRAPHS, "x.csv", f"source,target,note\na,b,{'e' * 200_001}\n", {}),
    (GRAPHS, "x.edgelist", "# c\na b {1}\na c {'weight': 2, 'x': [1]}\n", {}),
    (GRAPHS, "x.edgelist", "a b {'x': '" + "e" * 200_001 + "'}\n", {}),
    (GRAPHS, "x.json", "{", {}),
    (GRAPHS, "x.json", "[]", {}),
    (GRAPHS, "x.json", "[" * 100_000, {}),
    (GRAPHS, "x.json", '{"nodes": [], "links": {}}', {}),
    (GRAPHS, "x.json", '{"nodes": [{}, 3], "links": []}', {}),
    (GRAPHS, "x.json", '{"nodes": [{"id": 1, "x1": {}}, {"id": 1}], "links": [{"source": 1, "target": 2}, {}], "more": 1}', {}),
    (GRAPHS, "x.json", r'{"nodes": [{"id": "a\ud800"}, {"id": "b", "label": "B", "name": "C", "nom": "D"}], "graph": {"k": 1}}', {}),
    (GRAPHS, "x.json", '{"nodes": [{"id": 1, "label": "' + "a" * 501 + '"}]}', {}),
    (GRAPHS, "x.cyjs", '{"elements": [{"x": 1}, {"data": {"id": 1}, "more": 2}]}', {}),
    (GRAPHS, "x.json", ours({"id": "n"}, {"id": "t", "pacte_label": "Territory"}, {**OURS, "id": "b", "kind": " ", "more": 1}), {}),
    (GRAPHS, "x.json", ours({"id": "p", "pacte_label": "Project", "number": -1, "url": "\u0000"}, more=1), {}),
    (GRAPHS, "x.json", ours({"id": "p", "pacte_label": "Project", "number": 2**63}), {}),
    (GRAPHS, "x.json", ours(edges=(TIE, {**TIE, "pacte_type": "X"}, {**TIE, "pacte_type": "WITHIN"})), {}),
    (GRAPHS, "x.json", ours(edges=({**TIE, "pacte_type": "COOPERATES_WITH"}, {**TIE, "pacte_type": "COOPERATES_WITH"})), {}),
    (GRAPHS, "x.json", ours({**OURS, "id": "b", "pacte_programme": "programme:q"}), {}),
    (GRAPHS, "x.net", "bonjour\n", {}),
    (GRAPHS, "x.net", "*Vertices beaucoup\n", {}),
    (GRAPHS, "x.net", "*Vertices 99999999999\n", {}),
    (GRAPHS, "x.net", '*Network a\nx\n*Vertices 2\n1 "a" [1]\n1 "b" x\n9 "c"\n*Arcs\n1\n1 8\n*Arcslist\n1\n*Events\n*Vector v\n3\n', {}),
    (GRAPHS, "x.net", "*Vertices 2\n*Matrix\n1 2 3\n*Network b\n*Network c\n", {}),
    (GRAPHS, "x.graphml", "<gexf/>", {}),
    (GRAPHS, "x.graphml", "<graphml>", {}),
    (GRAPHS, "x.graphml", "<!DOCTYPE a><graphml/>", {}),
    (GRAPHS, "x.graphml", "<graphml>" + "<graph>" * 100, {}),
    (GRAPHS, "x.graphml", f"<graphml><desc>{'e' * 200_001}</desc></graphml>", {}),
    (GRAPHS, "x.graphml", "<graphml><graph/></graphml>", {}),
    (
        GRAPHS,
        "x.graphml",
        ('<graphml><key id="k"/><data key="k">1</data><graph><desc>d</desc><node id="a"><port/><graph/><data key="z">1</data></node>'
        '<hyperedge/><edge source="a" target="a" sourceport="p"/></graph><graph/><b/></graphml>'),
        {},
    ),
    (GRAPHS, "x.gexf", "<graphml/>", {}),
    (
        GRAPHS,
        "x.gexf",
        ('<gexf><graph><b/><nodes><node id="a" start="x"><parents><parent/></parents><attvalues><attvalue for="z" value="1"/></attvalues>'
        '<spells><spell start="2015-01-01"/><spell/></spells></node></nodes></graph><graph/></gexf>'),
        {},
    ),
    (ANR, "x.csv", "a,b\n1,2\n", {}),
    (ANR, "x.csv", f"{CODES},{NAMES}\n", {}),
    (ANR, "x.csv", f"{CODES},{NAMES}\n,2021,A,1\n", {}),
    (ANR, "x.csv", f"{CODES},{NAMES},z\nA,2021,Non renseigné,beaucoup,z\nB,2021\n", {}),
    (ANR, "x.csv", f"{CODES},{NAMES}\nA,2021,B,1\n", {"region": "Bretagne"}),
    (ANR, "x.csv", f"{CODES},{NAMES}\nA,2021,B,1\n", {"programme": "dos"}),
    (ANR, "x.csv", f"{CODES},{NAMES}\nA,2021,B,1\n", {"programme": "x"}),
    (ANR, "x.csv", f"{CODES},{NAMES}\nA,2021,B,1\n", {"since": "x"}),
    (ANR, "x.csv", f"{CODES},{NAMES}\nA,2021,B,1\n", {"colour": "x"}),
    (ANR, "x.csv", "Projet.Code_Decision_ANR,Projet.Partenaire.Nom_organisme\nA,B\n", {}),
    (ANR, "x.csv", f"{CODES},AAP.Edition\nA,2021,B,1\n", {}),
    (ANR, "x.csv", f"{CODES},{NAMES},{NAMES}\n", {}),
    (ANR, "x.csv", "", {}),
    (ANR, "x.xlsx", b"PK", {}),
    (CORDIS, "x.csv", "x,y\n1,2\n", {}),
    (CORDIS, "x.csv", f"{RCN}\nA,1,x,1\n1,B,x,1\n", {}),
    (CORDIS, "x.csv", f"{RCN},z\n1,2,x,beaucoup,1\n1\n3,NA,x,1,1\n", {}),
    (CORDIS, "x.csv", "rcn,programme_part\nA,B\n1,C\n", {}),
    (CORDIS, "x.csv", "id,acronym,title,frameworkProgramme\n1,A,T,FP7\n", {}),
    (CORDIS, "x.csv", "id,acronym,title,frameworkProgramme\nA,A,T,H2020\n", {}),
    (CORDIS, "x.csv", f"{RCN}\n1,2,x,1\n", {"near": "31555"}),
    (CORDIS, "x.csv", f"{RCN}\n1,2,x,1\n", {"programme": "fp7"}),
    (CORDIS, "x.csv", f"{RCN}\n1,2,x,1\n", {"territoires": "absent.geojson"}),
    (CORDIS, "x.csv", f"{RCN}\n1,2,x,1\n", {"country": "IT"}),
    (CORDIS, "x.zip", b"PK\x05\x06" + b"\0" * 18, {}),
    (CORDIS, "x.csv", b"\x1f\x8bnot gzip", {}),
    (TERRITORIES, "x.json", "{", {}),
    (TERRITORIES, "x.json", "[1, 2]", {}),
    (TERRITORIES, "x.tgz", b"\x1f\x8b not gzip", {}),
    (TERRITORIES, "x.json", b"\x00", {}),
    (TERRITORIES, "x.geojson", shapes(shape(code="x"), shape(None), shape(lat=100), shape(z=1), {"type": "x"}, 7), {}),
    (TERRITORIES, "x.geojson", shapes(shape({"type": "Polygon", "coordinates": [[]]}), shape({"type": "Polygon", "coordinates": [[[1]]]}), shape()), {}),
    (TERRITORIES, "x.json", '[{"code": "1", "nom": "a", "departement": "31", "z": 1}, {"code": "", "nom": "b"}]', {}),
    (TERRITORIES, "x.json", '[{"code": "1", "nom": "a", "departement": "31", "population": "x"}, {"code": "2", "nom": "' + "b" * 501 + '"}, {"code": "3", "nom": "c"}]', {}),
    (TERRITORIES, "x.json", '[{"code": "1", "nom": "a", "membres": 3}, {"code": "2", "nom": "b", "membres": [4]}, {"code": "3", "nom": "c", "membres": []}]', {}),
    (TERRITORIES, "x.json", '[{"code": "1", "nom": "a", "departement": "31", "anciensCodes": 3}, {"code": "2", "nom": "b"}]', {}),
    (TERRITORIES, "x.json", '[{"code": "", "nom": "a"}]', {}),
    *((TERRITORIES, "x.geojson", shapes(shape()), options) for options in ({"millesime": "x"}, {"until": "x"}, {"until": "2020-01-01"}, {"epci": "1"}, {"z": "1"})),
    (SHEETS, "x.txt", "", {}),
    (SHEETS, "x.txt", "Bonjour\n", {}),
    (SHEETS, "x.txt", b"\xd0\xcf\x11\xe0", {}),
    (SHEETS, "x.txt", b"\x81\x8d", {}),
    (SHEETS, "x.pdf", b"%PDF-1.4\n", {}),
    (SHEETS, "x.docx", b"PK\x03\x04", {}),
    (SHEETS, "x.txt", "Projet 7\n", {"couleur": "x"}),
]  # fmt: skip


def said(importer: Importer, paths: list[Path], options: dict[str, str]) -> Iterator[str]:
    """Yield every sentence that an importer has for the user."""
    try:
        batches = importer.read(paths, **options)
    except PacteError as refusal:
        yield refusal.message
        if refusal.hint and not refusal.hint.startswith("--"):
            yield refusal.hint
        return
    for batch in batches:
        list(batch.nodes)
        list(batch.links)
        yield from (item.reason for item in batch.rejected)
        yield from (item.text for item in batch.not_understood)


def places(text: str, word: str) -> list[str]:
    """Return what a sentence says of places: lines, columns, and lines after a file's name."""
    return re.findall(rf"{word} (\d+)", text) + re.findall(r"x\.\w+:(\d+)", text) + re.findall(r"\w+\[-?\d+\]", text)


def check(texts: list[str]) -> None:
    assert texts
    for english in texts:
        french = in_language(english, "fr")
        assert french != str(english)
        assert places(str(english), "line") == places(french, "ligne")
        for name in re.findall(r"\bx\.\w+", str(english)):
            assert name in french
        assert not re.search(r"\w[:;?!]( |$)|«\S|\S»", french), french


@pytest.mark.parametrize(("importer", "name", "content", "options"), CASES)
def test_a_refusal_is_told_in_both_languages(
    tmp_path: Path, importer: Importer, name: str, content: str | bytes, options: dict[str, str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    check(list(said(importer, [path], options)))


def test_files_together_and_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "x.net").write_text("*Vertices 1\n", encoding="utf-8")
    for importer in (GRAPHS, ANR, CORDIS, TERRITORIES):
        check(list(said(importer, [], {})))
    for importer in (GRAPHS, ANR, CORDIS, TERRITORIES, SHEETS):
        check(list(said(importer, [tmp_path / "absent" / "x.json"], {})))
    check(list(said(GRAPHS, [tmp_path], {})))
    check(list(said(GRAPHS, [tmp_path / "x.csv", tmp_path / "x.net"], {})))
    check(list(said(SHEETS, [tmp_path], {})))
    for number in (1, 2):
        (tmp_path / f"x{number}.txt").write_text(f"Projet 7 : Essai\n\nBudget\n\n{number}\n", encoding="utf-8")
    check(list(said(SHEETS, [tmp_path / "x1.txt", tmp_path / "x2.txt"], {})))
    with pytest.raises(PacteError) as refused:
        writer("")
    check([refused.value.message, refused.value.hint])


def test_workbooks_and_documents(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        book.add_worksheet("Vide")
        book.add_worksheet("Autre")
    check(list(said(ANR, [tmp_path / "x.xlsx"], {})))
    with xlsxwriter.Workbook(tmp_path / "y.xlsx") as book:
        sheet = book.add_worksheet("Données")
        for line, cells in enumerate(([*CODES.split(","), NAMES], ["A", "2021", "", "1"])):
            sheet.write_row(line, 0, cells)
        book.add_worksheet("Autre")
    check(list(said(ANR, [tmp_path / "y.xlsx"], {})))
    made = docx.Document()
    made.add_paragraph("Rien ici")
    made.save(str(tmp_path / "x.docx"))
    check(list(said(SHEETS, [tmp_path / "x.docx"], {})))
