"""The words of a picture: labels, captions, the source line and the text that stands for the picture, in both languages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pacte_graph.figures import style
from pacte_graph.figures.model import Recipe
from pacte_graph.figures.selection import Selection
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.network.nesting import ELSEWHERE, NOT_DECLINED
from pacte_graph.schema import NODES, Words
from pacte_graph.schema.choices import ACTOR_KINDS, MONTHS, ROLES, TERRITORY_LEVELS
from pacte_graph.schema.kinds import Choice

LABEL_LENGTH = 42
FICTITIOUS = Words("Données fictives", "Fictitious data")
_SENSES = {
    "pulls": Words("{a} entraîne {b}", "{a} pulls {b} along"),
    "depends_on": Words("{a} dépend de {b}", "{a} depends on {b}"),
    "mutual": Words("{a} et {b} s'entraînent mutuellement", "{a} and {b} pull each other along"),
    "unspecified": Words("{a} est lié à {b}, sens non précisé", "{a} is linked to {b}, direction not stated"),
}
_BANDS = {
    style.UNKNOWN: Words("Échelle inconnue", "Scale unknown"),
    NOT_DECLINED: Words("Non décliné", "Not declined"),
    ELSEWHERE: Words("Sans projet affiché", "No project shown"),
    **{choice.value: choice.label for choice in TERRITORY_LEVELS},
}


def say(words: Words, language: str, **values: object) -> str:
    """Return the text in ``language`` with its ``{names}`` filled in."""
    return words.get(language).format(**values)


def label(node: Node, language: str) -> str:
    """Return the short text under a node: a project's number and title, a name, cut at a word with an ellipsis."""
    return cut(full_name(node, language), LABEL_LENGTH)


def full_name(node: Node, language: str) -> str:
    """Return the whole name; a project whose title isn't known says so."""
    number = node.properties.get("number")
    if node.label != "Project" or number is None:
        return node.caption
    title = node.properties.get("short_name") or node.properties.get("name")
    if title:
        return f"{number} · {title}"
    return say(Words("Projet {n} (titre inconnu)", "Project {n} (title unknown)"), language, n=number)


def cut(text: str, length: int) -> str:
    """Return ``text`` cut at a word so that it holds in ``length`` characters, ellipsis included."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space > length // 2 else head).rstrip(" ,;:·-") + "…"


def node_caption(node: Node, degree: int, language: str) -> str:
    """Return the sentence for one node: name, what it is, how many links are shown."""
    kind = style.group_words(node.group, node.label).get(language)
    links = plural(degree, Words("lien", "link"), Words("liens", "links"), language)
    return f"{full_name(node, language)} — {kind}, {links}"


def link_caption(link: Link, nodes: Mapping[str, Node], language: str) -> str:
    """Return the sentence for one link, with the sense, role or status as stated."""
    ends = {"a": full_name(nodes[link.source], language), "b": full_name(nodes[link.target], language)}
    if link.type == "LINKED_TO":
        return say(_SENSES.get(str(link.properties.get("sense")), _SENSES["unspecified"]), language, **ends)
    words = style.line(link).words.get(language)
    return f"{ends['a']} → {ends['b']} : {words}" if language == "fr" else f"{ends['a']} → {ends['b']}: {words}"


def plural(count: int, one: Words, many: Words, language: str) -> str:
    """Return « 1 lien », « 2 liens » (in French zero is singular)."""
    single = count == 1 or (count == 0 and language == "fr")
    return f"{count} {(one if single else many).get(language)}"


def band(key: str, language: str) -> str:
    """Return the heading of a column of the layout by scale."""
    return _BANDS[key].get(language)


def day(value: dt.date, language: str) -> str:
    """Return a date in words."""
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return f"{number} {MONTHS[value.month - 1].get(language)} {value.year}"


def title(network: Network, recipe: Recipe) -> str:
    """Return the recipe's title, or one that says which programme and which layers."""
    if recipe.title:
        return recipe.title
    name = network.programme.get("acronym") or network.programme.get("name") or network.scope.programme
    layers = _joined([_lower(NODES[layer].plural.get(recipe.language)) for layer in recipe.layers], recipe.language)
    return say(Words("{name} : {layers}", "{name}: {layers}"), recipe.language, name=name, layers=layers or "–")


def captions(network: Network, recipe: Recipe, selection: Selection) -> tuple[str, ...]:
    """Return the lines under a figure: programme and date, what was filtered, what was left out, source and warnings."""
    lines = [
        _programme_and_date(network, recipe.language),
        _filters(network, recipe),
        _path(network, recipe, selection),
        _left_out(selection.left_out, recipe.language),
        _source(network, recipe.language),
    ]
    return tuple(line for line in lines if line)


def _programme_and_date(network: Network, language: str) -> str:
    name = network.programme.get("name") or network.scope.programme
    date = network.scope.date
    if date is None:
        return say(Words("{name} ; toutes dates confondues.", "{name}; all dates together."), language, name=name)
    words = Words("{name} ; liens en vigueur au {date}.", "{name}; links in force on {date}.")
    return say(words, language, name=name, date=day(date, language))


