from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from pacte_graph.figures.marking import marked, widened
from pacte_graph.figures.model import Picture, Recipe
from pacte_graph.figures.picture import picture
from pacte_graph.network.model import Link, Network, Node, Scope

P = "project:x:{}"
RECIPE = Recipe("programme:x")


def actor(name: str, kind: str | None = None) -> Node:
    return Node(f"actor:x:{name}", "Actor", {"name": name, **({"kind": kind} if kind else {})})


def link(type_: str, source: str, target: str, **properties: object) -> Link:
    return Link(type_, source, target, "", properties)


def network(**programme: object) -> Network:
    nodes = [
        Node(P.format(1), "Project", {"number": 1, "name": "Accueil"}),
        Node(P.format(2), "Project", {"number": 2}),
        Node(P.format(3), "Project", {"number": 3, "name": "Mobilité"}),
        actor("Alpha", "company"),
        actor("Beta", "university"),
        actor("Gamma"),
        Node("territory:x:t", "Territory", {"name": "Ville", "level": "metropolis"}),
        Node("person:x:p", "Person", {"name": "Une personne"}),
    ]
    links = [
        link("LINKED_TO", P.format(1), P.format(2), sense="depends_on", intensity=3),
        link("LINKED_TO", P.format(2), P.format(3)),
        link("TAKES_PART_IN", "actor:x:Alpha", P.format(1), role="lead", amount=2_000_000.0),
        link("TAKES_PART_IN", "actor:x:Beta", P.format(1), role="partner"),
        link("TAKES_PART_IN", "actor:x:Beta", P.format(3), role="partner"),
        link("TAKES_PART_IN", "person:x:p", P.format(1), role="manager"),
        link("APPLIES_IN", P.format(1), "territory:x:t", status="declined"),
    ]
    about = {"name": "Schéma X", "acronym": "SX", **programme}
    return Network.of(nodes, links, scope=Scope("programme:x", dt.date(2016, 3, 1)), programme=about, sources=("Fiche X",))


def ids(drawn: Picture) -> set[str]:
    return {node.id.split(":")[-1] for node in drawn.nodes}


def change(**values: object) -> Picture:
    return picture(network(), dataclasses.replace(RECIPE, **values))  # type: ignore[arg-type]


def test_layers_say_which_labels_are_shown() -> None:
    assert ids(change()) == {"1", "2", "3", "Alpha", "Beta", "Gamma"}
    assert ids(change(layers=("Territory",))) == {"t"}
    assert ids(change(layers=())) == set()


def test_links_join_only_what_is_shown() -> None:
    drawn = change()
    shown = {node.id for node in drawn.nodes}
    assert len(drawn.links) == 5
    assert all({one.source, one.target} <= shown for one in drawn.links)


def test_a_group_switched_off_is_hidden_and_stays_in_the_legend() -> None:
    drawn = change(hidden_groups=("company", "TAKES_PART_IN:partner"))
    assert "Alpha" not in ids(drawn)
    entries = {entry.key: entry for entry in drawn.legend}
    assert (entries["company"].on, entries["company"].shown, entries["company"].total) == (False, 0, 1)
    assert (entries["TAKES_PART_IN:partner"].on, entries["TAKES_PART_IN:partner"].total) == (False, 2)
    assert entries["university"].on
    assert "entreprise" in " ".join(drawn.captions)


def test_a_link_type_switched_off_hides_all_its_variants() -> None:
    assert {one.type for one in change(hidden_groups=("TAKES_PART_IN",)).links} == {"LINKED_TO"}


def test_focus_keeps_a_neighbourhood_and_depth_widens_it() -> None:
    assert ids(change(focus="actor:x:Alpha")) == {"Alpha", "1"}
    assert ids(change(focus="actor:x:Alpha", depth=2)) == {"Alpha", "1", "2", "Beta"}
    assert next(node for node in change(focus="actor:x:Alpha").nodes if node.id == "actor:x:Alpha").marked


def test_a_focus_that_is_not_in_the_network_is_as_no_focus() -> None:
    assert ids(change(focus="actor:x:nobody")) == ids(change())


def test_expanding_brings_neighbours_of_other_layers() -> None:
    assert ids(change(expanded=(P.format(1),))) == {"1", "2", "3", "Alpha", "Beta", "Gamma", "t", "p"}


def test_hidden_nodes_are_gone_even_when_named() -> None:
    assert "Alpha" not in ids(change(hidden=("actor:x:Alpha",), focus="actor:x:Alpha"))


def test_all_shortest_paths_are_marked_and_the_rest_faded() -> None:
    drawn = change(path=(P.format(1), P.format(3)))
    marked = {node.id for node in drawn.nodes if node.marked}
    assert marked == {P.format(1), P.format(2), P.format(3), "actor:x:Beta"}
    assert all(node.faded != node.marked for node in drawn.nodes)
    assert sum(one.marked for one in drawn.links) == 4


def test_no_path_is_said_and_nothing_is_faded() -> None:
    drawn = change(path=(P.format(1), "actor:x:Gamma"))
    assert not any(node.faded for node in drawn.nodes)
    assert "Aucun chemin entre 1 · Accueil et Gamma parmi ce qui est montré." in drawn.captions


