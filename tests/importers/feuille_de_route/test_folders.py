"""A folder given to an importer: what it holds and the importer doesn't read is listed, with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.feuille_de_route import IMPORTER
from importers.territoires import IMPORTER as TERRITORIES
from pacte_graph.errors import DataRefused, in_language

SHEET = "Projet 7 : Jardins\n\nLivrables\n- Rapport\n"


def test_what_is_no_sheet_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SHEET, encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "budget.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    (tmp_path / "~$a.docx").write_bytes(b"\x00")
    (tmp_path / "archives").mkdir()
    (batch,) = IMPORTER.read([tmp_path])
    listed = {passage.file: passage.text for passage in batch.not_understood}
    assert sorted(listed) == ["archives", "budget.csv", "old.doc"]
    assert "save the sheet as .docx or .pdf" in listed["old.doc"]
    assert "enregistrez la fiche en .docx ou .pdf" in in_language(listed["old.doc"], "fr")
    assert "a sheet is one of .txt" in listed["budget.csv"]


def test_a_folder_of_old_documents_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(DataRefused, match="holds no sheet") as caught:
        IMPORTER.read([tmp_path])
    assert "old.doc" in caught.value.hint


@pytest.mark.parametrize("inside", ["", "data"])
def test_what_is_no_territory_is_listed(tmp_path: Path, inside: str) -> None:
    folder = tmp_path / inside
    folder.mkdir(exist_ok=True)
    (folder / "regions.JSON").write_text(json.dumps([{"code": "76", "nom": "Occitanie"}]), encoding="utf-8")
    (folder / "communes.csv").write_text("code;nom\n", encoding="utf-8")
    (tmp_path / "epci.csv").write_text("code;nom\n", encoding="utf-8")
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    (batch,) = TERRITORIES.read([tmp_path])
    assert [node.properties["name"] for node in batch.nodes] == ["Occitanie"]
    assert sorted(passage.file for passage in batch.not_understood) == ["communes.csv", "epci.csv"]
