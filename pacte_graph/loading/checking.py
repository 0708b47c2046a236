"""What a source may state: each fact is checked against the schema; a violation is a sentence naming fact and place."""

from __future__ import annotations

import datetime as dt
import graphlib
import math
from collections.abc import Iterable, Iterator, Mapping

from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, join, tell
from pacte_graph.loading import keys
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated
from pacte_graph.loading.statements import shown
from pacte_graph.records import Ref, Rejected, Value
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, PROVENANCE, PYTHON_TYPES, LinkType, NodeType, Property, PropertyType

SHOWN = 20
"""How many problems a refusal lists; the rest is counted."""

_RESERVED = frozenset({*PROVENANCE, "id", "key"})
_TYPES: dict[PropertyType, Told] = {
    "string": Told("a text", "un texte"),
    "integer": Told("a whole number", "un nombre entier"),
    "float": Told("a number", "un nombre"),
    "boolean": Told("true or false", "vrai ou faux"),
    "date": Told("a date", "une date"),
    "datetime": Told("a moment", "une date avec l'heure"),
    "strings": Told("a list of texts", "une liste de textes"),
}
_ALLOWED = Told(
    "Correct the file at the places named, or report it if the file is right (`pacte schema` shows what is allowed).",
    "Corriger le fichier aux endroits indiqués, ou le signaler s'il est juste (`pacte schema` montre ce qui est permis).",
)
_INTEGERS = range(-(2**63), 2**63)


def check(fact: Stated) -> list[str]:
    """Return what is wrong with a fact in itself: its names, identity, ends and values. Empty when it may be loaded."""
    declared = _declared(fact.key)
    if declared is None:
        what = Told("label", "type de nœud") if isinstance(fact.key, Ref) else Told("relationship type", "type de lien")
        return [_of(fact, tell("the schema has no such {what}", "le schéma n'a pas ce {what}", what=what))]
    found = list(_identity(fact.key))
    if not fact.where:
        found.append(Told("it says no place where the source states it", "l'endroit où la source l'affirme n'est pas donné"))
    for name, value in fact.properties.items():
        item = declared.property(name)
        if item is None or not _plainly_sound(item, value):
            found.extend(_property(fact.key, item, name, value))
    return [_of(fact, problem) for problem in found]


def tidy(fact: Stated) -> Stated:
    """Return the fact with whole numbers written as floats where the schema says so (the two are the same value)."""
    if not any(type(value) in (int, float) for value in fact.properties.values()):
        return fact
    declared = _declared(fact.key)
    properties = {name: _number(declared, name, value) for name, value in fact.properties.items()}
    return Stated(fact.key, properties, fact.where)


def missing(key: Key, properties: Mapping[str, Value]) -> list[str]:
    """Return the required properties that a fact would lack once loaded."""
    declared = _declared(key)
    return [item.name for item in declared.properties if item.required and item.name not in properties] if declared else []


def without_end(fact: Stated, missing_ends: Iterable[Ref]) -> Rejected:
    """Return the refusal of a link that names nodes which are nowhere; the rest of its source loads without it."""
    place = fact.where[0]
    reasons: list[str] = [
        tell("there is no {label} {id}", "il n'y a pas de {label} {id}", label=keys.label_words(end.label), id=end.id)
        for end in missing_ends
    ]
    assert isinstance(fact.key, LinkKey)  # noqa: S101 - nodes have no ends
    about = tuple(dict.fromkeys((fact.key.source.id, fact.key.target.id)))
    return Rejected(place.file, place.line, None, keys.words(fact.key), join(", ", reasons), sheet=place.sheet, about=about)


def lacks(fact: Stated, names: Iterable[str]) -> Told:
    """Return the sentence of a fact that lacks required properties."""
    found = join(", ", [keys.property_words(fact.key, name) for name in names])
    return _of(fact, tell("{names} is missing", "{names} manque", names=found))


def refuse(problems: list[str]) -> None:
    """Raise DataRefused listing the first problems and counting the rest; do nothing when there is none."""
    if not problems:
        return
    rest = len(problems) - SHOWN
    more = [Told(f"… and {rest} more", f"… et {rest} de plus")] if rest > 0 else []
    lines = join("\n", [tell("- {line}", "- {line}", line=line) for line in [*problems[:SHOWN], *more]])
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    count_fr = "1 problème" if len(problems) == 1 else f"{len(problems)} problèmes"
    raise DataRefused(
        tell(
            "The data was refused, nothing was written; {count}:\n{lines}",
            "Les données sont refusées, rien n'a été écrit ; {count} :\n{lines}",
            count=Told(count, count_fr),
            lines=lines,
        ),
        hint=_ALLOWED,
    )


def _declared(key: Key) -> NodeType | LinkType | None:
    if isinstance(key, Ref):
        return None if key.label in BOOKKEEPING else NODES.get(key.label)
    return None if key.type == "ABOUT" else LINKS.get(key.type)


def _identity(key: Key) -> Iterator[str]:
    if isinstance(key, Ref):
        yield from _identifier(key.id)
        return
    declared = LINKS[key.type]
    starts, ends = Told("starts", "part"), Told("ends", "arrive")
    for end, allowed, word in ((key.source, declared.sources, starts), (key.target, declared.targets, ends)):
        if end.label not in allowed:
            yield _wrong_end(key, word, allowed, end)
    if key.key and not declared.keyed:
        yield tell(
            "{type} has no key; it is told apart by its two ends",
            "le lien {type} n'a pas de clé ; ses deux bouts suffisent à le distinguer",
            type=_type(key),
        )
    if key.key:
        yield from _identifier(key.key)
    if key.type == "WITHIN" and key.source == key.target:
        yield Told("a territory can't be within itself", "un territoire ne peut pas être inclus dans lui-même")


