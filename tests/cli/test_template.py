"""``pacte template``, ``pacte map`` and ``pacte import --map`` as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pacte_graph import cli

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "importer" / "tableur.md"


@pytest.fixture
def pacte(embedded_store, monkeypatch, capsys):
    """Return the command: it takes words and returns exit code, standard output and standard error."""
    monkeypatch.setenv("PACTE_HOME", str(embedded_store.settings.home))

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_blank_workbook_makes_no_difference(pacte, tmp_path: Path) -> None:
    path = tmp_path / "réseau.xlsx"
    assert pacte("template", path)[0] == 0
    code, out, err = pacte("import", "tableur", path, "--dry-run", "--json")
    assert (code, err) == (0, "")
    told, nothing = json.loads(out), {"nodes": 0, "links": 0}
    assert [told[name] for name in ("created", "changed", "vanished")] == [nothing, nothing, nothing]
    assert (told["rejected"], told["not_understood"]) == ([], [])


def test_the_template_is_an_xlsx(pacte, tmp_path: Path) -> None:
    code, _, err = pacte("template", tmp_path / "x.ods")
    assert (code, "doesn't end with .xlsx" in err) == (2, True)
    code, _, err = pacte("template", tmp_path / "missing" / "x.xlsx")
    assert (code, "can't be written" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_work_that_is_there_is_not_replaced_unless_asked(pacte, tmp_path: Path) -> None:
    book, table, mapping = tmp_path / "réseau.xlsx", tmp_path / "x.csv", tmp_path / "x.toml"
    book.write_bytes(b"filled in")
    table.write_text("id;Titre\n1;Un\n", encoding="utf-8")
    mapping.write_text("corrected", encoding="utf-8")
    for words in (("template", book), ("map", table, "-o", mapping)):
        code, out, err = pacte(*words)
        assert (code, out) == (2, "")
        assert "is there already; nothing was written" in err.replace("\n", " ")
    assert (book.read_bytes(), mapping.read_text()) == (b"filled in", "corrected")
    assert pacte("template", book, "--force")[0] == pacte("map", table, "-o", mapping, "--force")[0] == 0
    assert book.read_bytes()[:2] == b"PK"
    assert "[[tables]]" in mapping.read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_guide_does_what_it_says(pacte, tmp_path: Path) -> None:
    """The how-to's own table and its own mapping, copied out of it, load as it says."""
    table, mapping = tmp_path / "suivi-pat.csv", tmp_path / "suivi-pat.toml"
    table.write_text(blocks("csv")[0], encoding="utf-8")
    mapping.write_text(blocks("toml")[0], encoding="utf-8")
    code, out, err = pacte("import", "tableur", table, "--map", mapping, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["rejected"], told["not_understood"], told["created"]) == ([], [], {"nodes": 12, "links": 22})
    code, out, _ = pacte("import", "tableur", table, "--map", mapping, "--dry-run", "--json")
    assert json.loads(out)["created"] == {"nodes": 0, "links": 0}


def test_a_proposal_is_written_and_read(pacte, tmp_path: Path) -> None:
    table, mapping = tmp_path / "suivi.csv", tmp_path / "suivi.toml"
    table.write_text("N°;Intitulé;Partenaires\n1;A;X\n2;B;X / Y\n", encoding="cp1252")
    code, printed, _ = pacte("map", table)
    assert code == 0
    assert pacte("map", table, "-o", mapping)[0] == 0
    assert mapping.read_text(encoding="utf-8") == printed
    code, out, _ = pacte("import", "tableur", table, "--map", mapping, "--dry-run", "--json")
    assert (code, json.loads(out)["created"]["nodes"]) == (0, 5)


def test_wrong_uses(pacte, tmp_path: Path) -> None:
    code, _, err = pacte("map", tmp_path / "none.csv")
    assert (code, "There is no file" in err) == (2, True)
    (tmp_path / "t.csv").write_text("a\n1\n")
    code, _, err = pacte("import", "tableur", tmp_path / "t.csv", "--map", tmp_path / "none.toml")
    assert (code, "There is no file" in err) == (2, True)
    code, _, err = pacte("import", "feuille-de-route", tmp_path / "t.csv", "--map", tmp_path / "t.csv")
    assert (code, "no option map" in err) == (2, True)