def _filters(network: Network, recipe: Recipe) -> str:
    language, scope = recipe.language, network.scope
    parts = [
        *_listed(Words("familles", "kinds"), _choice_names(scope.kinds, ACTOR_KINDS, language), language),
        *_listed(Words("rôles", "roles"), _choice_names(scope.roles, ROLES, language), language),
        *_listed(Words("échelles", "scales"), _choice_names(scope.levels, TERRITORY_LEVELS, language), language),
        *_listed(Words("masqués", "hidden"), _hidden_names(network, recipe), language),
    ]
    focus = network.by_id.get(recipe.focus or "")
    if focus is not None:
        words = Words("voisinage de {name} à {n} pas", "neighbourhood of {name} within {n} steps")
        if recipe.depth == 1:
            words = Words("voisinage direct de {name}", "direct neighbourhood of {name}")
        parts.append(say(words, language, name=full_name(focus, language), n=recipe.depth))
    if not parts:
        return ""
    joined = (" ; " if language == "fr" else "; ").join(parts)
    return say(Words("Filtres : {parts}.", "Filters: {parts}."), language, parts=joined)


def _choice_names(values: Iterable[str], choices: Sequence[Choice], language: str) -> list[str]:
    chosen = set(values)
    return [_lower(choice.label.get(language)) for choice in choices if choice.value in chosen]


def _hidden_names(network: Network, recipe: Recipe) -> list[str]:
    label_of = {node.group: node.label for node in network.nodes}
    names = [_lower(entry_words(key, label_of).get(recipe.language)) for key in recipe.hidden_groups]
    return names + [full_name(network.by_id[name], recipe.language) for name in recipe.hidden if name in network.by_id]


def entry_words(key: str, label_of: Mapping[str, str]) -> Words:
    """Return the words of a legend key: a node group, a link type, or a type and its variant."""
    if key in style.LINES:
        return style.LINES[key].words
    return style.group_words(key, label_of.get(key, "")) if ":" not in key else Words(key, key)


def _listed(head: Words, names: Sequence[str], language: str) -> list[str]:
    return [f"{head.get(language)} " + ("(" + ", ".join(names) + ")")] if names else []


def _path(network: Network, recipe: Recipe, selection: Selection) -> str:
    if recipe.path is None:
        return ""
    names = [full_name(network.by_id[end], recipe.language) if end in network.by_id else end for end in recipe.path]
    if not selection.path_nodes:
        words = Words("Aucun chemin entre {a} et {b} parmi ce qui est montré.", "No path between {a} and {b} in what is shown.")
    else:
        words = Words(
            "En évidence : les plus courts chemins entre {a} et {b}.", "Marked: the shortest paths between {a} and {b}."
        )
    return say(words, recipe.language, a=names[0], b=names[1])


def _left_out(left_out: Mapping[str, int], language: str) -> str:
    if not left_out:
        return ""
    words = Words(
        "Non dessinés, faute de place : {nodes} nœuds parmi les moins liés et {links} liens.",
        "Not drawn, for want of room: {nodes} of the least linked nodes and {links} links.",
    )
    return say(words, language, nodes=left_out.get("nodes", 0), links=left_out.get("links", 0))


def _source(network: Network, language: str) -> str:
    names = " ; ".join(network.sources) if language == "fr" else "; ".join(network.sources)
    text = say(Words("Source : {names}.", "Source: {names}."), language, names=names) if names else ""
    if network.fictitious:
        text = f"{text} {FICTITIOUS.get(language)}.".strip()
    return text


def alt_text(network: Network, recipe: Recipe, shown: Network, degrees: Mapping[str, int]) -> str:
    """Return the picture in words: how many of what, the three most linked, and the warnings."""
    language = recipe.language
    counts = Counter(node.label for node in shown.nodes)
    things = [_count(label_, count, language) for label_, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    links = plural(len(shown.links), Words("lien", "link"), Words("liens", "links"), language)
    text = say(
        Words("Réseau de {things}, avec {links}.", "Network of {things}, with {links}."),
        language,
        things=_joined(things, language) or plural(0, Words("nœud", "node"), Words("nœuds", "nodes"), language),
        links=links,
    )
    top = sorted((node for node in shown.nodes if degrees[node.id]), key=lambda node: (-degrees[node.id], node.id))[:3]
    if top:
        names = [f"{full_name(node, language)} ({degrees[node.id]})" for node in top]
        text += " " + say(Words("Les plus liés : {names}.", "Most linked: {names}."), language, names=_joined(names, language))
    if network.fictitious:
        text += f" {FICTITIOUS.get(language)}."
    return text


def _count(label_: str, count: int, language: str) -> str:
    kind = NODES.get(label_)
    if kind is None:
        return f"{count} {label_}"
    one, many = (Words(_lower(text.fr), _lower(text.en)) for text in (kind.words, kind.plural))
    return plural(count, one, many, language)


def _joined(parts: Sequence[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + (" et " if language == "fr" else " and ") + parts[-1]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
