"""``pacte whatif`` and ``pacte metrics journey`` as a user runs them, on the fictitious case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pacte_graph.settings import Settings
from pacte_graph.store import open_store
from tests.commands import pacte

SCOPE = ("--programme", "programme:fictif")
HALL = """
[[nodes]]
id = "project:halle"
label = "Project"
name = "Halle commune"
since = 2031-01-01

[[nodes]]
id = "milestone:halle"
label = "Milestone"
text = "Ouverture de la halle"
date_from = 2031-06-01
date_to = 2031-06-30

[[links]]
type = "TAKES_PART_IN"
source = "actor:fictif:Compagnie du Val muet"
target = "project:halle"
role = "lead"

[[links]]
type = "HAS_MILESTONE"
source = "project:halle"
target = "milestone:halle"

[[links]]
type = "LINKED_TO"
source = "project:fictif:3"
target = "project:halle"
sense = "pulls"
intensity = 2
"""


@pytest.fixture(autouse=True)
def _seen(home: Settings) -> None:
    """Let the command look where the built-in cases are."""


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_a_removal(capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("whatif", "--remove", "project:fictif:9", *SCOPE, "--json") == 0
    found = told(capsys)
    assert found["removed"] == ["project:fictif:9"]
    projects = next(one for one in found["counts"] if one["dimension"] == {"count": "projects"})  # type: ignore[attr-defined]
    assert (projects["before"]["value"], projects["after"]["value"]) == (20, 19)
    assert pacte("whatif", "--remove", "project:fictif:9", *SCOPE) == 0
    assert "Sans « Filière des eaux vives »" in capsys.readouterr().out


def test_a_delay_goes_along_the_links(capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("whatif", "--delay", "project:fictif:3=6", *SCOPE, "--json") == 0
    steps = told(capsys)["milestones"]
    sure = {step["id"]: step for step in steps["sure"]}  # type: ignore[index]
    assert {"milestone:fictif:3:3", "milestone:fictif:9:4", "milestone:fictif:13:5", "milestone:fictif:5:6"} <= set(sure)
    assert sure["milestone:fictif:5:6"]["via"] == ["project:fictif:3", "project:fictif:13", "project:fictif:5"]
    assert sure["milestone:fictif:3:3"]["after"]["fr"] == "mars 2031"
    assert {step["project"] for step in steps["possible"]} >= {"project:fictif:2"}  # type: ignore[index]


def test_an_addition_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Settings) -> None:
    file = tmp_path / "halle.toml"
    file.write_text(HALL, encoding="utf-8")
    assert pacte("whatif", "--add", str(file), "--delay", "project:fictif:3=2", *SCOPE, "--json") == 0
    found = told(capsys)
    assert found["added"] == ["project:halle"]
    assert "milestone:halle" in {step["id"] for step in found["milestones"]["sure"]}  # type: ignore[index]
    assert found["gained"]["orphans"][0]["id"] == "actor:fictif:Compagnie du Val muet"  # type: ignore[index]
    same = tmp_path / "halle.json"
    same.write_text(json.dumps({"nodes": [{"id": "project:halle", "label": "Project", "since": "2031-01-01"}]}), encoding="utf-8")
    assert pacte("whatif", "--add", str(same), *SCOPE) == 0
    assert "Halle" not in capsys.readouterr().err
    with open_store(home) as store:
        assert store.read("MATCH (p:Project {id: 'project:halle'}) RETURN p.id AS id") == []  # nothing is written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[nodes]]\nid = "x"\nlabel = "Wizard"', "the schema has no label Wizard"),
        ('[[nodes]]\nid = "x"\nlabel = "Objective"', "the network of a what-if has no label Objective"),
        ('[[nodes]]\nid = "x"\nlabel = "Project"\ncolour = "red"', "the schema has no property colour"),
        ('[[nodes]]\nid = "x"\nlabel = "Actor"\nkind = "wizard"', "kind must be one of"),
        ('[[nodes]]\nid = "x"\nlabel = "Project"\nsince = "soon"', "since must be a date"),
        ('[[nodes]]\nid = "x"\nlabel = "Territory"', "name is required"),
        ('[[nodes]]\nlabel = "Project"', "id is missing"),
        ('[[nodes]]\nid = "m"\nlabel = "Milestone"\ntext = "T"', "belongs to no project"),
        ('[[links]]\ntype = "LIKES"\nsource = "x"\ntarget = "y"', "the schema has no relationship type LIKES"),
        ('[[links]]\ntype = "TAKES_PART_IN"\nsource = "x"\ntarget = "project:fictif:3"', "there is no x"),
        ('[[links]]\ntype = "TAKES_PART_IN"\nsource = "project:fictif:2"\ntarget = "project:fictif:3"', "starts at"),
    ],
)
def test_the_file_is_checked_against_the_schema(text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "more.toml"
    file.write_text(text, encoding="utf-8")
    assert pacte("whatif", "--add", str(file), *SCOPE) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "more.toml" in error
    assert len(error.strip().splitlines()) <= 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nothing is supposed"),
        (("--remove", "project:nowhere"), "There is no project:nowhere"),
        (("--delay", "project:fictif:3"), "ID=MONTHS"),
        (("--delay", "project:fictif:3=soon"), "ID=MONTHS"),
        (("--delay", "project:fictif:3=0"), "whole number from 1"),
        (("--delay", "actor:fictif:Compagnie du Val muet=3"), "not a project"),
        (("--add", "/nowhere/at/all.toml"), "can't be read"),
        (("--remove", "project:fictif:3", "--delay", "project:fictif:3=3"), "both removed and late"),
    ],
)
def test_refusals(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("whatif", *words, *SCOPE) == 2
    assert said in capsys.readouterr().err


def test_not_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text, said in (
        ("a.toml", "nodes = 3", "not a list of tables"), ("b.toml", "[[things]]\nid = 1", "something else"), ("c.toml", "=", "not TOML"),
        ("d.json", "{", "not JSON"), ("e.json", "[]", "something else"),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert pacte("whatif", "--add", str(tmp_path / name), *SCOPE) == 2
        assert said in capsys.readouterr().err


def test_a_journey(capsys: pytest.CaptureFixture[str]) -> None:
    assert pacte("metrics", "journey", "project:fictif:3", "--to", "project:fictif:5", *SCOPE, "--json") == 0
    found = told(capsys)
    assert found["measure"] == "pull"
    chains = [[node["id"] for node in path["nodes"]] for path in found["paths"]]  # type: ignore[attr-defined]
    assert ["project:fictif:3", "project:fictif:13", "project:fictif:5"] in chains
    assert {(chain[0], chain[-1]) for chain in chains} == {("project:fictif:3", "project:fictif:5")}
    assert pacte("metrics", "journey", "project:fictif:3", *SCOPE) == 0
    assert "Motricité" in capsys.readouterr().out
    assert pacte("metrics", "journey", "project:fictif:3", "--kind", "university", "-p", "theta=0.3", *SCOPE) == 0
    assert "θ = 0,30" in capsys.readouterr().out
    assert pacte("metrics", "journey", "project:fictif:3", "--kind", "wizard", *SCOPE) == 2
