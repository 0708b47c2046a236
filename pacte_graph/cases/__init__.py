"""The built-in cases: folders of plain tables, loaded through the same importer as a user's own files."""

from __future__ import annotations

from pathlib import Path

NAMES = ("toulouse", "fictitious", "europe-toulouse")


def paths() -> dict[str, Path]:
    """Return the folder of each built-in case, by name, in the order they are loaded."""
    return {name: Path(__file__).parent / name for name in NAMES}
