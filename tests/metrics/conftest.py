"""The mini scheme as a network, and its expected values."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pacte_graph.network import Link, Network, Node, Scope

DATA = Path(__file__).resolve().parents[1] / "data" / "mini"
ROLES = {"porteur": "lead", "financeur": "funder", "partenaire": "partner", "associe": "associate"}
SCALES = {
    "commune": "commune", "metropole": "metropolis", "agglo": "agglomeration", "reseau_villes": "city_network",
    "bimetropole": "bimetropolitan", "region": "region",
}  # fmt: skip
REPRESENTED = (("TM", "metropole"), ("AGGLO", "agglo"), ("REG", "region"))
STATES = {"decline": "declined", "non_decline": "not_declined", "inconnu": "unknown"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mini_network() -> Network:
    states = {row["project"]: STATES[row["status"]] for row in rows("declination_status")}
    nodes = [Node(r["id"], "Project", {"name": r["label"], "declination": states[r["id"]]}) for r in rows("projects")]
    nodes += [Node(r["id"], "Actor", {"name": r["id"], "kind": r["type"]}) for r in rows("actors")]
    nodes += [
        Node(r["id"], "Territory", {"name": r["id"], "level": SCALES[r["scale"]], "population": 1000 * int(r["population_k"])})
        for r in rows("territories")
    ]
    links = [Link("WITHIN", r["child"], r["parent"], "", {}) for r in rows("nesting")]
    links += [Link("APPLIES_IN", r["project"], r["scale"], "", {"status": "declined"}) for r in rows("declinations")]
    links += [
        Link("APPLIES_IN", r["project"], r["commune"], "", {"status": "declined", "amount": 1000.0 * int(r["money_keur"])})
        for r in rows("commune_amounts")
    ]
    links += [
        Link("LINKED_TO", r["source"], r["target"], "", {"sense": "pulls", "intensity": int(r["intensity"])})
        for r in rows("project_links")
    ]
    links += [Link("TAKES_PART_IN", r["actor"], r["project"], r["role"], _participation(r)) for r in rows("participations")]
    links += [Link("REPRESENTS", actor, place, "", {}) for actor, place in REPRESENTED]
    return Network.of(nodes, links, scope=Scope("programme:mini"), programme={"name": "Mini", "acronym": "MINI"})


def _participation(row: dict[str, str]) -> dict[str, Any]:
    """Return the role, and the amount in euros where it is known."""
    return {"role": ROLES[row["role"]], **({"amount": 1000.0 * int(row["money_keur"])} if row["money_keur"] else {})}


@pytest.fixture(scope="session")
def mini() -> Network:
    """Return the mini scheme."""
    return mini_network()


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    """Return the mini scheme's expected values."""
    return json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
