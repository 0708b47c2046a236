"""See the architecture notes: figures."""
