"""Probable duplicates among names of organisations and territories: proposals with a score and reasons, never a merge."""

from pacte_graph.matching.model import Candidate, Certainty, Proposal
from pacte_graph.matching.proposing import explain, propose, why_not

__all__ = ["Candidate", "Certainty", "Proposal", "explain", "propose", "why_not"]
