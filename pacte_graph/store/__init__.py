"""The one way to the database: engines started on demand, reads and writes over Bolt, guarded reads, backup."""

from pacte_graph.store.session import Store, open_store
from pacte_graph.store.values import EngineInfo, GuardedRows, LinkValue, NodeValue, PathValue

__all__ = ["EngineInfo", "GuardedRows", "LinkValue", "NodeValue", "PathValue", "Store", "open_store"]
