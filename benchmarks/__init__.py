"""Repeatable measurements; each prints what it did, the figures, and a ratio against a peer in the same run."""
