"""A progress bar on standard error for what takes longer than a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pacte_graph.cli.screen import Console

PATIENCE = 1.0
"""Seconds before a bar shows."""

_STEPS = {"compare": "Comparing", "write": "Writing"}


class Bar:
    """Called with step, done and total; shows a bar once a second has gone by. Silent when ``quiet``."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, quiet=quiet),
        )
        self._tasks: dict[str, TaskID] = {}
        self._since = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are done in ``step``."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(_STEPS.get(step, step), total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)
        if time.monotonic() - self._since > PATIENCE and not self._progress.live.is_started:
            self._progress.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._progress.live.is_started:
            self._progress.stop()
