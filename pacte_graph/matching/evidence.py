"""Everything that speaks for or against two candidates being one, as named numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pacte_graph.matching import vocabulary as known
from pacte_graph.matching.comparing import Likeness, Weights, alike
from pacte_graph.matching.folding import LONGEST, fold
from pacte_graph.matching.identifiers import same_country, strong
from pacte_graph.matching.model import Candidate
from pacte_graph.matching.names import Name, name_of

NEAR_KM, FAR_KM = 2.0, 30.0
MOST_NAMES = 6
"""Names of one candidate that are compared: its own and the first aliases."""
_CEDEX = re.compile(r"\b(?:cedex|cdx|cede)\b.*$")
_PREFIX = re.compile(r"^[a-z]{1,3}[\s-]+(?=\d)|[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate is: folded town words, postcode without its country prefix, spaces and zeros, coordinates."""

    town: frozenset[str]
    postcode: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A candidate with everything that is read from it once."""

    candidate: Candidate
    names: tuple[Name, ...]
    place: Place
    country: str
    strong: Mapping[str, str]
    group: str


def prepare(candidate: Candidate) -> Prepared:
    """Return a candidate ready to be compared."""
    texts = dict.fromkeys(text for text in (candidate.name, *candidate.aliases) if is_name(text))
    names = tuple(name_of(text[: 2 * LONGEST]) for text in list(texts)[:MOST_NAMES])
    country = known.COUNTRY.get(fold(candidate.country), fold(candidate.country))
    return Prepared(candidate, names, place_of(candidate), country, strong(candidate.identifiers), fold(candidate.group))


def is_name(text: str) -> bool:
    """Tell whether a text names something: it holds a letter or digit and isn't a way to write "not stated"."""
    folded = fold(text)
    return bool(folded) and folded not in known.NO_NAME


def place_of(candidate: Candidate) -> Place:
    """Return the place of a candidate; a postcode's leading zeros and ``CEDEX`` don't count."""
    town = _CEDEX.sub("", fold(candidate.town))
    words = frozenset(known.MEANING.get(word, word) for word in town.split() if not word.isdigit() and word not in known.STOPS)
    code = _PREFIX.sub("", candidate.postcode[:40].casefold()).lstrip("0")
    point = None
    if candidate.latitude is not None and candidate.longitude is not None:
        point = (candidate.latitude, candidate.longitude)
    return Place(words, code, point)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance between two points in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(math.radians, point)) for point in (a, b))
    half = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_a - lon_b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))


def same_town(a: Place, b: Place) -> bool | None:
    """Return whether two places are one town; None when it can't be told. Coordinates decide before words do."""
    if a.point and b.point:
        far = kilometres(a.point, b.point)
        if far <= NEAR_KM:
            return True
        if far >= FAR_KM:
            return False
    if not (a.town and b.town):
        return None
    return a.town <= b.town or b.town <= a.town


def apart(a: Prepared, b: Prepared) -> bool:
    """Tell whether two candidates can't be one: label, territory level, SIREN; country unless an identifier is the same."""
    one, other = a.candidate, b.candidate
    if one.label != other.label or not (same_country(a.country, b.country) or agree(a, b)):
        return True
    if one.label == "Territory" and a.group and b.group and a.group != b.group:
        return True
    return differs(a, b, "siren")


def differs(a: Prepared, b: Prepared, scheme: str) -> bool:
    """Tell whether both state an identifier of the scheme and not the same one."""
    return scheme in a.strong and scheme in b.strong and a.strong[scheme] != b.strong[scheme]


def agree(a: Prepared, b: Prepared) -> bool:
    """Tell whether both state the same value of a strong identifier."""
    return any(b.strong.get(scheme) == value for scheme, value in a.strong.items())


def other_kind(a: Prepared, b: Prepared) -> bool:
    """Tell whether sources call two actors two kinds of body (a chamber, a development council)."""
    return a.candidate.label == "Actor" and bool(a.group and b.group) and a.group != b.group


def other_numbers(a: Name, b: Name) -> bool:
    """Tell whether each name has a number the other lacks (Toulouse 2 and Toulouse 3, Lycée Y and Lycée Z)."""
    return bool(a.numbers - b.numbers and b.numbers - a.numbers)


def measured(a: Prepared, b: Prepared, one: Name, other: Name, weights: Weights) -> tuple[dict[str, float], Likeness]:
    """Return every feature of a pair seen under one name each, and how the names compare."""
    town = same_town(a.place, b.place)
    said = a.place.town | b.place.town if town else frozenset()
    likeness = alike(one, other, weights, said)
    codes = a.place.postcode and a.place.postcode == b.place.postcode
    found = by_name(one, other, likeness, weights)
    found["town_same"], found["town_differs"] = float(town is True), float(town is False)
    found["kinds_differ"] = max(found["kinds_differ"], float(other_kind(a, b)))
    found["postcode_same"] = float(bool(codes))
    found["projects_shared"] = float(bool(a.candidate.projects & b.candidate.projects))
    return found, likeness


def by_name(a: Name, b: Name, likeness: Likeness, weights: Weights) -> dict[str, float]:
    """Return what the names alone say, by feature; ``pacte_graph.matching.weights`` explains each."""
    low, high = sorted(likeness.heaviest_left)
    distinct = any(weights.of(token) >= 0.55 for token in set(a.tokens) & set(b.tokens))
    return {
        "same_text": float(a.key == b.key and a.joined == b.joined),
        "spelled_alike": max(0.0, likeness.spelled - 0.8) * 5,
        "one_inside_other": float(low == 0.0 and distinct),
        "words_shared": min(2.0, likeness.shared),
        "left_on_both": low,
        "left_on_one": high,
        "more_on_one": min(1.5, abs(likeness.left[0] - likeness.left[1])),
        "mistyped": 5 * likeness.strayed,
        "unit_of_it": float(is_part(a, b) or is_part(b, a)),
        "kinds_differ": float(bool(a.kinds and b.kinds and not a.kinds & b.kinds)),
        "forms_differ": float(bool(a.forms and b.forms and not a.forms & b.forms)),
        "form_on_one": float(bool(a.forms) != bool(b.forms)),
        "number_on_one": float(a.numbers != b.numbers),
    }


def is_part(small: Name, big: Name) -> bool:
    """Tell whether the big name is the small one with the name of a unit of it before or behind."""
    whole = set(small.tokens) - small.optional
    if len(big.parts) < 2 or len(whole) < 2:
        return False
    return any(whole == set(part) - big.optional for part in big.parts)
