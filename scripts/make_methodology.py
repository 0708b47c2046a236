"""Write docs/methodologie: one page a metric, from the registry and the hand-written sheet, and the index.

python scripts/make_methodology.py            writes the pages
python scripts/make_methodology.py --check    says which pages are not what they should be (exit code 1)
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pacte_graph.metrics import REGISTRY, Metric, Parameter
from pacte_graph.network import Link, Network, Node

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "methodologie"
PARTS = (
    ("scheme", "Indicateurs du schéma", "Ce que le schéma doit montrer : déclinaison, argent, couverture, dialogue."),
    ("pull", "Entraînement", "Qui entraîne qui, directement et par ricochet."),
    ("cooperation", "Coopération", "Qui travaille avec qui, qui relie, ce qui tient."),
)
LABELS = {"Project": "projet", "Actor": "acteur", "Territory": "territoire", "Person": "personne", "Programme": "programme"}
LINKS = {
    "TAKES_PART_IN": "participe à",
    "LINKED_TO": "est lié à",
    "APPLIES_IN": "se décline sur",
    "WITHIN": "est inclus dans",
    "BASED_IN": "est implanté à",
    "REPRESENTS": "représente",
    "COOPERATES_WITH": "coopère avec",
    "MEMBER_OF": "est membre de",
}


@dataclass(frozen=True)
class Sheet:
    """What was written by hand for a metric: the worked example and the advice."""

    network: Network
    parameters: Mapping[str, Any]
    expected: tuple[Mapping[str, Any], ...]
    text: str


def sheet(name: str, folder: Path = FOLDER / "fiches") -> Sheet:
    """Return the sheet of a metric. Raises ValueError when it isn't laid out as it should be."""
    whole = (folder / f"{name}.md").read_text(encoding="utf-8")
    match = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", whole, re.DOTALL)
    if match is None:
        raise ValueError(f"{name}.md does not open with +++ and a TOML example")
    told = tomllib.loads(match[1])
    missing = [title for title in ("## Lecture", "## Exemple à la main", "## Limites") if title not in match[2]]
    if missing:
        raise ValueError(f"{name}.md has no part {', '.join(missing)}")
    nodes = [Node(row["id"], row["label"], row.get("properties", {})) for row in told.get("noeuds", [])]
    links = [
        Link(row["type"], row["source"], row["target"], row.get("key", ""), row.get("properties", {}))
        for row in told.get("liens", [])
    ]
    network = Network.of(nodes, links, programme={"name": "Exemple", **told.get("programme", {})})
    return Sheet(network, told.get("parametres", {}), tuple(told.get("attendu", [])), match[2].strip() + "\n")


def page(metric: Metric, found: Sheet) -> str:
    """Return the page of a metric, in French."""
    lines = [
        f"# {metric.code} · {metric.label.fr}",
        "",
        f"*{metric.label.en}* — `pacte metrics run {metric.id}` · [toutes les méthodes](README.md)",
        "",
        f"**Ce qu'il dit.** {metric.definition.fr}",
        "",
        f"> {metric.template.fr}",
        "",
        "| | |",
        "|---|---|",
        f"| Réseau lu | {_cell(metric.network.fr)} |",
        f"| Unité | {_cell(metric.unit.fr)} |",
        f"| Une inconnue | {_cell(metric.unknowns.fr)} |",
        f"| Coût du calcul | {_cell(metric.complexity)} |",
        f"| Sources | {_cell(metric.reference)} |",
        "",
        "## Formule",
        "",
        "```math",
        metric.formula,
        "```",
        "",
    ]
    if metric.parameters:
        lines += ["## Paramètres", "", "| nom | ce qu'il change | valeurs | par défaut |", "|---|---|---|---|"]
        lines += [_parameter(item) for item in metric.parameters]
        lines.append("")
    lecture, rest = found.text.split("## Exemple à la main", 1)
    example, limits = rest.split("## Limites", 1)
    lines += [
        lecture.strip(),
        "",
        "## Exemple à la main",
        "",
        *_example(found),
        "",
        example.strip(),
        "",
        "*Ces chiffres sont recalculés par un test à chaque version.*",
        "",
        "## Limites",
        "",
        metric.limits.fr,
        "",
        limits.strip(),
        "",
        f"<!-- Page écrite par scripts/make_methodology.py : corriger le registre ou fiches/{metric.id}.md, pas cette page. -->",
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _parameter(item: Parameter) -> str:
    values = "texte"
    if item.choices:
        values = ", ".join(f"`{choice.value}` ({choice.label.fr})" for choice in item.choices)
    elif item.type == "boolean":
        values = "oui, non"
    elif item.minimum is not None and item.maximum is not None:
        values = f"de {item.minimum:g} à {item.maximum:g}"
    elif item.type in {"node", "nodes"}:
        values = "identifiant" if item.type == "node" else "identifiants"
    elif item.type == "date":
        values = "AAAA-MM-JJ"
    default = (
        {True: "oui", False: "non", None: "—"}.get(item.default, item.default)
        if not isinstance(item.default, float)
        else f"{item.default:g}"
    )
    return f"| `{item.name}` | {_cell(item.label.fr)}. {_cell(item.description.fr)} | {_cell(values)} | {default} |"


def _example(found: Sheet) -> list[str]:
    """Return the example's network as two small tables."""
    nodes = ["| nœud | type | ce qu'on en sait |", "|---|---|---|"]
    nodes += [
        f"| `{node.id}` | {LABELS.get(node.label, node.label)} | {_told(node.properties)} |" for node in found.network.nodes
    ]
    links = []
    if found.network.links:
        links = ["", "| de | lien | vers | précisions |", "|---|---|---|---|"]
        links += [
            f"| `{link.source}` | {LINKS.get(link.type, link.type)} | `{link.target}` | {_told(link.properties)} |"
            for link in found.network.links
        ]
    chosen = [f"`{key}` = {value}" for key, value in found.parameters.items()]
    return [*nodes, *links, *(["", f"Paramètres : {', '.join(chosen)}."] if chosen else [])]


def _told(properties: Mapping[str, Any]) -> str:
    return _cell(", ".join(f"{key} : {value}" for key, value in properties.items())) or "—"


def index() -> str:
    """Return the index: what each metric answers, part by part."""
    lines = [
        "# Méthodologie",
        "",
        "Comment chaque indicateur est calculé, un exemple fait à la main, et ce qu'il ne faut pas y lire. Les mêmes textes sont",
        "dans l'application (« Méthodologie ») et à la ligne de commande (`pacte metrics show E3`).",
        "",
        "À lire d'abord : [les conventions](conventions.md) et [ce que l'on sait et ne sait pas](incertitude.md).",
        "",
    ]
    for family, title, about in PARTS:
        metrics = [metric for metric in REGISTRY.values() if metric.family == family]
        if not metrics:
            continue
        lines += [f"## {title}", "", about, "", "| code | indicateur | ce qu'il dit | unité |", "|---|---|---|---|"]
        lines += [
            f"| {metric.code} | [{metric.label.fr}]({metric.id}.md) | {_cell(metric.definition.fr)} | {_cell(metric.unit.fr)} |"
            for metric in metrics
        ]
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every page that is written by this script, by file name."""
    return {"README.md": index(), **{f"{metric.id}.md": page(metric, sheet(metric.id)) for metric in REGISTRY.values()}}


def main(words: list[str]) -> int:
    wrong = 0
    for name, text in pages().items():
        path = FOLDER / name
        if "--check" in words:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"docs/methodologie/{name} is not what the registry and its sheet say")
                wrong = 1
        else:
            path.write_text(text, encoding="utf-8")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
