"""Probable duplicates of a load: across programmes for actors and territories, inside one for people, never real with fictitious."""

from __future__ import annotations

import pytest

from pacte_graph import loading
from pacte_graph.loading import review
from pacte_graph.loading.duplicates import Named, fold, pairs
from pacte_graph.loading.thesaurus import Verdict
from pacte_graph.records import Ref
from pacte_graph.store import Store

A, B, C = Ref("Person", "person:a"), Ref("Person", "person:b"), Ref("Person", "person:c")


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold("Chambre de Métiers — Œuvre (CMA)") == "chambre de metiers oeuvre cma"
    assert fold("!!!") == ""
    assert fold("Région") != fold("Légion")


def test_pairs_are_inside_one_programme_and_one_label() -> None:
    named = [Named("p", A, "Zoé"), Named("p", B, "ZOE"), Named("q", C, "zoé"), Named("p", Ref("Project", "project:x"), "zoé")]
    (found,) = pairs(named, {B})
    assert (found.first, found.second, found.names, found.certainty) == ("person:a", "person:b", ("Zoé", "ZOE"), "probable")
    assert pairs(named, {C}) == ()


@pytest.fixture
def load(embedded_store: Store, make, node):
    """Return a loader of nodes by one source."""

    def done(source: str, *nodes, fictitious: bool = False):
        batch = make(nodes, source=source)
        batch.card = type(batch.card)(source, "N", "N", fictitious=fictitious)
        (report,) = loading.write(embedded_store, loading.compare(embedded_store, [batch]))
        return [(item.first, item.second, item.certainty) for item in report.plan.duplicates]

    return done


def test_two_sources_meet_on_an_actor(load, node, embedded_store: Store) -> None:
    assert load("source:one", node("Actor", "actor:pic:1", name="UNIVERSITE DE TOULOUSE", town="Toulouse")) == []
    twin = node("Actor", "actor:anr:u", name="Université de Toulouse", town="Toulouse")
    other = node("Actor", "actor:anr:v", name="Université de Montpellier", town="Montpellier")
    assert load("source:two", twin, other) == [("actor:anr:u", "actor:pic:1", "certain")]
    assert load("source:two", twin, other) == []
    (proposal,) = review.proposals(embedded_store)
    assert all(reason.fr and reason.en for reason in proposal.reasons)
    decided = Verdict("different", "Actor", "actor:anr:u", "actor:pic:1")
    assert review.proposals(embedded_store, [decided]) == []


def test_what_is_invented_never_meets_what_is_real(load, node) -> None:
    assert load("source:one", node("Actor", "actor:x:1", name="Conseil de développement")) == []
    assert load("source:two", node("Actor", "actor:y:1", name="Conseil de développement"), fictitious=True) == []
    assert load("source:three", node("Actor", "actor:z:1", name="Conseil de développement")) == [
        ("actor:x:1", "actor:z:1", "probable")
    ]


def test_two_scales_may_share_a_name(load, node) -> None:
    town = node("Territory", "territory:1", name="Sicoval", level="commune")
    assert load("source:one", town, node("Territory", "territory:2", name="Sicoval", level="intercommunality")) == []
