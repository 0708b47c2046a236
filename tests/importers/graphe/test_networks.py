"""Networks of others: published ones, as networkx, Gephi, Cytoscape and Pajek write them."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.graphe import IMPORTER
from pacte_graph import loading
from pacte_graph.errors import DataRefused
from pacte_graph.records import Batch

CLASSIC = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "classic"
ONE, TWO = "COOPERATES_WITH", "TAKES_PART_IN"
GRAPHS = {
    "karate": (nx.karate_club_graph, {"Actor": 34}, {ONE: 78}),
    "florentine": (nx.florentine_families_graph, {"Actor": 15}, {ONE: 20}),
    "davis": (nx.davis_southern_women_graph, {"Actor": 18, "Project": 14}, {TWO: 89}),
}


def one(path: Path, **options: Any) -> Batch:
    (batch,) = IMPORTER.read([path], **options)
    return batch


def written(tmp_path: Path, name: str, text: str | bytes, **options: Any) -> Batch:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return one(path, **options)


def counts(batch: Batch) -> tuple[dict[str, int], dict[str, int]]:
    nodes = Counter(node.label for node in batch.nodes if node.label != "Programme")
    return dict(nodes), dict(Counter(link.type for link in batch.links if link.type != "PART_OF"))


def ties(batch: Batch) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the links but those of the perimeter, ends by their last part."""
    found = [x for x in batch.links if x.type != "PART_OF"]
    return [(x.source.id.rpartition(":")[2], x.target.id.rpartition(":")[2], dict(x.properties)) for x in found]


def named(batch: Batch) -> dict[str, dict[str, Any]]:
    return {node.id.rpartition(":")[2]: dict(node.properties) for node in batch.nodes if node.label != "Programme"}


def strange(batch: Batch) -> list[str]:
    return [item.text for item in batch.not_understood]


def classic(name: str) -> Path:
    if not (CLASSIC / name).exists():
        pytest.skip("the published networks are not beside this checkout")
    return CLASSIC / name


def write_pajek(graph: nx.Graph, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # networkx writes no number among the attributes, and says so
        nx.write_pajek(graph, path)


def write_graphml(graph: nx.Graph, path: Path) -> None:
    graph.graph.clear()
    nx.write_graphml(graph, path)


WRITE: dict[str, Callable[[nx.Graph, Path], None]] = {
    ".graphml": write_graphml,
    ".gexf": nx.write_gexf,
    ".json": lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph)), encoding="utf-8"),
    ".cyjs": lambda graph, path: path.write_text(json.dumps(nx.cytoscape_data(graph)), encoding="utf-8"),
}


@pytest.mark.parametrize("suffix", list(WRITE))
@pytest.mark.parametrize("name", list(GRAPHS))
def test_networks_that_networkx_writes(tmp_path: Path, name: str, suffix: str) -> None:
    make, nodes, links = GRAPHS[name]
    path = tmp_path / f"{name}{suffix}"
    graph = make()
    WRITE[suffix](graph, path)
    batch = one(path)
    assert counts(batch) == (nodes, links)
    assert batch.rejected == []
    weights = [told.get("weight") for _, _, told in ties(batch)]
    expected = [told.get("weight") for *_, told in graph.edges(data=True)]
    assert Counter(weights) == Counter(expected)
    if name == "karate":
        assert [text for text in strange(batch) if "club" in text] == [
            "Attribute “club” of Actor has no place in the schema (34 times)"
        ]


@pytest.mark.parametrize("name", list(GRAPHS))
def test_pajek_and_lists_that_networkx_writes(tmp_path: Path, name: str) -> None:
    graph = GRAPHS[name][0]()
    write_pajek(graph, tmp_path / "g.net")
    assert counts(one(tmp_path / "g.net")) == ({"Actor": len(graph)}, {ONE: graph.number_of_edges()})
    nx.write_edgelist(graph, tmp_path / "g.tsv", delimiter="\t", data=False)
    assert counts(one(tmp_path / "g.tsv")) == ({"Actor": len(graph)}, {ONE: graph.number_of_edges()})
    if name != "davis":  # its names hold spaces, which networkx's own separator can't tell apart
        nx.write_edgelist(graph, tmp_path / "g.edgelist")
        batch = one(tmp_path / "g.edgelist")
        assert counts(batch) == ({"Actor": len(graph)}, {ONE: graph.number_of_edges()})
        assert Counter(told.get("weight") for *_, told in ties(batch)) == Counter(
            told.get("weight") for *_, told in graph.edges(data=True)
        )


