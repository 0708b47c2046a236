"""Graph files of other software: GraphML, GEXF, Pajek, node-link and Cytoscape JSON, edge lists; and our own exports back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from importers.asking import no_option
from importers.decoding import read_bytes
from importers.graphe import edgelist, foreign, gexf, graphml, jsongraph, own, pajek
from importers.graphe.raw import MAX_BYTES, RawGraph
from importers.graphe.records import Records
from importers.refusing import nothing_taken
from importers.telling import quoted
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, UsageError, tell
from pacte_graph.records import Batch, Card, SourceFile

NAME = "graphe"
VERSION = "1"
IGNORED = (
    "dessin : couleurs, tailles, formes, positions (viz, x, y, z, r, g, b, size, color, shape, graphics) / drawing",
    "numéros internes des logiciels (id et key des liens, networkx_key, SUID, selected) / internal numbers of software",
    "auteur, date et description du fichier (meta), commentaires de Pajek (%) / author, date and description, comments of Pajek",
)
CARD = Card(
    "source:graphe",
    "Fichiers de graphe",
    "Graph files",
    scope="Un réseau par fichier : GraphML, GEXF, Pajek, JSON, liste de liens / one network a file",
    ignored=IGNORED,
)
READERS: dict[str, Callable[[bytes, str], RawGraph]] = {
    ".graphml": graphml.read,
    ".gexf": gexf.read,
    ".net": pajek.read,
    ".paj": pajek.read,
    ".json": jsongraph.read,
    ".cyjs": jsongraph.read,
}
LISTS = (".csv", ".tsv", ".txt", ".edgelist", ".edges")
MODES: dict[str, foreign.Shape | None] = {"auto": None, "pacte": None, "un-mode": "one", "bimodal": "two"}
HEADERS = {"auto": None, "oui": True, "non": False}
OPTIONS = {"mode": tuple(MODES), "noeuds": tuple(foreign.ONE_MODE), "entete": tuple(HEADERS)}


class GraphImporter:
    """Reads graph files; each file is one source, named after it."""

    name = NAME
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], *, programme: str | None = None, **options: Any) -> list[Batch]:
        """Return one batch a file.

        Options: ``programme`` (name or identifier; default: the file's stem, or what our own export says), ``mode`` (auto,
        pacte, un-mode, bimodal), ``noeuds`` (Actor, Project), ``entete`` (auto, oui, non). Raises UsageError for another
        option or value, DataRefused when a file can't be taken.
        """
        chosen = _chosen(options)
        if not paths:
            raise UsageError(Told("Give the graph files to read.", "Donnez les fichiers de graphe à lire."))
        if programme is not None and not programme.strip():
            nameless = Told("The programme has no name.", "Le programme n'a pas de nom.")
            raise UsageError(nameless, hint=Told("--programme NAME", "--programme NOM"))
        batches: dict[str, Batch] = {}
        for path in paths:
            batch = _batch(Path(path), programme, chosen)
            other = batches.setdefault(batch.card.id, batch)
            if other.files[0].sha256 != batch.files[0].sha256:
                raise DataRefused(
                    tell(
                        "{first} and {second} would be one source, {source}.",
                        "{first} et {second} seraient une seule source, {source}.",
                        first=other.files[0].path,
                        second=path.name,
                        source=batch.card.id,
                    ),
                    hint=Told("Rename one of them.", "Renommez l'un des deux."),
                )
        return list(batches.values())


def _chosen(options: dict[str, Any]) -> dict[str, str]:
    """Return every option with its value. Raises UsageError naming what there is."""
    for name, value in options.items():
        if name not in OPTIONS:
            known = ", ".join(sorted({*OPTIONS, "programme"}))
            raise no_option(NAME, [name], tell("It has: {known}.", "Il a : {known}.", known=known))
        if value not in OPTIONS[name]:
            raise UsageError(
                tell(
                    "Option {name} can't be {value}.",
                    "L'option {name} ne peut pas valoir {value}.",
                    name=name,
                    value=quoted(str(value)),
                ),
                hint=tell("It may be: {values}.", "Elle peut valoir : {values}.", values=", ".join(OPTIONS[name])),
            )
    return {name: str(options.get(name, accepted[0])) for name, accepted in OPTIONS.items()}


def _batch(path: Path, programme: str | None, chosen: dict[str, str]) -> Batch:
    if path.is_dir():
        raise DataRefused(
            tell("{path} is a folder.", "{path} est un dossier.", path=path),
            hint=Told("Give the graph files themselves.", "Donnez les fichiers de graphe eux-mêmes."),
        )
    data = read_bytes(path, MAX_BYTES)
    graph = _read(path, data, chosen)
    if chosen["mode"] == "pacte" or (chosen["mode"] == "auto" and own.is_ours(graph)):
        records = own.read(graph, programme)
    else:
        label = cast("foreign.NodeLabel", chosen["noeuds"])
        records = foreign.read(graph, programme, shape=MODES[chosen["mode"]], label=label)
    graph.settle()
    if not records.links and all(node.label == "Programme" for node in records.nodes):
        what = tell("Nothing of {file} could be taken", "Rien de {file} n'a pu être pris", file=path.name)
        raise nothing_taken(what, graph.rejected)
    files = (SourceFile(path.name, hashlib.sha256(data).hexdigest()),)
    return Batch(_card(path, records), NAME, VERSION, files, records.nodes, records.links, graph.rejected, graph.not_understood)


def _read(path: Path, data: bytes, chosen: dict[str, str]) -> RawGraph:
    suffix = path.suffix.lower()
    if suffix in LISTS:
        return edgelist.read(data, path.name, header=HEADERS[chosen["entete"]])
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join((*READERS, *LISTS))
        raise DataRefused(
            tell("{file} has no suffix of a graph file.", "{file} n'a pas le suffixe d'un fichier de graphe.", file=path.name),
            hint=tell("There are: {known}.", "Il y a : {known}.", known=known),
        )
    return reader(data, path.name)


def _card(path: Path, records: Records) -> Card:
    """Return the card of one file; it is fictitious when the programme it states is."""
    fictitious = any(node.label == "Programme" and node.properties.get("fictitious") is True for node in records.nodes)
    return Card(
        ids.make("source", NAME, path.stem),
        f"Fichier de graphe « {path.name} »",
        f"Graph file “{path.name}”",
        scope=f"{len(records.nodes)} nœuds et {len(records.links)} liens / nodes and links",
        ignored=IGNORED,
        fictitious=fictitious,
    )


IMPORTER = GraphImporter()
