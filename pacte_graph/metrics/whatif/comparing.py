"""Compare a network with what it would be: counts, the scheme's indicators, both readings of a removal, milestones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import registry, words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.pull import extraction_words
from pacte_graph.metrics.pull.extraction import active, kind_weights
from pacte_graph.metrics.pull.influence import HYPOTHESES
from pacte_graph.metrics.pull.linkages import coefficients, weight_words
from pacte_graph.metrics.pull.removal import group_loss, group_loss_on
from pacte_graph.metrics.pull.structural_words import row
from pacte_graph.metrics.pull.structure import coverage, structural_loss
from pacte_graph.metrics.whatif.changes import Changes, added, changed
from pacte_graph.metrics.whatif.model import Compared, Moved, WhatIf
from pacte_graph.metrics.whatif.slipping import Slip, slips
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

INDICATORS = ("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "C10", "C14", "C15")
"""Catalogue codes whose values of the whole network are compared, where the registry has them."""


def what_if(network: Network, changes: Changes, parameters: Mapping[str, Any] | None = None) -> WhatIf:
    """Return what ``changes`` would change. ``parameters``: the hypotheses of the pull (θ, κ…), checked; defaults otherwise.

    Raises UnknownName for a node that isn't there, UsageError for a change that has no meaning; writes nothing anywhere.
    """
    given = dict(parameters or {})
    chosen = {item.name: item.check(given.get(item.name)) for item in HYPOTHESES}
    grown = added(network, changes.nodes, changes.links, changes.milestones)
    after = changed(network, changes)
    staying = [name for name in changes.removed if name in network.by_id]
    indicators, skipped = _indicators(network, after)
    new = [node.id for node in changes.nodes]
    pull = {"removed": _pull(network, staying, chosen), "added": _pull(grown, new, chosen)}
    structure = _structure(network, staying)
    gained = _structure(grown, new)
    left = changed(grown, Changes(removed=changes.removed))  # a removed project has no milestone and passes on no delay
    found = slips(left, changes.delays)
    moved = tuple(
        _moved(network, after, name, months) for name, months in sorted(changes.delays.items()) if name in network.by_id
    )
    weight = weight_words(chosen)
    said = _sentences(pull, structure, gained, found, changes)
    ending = words.scope(network, weight)
    sentences = tuple(words.ended(one, ending) for one in said)
    return WhatIf(
        changes,
        network,
        after,
        _counts(network, after),
        indicators,
        skipped,
        pull,
        structure,
        gained,
        found,
        moved,
        weight,
        sentences,
    )


def _moved(before: Network, after: Network, name: str, months: int) -> Moved:
    first, second = before.by_id[name], after.by_id[name]
    since, until = ((first.properties.get(key), second.properties.get(key)) for key in ("since", "until"))
    return Moved(name, first.caption, months, since, until)


def _pull(network: Network, ids: Sequence[str], parameters: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the activity of pull is worth with these nodes in it and not without them; None when nobody is concerned."""
    names, _, _ = coefficients(network, parameters)
    place = {name: at for at, name in enumerate(names)}
    places = [place[name] for name in ids if name in place]
    if not places:
        return None
    found = active(network, parameters)
    lost, own = group_loss(found, places), float(len(places))
    others = found.whole - own
    kinds, weights = kind_weights(network, names)
    by_kind, wholes = group_loss_on(found, places, weights), found.got @ weights
    share = lost / found.whole
    quoted = [words.quoted(network.by_id[names[at]]) for at in sorted(places)]
    name = Words(*(words.listed([one.get(lang) for one in quoted], lang) for lang in ("fr", "en")))
    said = {"variant": "full", "kind": "all", "impulses": "one"}
    return {
        "loss": lost,
        "whole": found.whole,
        "share": share,
        "net_share": (lost - own) / others if others > 1e-9 else None,
        "by_kind": [
            {
                "kind": kind,
                "label": words.kind(kind),
                "loss": float(by_kind[at]),
                "whole": float(wholes[at]),
                "share": float(by_kind[at] / wholes[at]) if wholes[at] > 0 else None,
            }
            for at, kind in enumerate(kinds)
        ],
        "sentence": extraction_words.sentence(name, "share", share, found.whole, said, several=len(places) > 1),
    }


def _structure(network: Network, ids: Sequence[str]) -> dict[str, Any] | None:
    return row(network, structural_loss(network, ids)) if ids else None


def _counts(before: Network, after: Network) -> tuple[Compared, ...]:
    first, second = _counted(before), _counted(after)
    return tuple(Compared("count", "", _COUNTS[key], first[key], second[key], {"count": key}) for key in _COUNTS)


