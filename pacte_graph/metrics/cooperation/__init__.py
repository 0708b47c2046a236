"""Cooperation (C1–C18): who works with whom, who links, how strongly the network holds."""
