"""The methodology page: drawn from the registry, whole in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from dashapp.methods.page import card, layout
from pacte_graph.metrics.registry import REGISTRY


def texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list | tuple):
        return [text for item in part for text in texts(item)]
    return texts(getattr(part, "children", None)) if part is not None else []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", list(REGISTRY))
def test_a_card_says_what_the_registry_says(name: str, lang: str) -> None:
    metric = REGISTRY[name]
    said = texts(card(metric, lang))
    for words in (metric.definition, metric.template, metric.limits, metric.unknowns, metric.unit, metric.network):
        assert words.get(lang) in said
    assert f"$${metric.formula}$$" in said
    assert metric.reference in said
    for item in metric.parameters:
        assert any(text.startswith(item.label.get(lang)) and item.description.get(lang) in text for text in said)


def test_every_metric_has_its_anchor_and_a_link_to_it() -> None:
    page = layout(None, {"lang": "fr"})  # type: ignore[arg-type]
    found: list[str] = []
    links: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, list | tuple):
            for item in part:
                walk(item)
        elif part is not None and not isinstance(part, str):
            if getattr(part, "id", None):
                found.append(part.id)
            if getattr(part, "href", None):
                links.append(part.href)
            walk(getattr(part, "children", None))

    walk(page)
    assert set(REGISTRY) <= set(found)
    assert len(found) == len(set(found))
    assert {f"#{name}" for name in REGISTRY} <= set(links)
