"""See the architecture notes: queries."""
