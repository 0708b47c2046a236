"""``python -m benchmarks [NAME]...``: run the named measurements, or all of them."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("demo_start", "duplicates", "engine_start", "h2020", "import_speed", "linkages", "metrics", "mutations")


def main() -> None:
    chosen = sys.argv[1:] or NAMES
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(unknown)}; there are: {', '.join(NAMES)}.")
    for name in chosen:
        print(f"\n## {name}", flush=True)
        for row in import_module(f"benchmarks.{name}").run():
            print(row, flush=True)


if __name__ == "__main__":
    main()
