"""``pacte metrics robustness`` and ``leave-one-out`` as a user runs them, and the intervals of ``run``."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pacte_graph.settings import Settings
from tests.commands import pacte

SCOPE = ("--programme", "programme:fictif")


def test_run_with_and_without_intervals(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "run", "E3", "E1", *SCOPE, "--json") == 0
    first, second = json.loads(capsys.readouterr().out)["metrics"]
    assert all(value["rank_low"] <= value["rank"] <= value["rank_high"] for value in first["values"])
    assert {value["rank_low"] for value in second["values"]} == {None}
    assert pacte("metrics", "run", "E3", *SCOPE, "--no-robust", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["rank_low"] for row in rows} == {""}
    assert list(rows[0])[6:9] == ["rank", "rank_low", "rank_high"]
    assert pacte("metrics", "run", "E3", *SCOPE) == 0
    lead = next(value for value in first["values"] if value["rank"] == 1)
    assert f"1 ({lead['rank_low']}–{lead['rank_high']})" in capsys.readouterr().out


def test_robustness(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "robustness", "E3", *SCOPE, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["metric"], told["runs"], told["refused"]) == ("linkages", 45, 0)
    assert [ranking["dimension"] for ranking in told["rankings"]] == [{"axis": "drive"}, {"axis": "dependence"}]
    assert told["scope"]["programme"] == "programme:fictif"
    assert pacte("metrics", "robustness", "E3", *SCOPE) == 0
    assert told["rankings"][0]["statement"]["fr"] in capsys.readouterr().out
    assert pacte("metrics", "robustness", "degree", *SCOPE) == 2
    assert "no hypothesis" in capsys.readouterr().err


def test_leave_one_out(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "leave-one-out", "S1", *SCOPE, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sheets"] == len({change["id"] for change in told["changes"]}) > 10
    assert pacte("metrics", "leave-one-out", "S1", *SCOPE) == 0
    assert told["changes"][0]["explanation"]["fr"].rsplit(" [", 1)[0] in capsys.readouterr().out
    assert pacte("metrics", "leave-one-out", "S1", *SCOPE, "--only", "nobody") == 2


def test_show_names_the_weights_of_roles(capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "show", "E5") == 0
    told = capsys.readouterr().out
    assert "-p roles=standard [standard, flat, leader]:" in told
    assert "-p project=:" in told
    assert "None" not in told


def test_bounds_by_the_unknown(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "run", "E2", "--programme", "programme:fictif", "--bounds", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)["metrics"]
    assert told["unknown"]["links_without_direction"] == 5
    assert all(value["low"] <= value["value"] <= value["high"] for value in told["values"])
    assert any(value["low"] < value["high"] for value in told["values"])
