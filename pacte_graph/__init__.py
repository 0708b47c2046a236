"""Pacte Graph: relationship explorer for territorial partnership networks. This is the core: no screen, no source."""

__version__ = "0.1.0"