def test_an_arrow_reads_pulls_along_and_stands_only_where_the_direction_is_known() -> None:
    links = {one.id: one for one in change().links if one.type == "LINKED_TO"}
    known, unknown = links["LINKED_TO|project:x:1|project:x:2|"], links["LINKED_TO|project:x:2|project:x:3|"]
    assert (known.source, known.target, known.arrow) == (P.format(2), P.format(1), True)
    assert known.caption == "1 · Accueil dépend de Projet 2 (titre inconnu)"
    assert (unknown.arrow, unknown.line) == (False, "dashed")


def test_mutual_has_arrows_at_both_ends() -> None:
    pair = Network.of(
        [Node("project:x:1", "Project", {"number": 1}), Node("project:x:2", "Project", {"number": 2})],
        [link("LINKED_TO", "project:x:1", "project:x:2", sense="mutual")],
    )
    (only,) = picture(pair, RECIPE).links
    assert only.arrow
    assert only.arrow_back


def test_size_follows_links_shown_or_given_values_and_unknown_is_smallest() -> None:
    by_links = {node.id: node.size for node in change().nodes}
    assert max(by_links, key=lambda name: by_links[name]) == P.format(1)
    drawn = picture(
        network(), dataclasses.replace(RECIPE, size_by="reach"), metric_values={"actor:x:Alpha": 2.0, "actor:x:Beta": 1.0}
    )
    sizes = {node.id: node.size for node in drawn.nodes}
    assert sizes["actor:x:Alpha"] > sizes["actor:x:Beta"] > sizes["actor:x:Gamma"]
    assert [entry.key for entry in drawn.legend if entry.aspect == "size"][:2] == ["size", "size:unknown"]


def test_the_cap_keeps_the_most_linked_and_says_what_it_left_out() -> None:
    drawn = picture(network(), RECIPE, cap=4)
    assert P.format(1) in {node.id for node in drawn.nodes}
    assert len(drawn.nodes) + len(drawn.links) <= 4
    assert drawn.left_out == {"nodes": 6 - len(drawn.nodes), "links": 5 - len(drawn.links)}
    assert any(line.startswith("Non dessinés") for line in drawn.captions)
    assert not change().left_out


def test_captions_name_programme_date_filters_and_source() -> None:
    captions = change(focus="actor:x:Alpha").captions
    assert captions == (
        "Schéma X ; liens en vigueur au 1er mars 2016.",
        "Filtres : voisinage direct de Alpha.",
        "Source : Fiche X.",
    )
    english = picture(network(), dataclasses.replace(RECIPE, language="en")).captions
    assert english == ("Schéma X; links in force on 1 March 2016.", "Source: Fiche X.")


@pytest.mark.parametrize(("language", "notice"), [("fr", "Données fictives"), ("en", "Fictitious data")])
def test_fictitious_data_say_so_in_the_source_line_and_in_the_alternative_text(language: str, notice: str) -> None:
    drawn = picture(network(fictitious=True), dataclasses.replace(RECIPE, language=language))  # type: ignore[arg-type]
    assert drawn.captions[-1].startswith("Source")
    assert notice in drawn.captions[-1]
    assert notice in drawn.alt_text
    assert not any(notice in line for line in (*change().captions, change().alt_text))


def test_alternative_text_counts_and_names_the_three_most_linked() -> None:
    assert change().alt_text == (
        "Réseau de 3 acteurs et 3 projets, avec 5 liens. "
        "Les plus liés : 1 · Accueil (3), Beta (2) et Projet 2 (titre inconnu) (2)."
    )


def test_an_empty_network_gives_a_picture_that_says_so() -> None:
    drawn = picture(Network.of([], []), RECIPE)
    assert drawn.nodes == ()
    assert drawn.alt_text == "Réseau de 0 nœud, avec 0 lien."


def test_positions_of_the_recipe_are_kept() -> None:
    drawn = change(positions={"actor:x:Alpha": (1234.5, -6.0)})
    place = next((node.x, node.y) for node in drawn.nodes if node.id == "actor:x:Alpha")
    assert place == (1234.5, -6.0)


def test_columns_by_scale_have_headings() -> None:
    assert [band.text for band in change(layout="nesting").bands] == ["Métropole", "Échelle inconnue", "Sans projet affiché"]
    assert change().bands == ()


def test_the_legend_counts_every_node_and_link_shown() -> None:
    drawn = change()
    assert sum(entry.shown for entry in drawn.legend if entry.aspect == "node") == len(drawn.nodes)
    assert sum(entry.shown for entry in drawn.legend if entry.aspect == "link") == len(drawn.links)
    assert len({entry.key for entry in drawn.legend}) == len(drawn.legend)


def test_the_same_picture_twice() -> None:
    assert change() == change()


def test_what_a_query_answered_is_marked_and_named_and_its_layer_shown() -> None:
    pointed = ("territory:x:t", "APPLIES_IN|project:x:1|territory:x:t|", "project:x:elsewhere")
    recipe = widened(network(), RECIPE, pointed)
    assert recipe.layers == ("Project", "Actor", "Territory")
    assert widened(network(), change(layers=("Actor",)).recipe, pointed).layers == ("Actor",)
    drawn = marked(picture(network(), recipe), pointed, "Où ?")
    assert {node.id for node in drawn.nodes if node.marked} == {"territory:x:t"}
    assert [one.type for one in drawn.links if one.marked] == ["APPLIES_IN"]
    assert drawn.captions[-2] == "En évidence : réponse à « Où ? »."
    assert drawn.captions[-1].startswith("Source")


def test_an_answer_that_is_not_shown_changes_nothing() -> None:
    assert marked(change(), ("project:x:elsewhere",), "Où ?") == change()
