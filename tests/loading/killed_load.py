"""Load the sample as one process would, and die by SIGKILL before, during or after the n-th transaction. Run by test_killed.py.

Arguments: engine, n, ``before``, ``during`` or ``after``, batch size, step (``prune``: less of a source loaded in full).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from conftest import make_batch, sample

from pacte_graph import loading
from pacte_graph.settings import Settings
from pacte_graph.store import open_store


def main(engine: str, count: int, moment: str, batch_size: int, step: str) -> None:
    with open_store(Settings(), engine=engine) as store:  # type: ignore[arg-type]
        batch = make_batch(*sample(5 if step == "prune" else 12))
        plan = loading.plan(store, batch)
        store.prepare()
        write, done = store.write_many, 0

        def killed(statements: Sequence[Any]) -> None:
            nonlocal done
            done += 1
            if done == count and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            if done == count and moment == "during":
                threading.Timer(0.004, os.kill, (os.getpid(), signal.SIGKILL)).start()
            write(statements)
            if done == count:
                os.kill(os.getpid(), signal.SIGKILL)

        store.write_many = killed  # type: ignore[method-assign]
        store.prepare = lambda: None  # type: ignore[method-assign]
        loading.apply(store, plan, prune=step == "prune", batch_size=batch_size)


if __name__ == "__main__":
    engine_, count_, moment_, size_, step_ = sys.argv[1:]
    main(engine_, int(count_), moment_, int(size_), step_)