@pytest.mark.parametrize(
    ("file", "mode", "nodes", "links"),
    [
        ("karate_edges.csv", "auto", {"Actor": 34}, {ONE: 78}),
        ("florentine_marriage_edges.csv", "auto", {"Actor": 15}, {ONE: 20}),
        ("davis_southern_women_edges.csv", "bimodal", {"Actor": 18, "Project": 14}, {TWO: 89}),
        ("ceos_clubs_edges.csv", "bimodal", {"Actor": 26, "Project": 15}, {TWO: 98}),
        ("brunson_corporate_leadership_edges.csv", "bimodal", {"Actor": 20, "Project": 24}, {TWO: 99}),
        ("Scotland.paj", "auto", {"Actor": 108, "Project": 136}, {TWO: 358}),
    ],
)
def test_published_networks(file: str, mode: str, nodes: dict[str, int], links: dict[str, int]) -> None:
    batch = one(classic(file), mode=mode)
    assert counts(batch) == (nodes, links)
    assert batch.rejected == []


def test_scottish_interlocks_keep_their_industry(tmp_path: Path) -> None:
    batch = one(classic("Scotland.paj"))
    railway = named(batch)["north british railway"]
    assert railway == {"name": "north british railway", "kind_stated": "Industrial_categories.clu : 2"}
    assert strange(batch)[0] == "Attribute “Capital.vec” of Actor has no place in the schema (108 times)"


GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2024-01-01"><creator>Gephi 0.10.1</creator><title/></meta>
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">
    <attributes class="node" mode="static">
      <attribute id="ville" title="Ville" type="string"><default>Toulouse</default></attribute>
      <attribute id="modularity_class" title="Modularity Class" type="integer"/>
      <attribute id="famille" title="Famille" type="string"/>
    </attributes>
    <attributes class="edge" mode="static"><attribute id="cadre" title="Cadre" type="string"/></attributes>
    <attributes class="edge" mode="dynamic"><attribute id="flux" title="Flux" type="double"/></attributes>
    <nodes count="3">
      <node id="n0" label="CCI de Toulouse"><attvalues><attvalue for="modularity_class" value="1"/>
        <attvalue for="famille" value="Chambre consulaire (CCI, CMA…)"/></attvalues>
        <viz:size value="10.0"/><viz:position x="1.5" y="-2.0"/><viz:color r="255" g="0" b="0"/></node>
      <node id="n1" label="Université"><attvalues><attvalue for="ville" value="Albi"/>
        <attvalue for="famille" value="grande école"/></attvalues></node>
      <node id="n2" label="Airbus" start="2010-01-01"/>
    </nodes>
    <edges count="4">
      <edge id="0" source="n0" target="n1" weight="2.5" start="2015-01-01" end="2016-12-31"><attvalues>
        <attvalue for="cadre" value="Accord-cadre"/><attvalue for="flux" value="3" start="2015-01-01"/></attvalues></edge>
      <edge id="1" source="n1" target="n0" type="undirected"><spells><spell start="2017-01-01" endopen="2018-01-01"/></spells></edge>
      <edge id="2" source="n0" target="absent"/>
      <edge id="3" source="n2" target="n1" start="1999.5"/>
    </edges>
  </graph>
</gexf>"""


def test_gexf_as_gephi_writes_it(tmp_path: Path) -> None:
    batch = written(tmp_path, "réseau.gexf", GEPHI)
    assert named(batch) == {
        "n0": {"name": "CCI de Toulouse", "kind": "chamber", "town": "Toulouse"},
        "n1": {"name": "Université", "kind_stated": "grande école", "town": "Albi"},
        "n2": {"name": "Airbus", "town": "Toulouse"},
    }
    assert ties(batch) == [
        ("n0", "n1", {"weight": 2.5, "since": dt.date(2015, 1, 1), "until": dt.date(2017, 1, 1), "frame": "Accord-cadre"}),
        ("n1", "n0", {"since": dt.date(2017, 1, 1), "until": dt.date(2018, 1, 1)}),
        ("n2", "n1", {}),
    ]
    assert [(item.line, item.reason) for item in batch.rejected] == [(24, "No node 'absent' is declared.")]
    assert strange(batch) == [
        "Dated values of “Flux” are not read",
        "A start that isn't a date (such as “1999.5”) is not read",
        "Attribute “Modularity Class” of Actor has no place in the schema",
        "Attribute “since” of Actor has no place in the schema",
    ]
    assert batch.card.id == "source:graphe:réseau"


CYTOSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key attr.name="name" attr.type="string" for="node" id="name"/>
  <key attr.name="shared name" attr.type="string" for="node" id="shared name"/>
  <key attr.name="Adresse web" attr.type="string" for="node" id="url"/>
  <key attr.name="Poids" attr.type="double" for="edge" id="poids"><default>1.5</default></key>
  <key for="node" id="g" yfiles.type="nodegraphics"/>
  <graph edgedefault="directed" id="G">
    <edge source="62" target="63"><data key="poids">4</data></edge>
    <node id="62"><data key="name">Métropole</data><data key="shared name">Métropole</data>
      <data key="url">https://exemple.org</data><data key="g"><y:ShapeNode><y:Fill color="#FF0000"/></y:ShapeNode></data></node>
    <node id="63"><port name="haut"/><data key="name">Région</data></node>
    <node id="63"/><node/>
    <edge source="63" target="62"/><edge source="62" target="62"/><edge source="62" target="64"/><edge source="62"/>
    <edge source="63" target="62"><data key="poids">NaN</data></edge>
    <hyperedge><endpoint node="62"/><endpoint node="63"/></hyperedge>
  </graph>
  <graph><node id="99"/></graph>
</graphml>"""


