// title = { fr = "Acteurs présents dans le plus de projets", en = "Actors in most projects" }
// question = { fr = "Quels acteurs participent au plus grand nombre de projets, et à quel titre ?", en = "Which actors take part in most projects, and in which role?" }
// category = "actors"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "kind"
// type = "choice"
// label = { fr = "Famille", en = "Kind" }
// choices_of = "Actor.kind"
// optional = true
//
// [[parameters]]
// name = "limit"
// type = "integer"
// label = { fr = "Lignes au plus", en = "Rows at most" }
// default = 500
//
// [[columns]]
// name = "actor"
// type = "node"
// fr = "Acteur"
// en = "Actor"
//
// [[columns]]
// name = "kind"
// type = "text"
// fr = "Famille"
// en = "Kind"
// choices_of = "Actor.kind"
//
// [[columns]]
// name = "projects"
// type = "integer"
// fr = "Projets"
// en = "Projects"
//
// [[columns]]
// name = "leads"
// type = "integer"
// fr = "Dont portés"
// en = "Of which led"
//
// [[columns]]
// name = "amount"
// type = "number"
// fr = "Montants connus"
// en = "Known amounts"
// unit = "EUR"

MATCH (a:Actor)-[:PART_OF]->(g:Programme {id: $programme})
WHERE $kind IS NULL OR a.kind = $kind
WITH DISTINCT a, g
MATCH (a)-[t:TAKES_PART_IN]->(p:Project)
WHERE EXISTS { MATCH (p)-[:PART_OF]->(g) }
WITH a, count(DISTINCT p) AS projects, count(DISTINCT CASE WHEN t.role = 'lead' THEN p.id END) AS leads,
  sum(t.amount) AS total, count(t.amount) AS amounts
RETURN a AS actor, a.kind AS kind, projects, leads, CASE WHEN amounts > 0 THEN total END AS amount
ORDER BY projects DESC, leads DESC, a.id
LIMIT $limit
