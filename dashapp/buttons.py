"""Buttons that read fields."""

from __future__ import annotations

from typing import Any

SETTLE: dict[str, Any] = {"data-settle": ""}
"""Attribute of a button that reads fields: the browser holds the press until every field has told Dash what it shows.

Mantine's fields tell Dash from a timer, after the drawing; who chooses and presses Enter at once, or has a busy machine, would be
answered on what was there before. ``shell.js`` does the holding.
"""
