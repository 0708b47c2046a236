// title = { fr = "Acteurs à deux pas d'un projet", en = "Actors two steps from a project" }
// question = { fr = "Quels acteurs un projet atteint-il en deux pas, et par quel chemin ?", en = "Which actors does a project reach in two steps, and by which path?" }
// category = "actors"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "project"
// type = "node"
// label = { fr = "Projet", en = "Project" }
// node = "Project"
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
// fr = "Acteur atteint"
// en = "Actor reached"
//
// [[columns]]
// name = "through"
// type = "node"
// fr = "Par"
// en = "Through"
//
// [[columns]]
// name = "first_link"
// type = "text"
// fr = "Premier pas"
// en = "First step"
//
// [[columns]]
// name = "second_link"
// type = "text"
// fr = "Second pas"
// en = "Second step"
//
// [[columns]]
// name = "path"
// type = "path"
// fr = "Chemin"
// en = "Path"

MATCH (p:Project {id: $project})-[:PART_OF]->(g:Programme {id: $programme})
WITH DISTINCT p, g
MATCH path = (p)-[first:LINKED_TO|TAKES_PART_IN]-(m)-[second:TAKES_PART_IN|COOPERATES_WITH]-(a:Actor)
WHERE (m:Project OR m:Actor)
  AND EXISTS { MATCH (m)-[:PART_OF]->(g) }
  AND EXISTS { MATCH (a)-[:PART_OF]->(g) }
  AND NOT EXISTS { MATCH (a)-[:TAKES_PART_IN]->(p) }
RETURN a AS actor, m AS through, type(first) AS first_link, type(second) AS second_link, path
ORDER BY a.id, m.id, first_link, second_link
LIMIT $limit
