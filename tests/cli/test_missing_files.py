"""A file named on the command line that isn't there is wrong usage, whichever option names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pacte_graph import cli


@pytest.mark.parametrize("words", [["absent.csv"], ["table.csv", "--map", "absent.toml"], ["table.csv", "--map", "."]])
def test_a_missing_file_is_wrong_usage(words: list[str], tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", "tableur", *words])
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert f"There is no file{' or folder' if len(words) == 1 else ''} {words[-1]}." in said.err


def test_a_missing_table_has_no_mapping_to_propose(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["map", "absent.csv", "-o", "x.toml"])
    said = capsys.readouterr()
    assert (ended.value.code, said.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "There is no file absent.csv." in said.err