def test_graphml_as_cytoscape_writes_it_with_what_cannot_be_read(tmp_path: Path) -> None:
    batch = written(tmp_path, "c.graphml", CYTOSCAPE)
    assert named(batch) == {"62": {"name": "Métropole", "url": "https://exemple.org"}, "63": {"name": "Région"}}
    assert ties(batch) == [("62", "63", {"weight": 4.0}), ("63", "62", {"weight": 1.5}), ("63", "62", {})]
    assert [(item.line, item.value, item.reason) for item in batch.rejected] == [
        (13, "63", "Another node has this identifier, at c.graphml:12."),
        (13, "", "The node has no identifier."),
        (14, "62 → ", "The link lacks one of its ends."),
        (14, "62 → 64", "No node '64' is declared."),
        (14, "62 → 62", "The link joins '62' to itself, which COOPERATES_WITH can't mean."),
        (15, "NaN", "Column weight: “NaN” is not a number (1 234,5). The rest of the row is taken."),
    ]
    assert strange(batch) == [
        "<ShapeNode> inside <data> is not read",
        "A port of a node is not read",
        "A hyperedge is not read",
        "A second graph in the file is not read",
        "Attribute “shared name” of Actor has no place in the schema",
    ]


def test_cytoscape_json_and_flat_elements(tmp_path: Path) -> None:
    nodes = [
        {"data": {"id": "a", "name": "Alpha", "score": {"x": 1}}, "position": {"x": 1, "y": 2}},
        {"data": {"id": 7}},
        {"x": 1},
    ]
    edges = [{"data": {"id": "e", "source": "a", "target": "7", "weight": 3, "since": "2016-01-29"}}]
    for elements in ({"nodes": nodes, "edges": edges}, nodes + edges):
        batch = written(tmp_path, "réseau.cyjs", json.dumps({"elements": elements}))
        assert named(batch) == {"a": {"name": "Alpha"}, "7": {"name": "7"}}
        assert ties(batch) == [("a", "7", {"weight": 3.0, "since": dt.date(2016, 1, 29)})]
        assert strange(batch) == ["The nested value of “score” is not read"]
        assert [item.reason for item in batch.rejected] == ["The element has no data."]


PAJEK = """% un commentaire
*Network Essai
*Vertices 4
1 "Mairie d'Albi" 0.1 0.2 0.5 box ic Red x_fact 2 Ville Albi
2 "Codev"
3 "Codev" [1-5]
*Arcs :1 "Accord"
1 2 2.5 l "flèche" c Blue
1 2 1
9 1 1
*Edges
2 3
*Arcslist
4 1 2
*Edgeslist
3 4
*Events
TI 1
"""


def test_every_notation_of_pajek(tmp_path: Path) -> None:
    batch = written(tmp_path, "e.net", PAJEK.replace("\n", "\r\n").encode("cp1252"))
    assert named(batch) == {
        "Mairie d'Albi": {"name": "Mairie d'Albi", "town": "Albi"},
        "Codev#2": {"name": "Codev"},
        "Codev#3": {"name": "Codev"},
        "4": {"name": "4"},
    }
    assert ties(batch) == [
        ("Mairie d'Albi", "Codev#2", {"frame": "Accord", "weight": 1.0}),
        ("Mairie d'Albi", "Codev#2", {"frame": "Accord", "weight": 2.5}),
        ("Codev#2", "Codev#3", {}),
        ("4", "Mairie d'Albi", {}),
        ("4", "Codev#2", {}),
        ("Codev#3", "4", {}),
    ]
    assert [item.reason for item in batch.rejected] == ["There is no vertex 9."]
    assert strange(batch) == [
        "Periods between brackets ([1-3]) are not read",
        "The section *events is not read",
        "Attribute “label” of COOPERATES_WITH has no place in the schema",
    ]


