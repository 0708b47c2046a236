"""From ``pacte demo`` on an installed environment with an empty home to the first page of the explorer."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from time import perf_counter

from benchmarks.measure import line


def _first_page(home: str) -> float:
    env = os.environ | {"PACTE_HOME": home, "PACTE_NO_BROWSER": "1", "PYTHONUNBUFFERED": "1"}
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "pacte_graph", "demo", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
    ) as app:
        assert app.stdout is not None
        url = next(word for row in app.stdout for word in row.split() if word.startswith("http://"))
        with urllib.request.urlopen(url) as page:
            assert page.status == 200
        taken = perf_counter() - start
        app.terminate()
    return taken


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
        try:
            first, again = _first_page(home), _first_page(home)
        finally:
            subprocess.run(
                [sys.executable, "-m", "pacte_graph", "db", "stop"], env=os.environ | {"PACTE_HOME": home}, check=False
            )
    yield line("demo to first page", empty_home_s=first, cases_already_loaded_s=again)
