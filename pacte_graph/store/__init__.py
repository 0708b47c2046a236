"""See the architecture notes: store."""
