from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.matching import Candidate, Proposal, explain, propose, why_not


def actor(name: str, at: str = "a", **known: object) -> Candidate:
    return Candidate(**({"id": at, "label": "Actor", "name": name} | known))  # type: ignore[arg-type]


def both(one: str, other: str, **known: object) -> Proposal | None:
    return explain(actor(one, "a", **known), actor(other, "b", **known))


def said(found: Proposal | None) -> str:
    assert found is not None
    return " | ".join(words.fr for words in found.reasons)


def proposed(*names: str) -> set[tuple[str, str]]:
    """Return the pairs of names proposed among them."""
    found = propose(actor(name, name) for name in names)
    return {(one.first, one.second) for one in found}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mairie de Toulouse", "Commune de Toulouse"),
        ("Université Toulouse 1 Capitole", "Université Toulouse Capitole"),
        ("CCI de Toulouse", "Chambre de commerce et d'industrie de Toulouse"),
        ("AIRBUS SAS", "Airbus"),
        ("INSA Toulouse", "Institut national des sciences appliquées de Toulouse"),
        ("Institut National Polytechnique de Toulouse", "INP Toulouse"),
        ("Conseil départemental de la Haute-Garonne", "Département de la Haute-Garonne"),
        ("Odense Steel Shipyard Ltd", "ODENSE STEELSHIPYARD LTD"),
        ("University of Strathlcyde", "UNIVERSITY OF STRATHCLYDE"),
    ],
)
def test_spellings_are_proposed(one: str, other: str) -> None:
    assert proposed(one, other) == {tuple(sorted((one, other)))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Université Toulouse 2", "Université Toulouse 3"),
        ("Université Toulouse II - Le Mirail", "Université Toulouse III - Paul Sabatier"),
        ("CCI de Toulouse", "CMA de Toulouse"),
        ("CCI de Toulouse", "CCI de Montpellier"),
        ("Mairie de Toulouse", "Toulouse Métropole"),
        ("Mairie de Toulouse", "Mairie de Montauban"),
        ("CHU de Toulouse", "CHU de Bordeaux"),
        ("Airbus Operations", "Airbus Defence and Space"),
        ("University of Surrey", "University of Sussex"),
        ("Conseil départemental de la Haute-Garonne", "Conseil départemental de la Haute-Vienne"),
    ],
)
def test_neighbours_are_not_proposed(one: str, other: str) -> None:
    assert proposed(one, other) == set()


def test_same_words_are_certain_and_say_so() -> None:
    found = both("3D PLUS SA", "3D Plus", town="Buc")
    assert found is not None
    assert found.certainty == "certain"
    assert "noms identiques sans la forme juridique (« SA »)" in said(found)
    assert "même ville (Buc)" in said(found)
    assert "same town (Buc)" in {words.en for words in found.reasons}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"town": "Toulouse"}, {"town": "Béziers"}),
        ({"latitude": 43.6, "longitude": 1.44}, {"latitude": 43.34, "longitude": 3.21}),
    ],
)
def test_one_name_in_two_towns_is_never_certain(one: dict[str, object], other: dict[str, object]) -> None:
    found = explain(actor("Lycée Jean Moulin", "a", **one), actor("Lycée Jean Moulin", "b", **other))
    assert found is not None
    assert found.certainty == "probable"
    assert "villes différentes" in said(found)


@pytest.mark.parametrize("base", ["Structure", "Lycée Albi", "Centre de recherche"])
def test_names_that_end_on_two_letters_are_not_one(base: str) -> None:
    assert proposed(*(f"{base} {letter}" for letter in "ABEOWYZ")) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Structure Y", "Structure"),
        ("Structure 2", "Structure"),
        ("Lycée Albi I", "Lycée Albi 1"),
        ("Y Structure", "Z Structure"),
        ("Structure (Y)", "Structure (Z)"),
        ("Structure Y Nord", "Structure W Nord"),
    ],
)
def test_a_letter_or_number_of_its_own_is_never_certain(one: str, other: str) -> None:
    found = both(one, other)
    assert found is None or found.certainty == "probable"


