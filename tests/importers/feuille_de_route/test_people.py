"""People of a sheet: everyone a line names is loaded with their body, and what reads like nobody is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.feuille_de_route import IMPORTER
from importers.feuille_de_route.naming import person
from pacte_graph.records import Batch


def read(folder: Path, text: str) -> Batch:
    path = folder / "fiche.txt"
    path.write_text(f"Projet 3 : Essai\n\n{text}", encoding="utf-8")
    return IMPORTER.read([path])[0]


def people(batch: Batch) -> dict[str, str]:
    names = {node.id: node.properties["name"] for node in batch.nodes if node.label == "Person"}
    return {names[link.source.id]: link.properties["role"] for link in batch.links if link.type == "TAKES_PART_IN"}


def bodies(batch: Batch) -> set[tuple[str, str]]:
    names = {node.id: node.properties["name"] for node in batch.nodes if node.label in {"Person", "Actor"}}
    return {(names[link.source.id], names[link.target.id]) for link in batch.links if link.type == "MEMBER_OF"}


def strange(batch: Batch) -> list[str]:
    return [passage.text for passage in batch.not_understood]


def test_everyone_of_the_team_is_loaded(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        "Equipe projet\n- Marie Curie, Pierre Curie\n- Jean-François Lacaze (CCI), Anne Ménard\n- Ondine Valmoret et Paul Langevin\n",
    )
    assert people(batch) == dict.fromkeys(
        ["Marie Curie", "Pierre Curie", "Jean-François Lacaze", "Anne Ménard", "Ondine Valmoret", "Paul Langevin"], "team"
    )
    assert bodies(batch) == {("Jean-François Lacaze", "CCI")}
    assert strange(batch) == []


def test_what_is_nobody_is_listed(tmp_path: Path) -> None:
    batch = read(
        tmp_path, "Chef de projet\nAnne Exemple\n\nEquipe projet\n- Marie Curie, Zorglub\n- AE, XY et Truc\n- les élus\n"
    )
    assert people(batch)["Marie Curie"] == "team"
    assert strange(batch) == ["Zorglub", "XY, Truc", "les élus"]


def test_functions_and_bodies_are_told_apart(tmp_path: Path) -> None:
    batch = read(tmp_path, "Equipe projet\n- Marie Curie (élue), Université Jean Jaurès\n- Pierre Curie / Directeur général\n")
    assert bodies(batch) == {("Marie Curie", "Université Jean Jaurès")}
    functions = {n.properties["name"]: n.properties.get("function") for n in batch.nodes if n.label == "Person"}
    assert functions == {"Marie Curie": "élue", "Pierre Curie": "Directeur général"}


def test_two_managers_are_two_people(tmp_path: Path) -> None:
    batch = read(tmp_path, "Chef de projet\nMarie Curie, Pierre Curie / DGS\n")
    assert people(batch) == {"Marie Curie": "manager", "Pierre Curie": "manager"}
    assert bodies(batch) == {("Pierre Curie", "DGS")}


@pytest.mark.parametrize("body", ["DGS-Toulouse Métropole", "Toulouse Métropole", "Mairie de Fontrêve", "DGS"])
def test_a_body_behind_a_manager_s_name_is_no_person(tmp_path: Path, body: str) -> None:
    batch = read(tmp_path, f"Chef de projet\nMarie Curie, {body}\n")
    assert (people(batch), bodies(batch), strange(batch)) == ({"Marie Curie": "manager"}, {("Marie Curie", body)}, [])


def test_a_committee_keeps_who_it_can(tmp_path: Path) -> None:
    batch = read(tmp_path, "Comité de suivi\n- Ville : Marie Curie (CCI), Zorglub\n- Région : le président\n")
    assert people(batch) == {"Marie Curie": "follow_up"}
    assert bodies(batch) == {("Marie Curie", "Ville"), ("Marie Curie", "CCI")}
    assert strange(batch) == ["Zorglub", "Région : le président"]


@pytest.mark.parametrize(
    "text", ["Mairie de Fontrêve", "Université Jean Jaurès", "Directeur Général", "Toulouse Métropole", "les élus"]
)
def test_bodies_and_functions_are_no_people(text: str) -> None:
    assert person(text) is None
