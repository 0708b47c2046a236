"""Homes of their own for tests that kill, starve and hide engines."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pacte_graph.settings import Settings

OPEN = (
    "import sys; from pathlib import Path; from pacte_graph.settings import Settings; from pacte_graph.store import open_store\n"
    "with open_store(Settings(home=Path(sys.argv[1]), start_seconds=180)) as store: print(store.info().uri, end='')"
)


@pytest.fixture
def own(homes: Callable[[], Path]) -> Iterator[Settings]:
    """Return settings with an empty home; every process that was started for it is ended afterwards."""
    settings = Settings(home=homes(), start_seconds=180)
    yield settings
    for process in processes(settings):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(10)


def processes(settings: Settings, part: str = "") -> list[psutil.Process]:
    """Return the live processes whose command line names the home: engines and keepers, or those that also name ``part``."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            if any(str(settings.home) in word for word in words) and any(part in word for word in words):
                found.append(process)
    return [item for item in found if item.pid != psutil.Process().pid and item.status() != psutil.STATUS_ZOMBIE]


def engines(settings: Settings) -> list[psutil.Process]:
    """Return the Java processes of the home."""
    return [process for process in processes(settings) if process.name().startswith("java")]


def opener(settings: Settings) -> subprocess.Popen[str]:
    """Start another process that opens a store on the home and prints its address."""
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(settings.home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(true: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something is so; False when it never was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False
