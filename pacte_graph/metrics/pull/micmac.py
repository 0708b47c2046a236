"""E10: hidden drivers among projects (MICMAC, Duperrin & Godet 1973), beside the damped total effects of E3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull.declared import DECLARED_WEIGHT, NO_LINK, PROJECT_LINKS, Declared, declared, place_words, undefined
from pacte_graph.metrics.pull.influence import THETA, normalised
from pacte_graph.metrics.pull.linkages import PELOTON, linkages, quadrant
from pacte_graph.metrics.pull.powers import LIMIT, Structure, Vector, ranking, structure
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

HIDDEN = 0.1
MEMORY = Parameter(
    "memory",
    "boolean",
    False,
    Words("Garder l'influence directe (I + M)", "Keep the direct influence (I + M)"),
    Words(
        "Oui : chaque puissance garde les précédentes, ce qui lève l'alternance des réseaux périodiques.",
        "Yes: each power keeps those before, which ends the alternation of periodic networks.",
    ),
)
TYPES = {"driver": "motrice", "relay": "relais", "driven": "dépendante", "autonomous": "autonome"}
AXES = {"drive": Words("motricité", "drive"), "dependence": Words("dépendance", "dependence")}
UNIT = Words("point d'intensité", "point of intensity"), Words("points d'intensité", "points of intensity")


def _micmac(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = declared(network)
    told = structure(found.matrix, memory=parameters["memory"])
    nodes = tuple(network.by_id[name] for name in found.ids)
    ending = words.scope(network, DECLARED_WEIGHT)
    why = _why(told, nodes)
    columns: list[Column] = []
    for axis in AXES:
        columns += [_direct(nodes, found, told, axis, ending), _indirect(nodes, told, axis, why, ending)]
    notes = _notes(told, nodes)
    values = Joined(*columns, (_whole(told, notes, why, ending),))
    details = {
        "rows": _rows(nodes, found, told, parameters["theta"]),
        "status": told.status,
        "steps": told.steps,
        "stability": [{"power": power, "drive": drive, "dependence": dependence} for power, drive, dependence in told.stability],
        "classical_stop": told.classical_stop,
        "false_stop": told.false_stop,
        "period": told.period,
        "dominant": [found.ids[place] for place in told.dominant],
        "close": told.close,
        "messages": [{"fr": note.fr, "en": note.en} for note in ([why] if why else notes)],
    }
    return MetricResult("micmac", network.scope, parameters, values, DECLARED_WEIGHT.fr, found.unknown, details)


def _why(told: Structure, nodes: tuple[Node, ...]) -> Words | None:
    """Return why the indirect ranking is undefined, None when it is not."""
    if told.status == "no_link":
        return NO_LINK
    if told.status == "nilpotent":
        steps = words.count(told.longest, Words("pas", "step"), Words("pas", "steps"))
        return Words(
            f"les liens déclarés ne forment aucune boucle : les chaînes s'arrêtent après {steps.fr} et les puissances s'annulent "
            "(lire plutôt motricité et dépendance, E3)",
            f"the declared links form no loop: chains end after {steps.en} and the powers vanish (read drive and dependence, E3)",
        )
    if told.status == "periodic":
        names = _named(told, nodes)
        return Words(
            f"les boucles de {names.fr} ont toutes une longueur multiple de {told.period} : le classement alternerait sans fin "
            "(choisir I + M, ou lire E3)",
            f"the loops of {names.en} all have a length multiple of {told.period}: the ranking would alternate for ever "
            "(choose I + M, or read E3)",
        )
    if told.status == "not_converged":
        return Words(
            f"le classement n'est pas stabilisé après {LIMIT} puissances : des boucles de même force se suivent (lire plutôt E3)",
            f"the ranking has not settled after {LIMIT} powers: loops of equal strength follow one another (read E3)",
        )
    return None


def _named(told: Structure, nodes: tuple[Node, ...]) -> Words:
    quoted = [words.quoted(nodes[place]) for place in told.dominant]
    return Words(words.listed([name.fr for name in quoted], "fr"), words.listed([name.en for name in quoted], "en"))


def _notes(told: Structure, nodes: tuple[Node, ...]) -> list[Words]:
    notes = []
    if told.status == "converged" and told.false_stop:
        notes.append(
            Words(
                f"s'arrêter à deux classements égaux (puissance {told.classical_stop}) aurait donné un autre classement",
                f"stopping at two equal rankings (power {told.classical_stop}) would have given another ranking",
            )
        )
    if told.outside:
        names, left = (
            _named(told, nodes),
            words.count(told.outside, Words("projet lié", "linked project"), Words("projets liés", "linked projects")),
        )
        notes.append(
            Words(
                f"la boucle de {names.fr} décide seule, {left.fr} sans part indirecte sur un axe au moins",
                f"the loop of {names.en} decides alone, {left.en} without indirect share on an axis at least",
            )
        )
    if told.close:
        pairs = words.count(
            told.close, Words("écart de rang tient", "gap in rank hangs"), Words("écarts de rang tiennent", "gaps in rank hang")
        )
        notes.append(Words(f"{pairs.fr} à moins de 1 %", f"{pairs.en} on less than 1%"))
    return notes


def _whole(told: Structure, notes: list[Words], why: Words | None, ending: Words) -> Value:
    dimension = {"measure": "powers"}
    if why is not None:
        said = Words(f"Classement indirect non défini, car {why.fr}.", f"Indirect ranking undefined, for {why.en}.")
        return Value(None, "", "", None, words.ended(said, ending), dimension=dimension)
    shown = words.count(told.steps, Words("puissance", "power"), Words("puissances", "powers"))
    more = "".join(f" ; {note.fr}" for note in notes), "".join(f"; {note.en}" for note in notes)
    said = Words(
        f"Le classement indirect est fixé après {shown.fr}{more[0]}.",
        f"The indirect ranking is settled after {shown.en}{more[1]}.",
    )
    return Value(None, "", "", told.steps, words.ended(said, ending), dimension=dimension)


def _direct(nodes: tuple[Node, ...], found: Declared, told: Structure, axis: str, ending: Words) -> Column:
    side = 1 if axis == "drive" else 0
    sums = told.direct_drive if axis == "drive" else told.direct_dependence
    low, high = (np.asarray(matrix.sum(axis=side)).ravel() for matrix in (found.low, found.high))
    absent = told.status == "no_link"

    def sentence(place: int) -> Words:
        named, shown = words.quoted(nodes[place]), words.number(float(sums[place]))
        if absent:
            return undefined(named, NO_LINK)
        unit = words.count(0, *UNIT).fr.partition(" ")[2] if sums[place] < 2 else UNIT[1].fr
        english = UNIT[0].en if sums[place] == 1 else UNIT[1].en
        if axis == "drive":
            return Words(
                f"{named.fr} entraîne directement d'autres projets pour {shown.fr} {unit}.",
                f"{named.en} pulls other projects directly for {shown.en} {english}.",
            )
        return Words(
            f"{named.fr} est entraîné directement par d'autres projets pour {shown.fr} {unit}.",
            f"{named.en} is pulled directly by other projects for {shown.en} {english}.",
        )

    blank = np.full(len(nodes), np.nan)
    numbers, bounds = (blank, (blank, blank)) if absent else (sums, (low, high))
    return Column(nodes, numbers, sentence, ending, dimension={"axis": axis, "order": "direct"}, bounds=bounds)


def _indirect(nodes: tuple[Node, ...], told: Structure, axis: str, why: Words | None, ending: Words) -> Column:
    direct, sums = getattr(told, f"direct_{axis}"), getattr(told, axis)
    numbers = np.full(len(nodes), np.nan) if sums is None else np.round(sums, 8)
    before, after = ranking(direct), ranking(numbers)
    linked = (told.direct_drive > 0) | (told.direct_dependence > 0)
    far = hidden_from(int(linked.sum()))

    def sentence(place: int) -> Words:
        named = words.quoted(nodes[place])
        if why is not None:
            return undefined(named, why)
        if not linked[place]:
            return Words(
                f"{named.fr} n'a aucun lien déclaré avec un autre projet.",
                f"{named.en} has no declared link with another project.",
            )
        if numbers[place] == 0:
            return _apart(named, axis)
        return _move(
            named,
            axis,
            int(before[place]),
            int(after[place]),
            hidden=_is_hidden(before[place] - after[place], numbers[place], far),
        )

    return Column(nodes, numbers, sentence, ending, dimension={"axis": axis, "order": "indirect"})


def hidden_from(size: int) -> int:
    """Return from how many places climbed a project is called hidden: a tenth of the linked projects, at least two."""
    return max(2, int(np.ceil(HIDDEN * size)))


def _is_hidden(climbed: float, indirect: float, far: int) -> bool:
    """Return whether a project climbed far and ended above the mean."""
    return bool(climbed >= far and indirect > 1)


def _apart(named: Words, axis: str) -> Words:
    if axis == "drive":
        return Words(
            f"Aucune chaîne de liens ne mène de {named.fr} à la boucle qui décide : sa motricité indirecte est nulle.",
            f"No chain of links leads from {named.en} to the loop that decides: its indirect drive is nil.",
        )
    return Words(
        f"Aucune chaîne de liens ne mène à {named.fr} depuis la boucle qui décide : sa dépendance indirecte est nulle.",
        f"No chain of links leads to {named.en} from the loop that decides: its indirect dependence is nil.",
    )


def _move(named: Words, axis: str, before: int, after: int, *, hidden: bool) -> Words:
    label, first, last = AXES[axis], place_words(before), place_words(after)
    if before == after:
        return Words(
            f"Boucles d'influence comprises, {named.fr} reste à la {last.fr} place en {label.fr}.",
            f"Loops of influence included, {named.en} stays in {last.en} place for {label.en}.",
        )
    french, english = (
        ("", "")
        if not hidden
        else (
            (" : c'est un moteur caché du schéma", ": it is a hidden driver of the scheme")
            if axis == "drive"
            else (" : c'est une dépendance cachée du schéma", ": it is a hidden dependence of the scheme")
        )
    )
    return Words(
        f"Boucles d'influence comprises, {named.fr} passe de la {first.fr} à la {last.fr} place en {label.fr}{french}.",
        f"Loops of influence included, {named.en} moves from {first.en} to {last.en} place for {label.en}{english}.",
    )


def _rows(nodes: tuple[Node, ...], found: Declared, told: Structure, theta: float) -> list[dict[str, Any]]:
    """Return, for each linked project, its three positions (direct, indirect, E3 on the same links) and how far it moves."""
    places = np.flatnonzero((told.direct_drive > 0) | (told.direct_dependence > 0))
    if not len(places):
        return []
    block = sparse.csr_array(found.matrix[places][:, places])
    total = linkages(normalised(block, "symmetric", theta), include_self=False)
    far, columns = hidden_from(len(places)), dict[tuple[str, str], Vector]()
    for axis in AXES:
        direct, indirect = getattr(told, f"direct_{axis}")[places], getattr(told, axis)
        columns[axis, "direct"] = direct / direct.mean()
        columns[axis, "indirect"] = (
            np.full(len(places), np.nan) if indirect is None else indirect[places] / indirect[places].mean()
        )
        damped = getattr(total, axis)
        columns[axis, "total"] = np.full(len(places), np.nan) if damped is None else damped
    ranks = {key: ranking(column) for key, column in columns.items()}
    rows = []
    for at, place in enumerate(places.tolist()):
        row: dict[str, Any] = {
            "id": nodes[place].id,
            "label": nodes[place].caption,
            "type": "Project",
            "group": nodes[place].group,
        }
        for (axis, order), column in columns.items():
            row[f"{order}_{axis}"] = None if np.isnan(column[at]) else float(column[at])
            row[f"rank_{order}_{axis}"] = int(ranks[axis, order][at]) or None
        moved = None if told.drive is None else row["rank_direct_drive"] - row["rank_indirect_drive"]
        row["displacement"], row["hidden"] = moved, moved is not None and _is_hidden(moved, row["indirect_drive"], far)
        row["quadrant"] = None if told.drive is None else _type(row["indirect_drive"], row["indirect_dependence"])
        rows.append(row)
    return rows


def _type(drive: float, dependence: float) -> Words:
    read = quadrant(drive, dependence)
    return read if read is PELOTON else Words(TYPES[read.en], read.en)


MICMAC = Metric(
    "micmac",
    "E10",
    Words("Analyse structurelle (MICMAC)", "Structural analysis (MICMAC)"),
    Words(
        "Motricité et dépendance des projets, directes puis à travers les chaînes et les boucles de liens déclarés, "
        "et ceux que les boucles révèlent.",
        "Drive and dependence of projects, direct and then through chains and loops of declared links, and those that "
        "loops reveal.",
    ),
    r"I_i = \sum_j m_{ij},\ D_j = \sum_i m_{ij};\quad \lim_k M^k \mathbf{1} / \lVert M^k \mathbf{1} \rVert",
    "Duperrin & Godet 1973; Godet 2007; Díaz 2013",
    PROJECT_LINKS,
    Words(
        "direct : points d'intensité ; indirect : rapport à la moyenne",
        "direct: points of intensity; indirect: ratio to the mean",
    ),
    Words(
        "Un lien sans sens compte à moitié dans les deux sens, une intensité inconnue vaut 1 ; les valeurs directes "
        "sont bornées par ce qui "
        "est sûr et par tout ce qui est possible. Sans aucun lien déclaré, rien n'est défini.",
        "A link without direction counts half both ways, an unknown intensity is 1; direct values are bounded by what "
        "is certain and all "
        "that is possible. Without any declared link, nothing is defined.",
    ),
    "O(powers · m)",
    Words(
        "Boucles d'influence comprises, « … » passe de la … à la … place en motricité : c'est un moteur caché du schéma.",
        "Loops of influence included, “…” moves from … to … place for drive: it is a hidden driver of the scheme.",
    ),
    Words(
        "Compte des chemins d'une longueur donnée, sans affaiblissement : la boucle la plus forte finit par tout "
        "décider. E3 est la version "
        "affaiblie. Entraînement possible, pas prouvé.",
        "Counts walks of one length, undamped: the strongest loop decides all in the end. E3 is the damped version. A "
        "possible pull, "
        "not a proven one.",
    ),
    _micmac,
    (MEMORY, THETA),
)