def _wrong_end(key: LinkKey, word: Told, allowed: Iterable[str], end: Ref) -> Told:
    labels = [keys.label_words(label) for label in allowed]
    return tell(
        "{type} {word} at {allowed}, not at {label}",
        "le lien {type} {word} d'un nœud de type {allowed}, pas {label}"
        if word == "starts"
        else "le lien {type} {word} à un nœud de type {allowed}, pas {label}",
        type=_type(key),
        word=word,
        allowed=Told(" or ".join(labels), " ou ".join(label.fr for label in labels)),
        label=keys.label_words(end.label),
    )


def _type(key: LinkKey) -> Told:
    return Told(key.type, f"« {LINKS[key.type].words.fr} »")


def _identifier(text: str) -> Iterator[str]:
    try:
        ids.check(text)
    except DataRefused as error:
        yield error.message


def _plainly_sound(item: Property, value: object) -> bool:
    """Tell at once that an everyday value is sound; the others are looked at one rule at a time."""
    kind = type(value)
    if kind is str:
        return item.type == "string" and not item.choices and value.isascii() and value.isprintable() and value != ""  # type: ignore[attr-defined]
    if kind is float:
        least = -math.inf if item.minimum is None else item.minimum
        return item.type == "float" and math.isfinite(value) and value >= least  # type: ignore[arg-type,operator]
    return (kind is dt.date and item.type == "date") or (kind is bool and item.type == "boolean")


def _property(key: Key, item: Property | None, name: str, value: object) -> Iterator[str]:
    if name in _RESERVED:
        kept = "{name} is kept by the tool, no source may state it"
        yield tell(kept, "« {name} » est réservé à l'outil, aucune source ne peut l'affirmer", name=name)
    elif item is None:
        yield tell("the schema has no property {name} here", "le schéma n'a pas ici de propriété « {name} »", name=name)
    else:
        problem = _value(item, value)
        if problem:
            yield tell(
                "{name} {problem} (it is {value})",
                "{name} {problem} (valeur : {value})",
                name=keys.property_words(key, name),
                problem=problem,
                value=_shown(value),
            )


def _value(item: Property, value: object) -> Told | None:
    """Return what is wrong with a value, or nothing."""
    if value is None or value in ("", []):
        return Told("is empty; leave it out when it is unknown", "est vide ; à omettre quand la valeur est inconnue")
    if not _is(item, value):
        return tell("must be {type}", "doit être {type}", type=_TYPES[item.type])
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and not _writable(text) for text in texts):
        return Told("holds a character that isn't text", "contient un caractère qui n'est pas du texte")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_problem(item, value)
    if item.choices and value not in [choice.value for choice in item.choices]:
        return _one_of(item)
    return None


def _one_of(item: Property) -> Told:
    french = ", ".join(f"{choice.value} ({choice.label.fr})" for choice in item.choices)
    return Told(f"must be one of {', '.join(choice.value for choice in item.choices)}", f"doit être l'un de : {french}")


def _is(item: Property, value: object) -> bool:
    if item.type == "strings":
        return isinstance(value, list) and all(isinstance(text, str) and text for text in value)
    if item.type == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if item.type in ("integer", "date"):
        return isinstance(value, PYTHON_TYPES[item.type]) and not isinstance(value, bool | dt.datetime)
    return isinstance(value, PYTHON_TYPES[item.type])


def _number_problem(item: Property, value: float) -> Told | None:
    if isinstance(value, float) and not math.isfinite(value):
        return Told("must be a finite number", "doit être un nombre fini")
    if isinstance(value, int) and value not in _INTEGERS:
        return Told("is too large", "est trop grand")
    if item.minimum is not None and value < item.minimum:
        return Told(f"must be at least {item.minimum:g}", f"doit être au moins égal à {item.minimum:g}")
    return None


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _number(declared: NodeType | LinkType | None, name: str, value: Value) -> Value:
    item = declared.property(name) if declared else None
    if item is not None and item.type == "float" and isinstance(value, int | float):
        return float(value) + 0.0  # -0.0 becomes 0.0
    return value


def _of(fact: Stated, problem: str) -> Told:
    """Return a problem with the fact and the place it is of."""
    place = Told(f" at {fact.where[0]}", f" ({fact.where[0]})") if fact.where else ""
    return tell("{fact}{place}: {problem}", "{fact}{place} : {problem}", fact=keys.words(fact.key), place=place, problem=problem)


def _shown(value: object) -> Told:
    told = shown(value)
    short = [text if len(text) <= 60 else f"{text[:57]}…" for text in (str(told), told.fr)]
    return Told(*short)


def cycle(links: Iterable[LinkKey]) -> list[str]:
    """Return the ids along one cycle among links (first and last are the same), or an empty list.

    Links are taken in order, so the cycle found is always the same.
    """
    onward: dict[str, list[str]] = {}
    for link in sorted(links, key=keys.order):
        onward.setdefault(link.source.id, []).append(link.target.id)
    try:
        graphlib.TopologicalSorter(onward).prepare()
    except graphlib.CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]  # the sorter follows links from end to start
    return []
