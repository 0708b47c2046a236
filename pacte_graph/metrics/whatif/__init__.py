"""What if: the same network with projects removed, late or added, and what that changes. Nothing is ever written."""

from pacte_graph.metrics.whatif.changes import Changes, added, changed, delayed, without
from pacte_graph.metrics.whatif.comparing import what_if
from pacte_graph.metrics.whatif.model import Compared, WhatIf
from pacte_graph.metrics.whatif.slipping import Slip, slips

__all__ = ["Changes", "Compared", "Slip", "WhatIf", "added", "changed", "delayed", "slips", "what_if", "without"]