_COUNTS = {
    "projects": Words("Projets", "Projects"),
    "actors": Words("Acteurs", "Actors"),
    "actors_with_project": Words("Acteurs ayant un projet", "Actors with a project"),
    "participations": Words("Participations", "Participations"),
    "collaborations": Words("Couples d'acteurs partageant un projet", "Pairs of actors that share a project"),
    "project_links": Words("Liens déclarés entre projets", "Declared links between projects"),
    "territories_covered": Words("Territoires où un projet est décliné", "Territories where a project is declined"),
    "budget": Words("Budgets connus (€)", "Known budgets (€)"),
    "regional_funding": Words("Financements régionaux connus (€)", "Known regional funding (€)"),
    "milestones": Words("Jalons", "Milestones"),
}


def _counted(network: Network) -> dict[str, float | int | None]:
    matrix = incidence(network).matrix
    shared = matrix.T @ matrix
    projects = network.nodes_of("Project")
    money: dict[str, float | None] = {}
    for name in ("budget", "regional_funding"):
        known = [float(node.properties[name]) for node in projects if node.properties.get(name) is not None]
        money[name] = sum(known) if known else None
    return {
        "projects": len(projects),
        "actors": len(network.nodes_of("Actor")),
        "actors_with_project": int((np.asarray(matrix.sum(axis=0)).ravel() > 0).sum()),
        "participations": int(matrix.nnz),
        "collaborations": int((shared.nnz - (shared.diagonal() > 0).sum()) // 2),
        "project_links": len(network.links_of("LINKED_TO")),
        "territories_covered": len(coverage(network)),
        "milestones": len(network.milestones),
        **money,
    }


def _indicators(before: Network, after: Network) -> tuple[tuple[Compared, ...], tuple[tuple[str, str], ...]]:
    compared: list[Compared] = []
    skipped: list[tuple[str, str]] = []
    for metric in registry.REGISTRY.values():
        code = re.match(r"[A-Z]\d+", metric.code)
        if code is None or code.group() not in INDICATORS or metric.all_dates:
            continue
        try:
            first, second = metric.run(before), metric.run(after)
        except MetricUndefined as problem:
            skipped.append((metric.id, problem.message))
            continue
        compared += _pairs(metric, first, second)
    return tuple(compared), tuple(skipped)


def _pairs(metric: Metric, before: MetricResult, after: MetricResult) -> Iterator[Compared]:
    later = {_key(value): value for value in _of_the_whole(after.values)}
    for value in _of_the_whole(before.values):
        other = later.get(_key(value))
        if other is None:
            continue
        yield Compared(
            metric.id,
            metric.code,
            metric.label,
            value.value,
            other.value,
            value.dimension,
            (value.low, value.high),
            (other.low, other.high),
            (value.explanation, other.explanation),
        )


def _key(value: Value) -> tuple[str, str, tuple[tuple[str, str | int], ...]]:
    return value.label, value.type, tuple(sorted(value.dimension.items()))


def _of_the_whole(values: Sequence[Value]) -> Iterator[Value]:
    """Give the values of the whole network; columns hold values of nodes, so their sentences aren't made."""
    if isinstance(values, Joined):
        for part in values.parts:
            yield from _of_the_whole(part)
    elif not isinstance(values, Column):
        yield from (value for value in values if value.id is None)


def _sentences(
    pull: Mapping[str, Mapping[str, Any] | None],
    structure: Mapping[str, Any] | None,
    gained: Mapping[str, Any] | None,
    found: Sequence[Slip],
    changes: Changes,
) -> list[Words]:
    said = [told["sentence"] for told in (pull["removed"],) if told]
    said += [told["summary"] for told in (structure,) if told]
    new = [part[key] for part, key in ((pull["added"], "sentence"), (gained, "summary")) if part]
    said += [Words(f"Une fois l'ajout fait : s{one.fr[1:]}", f"Once added: w{one.en[1:]}") for one in new]
    if changes.delays:
        said.append(_slip_sentence(found))
    if not said:
        said.append(Words("Rien n'est retiré ni retardé.", "Nothing is removed or late."))
    return said


def _slip_sentence(found: Sequence[Slip]) -> Words:
    sure, possible = sum(slip.sure for slip in found), sum(not slip.sure for slip in found)
    step = Words("jalon", "milestone"), Words("jalons", "milestones")
    certain, more = words.count(sure, *step), words.count(possible, *step)
    verbs = "glissent" if sure > 1 else "glisse", "pourraient" if possible > 1 else "pourrait"
    return Words(
        f"{certain.fr} {verbs[0]} le long des liens déclarés ; {more.fr} de plus {verbs[1]} glisser (sens ou date inconnus).",
        f"{certain.en} slip along the declared links; {more.en} more might, for want of a direction or a date.",
    )
