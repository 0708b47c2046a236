"""Importers: real documents and open data into records, one folder a source."""
