"""Two dates: what came, went and lasted (C17), and the pull that was observed (E12)."""