def test_pajek_matrices_one_mode_and_two_mode(tmp_path: Path) -> None:
    square = written(tmp_path, "m.net", '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Matrix\n0 2 0\n0 0 1.5\n0 0\n')
    assert ties(square) == [("a", "b", {"weight": 2.0}), ("b", "c", {"weight": 1.5})]
    assert [item.line for item in square.rejected] == [8]
    two = written(tmp_path, "t.net", '*Vertices 3 2\n1 "a"\n2 "b"\n3 "P"\n*Matrix\n1\n1\n')
    assert counts(two) == ({"Actor": 2, "Project": 1}, {TWO: 2})


def test_two_modes_by_an_attribute_or_on_demand(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_node("p", bipartite=1)
    graph.add_nodes_from(["a", "b"], bipartite=0)
    graph.add_edges_from([("p", "a"), ("b", "p"), ("a", "b")])
    nx.write_gexf(graph, tmp_path / "g.gexf")
    batch = one(tmp_path / "g.gexf")
    assert sorted((source, target) for source, target, _ in ties(batch)) == [("a", "p"), ("b", "p")]
    assert [item.reason for item in batch.rejected] == ["The network is two-mode and both ends are of the same mode."]
    assert counts(one(tmp_path / "g.gexf", mode="un-mode"))[0] == {"Actor": 3}
    with pytest.raises(DataRefused, match="not two-mode"):
        written(tmp_path, "g.csv", "a,b\nb,c\n", mode="bimodal")


def test_nodes_may_be_projects_and_no_direction_is_assumed(tmp_path: Path) -> None:
    batch = written(tmp_path, "p.csv", "source;cible;poids\n1;2;3\n2;3;\n", noeuds="Project")
    assert counts(batch) == ({"Project": 3}, {"LINKED_TO": 2})
    assert ties(batch) == [("1", "2", {}), ("2", "3", {})]
    assert strange(batch) == ["Attribute “weight” of LINKED_TO has no place in the schema"]


@pytest.mark.parametrize(
    ("name", "text", "options", "expected"),
    [
        ("a.csv", "a,b\nb,c\n", {}, [("a", "b", {}), ("b", "c", {})]),
        ("a.csv", "\ufeffDe;Vers;Poids\nÉté;b;1 234,5\n", {}, [("Été", "b", {"weight": 1234.5})]),
        ("a.tsv", "from\tto\tsince\nx y\tb\t29/01/2016\n", {}, [("x y", "b", {"since": dt.date(2016, 1, 29)})]),
        ("a.txt", "% commentaire\n1 2 0.5\n\n2 3 1\n", {}, [("1", "2", {"weight": 0.5}), ("2", "3", {"weight": 1.0})]),
        ("a.edgelist", "# c\n1 2 {'weight': 2, 'frame': 'x, y'}\n1 3 {}\n", {}, [("1", "2", {"weight": 2.0, "frame": "x, y"}), ("1", "3", {})]),
        ("a.csv", "acteur a,acteur b\na,b\n", {"entete": "oui"}, [("a", "b", {})]),
        ("a.csv", "source,target\na,b\n", {"entete": "non"}, [("source", "target", {}), ("a", "b", {})]),
        ("a.csv", "weight,target,source\n2,b,a\n", {}, [("a", "b", {"weight": 2.0})]),
        ("a.csv", "a,b,poids\nx,y,2\n", {}, [("x", "y", {"weight": 2.0})]),
    ],
)  # fmt: skip
def test_edge_lists(tmp_path: Path, name: str, text: str, options: dict[str, str], expected: list[Any]) -> None:
    batch = written(tmp_path, name, text, **options)
    assert ties(batch) == expected
    assert batch.rejected == []
    assert not [text for text in strange(batch) if not text.startswith("Comment")]


def test_opening_comments_are_listed_and_names_may_start_like_them(tmp_path: Path) -> None:
    batch = written(tmp_path, "c.txt", "# fait à la main\n\n%x\na b\n#climat #eau\n")
    assert ties(batch) == [("a", "b", {}), ("#climat", "#eau", {})]
    assert [(item.line, item.text) for item in batch.not_understood] == [
        (1, "Comment “# fait à la main” is not read"),
        (3, "Comment “%x” is not read"),
    ]
    assert [x.where[0].line for x in batch.links if x.type == ONE] == [4, 5]


def test_a_type_of_0_and_1_is_a_mode_only_when_links_cross(tmp_path: Path) -> None:
    nodes = [{"id": "a", "type": 0}, {"id": "b", "type": 1}, {"id": "c", "type": 0}]
    inside = {"nodes": nodes, "edges": [{"source": "a", "target": "b"}, {"source": "a", "target": "c"}]}
    assert counts(written(tmp_path, "i.json", json.dumps(inside))) == ({"Actor": 3}, {ONE: 2})
    across = {"nodes": nodes, "edges": [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]}
    assert counts(written(tmp_path, "x.json", json.dumps(across))) == ({"Actor": 2, "Project": 1}, {TWO: 2})


def test_two_networks_in_a_pajek_project(tmp_path: Path) -> None:
    first = '*Network un\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 1\n*Partition famille\n*Vertices 2\n7\n8\n'
    batch = written(tmp_path, "p.paj", first + first.replace("un", "deux"))
    assert named(batch) == {"a": {"name": "a", "kind_stated": "famille : 7"}, "b": {"name": "b", "kind_stated": "famille : 8"}}
    assert len(ties(batch)) == 1
    assert strange(batch) == [
        "*network “deux”, after a first network, is not read",
        "*partition “famille”, after a first network, is not read",
    ]


def test_rows_that_cannot_be_taken_are_listed_with_their_line(tmp_path: Path) -> None:
    long = "x" * 600
    batch = written(tmp_path, "r.csv", f"source,target,weight\na,b,1\na,,2\na,b,c,d\n{long},a,1\na,a,1\na,b,beaucoup\n")
    assert [(item.line, item.reason) for item in batch.rejected] == [
        (3, "The link lacks one of its ends."),
        (4, "4 cells on this line, 3 columns in the file."),
        (5, f"Identifier {'actor:graphe:r:' + 'x' * 25!r}… has 615 characters; 500 are allowed."),
        (5, "One end of the link was refused."),
        (6, "The link joins 'a' to itself, which COOPERATES_WITH can't mean."),
        (7, "Column weight: “beaucoup” is not a number (1 234,5). The rest of the row is taken."),
    ]
    assert ties(batch) == [("a", "b", {"weight": 1.0}), ("a", "b", {})]


@given(rows=st.permutations([("a", "b", "1"), ("a", "b", "2"), ("b", "c", ""), ("a", "b", "2"), ("c", "a", "0.5")]))
def test_the_order_of_rows_changes_no_identity(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]) -> None:
    folder = tmp_path_factory.mktemp("rows")
    batch = written(folder, "r.csv", "source,target,weight\n" + "\n".join(",".join(row) for row in rows))
    found = {(x.source.id[-1], x.target.id[-1], x.key): x.properties.get("weight") for x in batch.links if x.type == ONE}
    assert found == {
        ("a", "b", "1"): 1.0,
        ("a", "b", "2"): 2.0,
        ("a", "b", "3"): 2.0,
        ("b", "c", "1"): None,
        ("c", "a", "1"): 0.5,
    }


