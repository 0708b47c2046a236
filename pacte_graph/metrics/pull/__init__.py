"""Entraînement (E1–E13): who pulls whom along, directly and by rebound."""
