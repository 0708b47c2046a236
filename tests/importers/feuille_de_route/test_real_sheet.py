"""The one real sheet: what it states, what it doesn't, and that no line of it is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from importers.feuille_de_route import IMPORTER
from pacte_graph import cases, loading
from pacte_graph.records import Batch, NodeRecord
from pacte_graph.store import Store

SHEET = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "feuilles_de_route" / "projet_03_pacte_territorial.txt"
NINE = (2, 5, 10, 11, 12, 13, 16, 17, 18)
TM = "territory:siren:243100518"


@pytest.fixture(scope="module")
def batch() -> Batch:
    """Return what the sheet states."""
    if not SHEET.exists():
        pytest.skip("the real sheet is not beside this checkout")
    return IMPORTER.read([SHEET])[0]


def nodes(batch: Batch, label: str) -> dict[str, NodeRecord]:
    return {record.id: record for record in batch.nodes if record.label == label}


def ends(batch: Batch, kind: str) -> set[tuple[str, str]]:
    return {(record.source.id, record.target.id) for record in batch.links if record.type == kind}


def test_the_project(batch: Batch) -> None:
    project = nodes(batch, "Project")["project:sdeirm:3"].properties
    assert project == {
        "number": 3, "name": "Pacte territorial", "sheet_version": "0.1", "sheet_date": dt.date(2015, 12, 8), "financing_text": "RAS",
    }  # fmt: skip
    document = nodes(batch, "Document")["document:sdeirm:feuille-de-route:3"].properties
    assert (document["version"], document["published_on"]) == ("0.1", dt.date(2015, 12, 8))


def test_people_and_their_institution(batch: Batch) -> None:
    people = nodes(batch, "Person")
    assert people["person:sdeirm:Pierre-Emmanuel Reymund"].properties["initials"] == "PER"
    roles = {(link.source.id.rsplit(":", 1)[1], link.properties["role"]) for link in batch.links if link.type == "TAKES_PART_IN"}
    assert roles == {
        ("Pierre-Emmanuel Reymund", "manager"),
        ("Pierre-Emmanuel Reymund", "team"),
        ("François Chollet", "follow_up"),
    }
    assert {(who, "actor:siren:243100518") for who in people} <= ends(batch, "MEMBER_OF")


def test_the_programme_and_the_manager_s_function(batch: Batch) -> None:
    name = "Schéma de Développement Économique, d'Innovation et de Rayonnement Métropolitain"
    assert nodes(batch, "Programme")["programme:sdeirm"].properties == {"name": name, "aliases": ["SDEIRIM"]}
    roles = {link.source.id: link.properties.get("role") for link in batch.links if link.type == "MEMBER_OF"}
    assert roles["person:sdeirm:Pierre-Emmanuel Reymund"] == "DGS"
    assert roles["person:sdeirm:François Chollet"] is None
    assert batch.card.id == "source:feuille-de-route:sdeirm:3"


def test_the_objective_mentions_the_five_scales(batch: Batch) -> None:
    lines = {link.target.id: [where.line for where in link.where] for link in batch.links
             if link.type == "MENTIONS" and link.source.label == "Objective"}  # fmt: skip
    prefix = "territory:sdeirm:"
    assert lines == {TM: [17], f"{prefix}agglomeration": [18], f"{prefix}reseau-de-villes": [19],
                     f"{prefix}bi-metropolitain": [20], f"{prefix}region": [21]}  # fmt: skip


def test_nine_links_stated_twice_without_direction(batch: Batch) -> None:
    links = [link for link in batch.links if link.type == "LINKED_TO"]
    assert {link.target.id for link in links} == {f"project:sdeirm:{number}" for number in NINE}
    for link in links:
        assert link.properties["sense"] == "unspecified"
        assert [where.line for where in link.where] == [37, 83]
    for number in NINE:
        assert nodes(batch, "Project")[f"project:sdeirm:{number}"].properties == {"number": number}


def test_five_nested_scales(batch: Batch) -> None:
    prefix = "territory:sdeirm:"
    assert ends(batch, "WITHIN") == {
        (TM, f"{prefix}agglomeration"), (f"{prefix}agglomeration", f"{prefix}reseau-de-villes"),
        (f"{prefix}reseau-de-villes", f"{prefix}region"), (TM, f"{prefix}bi-metropolitain"), (f"{prefix}bi-metropolitain", f"{prefix}region"),
    }  # fmt: skip
    members = {pair for pair in ends(batch, "MEMBER_OF") if pair[1] == f"{prefix}agglomeration"}
    assert {source for source, _ in members} == {"territory:siren:243100633", f"{prefix}muretain"}
    assert nodes(batch, "Territory")[TM].properties["communes_stated"] == 37
    assert not ends(batch, "APPLIES_IN")


def test_target_dates_risks_and_indicators(batch: Batch) -> None:
    targets = [o.properties for o in nodes(batch, "Objective").values() if "target_numerator" in o.properties]
    assert [(o["target_numerator"], o["target_denominator"]) for o in targets] == [(1, 3)]
    dated = {(m.properties["date_text"].lower(), m.properties["date_from"]) for m in nodes(batch, "Milestone").values()}
    assert dated == {("fin 2015", dt.date(2015, 10, 1)), ("fin 2016", dt.date(2016, 10, 1))}
    assert {d.properties["date_text"] for d in nodes(batch, "Deliverable").values()} == {"fin 2015", "fin 2016", "été 2016"}
    assert len(nodes(batch, "Milestone")) == len(nodes(batch, "Deliverable")) == len(nodes(batch, "Risk")) == 3
    families = [i.properties["family"] for i in nodes(batch, "Indicator").values()]
    assert sorted(families) == ["qualitative"] * 3 + ["quantitative"] * 3
    examples = [i.properties["examples"] for i in nodes(batch, "Indicator").values() if "examples" in i.properties]
    assert ["PEX", "Agence attractivité", "SODT", "Sch tourisme"] in examples


def test_the_line_apart_is_kept_and_doubtful(batch: Batch) -> None:
    doubts = {f.properties["text"]: f.properties.get("doubt") for f in nodes(batch, "SuccessFactor").values()}
    assert len(doubts) == 5
    assert [text for text, doubt in doubts.items() if doubt] == ["Conflits d'intérêt majeurs bloquant toute coopération/dialogue"]


def test_classes_of_actors_are_collective(batch: Batch) -> None:
    actors = nodes(batch, "Actor")
    collective = {a.properties["name"] for a in actors.values() if a.properties.get("collective")}
    assert collective == {"Codev", "CCI", "Universités", "Pôles", "Clusters"}
    assert {a.properties["name"] for a in actors.values()} - collective == {"Toulouse Métropole"}


def test_no_line_is_lost(batch: Batch) -> None:
    behind = {where.line for record in (*batch.nodes, *batch.links) for where in record.where}
    for section in nodes(batch, "Section").values():
        behind |= set(range(section.properties["line_from"], section.properties["line_to"] + 1))
    behind |= {passage.line for passage in batch.not_understood}
    lines = {number for number, line in enumerate(SHEET.read_text(encoding="utf-8").splitlines(), 1) if line.strip()}
    assert lines - behind == set()
    assert batch.not_understood == []


def content(store: Store) -> list[dict[str, Any]]:
    return store.read(
        "MATCH (n) WHERE n.id STARTS WITH 'project' RETURN n.id AS id, n.name AS name, n.number AS number ORDER BY id"
    )


def test_loading_it_twice_changes_nothing(store: Store, batch: Batch) -> None:
    first = loading.apply(store, loading.plan(store, batch)).as_dict()
    assert (first["created"]["nodes"], first["created"]["links"]) == (len(list(batch.nodes)), len(list(batch.links)))
    before = content(store)
    again = loading.apply(store, loading.plan(store, IMPORTER.read([SHEET])[0])).as_dict()
    for key in ("created", "changed", "removed"):
        assert again[key] == {"nodes": 0, "links": 0}
    assert content(store) == before


def test_it_agrees_with_the_built_in_case(embedded_store: Store, batch: Batch) -> None:
    toulouse = loading.importer("tableur").read([cases.paths()["toulouse"]])
    loading.apply_all(embedded_store, loading.plan_all(embedded_store, toulouse))
    told = loading.plan(embedded_store, batch).as_dict()
    assert told["conflicts"] == []
    assert told["duplicates"] == []
