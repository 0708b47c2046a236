"""The built wheel works installed, away from the checkout: demo import and a saved query from another directory."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_queries_and_cases(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert sum(name.startswith("pacte_graph/_cypher/") and name.endswith(".cypher") for name in names) >= 8
    assert any(name.startswith("pacte_graph/cases/toulouse/") and name.endswith(".csv") for name in names)
    assert any(name.startswith("pacte_graph/cases/fictitious/") and name.endswith(".csv") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.slow
def test_an_installed_wheel_loads_the_demo_and_answers_a_query(wheel: Path, tmp_path: Path) -> None:
    # a fresh environment without our checkout; its third-party packages are those of the locked environment under test
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", site, wheel, cwd=tmp_path)
    locked = next(Path(item) for item in sys.path if item.endswith("site-packages"))
    (site / "locked.pth").write_text(str(locked) + "\n", encoding="utf-8")
    away = tmp_path / "elsewhere"
    away.mkdir()
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PACTE_HOME": str(tmp_path / "home"), "PACTE_NO_BROWSER": "1"}
    pacte = (python, "-m", "pacte_graph")
    where = run(python, "-c", "import pacte_graph; print(pacte_graph.__file__)", cwd=away, env=env)
    assert str(site) in where
    try:
        run(*pacte, "demo", "--no-serve", cwd=away, env=env)
        queries = json.loads(run(*pacte, "query", "list", "--json", cwd=away, env=env))
        assert len(queries["queries"]) >= 8
        answer = json.loads(
            run(*pacte, "query", "run", "projects-by-territory", "-p", "programme=programme:fictif", "--format", "json", cwd=away, env=env)
        )
        assert answer["rows"]
    finally:
        run(*pacte, "db", "stop", cwd=away, env=env)
