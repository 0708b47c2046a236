"""Sentences of a linear extraction (E6a), in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.schema.kinds import Words


def sentence(
    name: Words, measure: str, value: float, whole: float, parameters: Mapping[str, Any], *, several: bool = False
) -> Words:
    """Return what would be lost without ``name``, by measure: ``share``, ``loss`` or ``net_share``; NaN is undefined."""
    if np.isnan(value):
        return Words(
            f"{name.fr} : perte non définie, car rien ne reste à perdre dans ce réseau.",
            f"{name.en}: loss undefined, for there is nothing left to lose in this network.",
        )
    start, who = _OPENINGS[parameters["variant"], several](name), _who(parameters["kind"], others=measure == "net_share")
    if measure == "loss":
        unit = _UNITS[parameters["impulses"]]
        lost, of = words.number(value), words.number(whole)
        return Words(
            f"{start.fr}, toutes choses égales par ailleurs, {who[0].fr} perdrait {lost.fr} {unit.fr} sur {of.fr}.",
            f"{start.en}, all else equal, {who[0].en} would lose {lost.en} of {of.en} {unit.en}.",
        )
    shown = share_words(value)
    return Words(
        f"{start.fr}, toutes choses égales par ailleurs, {who[0].fr} perdrait {shown.fr} de son activité d'entraînement"
        f"{who[1].fr}.",
        f"{start.en}, all else equal, {who[0].en} would lose {shown.en} of its activity of pull{who[1].en}.",
    )


def share_words(value: float) -> Words:
    """Return a share of one as a percentage, with the decimals that a small one needs."""
    shown = words.number(
        round(100 * value, 0 if abs(value) >= 0.1 else 1 if abs(value) >= 0.01 else 2), 1 if abs(value) >= 0.01 else 2
    )
    return Words(f"{shown.fr}{words.HARD}%", f"{shown.en}%")


def _without(name: Words) -> Words:
    return Words(f"Sans {name.fr}", f"Without {name.en}")


_OPENINGS: dict[tuple[str, bool], Callable[[Words], Words]] = {
    ("full", False): _without,
    ("full", True): lambda name: Words(f"Sans {name.fr} ensemble", f"Without {name.en} together"),
    ("backward", False): lambda name: Words(f"Si {name.fr} cessait d'entraîner", f"If {name.en} stopped pulling"),
    ("backward", True): lambda name: Words(f"Si {name.fr} cessaient d'entraîner", f"If {name.en} stopped pulling"),
    ("keep_own", False): lambda name: Words(f"Si {name.fr} agissait seul", f"If {name.en} acted alone"),
    ("keep_own", True): lambda name: Words(f"Si {name.fr} agissaient à part", f"If {name.en} acted apart"),
}
_UNITS = {"one": Words("unités d'engagement", "units of commitment"), "budget": Words("euros d'activité", "euros of activity")}


def _who(kind: str, *, others: bool) -> tuple[Words, Words]:
    aside = Words(" (sa propre impulsion mise à part)", " (its own impulse set aside)") if others else Words("", "")
    if kind == "all":
        return (Words("le reste du réseau", "the rest of the network") if others else Words("le réseau", "the network")), aside
    label = words.kind(kind)
    return Words(f"la famille « {label.fr} »", f"the kind “{label.en}”"), aside


def impulse_words(parameters: Mapping[str, Any]) -> Words:
    """Return the impulses, for the end of a sentence."""
    if parameters["impulses"] == "one":
        return Words(", une unité d'impulsion chacun", ", one unit of impulse each")
    return Words(", impulsions : budgets connus", ", impulses: known budgets")
