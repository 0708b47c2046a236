"""What the indicators of money share: amounts in words, and the refusal of an amount below zero."""

from __future__ import annotations

from collections.abc import Iterable

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import words
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

EUROS = Words("montants en euros", "amounts in euros")


def euros(value: float) -> Words:
    """Return an amount in both languages: ``2,57 €``, ``420 000 €`` and ``€2.57``, ``€420,000``."""
    shown = words.number(value)
    sign, digits = ("-", shown.en[1:]) if shown.en.startswith("-") else ("", shown.en)
    return Words(f"{shown.fr}{words.HARD}€", f"{sign}€{digits}")


def refuse_negative(network: Network, amounts: Iterable[tuple[str, float]]) -> None:
    """Raise MetricUndefined naming the nodes (identifier, amount) of an amount below zero: no share can be made of it."""
    wrong = sorted({network.by_id[name].captions.en for name, amount in amounts if amount < 0})
    if wrong:
        raise MetricUndefined(
            f"An amount below zero can't be shared: {words.listed(wrong, 'en')}.", hint="Correct the amount, or leave it unknown."
        )
