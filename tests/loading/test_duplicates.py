from __future__ import annotations

from pacte_graph.loading.duplicates import Named, fold, pairs
from pacte_graph.loading.plans import Duplicate
from pacte_graph.records import Ref

A, B, C = Ref("Actor", "actor:a"), Ref("Actor", "actor:b"), Ref("Actor", "actor:c")


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold("Chambre de Métiers — Œuvre (CMA)") == "chambre de metiers oeuvre cma"
    assert fold("!!!") == ""
    assert fold("Région") != fold("Légion")


def test_pairs_are_inside_one_programme_and_one_label() -> None:
    named = [
        Named("p", A, "École"),
        Named("p", B, "ECOLE"),
        Named("q", C, "école"),
        Named("p", Ref("Project", "project:x"), "école"),
    ]
    assert pairs(named, frozenset([B])) == (Duplicate("Actor", "actor:a", "actor:b", "ECOLE"),)
    assert pairs(named, frozenset([C])) == ()


def test_two_scales_may_share_a_name() -> None:
    town, area = Ref("Territory", "territory:1"), Ref("Territory", "territory:2")
    named = [Named("p", town, "Sicoval", "commune"), Named("p", area, "Sicoval", "intercommunality")]
    assert pairs(named, frozenset([town, area])) == ()
