"""The terminal: rich's console, that never takes ``:metro:`` in an identifier for the name of a picture."""

from __future__ import annotations

from typing import Any

from rich import console


class Console(console.Console):
    """A console that prints identifiers as they are; options as rich's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(emoji=False, **options)
