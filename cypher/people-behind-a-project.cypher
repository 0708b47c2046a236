// title = { fr = "Personnes et institutions d'un projet", en = "People and institutions of a project" }
// question = { fr = "Qui est derrière un projet : quelles personnes, à quel titre, de quelle institution ?", en = "Who is behind a project: which people, in which role, from which institution?" }
// category = "projects"
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
// name = "party"
// type = "node"
// fr = "Personne ou acteur"
// en = "Person or actor"
//
// [[columns]]
// name = "role"
// type = "text"
// fr = "Rôle"
// en = "Role"
// choices_of = "TAKES_PART_IN.role"
//
// [[columns]]
// name = "function"
// type = "text"
// fr = "Fonction"
// en = "Function"
//
// [[columns]]
// name = "institution"
// type = "node"
// fr = "Institution"
// en = "Institution"
//
// [[columns]]
// name = "path"
// type = "path"
// fr = "Participation"
// en = "Participation"

MATCH (p:Project {id: $project})-[:PART_OF]->(:Programme {id: $programme})
WITH DISTINCT p
MATCH path = (who)-[t:TAKES_PART_IN]->(p)
OPTIONAL MATCH (who)-[m:MEMBER_OF]->(i:Actor)
RETURN who AS party, t.role AS role, coalesce(m.role, who.function) AS function, i AS institution, path
ORDER BY role, who.id, i.id
LIMIT $limit
