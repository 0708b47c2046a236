"""Indicators of the scheme (S1–S9): declination, nesting, money, coverage, dialogue, completeness."""
