"""What a ranking over a grid of hypotheses says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.sureness.concordance import TOP
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words


def verdict(
    *, first: Node | None, size: int, same: int, runs: int, robust: bool | None, agreement: float | None, best: int, worst: int
) -> Words:
    """Return whether the first ``size`` are the same in ``same`` of ``runs``, how far all agree, and how the first moves."""
    if first is None or not runs:
        return Words("Rien à classer : aucune valeur n'est définie.", "Nothing to rank: no value is defined.")
    if robust is None:
        return Words(
            f"Pas de premiers à comparer : {TOP} membres classés ou moins, ou tous à égalité.",
            f"No first ones to compare: {TOP} members ranked or fewer, or all alike.",
        )
    told = Words("Classement robuste", "Robust ranking") if robust else Words("Classement fragile", "Fragile ranking")
    sets = words.count(runs, Words("jeu d'hypothèses", "set of hypotheses"), Words("jeux d'hypothèses", "sets of hypotheses"))
    shown = Words("", "")
    if agreement is not None:
        value = words.number(agreement)
        shown = Words(f" ; concordance W de Kendall {value.fr}", f"; Kendall's concordance W {value.en}")
    named = words.quoted(first)
    moves = _moves(best, worst)
    return Words(
        f"{told.fr} : les {size} premiers sont les mêmes dans {same} cas sur {sets.fr}{shown.fr}. {named.fr} {moves.fr}.",
        f"{told.en}: the first {size} are the same in {same} of {sets.en}{shown.en}. {named.en} {moves.en}.",
    )


def _moves(best: int, worst: int) -> Words:
    if worst == 1:
        return Words("reste premier partout", "stays first throughout")
    low, high = words.number(best), words.number(worst)
    return Words(
        f"va du rang {low.fr} au rang {high.fr} selon les hypothèses",
        f"goes from rank {low.en} to rank {high.en} with the hypotheses",
    )


def opened(subject: Words, sentence: Words) -> Words:
    """Return a sentence with what it is about before it."""
    if not subject.fr:
        return sentence
    return Words(
        f"{subject.fr[:1].upper()}{subject.fr[1:]} : {sentence.fr[:1].lower()}{sentence.fr[1:]}",
        f"{subject.en[:1].upper()}{subject.en[1:]}: {sentence.en[:1].lower()}{sentence.en[1:]}",
    )


def ending(network: Network, axes: Mapping[str, tuple[Any, ...]]) -> Words:
    """Return the scope of a ranking over a grid: which hypotheses were gone through."""
    parts = [_span(symbol, axes[name]) for name, symbol in (("theta", "θ"), ("kappa", "κ")) if name in axes]
    if "roles" in axes:
        one = Words("poids des rôles", "set of role weights")
        parts.append(words.count(len(axes["roles"]), one, Words("poids des rôles", "sets of role weights")))
    told = Words(", ".join(part.fr for part in parts), ", ".join(part.en for part in parts))
    return words.scope(network, Words(f"hypothèses : {told.fr}", f"hypotheses: {told.en}"))


def _span(symbol: str, values: tuple[Any, ...]) -> Words:
    low, high = words.number(min(values)), words.number(max(values))
    if low == high:
        return Words(f"{symbol} = {low.fr}", f"{symbol} = {low.en}")
    return Words(f"{symbol} de {low.fr} à {high.fr}", f"{symbol} from {low.en} to {high.en}")
