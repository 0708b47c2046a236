// title = { fr = "Projets par territoire", en = "Projects by territory" }
// question = { fr = "Quels projets sont déclinés sur quels territoires, et à quelle échelle ?", en = "Which projects are declined on which territories, and at which scale?" }
// category = "territories"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "level"
// type = "choice"
// label = { fr = "Échelle", en = "Scale" }
// choices_of = "Territory.level"
// optional = true
//
// [[parameters]]
// name = "status"
// type = "choice"
// label = { fr = "État", en = "Status" }
// choices_of = "APPLIES_IN.status"
// optional = true
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
// name = "territory"
// type = "node"
// fr = "Territoire"
// en = "Territory"
//
// [[columns]]
// name = "level"
// type = "text"
// fr = "Échelle"
// en = "Scale"
// choices_of = "Territory.level"
//
// [[columns]]
// name = "status"
// type = "text"
// fr = "État"
// en = "Status"
// choices_of = "APPLIES_IN.status"
//
// [[columns]]
// name = "amount"
// type = "number"
// fr = "Montant"
// en = "Amount"
// unit = "EUR"

MATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})
WITH DISTINCT p
MATCH (p)-[a:APPLIES_IN]->(t:Territory)
WHERE $level IS NULL OR t.level = $level
WITH p, t, a
ORDER BY coalesce(a.as_source, ''), coalesce(a.as_target, '')
WITH p, t, head(collect(a)) AS a
WHERE $status IS NULL OR a.status = $status
RETURN p AS project, p.number AS number, t AS territory, t.level AS level, a.status AS status, a.amount AS amount
ORDER BY number, p.id, t.id
LIMIT $limit
