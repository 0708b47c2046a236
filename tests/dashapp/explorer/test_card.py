from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import plotly
import pytest

from dashapp.explorer.card import Said, link_card, node_card
from dashapp.explorer.legend import legend
from dashapp.explorer.listing import listing
from dashapp.explorer.neighbours import groups, neighbours
from dashapp.explorer.paths import shortest
from dashapp.explorer.provenance import said
from dashapp.explorer.state import View
from dashapp.explorer.words import PLURALS, TEXTS, count, say
from pacte_graph.figures.model import Recipe

VIEW = View(Recipe("programme:x"))
ENGLISH = View(Recipe("programme:x", language="en"))


def text(parts: object) -> str:
    return json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_links_are_read_from_the_node_that_is_looked_at(network) -> None:
    found = neighbours(network(), "project:x:3")
    assert {title: len(items) for title, items in groups(found, "fr").items()} == {
        "est lié à": 1,
        "a pour participant": 2,
        "se décline sur": 1,
    }
    assert list(groups(neighbours(network(), "actor:x:a"), "en")) == ["takes part in"]


def test_the_card_says_everything_in_words(network) -> None:
    whole = network()
    node = whole.by_id["project:x:3"]
    card = text(
        node_card(VIEW, whole, node, {node.id}, [Said("Feuille", ("f.txt, ligne 3",), dt.date(2016, 1, 1))], ["Une phrase."])
    )
    for expected in (
        "Pacte des rives",
        "Projet, n° 3",
        "1\u202f250\u202f000\u00a0€",
        "8 décembre 2015",
        "porteur",
        "f.txt, ligne 3",
    ):
        assert expected in card
    assert "chargé le 1er janvier 2016" in card
    assert "(non affiché)" in card
    assert "Une phrase." in card


def test_names_with_markup_are_children_and_never_html(network, odd) -> None:
    whole = network()
    card = node_card(VIEW, whole, whole.by_id[odd], {odd}, [], [])
    assert card[0].children[0].children == '<img src=x onerror="alert(1)">'
    assert "dangerously" not in text(card)


def test_what_is_not_on_the_canvas_offers_to_show_it(network) -> None:
    whole = network()
    card = text(node_card(VIEW, whole, whole.by_id["territory:x:t"], set(), [], []))
    assert "Afficher la couche Territoires" in card
    hidden = View(Recipe("programme:x", hidden_groups=("university",)))
    assert "Rallumer" in text(node_card(hidden, whole, whole.by_id["actor:x:a"], set(), [], []))


def test_a_project_without_title_is_named_in_the_readers_language(network) -> None:
    whole = network()
    assert "Project 5 (title unknown)" in text(node_card(ENGLISH, whole, whole.by_id["project:x:5"], set(), [], []))


def test_the_link_card_names_both_ends_and_its_amount(network) -> None:
    whole = network()
    link = next(link for link in whole.links if link.key == "lead")
    card = text(link_card(ENGLISH, whole, link, []))
    for expected in ("Université d'Éole takes part in Pacte des rives", "€40,000", "Lead", "No source is recorded."):
        assert expected in card


def test_who_declares_a_link_is_named(network) -> None:
    whole = network()
    link = next(link for link in whole.links if link.type == "LINKED_TO")
    declared = replace(link, properties={**link.properties, "declared_by": "project:x:3"})
    card = text(link_card(VIEW, whole, declared, []))
    assert '"children": "Pacte des rives"' in card
    assert "project:x:3" not in text(link_card(VIEW, whole, declared, [])[2:])
    assert "Sens non précisé." in card


def test_the_legend_is_made_of_switches(picture) -> None:
    rows = text(legend(picture()))
    assert rows.count('"aria-pressed": "true"') == 2
    assert rows.count('"aria-pressed": "false"') == 1
    assert "0\u202f/\u202f1" in rows
    assert '"data-id": "LINKED_TO:unspecified"' in rows


def test_the_list_holds_every_node_shown(network, picture) -> None:
    rows = text(listing(picture(), network(), "actor:x:a"))
    assert all(json.dumps(node.id, ensure_ascii=False) in rows for node in network().nodes)
    assert rows.count('"aria-current": "true"') == 1


def test_all_shortest_paths_are_found(picture, odd) -> None:
    paths = shortest(picture(), "project:x:5", odd)
    assert paths.found == (("project:x:5", "project:x:3", odd),)
    assert paths.length == 2
    assert shortest(picture(), "project:x:5", "nobody").found == ()
    assert shortest(picture(), odd, odd).length == 0


def test_provenance_rows_become_places_and_disagreements() -> None:
    rows = [
        {
            "source": "s",
            "name": "Feuille de route",
            "name_en": "Road map",
            "date": dt.datetime(2016, 2, 1, 9, 0, tzinfo=dt.UTC),
            "where": [{"file": "f.txt", "sheet": None, "line": n, "column": None, "text": ""} for n in range(1, 10)],
            "disagrees": {"budget": {"value": 1.0, "kept": None}},
        }
    ]
    one = said(rows, "Project", "en")[0]
    assert one.source == "Road map"
    assert one.places[0] == "f.txt, line 1"
    assert one.places[-1] == "and 3 other places"
    assert one.since == dt.date(2016, 2, 1)
    assert one.disagrees == (("Total budget", "€1", "?"),)


@pytest.mark.parametrize(
    ("by", "language", "sentence"),
    [
        ("root", "fr", "Nom choisi par root le 28 novembre 2026"),
        ("Martin, Jean", "en", "Name chosen by Martin, Jean on 28 November 2026"),
        ("unknown", "fr", "Nom choisi le 28 novembre 2026"),
    ],
)
def test_a_decision_by_hand_reads_as_a_sentence(by: str, language: str, sentence: str) -> None:
    where = {"file": "decision", "sheet": None, "line": None, "column": f"name, {by}, 2026-11-28", "text": ""}
    row = {"source": "source:decisions", "name": "Décisions", "name_en": "Decisions", "date": None, "where": [where]}
    assert said([row], "Actor", language)[0].places == (sentence,)


def test_every_text_has_both_languages_and_the_same_blanks() -> None:
    for key, words in TEXTS.items():
        blanks = [sorted(part.split("}")[0] for part in words.get(language).split("{")[1:]) for language in ("fr", "en")]
        assert blanks[0] == blanks[1], key
    assert all(len(pair) == 2 for pair in PLURALS.values())
    assert (count("nodes", 0, "fr"), count("nodes", 0, "en"), count("links", 1, "en")) == ("0 nœud", "0 nodes", "1 link")
    assert say("line", "fr", n=3) == "ligne 3"
