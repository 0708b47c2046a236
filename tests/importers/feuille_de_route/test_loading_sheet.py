"""Sheets in the database: several that state the same facts agree, and loading them again changes nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from importers.feuille_de_route import IMPORTER
from importers.feuille_de_route.lines import read
from pacte_graph import loading
from pacte_graph.records import Batch
from pacte_graph.store import Store

INVENTED = """Projet {number} : Essai {number} (fictif)

Chef de projet
Ondine Valmoret / DGS-TM

Objectifs
- Décliner les projets du {programme}, à l'exemple des poupées russes
 - à l'échelle des 37 communes de TM
 - à l'échelle de son agglomération avec le Sicoval
 - à l'échelle de la région

Liens
- Projet {other}, 9

Facteurs de succès
- Des acteurs présents (Codev, CCI)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two invented sheets that name each other; only one uses the other name of the programme."""
    for number, other, programme in ((2, 7, "SDEIRIM"), (7, 2, "SDEIRM")):
        text = INVENTED.format(number=number, other=other, programme=programme)
        (tmp_path / f"projet_{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def load(store: Store, batches: list[Batch]) -> list[loading.Report]:
    return loading.apply_all(store, loading.plan_all(store, batches))


def test_sheets_of_one_programme_agree(store: Store, folder: Path) -> None:
    load(store, IMPORTER.read([folder]))
    rows = store.read("MATCH (a:Project)-[l:LINKED_TO]->(b:Project) RETURN a.number AS a, b.number AS b ORDER BY a, b")
    assert [(row["a"], row["b"]) for row in rows] == [(2, 7), (2, 9), (7, 2), (7, 9)]
    names = store.read("MATCH (p:Project) RETURN p.number AS number, p.name AS name ORDER BY number")
    assert [row["name"] for row in names] == ["Essai 2 (fictif)", "Essai 7 (fictif)", None]
    for report in load(store, IMPORTER.read([folder])):
        told = report.as_dict()
        assert told["conflicts"] == []
        assert [told[key] for key in ("created", "changed", "removed")] == [{"nodes": 0, "links": 0}] * 3


def test_only_the_other_name_is_an_alias(folder: Path) -> None:
    told = [node.properties for batch in IMPORTER.read([folder]) for node in batch.nodes if node.label == "Programme"]
    name = "Schéma de Développement Économique, d'Innovation et de Rayonnement Métropolitain"
    assert told == [{"name": name, "aliases": ["SDEIRIM"]}, {"name": name}]


def test_numbers_are_bullets_only_before_a_space() -> None:
    assert [line.text for line in read("2.5 M€\n2. Abri\n3) Banc\n - > Pont")] == ["2.5 M€", "Abri", "Banc", "Pont"]


def test_a_form_feed_ends_no_line() -> None:
    assert [(line.number, line.text) for line in read("Un\x0cdeux\r\nTrois\rQuatre")] == [
        (1, "Un deux"),
        (2, "Trois"),
        (3, "Quatre"),
    ]


def test_a_long_gap_is_read_in_linear_time() -> None:
    start = time.perf_counter()
    assert [line.text for line in read("a" + " " * 300_000 + "b")] == ["a b"]
    assert time.perf_counter() - start < 20
