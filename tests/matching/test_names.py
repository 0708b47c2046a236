from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.matching.folding import fold
from pacte_graph.matching.identifiers import strong
from pacte_graph.matching.names import name_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Technische Universität Wien", "Vienna University of Technology"),
        ("Università degli Studi di Genova", "UNIVERSITY OF GENOVA"),
        ("UNIVERSIDAD DE BARCELONA", "Universitat de Barcelona"),
        ("Centro Ricerche FIAT S.C.p.A.", "CENTRO RICERCHE FIAT - SOCIETA CONSORTILE PER AZIONI"),
        ("Rohde & Schwarz GmbH & Co KG", "ROHDE & SCHWARZ GMBH&CO KOMMANDITGESELLSCHAFT"),
        ("Mairie de Toulouse", "Ville de Toulouse"),
        ("CCI de Toulouse", "Chambre de commerce et d'industrie de Toulouse"),
        ("Conseil régional d'Occitanie", "Région Occitanie"),
        ("UNIVERSITZT DORTMUND", "Universität Dortmund"),
        ("Électricité de France (EDF)", "Electricite de France"),
        ("EIDGENOESSISCHE TECHNISCHE HOCHSCHULE ZUERICH", "Swiss Federal Institute of Technology, Zürich"),
        ("CNRS", "Centre national de la recherche scientifique"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_of(one).key == name_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Politecnico di Milano", "Università degli Studi di Milano"),
        ("Université Libre de Bruxelles", "Vrije Universiteit Brussel"),
        ("Université catholique de Louvain", "Katholieke Universiteit Leuven"),
        ("CCI de Toulouse", "CMA de Toulouse"),
        ("Mairie de Toulouse", "Toulouse Métropole"),
        ("Université Toulouse 2", "Université Toulouse 3"),
        ("Université Toulouse II", "Université Toulouse III"),
    ],
)
def test_neighbours_have_two_keys(one: str, other: str) -> None:
    assert name_of(one).key != name_of(other).key


def test_legal_forms_come_off_wherever_they_stand() -> None:
    assert name_of("D'Appolonia S.p.A.").forms == {"spa"}
    assert name_of("GIE Airbus Industrie").forms == {"gie"}
    assert name_of("BEKAERT SA/NV").tokens == ("bekart",)
    assert name_of("SA").tokens == ("sa",), "a name of nothing but a legal form keeps it"


def test_roman_and_arabic_numbers_are_one() -> None:
    assert name_of("Université Paris VI").numbers == name_of("Universite de Paris 06").numbers == {"6"}
    assert name_of("Vitamine C").numbers == {"c"}  # a letter of its own, not a hundred


@given(st.text(max_size=300))
def test_folding_twice_is_folding_once_and_names_are_read(text: str) -> None:
    assert fold(fold(text)).split() == fold(fold(fold(text))).split()
    found = name_of(text)
    assert len(set(found.tokens)) == len(found.tokens) == len(found.sources)
    assert found.optional < set(found.tokens) or not found.optional


def test_identifiers_are_read_alike_and_give_their_siren() -> None:
    assert strong({"SIREN": "243 100 518"}) == {"siren": "243100518"}
    assert strong({"siret": "243100518 00017"}) == {"siren": "243100518"}
    assert strong({"vat": "FR 83 404 833 048"})["siren"] == "404833048"
    assert strong({"siren": "000000000", "pic": "", "site": "x"}) == {}
