"""See the architecture notes: loading."""
