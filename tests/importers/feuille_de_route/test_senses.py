"""Directions of links: read when a line states them, never assumed, and listed when they can't be tied to a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.feuille_de_route import IMPORTER
from importers.feuille_de_route.senses import alone, stated


def senses(folder: Path, lines: str) -> tuple[dict[int, str], list[str]]:
    path = folder / "fiche.txt"
    path.write_text(f"Projet 3 : Essai\n\nEquipe projet\n- les élus du projet 5\n\nLiens\n{lines}", encoding="utf-8")
    (batch,) = IMPORTER.read([path])
    links = [link for link in batch.links if link.type == "LINKED_TO"]
    assert {link.source.id for link in links} == {"project:non-precise:3"}
    found = {int(link.target.id.rsplit(":", 1)[1]): str(link.properties["sense"]) for link in links}
    return found, [passage.text for passage in batch.not_understood]


def test_a_direction_that_is_stated_is_loaded(tmp_path: Path) -> None:
    found, strange = senses(tmp_path, "- Dépend du projet 5\n- Entraîne le projet 11\n- Projet 8 (réciproque)\n- Projets 2, 9\n")
    assert found == {5: "depends_on", 11: "pulls", 8: "mutual", 2: "unspecified", 9: "unspecified"}
    assert strange == []


def test_a_direction_alone_holds_for_the_lines_under_it(tmp_path: Path) -> None:
    found, strange = senses(tmp_path, "- Dépend de :\n  - Projet 5\n  - Projet 6\n- Entraîne :\n  - Projet 7\n  - Projet 6\n")
    assert found == {5: "depends_on", 6: "mutual", 7: "pulls"}
    assert strange == []


def test_a_direction_that_can_not_be_tied_is_listed(tmp_path: Path) -> None:
    lines = ["Ne dépend pas du projet 4", "Projet 6 dépend du projet 7", "Projets 8, 9 (réciproque)"]
    found, strange = senses(tmp_path, "".join(f"- {line}\n" for line in lines))
    assert found == dict.fromkeys([4, 5, 6, 7, 8, 9], "unspecified")
    assert strange == lines


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dépend des projets 5 et 8, entraîne le 11 ; lié au projet 12", {5: "depends_on", 8: "depends_on", 11: "pulls", 12: None}),
        ("Le projet 5 dépend de ce projet", {5: "pulls"}), ("Projet 5 dépend du projet 3", {5: "pulls"}),
        ("Projet 3 dépend du projet 5", {5: "depends_on"}), ("est entraîné par le projet 5", {5: "depends_on"}),
        ("Projet 2, dépend du projet 5", {2: None, 5: "depends_on"}), ("Projets 2 et 5 : liens réciproques", {2: "mutual", 5: "mutual"}),
        ("DÉPEND DU PROJET 5", {5: "depends_on"}), ("Liens mutuels : 4, 6", {4: "mutual", 6: "mutual"}),
        ("Effets d'entraînement sur les projets 4 à 6", {4: "pulls", 5: "pulls", 6: "pulls"}),
    ],
)  # fmt: skip
def test_wordings(text: str, wanted: dict[int, str | None]) -> None:
    assert stated(text, 3).senses == wanted
    assert stated(text, 3).clear


def test_only_a_direction_is_alone() -> None:
    assert [alone(text) for text in ("Dépend de :", "Réciproques", "RAS", "Dépend du projet 5")] == [
        "depends_on", "mutual", None, None,
    ]  # fmt: skip
