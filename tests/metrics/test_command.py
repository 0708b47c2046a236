"""``pacte metrics`` as a user runs it: list, show, run; JSON as documented; refusals as sentences."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pacte_graph import metrics
from pacte_graph.settings import Settings
from tests.commands import pacte

KEYS = {"id", "label", "type", "value", "rank", "rank_low", "rank_high", "low", "high", "explanation"}


def test_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["metrics"]
    assert [card["metric"] for card in listed] == list(metrics.REGISTRY)
    for card in listed:
        assert card["definition"]["fr"] != card["definition"]["en"]
        assert card["formula"]
        assert card["reference"]
    assert pacte("metrics", "show", "E3") == 0
    assert "Rasmussen 1956" in capsys.readouterr().out
    assert pacte("metrics", "show", "nothing") == 2
    assert "declination" in capsys.readouterr().err


def test_run_as_json(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "run", "--programme", "programme:fictif", "--date", "2031-01-01", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)["metrics"]
    assert [one["metric"] for one in told] == list(metrics.REGISTRY)
    for one in told:
        assert one["scope"]["programme"] == "programme:fictif"
        assert one["scope"]["date"] == (None if metrics.show(one["metric"]).all_dates else "2031-01-01")
        assert one["scope"]["weight"]
        assert all(set(value) - {"dimension"} == KEYS for value in one["values"])


def test_run_as_table_and_csv(home: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert pacte("metrics", "run", "declination", "--programme", "programme:sdeirm") == 0
    assert "Déclinaison territoriale" in capsys.readouterr().out
    out = tmp_path / "m.csv"
    assert (
        pacte(
            "metrics",
            "run",
            "degree",
            "--programme",
            "programme:fictif",
            "--where",
            "kind=company",
            "--format",
            "csv",
            "-o",
            str(out),
        )
        == 0
    )
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert len(rows) == 20 + 19
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "@"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("degree",), "choose one"),
        (("degree", "--programme", "programme:absent"), "no programme programme:absent"),
        (("linkages", "--programme", "programme:fictif", "-p", "theta=7"), "theta"),
        (("linkages", "--programme", "programme:fictif", "-p", "theta"), "name=value"),
        (("degree", "--programme", "programme:fictif", "--where", "colour=red"), "not understood"),
        (("degree", "--programme", "programme:fictif", "--date", "yesterday"), "not a date"),
    ],
)
def test_refusals(home: Settings, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    assert pacte("metrics", "run", *words) == 2
    assert said in capsys.readouterr().err


def test_divergence_is_refused_with_exit_code_one(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("metrics", "run", "linkages", "--programme", "programme:fictif", "-p", "normalisation=none", "--json")
    assert pacte(*words) == 1
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "metric_undefined"
