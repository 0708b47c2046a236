"""Helpers of these tests, importable whatever the import mode."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("tables_books", Path(__file__).parent / "books.py")
assert _SPEC
assert _SPEC.loader
sys.modules["tables_books"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["tables_books"])