def test_everything_is_part_of_a_programme(tmp_path: Path) -> None:
    batch = written(tmp_path, "mon réseau.csv", "a,b\n")
    assert [(node.id, node.properties) for node in batch.nodes if node.label == "Programme"] == [
        ("programme:graphe:mon réseau", {"name": "mon réseau"})
    ]
    assert {x.source.id for x in batch.links if x.type == "PART_OF"} == {"actor:graphe:mon réseau:a", "actor:graphe:mon réseau:b"}
    other = written(tmp_path, "n.csv", "a,b\n", programme="Dialogue")
    assert {x.target.id for x in other.links if x.type == "PART_OF"} == {"programme:graphe:Dialogue"}
    held = written(tmp_path, "n.csv", "a,b\n", programme="programme:sdeirm")
    assert [node.id for node in held.nodes if node.label == "Programme"] == []
    assert {x.target.id for x in held.links if x.type == "PART_OF"} == {"programme:sdeirm"}


@pytest.mark.parametrize("name", ["davis.gexf", "karate.graphml", "florentine.json"])
def test_a_second_import_changes_nothing(embedded_store: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITE[path.suffix](GRAPHS[path.stem][0](), path)
    first = loading.apply(embedded_store, loading.plan(embedded_store, one(path))).as_dict()
    again = loading.apply(embedded_store, loading.plan(embedded_store, one(path))).as_dict()
    zero = {"nodes": 0, "links": 0}
    assert first["created"]["nodes"] == sum(GRAPHS[path.stem][1].values()) + 1
    assert (again["created"], again["changed"], again["vanished"]) == (zero, zero, zero)
    assert again["unchanged"] == first["created"]
