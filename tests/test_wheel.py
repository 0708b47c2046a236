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
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False
    )
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
    assert "pacte_graph/cases/europe-toulouse/territories.csv.gz" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_installed_wheel_loads_the_demo_and_answers_a_query(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "demo.lock", cwd=tmp_path)
    run(*pip, "--no-deps", "--no-index", wheel, cwd=tmp_path)
    run(python, "-m", "pip", "check", cwd=tmp_path)
    away = tmp_path / "elsewhere"
    away.mkdir()
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PACTE_HOME": str(tmp_path / "home"), "PACTE_NO_BROWSER": "1"}
    pacte = (python, "-m", "pacte_graph")
    where = run(python, "-c", "import pacte_graph; print(pacte_graph.__file__)", cwd=away, env=env)
    assert str(tmp_path / "env") in where
    try:
        run(*pacte, "demo", "--no-serve", cwd=away, env=env)
        queries = json.loads(run(*pacte, "query", "list", "--json", cwd=away, env=env))
        assert len(queries["queries"]) >= 8
        answer = json.loads(
            run(
                *pacte,
                "query",
                "run",
                "projects-by-territory",
                "-p",
                "programme=programme:fictif",
                "--format",
                "json",
                cwd=away,
                env=env,
            )
        )
        assert answer["rows"]
    finally:
        run(*pacte, "db", "stop", cwd=away, env=env)