def test_small_words_and_legal_forms_of_letters_leave_a_pair_certain() -> None:
    for one, other in (("Université d'Albi", "UNIVERSITE D’ALBI"), ("Airbus S.A.S.", "AIRBUS SAS")):
        found = both(one, other)
        assert found is not None
        assert found.certainty == "certain", (one, other)


def test_two_kinds_declared_lower_the_score_and_say_so() -> None:
    names = "CCI de Port-Azimut", "Codev de Port-Azimut"
    first, second = (actor(name, id_) for name, id_ in zip(names, "ab", strict=True))
    unknown = explain(first, second)
    declared = explain(replace(first, group="chamber"), replace(second, group="development_council"))
    assert unknown is not None
    assert declared is not None
    assert declared.score < unknown.score - 0.2
    assert "natures déclarées différentes (Chambre consulaire (CCI, CMA…), Conseil de développement (Codev))" in said(declared)
    same = explain(replace(first, group="chamber"), replace(second, group="chamber"))
    assert same is not None
    assert same.score == unknown.score


def test_translated_names_are_left_to_a_person() -> None:
    found = both("Technische Universität Wien", "Vienna University of Technology", town="Wien")
    assert found is not None
    assert found.certainty == "probable"
    assert found.score > 0.5


def test_same_identifier_is_certain_whatever_the_names() -> None:
    known = {"identifiers": {"siren": "243 100 518"}}
    found = both("Toulouse Métropole", "Communauté urbaine du Grand Toulouse", **known)
    assert found is not None
    assert (found.certainty, found.score) == ("certain", 0.99)
    assert "même code SIREN (243100518)" in said(found)
    pair = [actor("Toulouse Métropole", "a", **known), actor("Grand Tlse", "b", **known)]
    assert [(one.first, one.second) for one in propose(pair)] == [("a", "b")]


def test_two_sirens_are_set_aside_and_the_reason_can_be_asked() -> None:
    one, other = (actor("Airbus", at, identifiers={"siren": siren}) for at, siren in (("a", "383474814"), ("b", "393341516")))
    assert explain(one, other) is None
    assert propose([one, other]) == ()
    assert [words.fr for words in why_not(one, other)] == ["codes SIREN différents (383474814, 393341516) : écarté"]


@pytest.mark.parametrize("scheme", ["vat", "pic"])
def test_two_values_of_an_identifier_are_never_certain(scheme: str) -> None:
    one, other = (actor("Airbus", at, identifiers={scheme: value}) for at, value in (("a", "1111"), ("b", "2222")))
    found = explain(one, other)
    assert found is not None
    assert found.certainty == "probable"
    assert found.score <= 0.5
    same_siren = (replace(one, identifiers={**one.identifiers, "siren": "383474814"}) for one in (one, other))
    found = explain(*same_siren)
    assert found is not None
    assert found.certainty == "probable"


def test_labels_countries_and_territory_levels_keep_apart() -> None:
    town = Candidate("a", "Territory", "Sicoval", group="commune")
    assert explain(town, Candidate("b", "Territory", "Sicoval", group="intercommunality")) is None
    assert explain(town, Candidate("b", "Territory", "Sicoval", group="commune")) is not None
    assert explain(town, Candidate("b", "Territory", "Sicoval")) is not None
    assert explain(town, Candidate("b", "Actor", "Sicoval")) is None
    assert explain(actor("Philips", country="FR"), actor("Philips", "b", country="NL")) is None
    assert explain(actor("Philips", country="Pays-Bas"), actor("Philips", "b", country="NL")) is not None


def test_unnamed_candidates_are_skipped() -> None:
    empty = [actor(name, f"{at}") for at, name in enumerate(("", " ", "!!!", "Non renseigné", "non renseigne", "n/a", "N/A"))]
    assert propose(empty) == ()
    assert [words.en for words in why_not(empty[0], empty[1])] == ["one of the two has no name: set aside"]


def test_an_alias_counts_as_a_name() -> None:
    found = explain(actor("Toulouse Métropole", aliases=("Grand Toulouse",)), actor("GRAND TOULOUSE", "b"))
    assert found is not None
    assert "sous un autre nom connu" in said(found)


