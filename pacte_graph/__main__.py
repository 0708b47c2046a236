"""``python -m pacte_graph`` is ``pacte``."""

from pacte_graph.cli import main

if __name__ == "__main__":
    main()
