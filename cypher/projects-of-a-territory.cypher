// title = { fr = "Projets d'une commune ou d'un territoire", en = "Projects of a commune or territory" }
// question = { fr = "Quels projets concernent une commune, directement ou par les territoires plus larges dont elle fait partie ?", en = "Which projects concern a commune, directly or through the wider territories it belongs to?" }
// category = "territories"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "territory"
// type = "node"
// label = { fr = "Territoire", en = "Territory" }
// node = "Territory"
//
// [[parameters]]
// name = "limit"
// type = "integer"
// label = { fr = "Lignes au plus", en = "Rows at most" }
// default = 500
//
// [[columns]]
// name = "project"
// type = "node"
// fr = "Projet"
// en = "Project"
//
// [[columns]]
// name = "number"
// type = "integer"
// fr = "Numéro"
// en = "Number"
//
// [[columns]]
// name = "declined_on"
// type = "node"
// fr = "Décliné sur"
// en = "Declined on"
//
// [[columns]]
// name = "level"
// type = "text"
// fr = "Échelle"
// en = "Scale"
// choices_of = "Territory.level"
//
// [[columns]]
// name = "inherited"
// type = "boolean"
// fr = "Hérité d'un territoire plus large"
// en = "Inherited from a wider territory"
//
// [[columns]]
// name = "status"
// type = "text"
// fr = "État"
// en = "Status"
// choices_of = "APPLIES_IN.status"

MATCH (c:Territory {id: $territory})-[:PART_OF]->(g:Programme {id: $programme})
MATCH (c)-[:WITHIN|MEMBER_OF*0..7]->(t:Territory)
WITH DISTINCT c, g, t
MATCH (t)<-[a:APPLIES_IN]-(p:Project)
WHERE EXISTS { MATCH (p)-[:PART_OF]->(g) }
WITH c, t, p, a
ORDER BY coalesce(a.as_source, ''), coalesce(a.as_target, '')
WITH c, t, p, head(collect(a)) AS a
WHERE a.status <> 'not_declined'
RETURN p AS project, p.number AS number, t AS declined_on, t.level AS level, t.id <> c.id AS inherited, a.status AS status
ORDER BY number, p.id, t.id
LIMIT $limit