def test_a_third_brings_two_together() -> None:
    names = ("Engineering Systems International", "ESI - Engineering Systems International", "ESI")
    found = {(one.first, one.second): one for one in propose(actor(name, name, town="Rungis") for name in names)}
    assert set(found) >= {("ESI", "ESI - Engineering Systems International"), ("ESI", "Engineering Systems International")}


def test_touched_keeps_the_pairs_that_have_one_of_them() -> None:
    many = [actor(name, at) for at, name in (("a", "Airbus"), ("b", "AIRBUS"), ("c", "Thales"), ("d", "THALES"))]
    assert [(one.first, one.second) for one in propose(many, touched={"d"})] == [("c", "d")]
    assert propose(many, touched=()) == ()
    assert {(one.first, one.second) for one in propose(many)} == {("a", "b"), ("c", "d")}


def test_very_long_names_do_not_hang() -> None:
    start = perf_counter()
    long = [
        actor("Université de " + sound * 50_000, f"{at}", town=sound * 50_000)
        for at, sound in enumerate(("ab", "ab", "a.", "É "))
    ]
    assert ("0", "1") in {(one.first, one.second) for one in propose(long)}
    assert explain(long[0], long[1]) is not None
    assert perf_counter() - start < 60


def test_many_bodies_of_one_name_give_a_star_and_not_every_pair() -> None:
    start = perf_counter()
    found = propose(actor("Groupe scolaire", f"{at:05}") for at in range(5_000))
    assert 4_999 <= len(found) < 100_000
    assert perf_counter() - start < 120


NAMES = st.sampled_from(
    ["Airbus", "AIRBUS SAS", "Airbus Group", "Université Toulouse 1", "Université de Toulouse", "Univ. Toulouse 1 Capitole", "CNRS", "INSA",
     "Institut national des sciences appliquées", "Mairie d'Albi", "Ville d'Albi", "Thales Alenia Space", "THALES", "", "École 3"]
)  # fmt: skip
CANDIDATES = st.lists(
    st.builds(
        Candidate, id=st.text("abcdef", min_size=1, max_size=2), label=st.sampled_from(["Actor", "Territory"]),
        name=NAMES | st.text(max_size=30), country=st.sampled_from(["", "FR", "France", "DE"]), town=st.sampled_from(["", "Albi", "Toulouse"]),
        identifiers=st.dictionaries(st.sampled_from(["siren", "vat"]), st.sampled_from(["1", "2"]), max_size=2),
        projects=st.frozensets(st.sampled_from(["p", "q"])), aliases=st.lists(NAMES, max_size=2).map(tuple),
    ),
    max_size=12,
)  # fmt: skip


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(candidates: list[Candidate], draw: random.Random) -> None:
    found = propose(candidates, minimum=0.05)
    shuffled = list(candidates)
    draw.shuffle(shuffled)
    assert propose(shuffled, minimum=0.05) == found
    assert list(found) == sorted(found, key=lambda one: (-one.score, one.label, one.first, one.second))
    assert all(one.first < one.second and 0 <= one.score <= 1 and one.reasons for one in found)
    assert len({(one.label, one.first, one.second) for one in found}) == len(found)


@given(CANDIDATES)
def test_a_pair_is_seen_the_same_from_both_ends(candidates: list[Candidate]) -> None:
    for one, other in combinations(candidates, 2):
        if one.id != other.id:
            assert explain(one, other) == explain(other, one)
            if why_not(one, other):
                assert explain(one, other) is None


@given(CANDIDATES)
def test_certain_never_contradicts_an_identifier(candidates: list[Candidate]) -> None:
    known = (
        {(one.label, one.id): one for one in candidates} if len({(c.label, c.id) for c in candidates}) == len(candidates) else {}
    )
    for found in propose(known.values(), minimum=0.0):
        if found.certainty == "certain":
            one, other = (known[found.label, at].identifiers for at in (found.first, found.second))
            assert all(one[scheme] == other[scheme] for scheme in one.keys() & other.keys())
