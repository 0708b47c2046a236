"""``pacte metrics compare`` as a user runs it: defaults, formats, refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pacte_graph.settings import Settings
from tests.commands import pacte

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "deux-dates.md"
SCOPE = ("--programme", "programme:fictif")


def test_the_reference_dates_are_the_default(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "compare", "degree", "C15", *SCOPE, "--json") == 0
    first, second = json.loads(capsys.readouterr().out)["comparisons"]
    assert (first["metric"], second["metric"]) == ("degree", "cohesion")
    assert (first["before"], first["after"]) == ("2030-01-01", "2031-01-01")
    assert first["entered"]
    assert first["left"]
    assert first["links"]["cooperations"]["born"] > first["links"]["cooperations"]["died"] > 0
    for day, side in (("2030-01-01", "before"), ("2031-01-01", "after")):
        assert pacte("metrics", "run", "degree", *SCOPE, "--date", day, "--json") == 0
        values = {value["id"]: value["value"] for value in json.loads(capsys.readouterr().out)["metrics"][0]["values"]}
        assert {row["id"]: row[side] for row in first["rows"]} == values


def test_the_guide_quotes_what_is_printed(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    blocks: list[list[str]] = [[]]
    for line in guide.splitlines():
        if line.startswith("> "):
            blocks[-1].append(line[2:])
        else:
            blocks.append([])
    quoted = [" ".join(block) for block in blocks if block]
    said = []
    for words in (
        ("run", "change"),
        ("run", "observed_pull", "-p", "project=project:fictif:3", "-p", "ring=1"),
        ("compare", "cohesion"),
    ):
        assert pacte("metrics", *words, *SCOPE, "--json") == 0
        told = json.loads(capsys.readouterr().out)
        said += [value["explanation"]["fr"] for one in told.get("metrics", []) for value in one["values"]]
        said += [one["sentence"]["fr"] for one in told.get("comparisons", [])]
    plain = {text.split(" [")[0].replace("\u00a0", " ").replace("\u202f", " ") for text in said}
    assert len(quoted) >= 8
    assert [sentence for sentence in quoted if sentence not in plain] == []


def test_all_metrics_as_csv(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "compare", *SCOPE, "--present", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    names = {row["metric"] for row in rows}
    assert {"declination", "linkages", "cohesion"} <= names
    assert not names & {"change", "observed_pull"}
    assert not [cell for row in rows for key in ("id", "label") for cell in row[key][:1] if cell in {"=", "+", "@"}]


def test_as_a_table(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "metrics",
        "compare",
        "linkages",
        "total_effect",
        *SCOPE,
        "--from",
        "2029-06-01",
        "--to",
        "2030-06-01",
        "-p",
        "theta=0.35",
    )
    assert pacte(*words) == 0
    out = capsys.readouterr().out
    assert "Depuis le 01/06/2029" in out
    assert "Entrées (" in out
    assert "sommes brutes de T" in out


def test_refusals(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (("change", *SCOPE), "already compares"),
        (("degree", *SCOPE, "--from", "yesterday"), "not a date"),
        (("degree", *SCOPE, "--from", "2031-01-01", "--to", "2030-01-01"), "later"),
        (("degree", "--programme", "programme:sdeirm"), "--from"),
        (("degree", *SCOPE, "-p", "theta=0.5"), "no parameter"),
    ):
        assert pacte("metrics", "compare", *words) == 2
        assert said in capsys.readouterr().err
