"""The Cypher that loading sends: pure builders. Values travel as parameters; names are escaped by one function.

What the plan says is new is created, what is held is matched by its identifier and set: no MERGE, which is slow on hubs.
Every query that takes rows takes them as ``$rows``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pacte_graph.errors import DataRefused, Told, tell

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def name(text: str) -> str:
    """Return a label, type or property name in back-ticks. Raises DataRefused for what can't be one on every engine.

    >>> name("PART_OF")
    '`PART_OF`'
    """
    if not _NAME.fullmatch(text):
        raise DataRefused(
            tell("{name!r} can't be a name in the database.", "« {name} » ne peut pas être un nom dans la base.", name=text),
            hint=Told(
                "Names have letters without accents, digits and _ only.",
                "Un nom n'a que des lettres sans accent, des chiffres et _.",
            ),
        )
    return f"`{text}`"


def lines(*clauses: str) -> str:
    """Return clauses as one query, one a line."""
    return "\n".join(clauses)


def create_nodes(label: str) -> str:
    """Return a query creating one node a row ``{id, properties}``."""
    return lines("UNWIND $rows AS row", f"CREATE (n:{name(label)} {{id: row.id}})", "SET n += row.properties")


def set_nodes(label: str) -> str:
    """Return a query replacing all properties of the nodes of the rows ``{id, properties}``; properties hold the id."""
    return lines("UNWIND $rows AS row", f"MATCH (n:{name(label)} {{id: row.id}})", "SET n = row.properties")


def delete_nodes(label: str) -> str:
    """Return a query deleting the nodes of the rows ``{id}`` with their links."""
    return lines("UNWIND $rows AS row", f"MATCH (n:{name(label)} {{id: row.id}})", "DETACH DELETE n")


def create_links(type_: str, source: str, target: str) -> str:
    """Return a query creating one link a row ``{source, target, properties}`` between nodes of two labels."""
    return lines(
        "UNWIND $rows AS row",
        f"MATCH (a:{name(source)} {{id: row.source}})",
        f"MATCH (b:{name(target)} {{id: row.target}})",
        f"CREATE (a)-[r:{name(type_)}]->(b)",
        "SET r = row.properties",
    )


def create_listed_nodes(label: str, each: Sequence[str], same: Sequence[str]) -> str:
    """Return a query creating one node a row: the values of the properties ``each``; ``$same`` holds those all have alike."""
    return lines("UNWIND $rows AS row", f"CREATE (n:{name(label)} {_listed(each, same, 0)})")


def create_listed_links(type_: str, source: str, target: str, each: Sequence[str], same: Sequence[str]) -> str:
    """Return a query creating one link a row: identifiers of both ends, then as ``create_listed_nodes``."""
    return lines(
        "UNWIND $rows AS row",
        f"MATCH (a:{name(source)} {{id: row[0]}})",
        f"MATCH (b:{name(target)} {{id: row[1]}})",
        f"CREATE (a)-[r:{name(type_)} {_listed(each, same, 2)}]->(b)",
    )


def _listed(each: Sequence[str], same: Sequence[str], first: int) -> str:
    """Return a map of properties; what a row has no value for is null there, which creates no property."""
    own = [f"{name(item)}: row[{place}]" for place, item in enumerate(each, first)]
    return "{" + ", ".join([*own, *(f"{name(item)}: $same.{name(item)}" for item in same)]) + "}"


def _one_link(type_: str, source: str, target: str) -> tuple[str, ...]:
    return (
        "UNWIND $rows AS row",
        f"MATCH (a:{name(source)} {{id: row.source}})-[r:{name(type_)}]->(b:{name(target)} {{id: row.target}})",
        "WHERE coalesce(r.key, '') = row.key",
        "AND coalesce(r.as_source, row.source) = row.as_source AND coalesce(r.as_target, row.target) = row.as_target",
    )


def set_links(type_: str, source: str, target: str) -> str:
    """Return a query replacing all properties of the links of the rows that ``rows.row`` makes."""
    return lines(*_one_link(type_, source, target), "SET r = row.properties")


def delete_links(type_: str, source: str, target: str) -> str:
    """Return a query deleting the links of the rows that ``rows.place`` makes."""
    return lines(*_one_link(type_, source, target), "DELETE r")


def create_absorbed() -> str:
    """Return a query creating the record of one merged node a row ``{id, properties}``."""
    return create_nodes("Absorbed")


def read_absorbed() -> str:
    """Return a query reading the records of the merged nodes ``$ids``: id, properties."""
    return read_nodes("Absorbed")


def links_of(type_: str, label: str, *, outgoing: bool) -> str:
    """Return a query reading every link of a type that starts (or ends) at the node ``$id``: both ends and properties."""
    arrow = f"-[r:{name(type_)}]->" if outgoing else f"<-[r:{name(type_)}]-"
    return lines(
        f"MATCH (n:{name(label)} {{id: $id}}){arrow}(m)",
        "RETURN labels(m) AS labels, m.id AS other, properties(r) AS properties",
    )


def create_statements(label: str) -> str:
    """Return a query creating a Statement a row ``{id, node, properties}``, linked to the node of that label it is about."""
    return lines(
        "UNWIND $rows AS row",
        f"MATCH (n:{name(label)} {{id: row.node}})",
        "CREATE (s:`Statement` {id: row.id})-[:`ABOUT`]->(n)",
        "SET s += row.properties",
    )


def read_nodes(label: str) -> str:
    """Return a query reading the nodes of the identifiers ``$ids``: id, properties."""
    return lines(
        "UNWIND $ids AS id",
        f"MATCH (n:{name(label)} {{id: id}})",
        "RETURN n.id AS id, properties(n) AS properties",
        "ORDER BY id",
    )


def find_nodes(label: str) -> str:
    """Return a query telling which of the identifiers ``$ids`` are nodes of that label."""
    return lines("UNWIND $ids AS id", f"MATCH (n:{name(label)} {{id: id}})", "RETURN n.id AS id", "ORDER BY id")


def read_links(type_: str, source: str) -> str:
    """Return a query reading every link of a type that starts at the nodes ``$ids``: source, label, target, properties.

    Starting from one end and sorting out the others afterwards costs one pass over the links of these nodes; asking for
    each pair would scan a hub once a pair.
    """
    return lines(
        "UNWIND $ids AS id",
        f"MATCH (a:{name(source)} {{id: id}})-[r:{name(type_)}]->(b)",
        "RETURN coalesce(r.as_source, a.id) AS source, labels(b) AS labels, coalesce(r.as_target, b.id) AS target, "
        "properties(r) AS properties",
    )


def stated_nodes(label: str) -> str:
    """Return a query reading the identifiers of the nodes that ``$source`` states."""
    return lines(f"MATCH (n:{name(label)})", "WHERE $source IN n.sources", "RETURN n.id AS id", "ORDER BY id")


def stated_links(type_: str) -> str:
    """Return a query reading the identities of the links that ``$source`` states."""
    return lines(
        f"MATCH (a)-[r:{name(type_)}]->(b)",
        "WHERE $source IN r.sources",
        "RETURN labels(a) AS source_labels, coalesce(r.as_source, a.id) AS source, "
        "labels(b) AS target_labels, coalesce(r.as_target, b.id) AS target, r.key AS key",
    )


def linked_by_others(label: str) -> str:
    """Return a query reading which nodes of the rows ``{id, node}`` have a link that another source than ``$source`` states."""
    return lines(
        "UNWIND $rows AS row",
        f"MATCH (n:{name(label)} {{id: row.node}})-[r]-()",
        "WHERE any(item IN r.sources WHERE item <> $source)",
        "AND (row.node = row.id OR r.as_source = row.id OR r.as_target = row.id)",
        "RETURN DISTINCT row.id AS id",
        "ORDER BY id",
    )


def linked(label: str) -> str:
    """Return a query reading which nodes of the rows ``{id, node}`` have a link that some source states."""
    return lines(
        "UNWIND $rows AS row",
        f"MATCH (n:{name(label)} {{id: row.node}})-[r]-()",
        "WHERE r.sources IS NOT NULL",
        "AND (row.node = row.id OR r.as_source = row.id OR r.as_target = row.id)",
        "RETURN DISTINCT row.id AS id",
        "ORDER BY id",
    )


def named_nodes(label: str) -> str:
    """Return a query reading what tells the named nodes of a label apart: id, name, identifiers, place, sources."""
    wanted = (
        "name",
        "aliases",
        "level",
        "kind",
        "town",
        "country",
        "siren",
        "vat",
        "insee_code",
        "latitude",
        "longitude",
        "sources",
    )
    return lines(
        f"MATCH (n:{name(label)})",
        "WHERE n.name IS NOT NULL",
        f"RETURN n.id AS id, {', '.join(f'n.{item} AS {item}' for item in wanted)}",
        "ORDER BY id",
    )


def perimeter(label: str) -> str:
    """Return a query reading which nodes of a label are part of which programme."""
    return lines(
        f"MATCH (n:{name(label)})-[:`PART_OF`]->(p:`Programme`)",
        "RETURN p.id AS programme, n.id AS id",
        "ORDER BY programme, id",
    )


def present_labels() -> str:
    """Return a query reading which labels and how many nodes of each there are."""
    return lines("MATCH (n)", "RETURN labels(n) AS labels, count(*) AS nodes")
