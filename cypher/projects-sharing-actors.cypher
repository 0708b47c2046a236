// title = { fr = "Projets qui partagent des acteurs", en = "Projects that share actors" }
// question = { fr = "Quels projets partagent le plus d'acteurs ?", en = "Which projects share most actors?" }
// category = "projects"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "minimum"
// type = "integer"
// label = { fr = "Acteurs communs au moins", en = "Shared actors at least" }
// default = 1
//
// [[parameters]]
// name = "limit"
// type = "integer"
// label = { fr = "Lignes au plus", en = "Rows at most" }
// default = 500
//
// [[columns]]
// name = "one"
// type = "node"
// fr = "Projet"
// en = "Project"
//
// [[columns]]
// name = "other"
// type = "node"
// fr = "Autre projet"
// en = "Other project"
//
// [[columns]]
// name = "shared"
// type = "integer"
// fr = "Acteurs communs"
// en = "Shared actors"
//
// [[columns]]
// name = "actors"
// type = "list"
// fr = "Lesquels"
// en = "Which ones"

MATCH (one:Project)-[:PART_OF]->(:Programme {id: $programme})
MATCH (one)<-[:TAKES_PART_IN]-(a:Actor)-[:TAKES_PART_IN]->(other:Project)
WHERE one.id < other.id
MATCH (other)-[:PART_OF]->(:Programme {id: $programme})
WITH DISTINCT one, other, a
ORDER BY a.id
WITH one, other, count(a) AS shared, collect(a) AS actors
WHERE shared >= $minimum
RETURN one, other, shared, actors
ORDER BY shared DESC, one.id, other.id
LIMIT $limit
