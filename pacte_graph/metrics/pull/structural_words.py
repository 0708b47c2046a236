"""Sentences and rows of a structural removal (E6b), in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.pull.structure import Lost
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

ACTOR = Words("acteur", "actor"), Words("acteurs", "actors")
PROJECT = Words("projet", "project"), Words("projets", "projects")
TERRITORY = Words("territoire", "territory"), Words("territoires", "territories")
ORPHANS = (
    Words("aucun acteur ne resterait sans projet", "no actor would be left without a project"),
    Words("n'aurait plus aucun projet", "would have no project left"),
    Words("n'auraient plus aucun projet", "would have no project left"),
)
UNCOVERED = (
    Words("aucun territoire ne cesserait d'être couvert", "no territory would cease to be covered"),
    Words("ne serait plus couvert", "would not be covered any more"),
    Words("ne seraient plus couverts", "would not be covered any more"),
)
DESERTED = (
    Words("aucun projet ne resterait sans acteur", "no project would be left without an actor"),
    Words("n'aurait plus aucun acteur connu", "would have no known actor left"),
    Words("n'auraient plus aucun acteur connu", "would have no known actor left"),
)


def listed_sentence(
    network: Network, node: Node | Words, names: Sequence[str], noun: tuple[Words, Words], said: tuple[Words, Words, Words]
) -> Words:
    """Return « Sans …, n … : a, b et c. », the fourth and following counted; or that there is none."""
    without = words.quoted(node) if isinstance(node, Node) else node
    if not names:
        return Words(f"Sans {without.fr}, {said[0].fr}.", f"Without {without.en}, {said[0].en}.")
    many, verb = words.count(len(names), *noun), said[2] if len(names) > 1 else said[1]
    captions = [network.by_id[name].captions for name in names]
    french, english = (words.listed([one.get(lang) for one in captions], lang) for lang in ("fr", "en"))
    return Words(
        f"Sans {without.fr}, {many.fr} {verb.fr} : {french}.",
        f"Without {without.en}, {many.en} {verb.en}: {english}.",
    )


def leaving_sentence(name: Words, count: int) -> Words:
    """Return how many actors would leave the largest connected part."""
    many = words.count(count, *ACTOR)
    verb = "quitteraient" if count > 1 else "quitterait"
    return Words(
        f"Sans {name.fr}, {many.fr} {verb} le plus grand ensemble relié.",
        f"Without {name.en}, {many.en} would leave the largest connected part.",
    )


def components_sentence(name: Words, after: int, before: int) -> Words:
    """Return in how many separate parts the network would be, and is."""
    parts = words.count(after, Words("partie séparée", "separate part"), Words("parties séparées", "separate parts"))
    return Words(
        f"Sans {name.fr}, le réseau serait en {parts.fr} ({before} aujourd'hui).",
        f"Without {name.en}, the network would be in {parts.en} ({before} today).",
    )


def ties_sentence(name: Words, count: int, unknown: int) -> Words:
    """Return how many pairs of actors of different kinds would work together no more; more if unknown kinds differ."""
    pair = Words("couple d'acteurs de familles différentes", "pair of actors of different kinds")
    pairs = Words("couples d'acteurs de familles différentes", "pairs of actors of different kinds")
    many = words.count(count, pair, pairs)
    verb = "n'auraient plus de projet commun" if count > 1 else "n'aurait plus de projet commun"
    more = Words("", "")
    if unknown:
        most = words.number(count + unknown)
        more = Words(f" (jusqu'à {most.fr} avec les familles inconnues)", f" (up to {most.en} with unknown kinds)")
    return Words(
        f"Sans {name.fr}, {many.fr} {verb}{more.fr}.",
        f"Without {name.en}, {many.en} would share no project any more{more.en}.",
    )


def pairs_sentence(name: Words, count: int) -> Words:
    """Return how many pairs of institutions would not be within two steps any more."""
    many = words.count(
        count, Words("couple d'institutions", "pair of institutions"), Words("couples d'institutions", "pairs of institutions")
    )
    verb = "ne seraient plus" if count > 1 else "ne serait plus"
    return Words(
        f"Sans {name.fr}, {many.fr} {verb} à deux pas l'une de l'autre (un projet commun, ou un partenaire commun).",
        f"Without {name.en}, {many.en} would not be within two steps any more (a shared project, or a partner in common).",
    )


def money_sentence(node: Node, name: str, value: float) -> Words:
    """Return how many euros would go; or that nobody knows."""
    named = words.quoted(node)
    what = {
        "budget": Words("budget", "budget"),
        "regional_funding": Words("financement régional", "regional funding"),
    }[name]
    if np.isnan(value):
        return Words(
            f"{named.fr} : {what.fr} inconnu, la perte n'est pas définie.",
            f"{named.en}: {what.en} unknown, the loss is undefined.",
        )
    shown = words.number(value)
    return Words(
        f"Sans {named.fr}, {shown.fr}{words.HARD}€ de {what.fr} disparaîtraient.",
        f"Without {named.en}, €{shown.en} of {what.en} would go.",
    )


def row(network: Network, lost: Lost) -> dict[str, Any]:
    """Return a removal for views: counts, and lists of ``{"id", "label"}``; the sentence that sums it up in ``summary``."""

    def named(ids: Sequence[str]) -> list[dict[str, str]]:
        return [{"id": name, "label": network.by_id[name].caption} for name in ids]

    def coupled(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
        return [
            {"source": a, "target": b, "source_label": network.by_id[a].caption, "target_label": network.by_id[b].caption}
            for a, b in pairs
        ]

    return {
        "id": lost.removed[0] if len(lost.removed) == 1 else None,
        "label": ", ".join(network.by_id[name].caption for name in lost.removed),
        "removed": named(lost.removed),
        "orphans": named(lost.orphans),
        "deserted": named(lost.deserted),
        "leaving_giant": named(lost.leaving),
        "components_before": lost.components_before,
        "components_after": lost.components_after,
        "cross_type_ties": coupled(lost.ties),
        "ties_of_unknown_kind": lost.ties_of_unknown_kind,
        "uncovered": named(lost.uncovered),
        "amount": lost.amount,
        "amounts_unknown": lost.amounts_unknown,
        "regional": lost.regional,
        "regional_unknown": lost.regional_unknown,
        "institution_pairs": coupled(lost.institution_pairs or ()),
        "project_links": lost.project_links,
        "summary": summary(network, lost),
    }


def summary(network: Network, lost: Lost) -> Words:
    """Return the removal in one sentence: who is left without a project, which territories without cover."""
    quoted = [words.quoted(network.by_id[name]) for name in lost.removed]
    name = Words(*(words.listed([one.get(lang) for one in quoted], lang) or "∅" for lang in ("fr", "en")))
    first, second = (
        listed_sentence(network, name, ids, noun, said)
        for ids, noun, said in ((lost.orphans, ACTOR, ORPHANS), (lost.uncovered, TERRITORY, UNCOVERED))
    )
    lead = Words(f"Sans {name.fr}, ", f"Without {name.en}, ")
    return Words(
        f"{first.fr.rstrip('.')} ; {second.fr.removeprefix(lead.fr)}",
        f"{first.en.rstrip('.')}; {second.en.removeprefix(lead.en)}",
    )
