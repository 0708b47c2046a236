"""Wait for a work no longer than a deadline: the last resort against an engine that does not stop a query itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from pacte_graph.errors import TimeLimit

Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Return what ``work`` returns, or raise what it raises. Raises TimeLimit when neither happened after ``seconds``.

    The work is then left behind in its own thread, which ends with the process at the latest.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread, whatever it is
            errors.append(error)

    thread = threading.Thread(target=run, name="pacte-guarded-read", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if results:
        return results[0]
    raise TimeLimit(
        f"The database did not stop a query that ran longer than {seconds:g} seconds; its answer is not waited for.",
        hint="Narrow the question. If the engine stays busy, restart it: pacte db stop.",
    )
