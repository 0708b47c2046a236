"""From a network and a recipe to the picture: the one value that the canvas and the printed figure are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pacte_graph.figures import sizing, style, words
from pacte_graph.figures.model import LegendEntry, Picture, PictureBand, PictureLink, PictureNode, Recipe
from pacte_graph.figures.selection import Selection, select
from pacte_graph.network.layout import positions
from pacte_graph.network.model import Link, Network
from pacte_graph.network.nesting import nesting_places
from pacte_graph.schema import Words

CAP = 2_000
BAND_HEIGHT = 90.0


def picture(network: Network, recipe: Recipe, *, metric_values: Mapping[str, float] | None = None, cap: int = CAP) -> Picture:
    """Return what ``recipe`` shows of ``network``, placed, sized, coloured and put into words.

    Sizes follow the number of links shown or, with ``recipe.size_by`` other than ``degree``, ``metric_values`` by node id (an
    absent value is unknown and drawn smallest). Width follows intensity or amount. An arrow stands only where a direction is
    stated and reads “pulls along”: for a link that ``depends_on``, source and target are exchanged in the picture.
    At most ``cap`` nodes and links are drawn, the least linked left out and counted in ``left_out`` and in a caption.
    The recipe's query isn't looked at. An empty network gives a picture without nodes that still says what it is of.
    """
    selection = select(network, recipe, cap)
    shown = selection.shown
    degrees = _degrees(shown)
    values = dict(metric_values) if metric_values is not None and recipe.size_by != "degree" else dict(degrees)
    places = positions(shown, recipe.layout, fixed=recipe.positions, focus=recipe.focus, context=network)
    return Picture(
        recipe=recipe,
        title=words.title(network, recipe),
        nodes=_nodes(selection, recipe, degrees, values, places),
        links=tuple(_link(link, selection, recipe.language) for link in shown.links),
        legend=(*_node_legend(selection, recipe), *_link_legend(selection, recipe), *_size_legend(shown, recipe, values)),
        captions=words.captions(network, recipe, selection),
        alt_text=words.alt_text(network, recipe, shown, degrees),
        left_out=selection.left_out,
        bands=_bands(network, shown, recipe),
    )


def _degrees(shown: Network) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for link in shown.links:
        counts.update({link.source, link.target})
    return {node.id: counts[node.id] for node in shown.nodes}


def _range(shown: Network, values: Mapping[str, float]) -> tuple[float, float]:
    known = [values[node.id] for node in shown.nodes if node.id in values]
    return (min(known), max(known)) if known else (0.0, 0.0)


def _nodes(
    selection: Selection,
    recipe: Recipe,
    degrees: Mapping[str, int],
    values: Mapping[str, float],
    places: Mapping[str, tuple[float, float]],
) -> tuple[PictureNode, ...]:
    low, high = _range(selection.shown, values)
    return tuple(
        PictureNode(
            id=node.id,
            label=words.label(node, recipe.language),
            group=node.group,
            caption=words.node_caption(node, degrees[node.id], recipe.language),
            x=round(places[node.id][0], 1),
            y=round(places[node.id][1], 1),
            size=style.size(values.get(node.id), low, high),
            colour=style.colour(node),
            shape=style.shape(node.label),
            marked=node.id in selection.path_nodes or node.id == recipe.focus,
            faded=bool(selection.path_nodes) and node.id not in selection.path_nodes,
            badge=str(node.properties.get("number", "")) if node.label == "Project" else "",
        )
        for node in selection.shown.nodes
    )


def _link(link: Link, selection: Selection, language: str) -> PictureLink:
    look = style.line(link)
    sense = link.properties.get("sense")
    ends = (link.target, link.source) if sense == "depends_on" else (link.source, link.target)
    return PictureLink(
        id=link.id,
        type=link.type,
        source=ends[0],
        target=ends[1],
        caption=words.link_caption(link, selection.shown.by_id, language),
        width=style.width(link),
        colour=look.colour,
        line=look.line,
        arrow=look.arrow,
        marked=link.id in selection.path_links,
        faded=bool(selection.path_nodes) and link.id not in selection.path_links,
        arrow_back=look.arrow and sense == "mutual",
    )


def _node_legend(selection: Selection, recipe: Recipe) -> Iterable[LegendEntry]:
    total = Counter(node.group for node in selection.candidates)
    shown = Counter(node.group for node in selection.shown.nodes)
    labels: dict[str, set[str]] = {}
    for node in selection.candidates:
        labels.setdefault(node.group, set()).add(node.label)
    for group in sorted(total, key=style.group_order):
        first = min(labels[group])
        yield LegendEntry(
            key=group,
            aspect="node",
            text=style.group_words(group, first if len(labels[group]) == 1 else "").get(recipe.language),
            colour=style.group_colour(group),
            shape=style.shape(first),
            shown=shown[group],
            total=total[group],
            on=group not in recipe.hidden_groups,
        )


def _link_legend(selection: Selection, recipe: Recipe) -> Iterable[LegendEntry]:
    total = Counter(style.line_key(link) for link in selection.candidate_links)
    shown = Counter(style.line_key(link) for link in selection.shown.links)
    looks = {style.line_key(link): style.line(link) for link in selection.candidate_links}
    order = {key: place for place, key in enumerate(style.LINES)}
    for key in sorted(total, key=lambda item: (order.get(item, len(order)), item)):
        yield LegendEntry(
            key=key,
            aspect="link",
            text=looks[key].words.get(recipe.language),
            colour=looks[key].colour,
            shape=looks[key].line,
            shown=shown[key],
            total=total[key],
            on=not {key, key.split(":")[0]} & set(recipe.hidden_groups),
        )


def _size_legend(shown: Network, recipe: Recipe, values: Mapping[str, float]) -> Iterable[LegendEntry]:
    language = recipe.language
    low, high = _range(shown, values)
    known = sum(1 for node in shown.nodes if node.id in values)
    unknown = len(shown.nodes) - known
    if known:
        what = sizing.words(recipe.size_by).get(language)
        text = Words("Taille : {what}, de {low} à {high}", "Size: {what}, from {low} to {high}")
        said = words.say(text, language, what=what, low=number(low, language), high=number(high, language))
        yield LegendEntry("size", "size", said, style.QUIET, "ellipse", known, len(shown.nodes))
    if unknown:
        said = Words("Plus petite taille : valeur inconnue", "Smallest size: value unknown").get(language)
        yield LegendEntry("size:unknown", "size", said, style.UNKNOWN_COLOUR, "ellipse", unknown, len(shown.nodes))
    weighted = sum(1 for link in shown.links if {"intensity", "amount"} & set(link.properties))
    if weighted:
        said = Words("Épaisseur : intensité ou montant, s'ils sont connus", "Width: intensity or amount, where known").get(
            language
        )
        yield LegendEntry("width", "size", said, style.QUIET, "solid", weighted, len(shown.links))


def number(value: float, language: str) -> str:
    """Return a number as a reader writes it, with at most three significant decimals."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3g}"
    return text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text


def _bands(network: Network, shown: Network, recipe: Recipe) -> tuple[PictureBand, ...]:
    """Return the headings of the layout by scale; none when places were fixed by hand, since columns may no longer hold."""
    if recipe.layout != "nesting" or recipe.positions:
        return ()
    spans = nesting_places(shown, network).spans
    return tuple(
        PictureBand(key, words.band(key, recipe.language), left, right, -BAND_HEIGHT) for key, (left, right) in spans.items()
    )
