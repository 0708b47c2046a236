from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.errors import DataRefused, in_language
from pacte_graph.loading.checking import check, cycle, missing, refuse, tidy
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated
from pacte_graph.records import Ref, Where

PROJECT, ACTOR, TOWN = Ref("Project", "project:p"), Ref("Actor", "actor:a"), Ref("Territory", "territory:t")
PART = LinkKey("TAKES_PART_IN", ACTOR, PROJECT, "lead")


def problems(key: Key = PROJECT, **properties) -> list[str]:
    return check(Stated(key, properties, (Where("f.csv", 3),)))


def test_what_the_schema_allows_is_taken() -> None:
    assert problems(number=3, name="École", budget=5, sheet_date=dt.date(2015, 12, 8), state="running") == []
    assert problems(PART, role="lead", amount=1.5) == []
    assert problems(ACTOR, name="A", aliases=["B"], collective=False) == []


@pytest.mark.parametrize(
    ("key", "properties", "sentence"),
    [
        (Ref("Ghost", "g"), {}, "the schema has no such label"),
        (Ref("ImportRun", "run:x"), {}, "the schema has no such label"),
        (LinkKey("KNOWS", ACTOR, PROJECT, ""), {}, "the schema has no such relationship type"),
        (PROJECT, {"colour": "red"}, "the schema has no property colour here"),
        (PROJECT, {"id": "project:q"}, "id is kept by the tool"),
        (PROJECT, {"sources": ["me"]}, "sources is kept by the tool"),
        (PROJECT, {"name": ""}, "name is empty; leave it out when it is unknown"),
        (PROJECT, {"name": None}, "name is empty"),
        (ACTOR, {"aliases": []}, "aliases is empty"),
        (ACTOR, {"aliases": ["a", ""]}, "aliases must be a list of texts"),
        (ACTOR, {"aliases": "a"}, "aliases must be a list of texts"),
        (PROJECT, {"name": 3}, "name must be a text"),
        (PROJECT, {"number": "3"}, "number must be a whole number"),
        (PROJECT, {"number": True}, "number must be a whole number"),
        (PROJECT, {"number": 3.0}, "number must be a whole number"),
        (PROJECT, {"number": -1}, "number must be at least 0"),
        (PROJECT, {"budget": -1.0}, "budget must be at least 0"),
        (PROJECT, {"grant": -1}, "grant must be at least 0"),
        (PROJECT, {"regional_funding": -0.01}, "regional_funding must be at least 0"),
        (PROJECT, {"coordination_cost": -5.0}, "coordination_cost must be at least 0"),
        (PROJECT, {"number": 2**63}, "number is too large"),
        (PROJECT, {"budget": float("nan")}, "budget must be a finite number"),
        (PROJECT, {"budget": float("-inf")}, "budget must be a finite number"),
        (PROJECT, {"budget": True}, "budget must be a number"),
        (PROJECT, {"sheet_date": dt.datetime(2015, 12, 8, tzinfo=dt.UTC)}, "sheet_date must be a date"),
        (PROJECT, {"sheet_date": "2015-12-08"}, "sheet_date must be a date"),
        (PROJECT, {"state": "stuck"}, "state must be one of planned, running, late, done, dropped"),
        (PROJECT, {"name": "a\ud800"}, "name holds a character that isn't text"),
        (Ref("Project", " p"), {}, "starts or ends with a space"),
        (LinkKey("TAKES_PART_IN", PROJECT, PROJECT, ""), {}, "TAKES_PART_IN starts at Actor or Person, not at Project"),
        (LinkKey("TAKES_PART_IN", ACTOR, ACTOR, ""), {}, "TAKES_PART_IN ends at Project, not at Actor"),
        (LinkKey("PART_OF", PROJECT, Ref("Programme", "x"), "k"), {}, "PART_OF has no key"),
        (LinkKey("WITHIN", TOWN, TOWN, ""), {}, "a territory can't be within itself"),
    ],
)
def test_what_breaks_the_schema_is_said_with_its_place(key: Key, properties, sentence: str) -> None:
    (problem,) = problems(key, **properties)
    assert sentence in problem
    assert "f.csv:3" in problem
    french = in_language(problem, "fr")
    assert "f.csv:3" in french
    assert not set(french.split()) & {"the", "must", "is", "has", "not"}, french


def test_a_problem_reads_as_french_in_french() -> None:
    told = [in_language(text, "fr") for text in (
        *problems(name=3), *problems(state="stuck"), *problems(sheet_date="2015-12-08"), *problems(PART, amount="x"),
        *problems(LinkKey("TAKES_PART_IN", PROJECT, PROJECT, "")),
    )]  # fmt: skip
    assert told == [
        "projet project:p (f.csv:3) : « Titre » doit être un texte (valeur : 3)",
        (
            "projet project:p (f.csv:3) : « Avancement » doit être l'un de : planned (Prévu), running (En cours), "
            "late (En retard), done (Terminé), dropped (Abandonné) (valeur : « stuck »)"
        ),
        "projet project:p (f.csv:3) : « Date de la fiche » doit être une date (valeur : « 2015-12-08 »)",
        "« actor:a participe à project:p » [lead] (f.csv:3) : « Montant » doit être un nombre (valeur : « x »)",
        (
            "« project:p participe à project:p » (f.csv:3) : le lien « participe à » part d'un nœud de type acteur ou personne, "
            "pas projet"
        ),
    ]


def test_a_fact_without_a_place_is_refused() -> None:
    assert "no place" in check(Stated(PROJECT, {}, ()))[0]


def test_whole_numbers_become_floats_where_the_schema_says_so() -> None:
    fact = tidy(Stated(PROJECT, {"budget": 5, "number": 3}, (Where("f"),)))
    assert [type(value) for value in fact.properties.values()] == [float, int]


def test_required_properties() -> None:
    assert missing(Ref("Person", "person:a"), {}) == ["name"]
    assert missing(ACTOR, {}) == []
    assert missing(PROJECT, {}) == []
    assert missing(LinkKey("APPLIES_IN", PROJECT, TOWN, ""), {}) == ["status"]


def test_a_refusal_lists_twenty_problems_and_counts_the_rest() -> None:
    refuse([])
    with pytest.raises(DataRefused) as caught:
        refuse([f"problem {number}." for number in range(25)])
    assert "25 problems" in caught.value.message
    assert "problem 19." in caught.value.message
    assert "problem 20." not in caught.value.message
    assert "… and 5 more" in caught.value.message
    assert "25 problèmes" in in_language(caught.value.message, "fr")
    assert "… et 5 de plus" in in_language(caught.value.message, "fr")


def within(*pairs: tuple[str, str]) -> list[LinkKey]:
    return [LinkKey("WITHIN", Ref("Territory", a), Ref("Territory", b), "") for a, b in pairs]


def test_a_dag_has_no_cycle_and_a_circle_is_named() -> None:
    assert cycle(within(("m", "a"), ("a", "n"), ("m", "b"), ("b", "r"), ("n", "r"), ("m", "r"))) == []
    found = cycle(within(("m", "a"), ("a", "n"), ("n", "m"), ("x", "m")))
    assert found[0] == found[-1]
    assert list(pairwise(found)) in (
        [("m", "a"), ("a", "n"), ("n", "m")],
        [("a", "n"), ("n", "m"), ("m", "a")],
        [("n", "m"), ("m", "a"), ("a", "n")],
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_links_that_go_up_never_make_a_cycle(pairs: list[tuple[int, int]]) -> None:
    assert cycle(within(*[(str(a), str(b)) for a, b in pairs if a < b])) == []
