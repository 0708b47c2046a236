"""The built-in cases: complete where invented, attested where real, made again byte for byte."""

from __future__ import annotations

import csv
import datetime as dt
import json
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pacte_graph import cases, loading, metrics, network
from pacte_graph.records import Batch
from pacte_graph.schema.choices import ACTOR_KINDS, DECLINATION_STATES, REFERENCE_SCALES, SENSES
from pacte_graph.store import Store

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
FICTITIOUS, TOULOUSE = "programme:fictif", "programme:sdeirm"


def batch(name: str) -> Batch:
    return loading.importer("tableur").read([cases.paths()[name]])[0]


def rows(case: str, table: str) -> list[dict[str, str]]:
    with (cases.paths()[case] / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", cases.NAMES)
def test_every_row_is_understood(name: str) -> None:
    found = batch(name)
    assert (found.rejected, found.not_understood) == ([], [])


def test_the_fictitious_case_shows_everything() -> None:
    kinds = Counter(row["kind"] for row in rows("fictitious", "actors"))
    assert set(kinds) == {choice.value for choice in ACTOR_KINDS} | {""}
    assert sum(kinds.values()) >= 60
    assert len(rows("fictitious", "projects")) == 20
    levels = Counter(row["level"] for row in rows("fictitious", "territories"))
    assert levels["commune"] >= 30
    assert set(REFERENCE_SCALES) <= set(levels)
    assert {row["status"] for row in rows("fictitious", "declinations")} == {choice.value for choice in DECLINATION_STATES}
    assert {row["sense"] for row in rows("fictitious", "project_links")} == {choice.value for choice in SENSES}
    assert {row["role"] for row in rows("fictitious", "participations")} >= {"lead", "funder", "partner", "associate"}
    first, second = (dt.date.fromisoformat(day) for day in rows("fictitious", "programmes")[0]["reference_dates"].split(";"))
    assert second == first.replace(year=first.year + 1)
    for column in ("budget", "regional_funding", "standalone_cost", "joint_cost", "coordination_cost"):
        filled = [bool(row[column]) for row in rows("fictitious", "projects")]
        assert 0 < sum(filled) < 20


def test_it_says_that_it_is_fictitious() -> None:
    assert rows("fictitious", "programmes")[0]["fictitious"] == "oui"
    assert "fictif" in rows("fictitious", "programmes")[0]["name"]
    assert batch("fictitious").card.fictitious
    assert not batch("toulouse").card.fictitious


def test_its_amounts_add_up_to_its_budgets() -> None:
    paid: Counter[str] = Counter()
    for row in rows("fictitious", "participations"):
        paid[row["target"]] += int(row["amount"] or 0)
    for project in rows("fictitious", "projects"):
        if project["budget"]:
            assert paid[project["id"]] == int(project["budget"])


def test_its_names_are_no_real_commune() -> None:
    path = SHARED / "territoires" / "communes_4_epci_contours.geojson"
    if not path.exists():
        pytest.skip("the list of real communes is not beside this checkout")
    text = path.read_text(encoding="utf-8")
    names = [row["name"] for row in rows("fictitious", "territories") if row["level"] == "commune"]
    assert [name for name in names if f'"nom": "{name}"' in text or f'"nom":"{name}"' in text] == []


def test_the_generator_makes_it_again(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "scripts" / "make_fictitious_case.py"))["write"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in cases.paths()["fictitious"].iterdir()}


def test_toulouse_holds_attested_facts_only() -> None:
    documents = {row["id"] for row in rows("toulouse", "documents")}
    for path in sorted(cases.paths()["toulouse"].glob("*.csv")):
        if path.stem == "documents":
            continue
        for row in rows("toulouse", path.stem):
            assert set(row["document"].split(";")) <= documents - {""}, (path.stem, row)
    titled = {row["number"]: row["name"] for row in rows("toulouse", "projects") if row["number"]}
    assert titled == {"3": "Pacte territorial", **{str(n): "" for n in (2, 5, 10, 11, 12, 13, 16, 17, 18)}}
    assert {row["sense"] for row in rows("toulouse", "project_links")} == {"unspecified"}
    assert not (cases.paths()["toulouse"] / "declinations.csv").exists()


