from __future__ import annotations

import datetime as dt

from dashapp.explorer.formatting import amount, facts, number, value_text
from pacte_graph.schema import LINKS, NODES


def test_euros_in_both_languages() -> None:
    assert amount(1250000.0, "fr") == "1\u202f250\u202f000\u00a0€"
    assert amount(1250000.5, "en") == "€1,250,000.50"
    assert number(0.5, "fr") == "0,50"


def test_a_projects_facts_are_named_and_written_in_the_readers_language() -> None:
    properties = {"number": 3, "sheet_date": dt.date(2015, 12, 8), "declination": "not_declined", "budget": 2000.0, "odd": "x"}
    assert list(facts("Project", properties, "fr")) == [
        ("Numéro", "3"),
        ("Déclinaison territoriale", "Non décliné"),
        ("Budget total", "2\u202f000\u00a0€"),
        ("Date de la fiche", "8 décembre 2015"),
        ("odd", "x"),
    ]
    assert ("Sheet date", "8 December 2015") in list(facts("Project", properties, "en"))


def test_unknown_is_absent_and_false_is_not() -> None:
    assert list(facts("Actor", {}, "fr")) == []
    assert list(facts("Actor", {"collective": False}, "fr")) == [("Acteur collectif", "non")]


def test_lists_people_and_link_roles() -> None:
    assert value_text(NODES["Territory"].property("population"), 12345, "fr") == "12\u202f345\u00a0habitants"
    assert value_text(NODES["Programme"].property("reference_dates"), ["2024-01-01"], "fr") == "1er janvier 2024"
    assert value_text(LINKS["TAKES_PART_IN"].property("role"), "lead", "en") == "Lead"
