"""The evidence in words, French and English: what speaks for a pair first, then what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pacte_graph.matching.comparing import Likeness
from pacte_graph.matching.evidence import Prepared, agree, differs, other_kind, other_numbers
from pacte_graph.matching.folding import LONGEST, fold
from pacte_graph.matching.identifiers import SHOWN, STRONG, same_country
from pacte_graph.matching.names import Name
from pacte_graph.schema.choices import ACTOR_KINDS
from pacte_graph.schema.kinds import Words

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_KIND = {choice.value: choice.label for choice in ACTOR_KINDS}
_MOST = 4


def reasons(
    a: Prepared, b: Prepared, features: Mapping[str, float], likeness: Likeness | None, names: tuple[Name, Name], through: str
) -> tuple[Words, ...]:
    """Return the sentences of a pair; never empty."""
    speaking = list(_identifiers(a, b))
    if through:
        speaking.append(Words(f"l'un et l'autre ressemblent à « {through} »", f"both resemble “{through}”"))
    if likeness is not None:
        speaking += _names(a, b, features, likeness, names)
        speaking += _around(a, b, features)
        speaking += _kinds(a, b, features)
        speaking += _against(features, likeness, names)
    return tuple(speaking) or (Words("noms proches", "close names"),)


def objections(a: Prepared, b: Prepared) -> tuple[Words, ...]:
    """Return what keeps two candidates from being one whatever else they share; empty when nothing does."""
    found = []
    if not (a.names and b.names):
        found.append(Words("un des deux n'a pas de nom : écarté", "one of the two has no name: set aside"))
    if a.candidate.label != b.candidate.label:
        found.append(Words("types de nœud différents : écarté", "different node types: set aside"))
    if a.candidate.label == "Territory" and a.group and b.group and a.group != b.group:
        found.append(Words("échelles territoriales différentes : écarté", "different territorial scales: set aside"))
    if not (same_country(a.country, b.country) or agree(a, b)):
        found.append(Words("pays différents : écarté", "different countries: set aside"))
    if differs(a, b, "siren"):
        values = f"{a.strong['siren']}, {b.strong['siren']}"
        found.append(Words(f"codes SIREN différents ({values}) : écarté", f"different SIREN codes ({values}): set aside"))
    if a.names and b.names and not agree(a, b) and all(other_numbers(one, other) for one in a.names for other in b.names):
        found.append(
            Words("numéros ou lettres différents dans les noms : écarté", "different numbers or letters in the names: set aside")
        )
    return tuple(found)


def _identifiers(a: Prepared, b: Prepared) -> Iterator[Words]:
    for scheme in STRONG:
        value, shown = a.strong.get(scheme), SHOWN[scheme]
        if value is not None and value == b.strong.get(scheme):
            yield Words(f"même code {shown} ({value})", f"same {_english(shown)} code ({value})")
    for scheme in STRONG:
        if differs(a, b, scheme):
            shown, values = SHOWN[scheme], f"{a.strong[scheme]}, {b.strong[scheme]}"
            yield Words(f"codes {shown} différents ({values})", f"different {_english(shown)} codes ({values})")


def _english(scheme: str) -> str:
    return "VAT" if scheme == "TVA" else scheme


def _names(
    a: Prepared, b: Prepared, features: Mapping[str, float], likeness: Likeness, names: tuple[Name, Name]
) -> Iterator[Words]:
    one, other = names
    if one.text != a.candidate.name or other.text != b.candidate.name:
        texts = f"« {one.text[:80]} », « {other.text[:80]} »"
        yield Words(f"sous un autre nom connu : {texts}", f"under another known name: {texts}")
    yield _likeness(one, other, features)
    for wrong, right in likeness.mistyped[:_MOST]:
        yield Words(f"orthographes voisines : « {wrong} » et « {right} »", f"close spellings: “{wrong}” and “{right}”")
    if likeness.acronym:
        sign = likeness.acronym.upper()
        yield Words(f"« {sign} » est un sigle de l'autre nom", f"“{sign}” is an acronym of the other name")


def _likeness(one: Name, other: Name, features: Mapping[str, float]) -> Words:
    forms = sorted((one.forms | other.forms) - (one.forms & other.forms))
    if fold(one.text) == fold(other.text):
        return Words(
            "noms identiques, à la casse, aux accents et à la ponctuation près", "same name but for case, accents and punctuation"
        )
    if one.key == other.key and one.sources == other.sources and forms:
        shown = ", ".join(form.upper() for form in forms)
        return Words(f"noms identiques sans la forme juridique (« {shown} »)", f"same name without the legal form (“{shown}”)")
    if one.key == other.key:
        return Words(
            "mêmes mots, dans un autre ordre, une autre langue ou abrégés",
            "same words, in another order, another language or abbreviated",
        )
    if features["unit_of_it"]:
        return Words(
            "l'un est l'autre suivi ou précédé d'une de ses composantes", "one is the other with the name of a unit of it"
        )
    shared = [token for token in one.tokens if token in other.tokens]
    if shared:
        shown = _shown(one, shared)
        return Words(f"mots communs : {shown}", f"words in common: {shown}")
    return Words("noms proches par leurs lettres ou leur sigle", "names close by their letters or acronym")


def _shown(name: Name, tokens: Sequence[str]) -> str:
    """Return words as the name writes them, quoted, in its order."""
    written = {fold(word): word for word in reversed(_WORD.findall(name.text[:LONGEST]))}
    sources = dict(zip(name.tokens, name.sources, strict=True))
    found = dict.fromkeys(" ".join(written.get(word, word) for word in sources[token].split()) for token in tokens)
    return ", ".join(f"« {text} »" for text in list(found)[:_MOST])


def _around(a: Prepared, b: Prepared, features: Mapping[str, float]) -> Iterator[Words]:
    here, there = a.candidate.town.strip(), b.candidate.town.strip()
    if features["town_same"]:
        shown = f" ({here or there})" if here or there else ""
        yield Words(f"même ville{shown}", f"same town{shown}")
    if features["postcode_same"]:
        yield Words(f"même code postal ({a.candidate.postcode})", f"same postcode ({a.candidate.postcode})")
    if features["projects_shared"]:
        yield Words("un projet en commun au moins", "at least one project in common")
    if features["town_differs"]:
        shown = f" ({here}, {there})" if here and there else ""
        yield Words(f"villes différentes{shown}", f"different towns{shown}")


def _kinds(a: Prepared, b: Prepared, features: Mapping[str, float]) -> Iterator[Words]:
    if other_kind(a, b):
        here, there = (_KIND.get(item.candidate.group, Words(item.candidate.group, item.candidate.group)) for item in (a, b))
        yield Words(f"natures déclarées différentes ({here.fr}, {there.fr})", f"different kinds declared ({here.en}, {there.en})")
    elif features["kinds_differ"]:
        yield Words("natures d'organisme différentes d'après les noms", "different sorts of bodies by their names")


def _against(features: Mapping[str, float], likeness: Likeness, names: tuple[Name, Name]) -> Iterator[Words]:
    for name, left in zip(names, likeness.left_tokens, strict=True):
        if left:
            shown = _shown(name, [token for token in name.tokens if token in left])
            yield Words(f"d'un seul côté : {shown}", f"on one side only: {shown}")
    one, other = names
    if features["forms_differ"]:
        shown = ", ".join(sorted(form.upper() for form in one.forms | other.forms))
        yield Words(f"formes juridiques différentes ({shown})", f"different legal forms ({shown})")
    if features["number_on_one"]:
        shown = ", ".join(sorted(one.numbers ^ other.numbers))
        yield Words(f"numéro d'un seul côté ({shown})", f"number on one side only ({shown})")