def test_the_european_case_is_what_its_sources_give() -> None:
    found = batch("europe-toulouse")
    counts = Counter(record.label for record in found.nodes)
    assert counts == {"Programme": 1, "Project": 403, "Actor": 2785, "Territory": 134}
    assert Counter(link.type for link in found.links)["TAKES_PART_IN"] >= 6_000
    shapes = [json.loads(str(node.properties["contour"])) for node in found.nodes if "contour" in node.properties]
    assert len(shapes) == 130
    assert sum(path.stat().st_size for path in cases.paths()["europe-toulouse"].iterdir()) <= 500_000


def test_the_european_case_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("the open data is not beside this checkout")
    given = (
        "cordis/h2020_toulouse_subnetwork.csv.gz",
        "territoires/communes_4_epci_contours.geojson",
        "territoires/epci_selection_2026.json",
    )
    script = Path(__file__).resolve().parents[2] / "scripts" / "make_europe_case.py"
    subprocess.run([sys.executable, str(script), *(str(SHARED / name) for name in given), str(tmp_path)], check=True, timeout=120)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in cases.paths()["europe-toulouse"].iterdir()}


def test_toulouse_copies_no_sentence_of_the_sheet() -> None:
    path = SHARED / "feuilles_de_route" / "projet_03_pacte_territorial.txt"
    if not path.exists():
        pytest.skip("the real sheet is not beside this checkout")
    sentences = {line.strip(" ->").casefold() for line in path.read_text(encoding="utf-8").splitlines() if len(line.split()) > 6}
    cells = {
        cell.casefold()
        for table in cases.paths()["toulouse"].glob("*.csv")
        for row in rows("toulouse", table.stem)
        for cell in row.values()
    }
    assert [cell for cell in cells if any(sentence in cell for sentence in sentences)] == []


def test_cases_never_mix_in_a_number(store: Store) -> None:
    batches = [batch(name) for name in cases.NAMES]
    loading.apply_all(store, loading.plan_all(store, batches))
    fictitious, toulouse = (network.read(store, network.Scope(name)) for name in (FICTITIOUS, TOULOUSE))
    assert fictitious.fictitious
    assert not toulouse.fictitious
    assert not set(fictitious.by_id) & set(toulouse.by_id)
    assert len(fictitious.nodes_of("Project")) == 20
    assert len(toulouse.nodes_of("Project")) == 15
    at = [network.read(store, network.Scope(FICTITIOUS, dt.date(year, 1, 1))) for year in (2030, 2031)]
    kept = [{link.id for link in one.links_of("TAKES_PART_IN")} for one in at]
    assert kept[0] - kept[1]
    assert kept[1] - kept[0]
    verdicts = {row["key"]: row["verdict"] for row in metrics.run("declination", fictitious).details["rates"]}
    assert verdicts["any"] == "met"
    assert "undetermined" in verdicts.values()
    told = metrics.run("declination", toulouse).values[0]
    assert (told.value, told.low, told.high) == (None, 0.0, 1.0)  # nothing is known of any declination


def test_loading_them_again_changes_nothing(embedded_store: Store) -> None:
    for _ in range(2):
        batches = [batch(name) for name in cases.NAMES]
        reports = loading.apply_all(embedded_store, loading.plan_all(embedded_store, batches))
    assert [report.as_dict()["created"] for report in reports] == [{"nodes": 0, "links": 0}] * len(cases.NAMES)
    assert [report.as_dict()["changed"] for report in reports] == [{"nodes": 0, "links": 0}] * len(cases.NAMES)
