// title = { fr = "Qui le dit", en = "Who says so" }
// question = { fr = "Quelles sources affirment un élément, depuis quand, et sur quoi divergent-elles ?", en = "Which sources state a thing, since when, and on what do they disagree?" }
// category = "data"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "node"
// type = "text"
// label = { fr = "Identifiant", en = "Identifier" }
// suggest = "Project"
//
// [[parameters]]
// name = "limit"
// type = "integer"
// label = { fr = "Lignes au plus", en = "Rows at most" }
// default = 500
//
// [[columns]]
// name = "node"
// type = "node"
// fr = "Élément"
// en = "Thing"
//
// [[columns]]
// name = "source"
// type = "text"
// fr = "Source"
// en = "Source"
//
// [[columns]]
// name = "source_name"
// type = "text"
// fr = "Nom de la source"
// en = "Name of the source"
//
// [[columns]]
// name = "since"
// type = "datetime"
// fr = "Depuis l'import du"
// en = "Since the import of"
//
// [[columns]]
// name = "confirmed"
// type = "datetime"
// fr = "Confirmé par l'import du"
// en = "Confirmed by the import of"
//
// [[columns]]
// name = "property"
// type = "text"
// fr = "Propriété disputée"
// en = "Disputed property"
//
// [[columns]]
// name = "value"
// type = "text"
// fr = "Valeur affirmée"
// en = "Value stated"
//
// [[columns]]
// name = "kept"
// type = "boolean"
// fr = "Retenue"
// en = "Kept"
//
// [[columns]]
// name = "place"
// type = "text"
// fr = "Endroit"
// en = "Where"

MATCH (n:Project|Actor|Person|Territory {id: $node})-[:PART_OF]->(:Programme {id: $programme})
WITH DISTINCT n
UNWIND n.sources AS source
OPTIONAL MATCH (s:Source {id: source})
OPTIONAL MATCH (f:ImportRun {id: n.first_run})
OPTIONAL MATCH (l:ImportRun {id: n.last_run})
OPTIONAL MATCH (d:Statement)-[:ABOUT]->(n)
WHERE d.source = source
RETURN n AS node, source, s.name AS source_name, f.started_at AS since, l.started_at AS confirmed,
  d.property AS property, d.value AS value, d.kept AS kept, d.place AS place
ORDER BY source, property, d.id, n.id
LIMIT $limit
