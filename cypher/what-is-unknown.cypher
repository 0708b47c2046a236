// title = { fr = "Ce que l'on ne sait pas", en = "What is unknown" }
// question = { fr = "Quels projets n'ont ni titre, ni déclinaison, ni porteur, ni budget connus ?", en = "Which projects lack a known title, declination, lead or budget?" }
// category = "data"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
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
// name = "title_known"
// type = "boolean"
// fr = "Titre connu"
// en = "Title known"
//
// [[columns]]
// name = "declination_known"
// type = "boolean"
// fr = "Déclinaison connue"
// en = "Declination known"
//
// [[columns]]
// name = "lead_known"
// type = "boolean"
// fr = "Porteur connu"
// en = "Lead known"
//
// [[columns]]
// name = "budget_known"
// type = "boolean"
// fr = "Budget connu"
// en = "Budget known"
//
// [[columns]]
// name = "unknowns"
// type = "integer"
// fr = "Inconnues"
// en = "Unknowns"

MATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})
OPTIONAL MATCH (p)-[a:APPLIES_IN]->(:Territory)
WHERE a.status <> 'unknown'
WITH p, count(a) AS applications
OPTIONAL MATCH (p)<-[t:TAKES_PART_IN]-(:Actor)
WHERE t.role = 'lead'
WITH p, applications, count(t) AS leads
WITH p,
  p.name IS NOT NULL AS title_known,
  applications > 0 OR coalesce(p.declination, 'unknown') <> 'unknown' AS declination_known,
  leads > 0 AS lead_known,
  p.budget IS NOT NULL AS budget_known
WITH p, title_known, declination_known, lead_known, budget_known,
  size([known IN [title_known, declination_known, lead_known, budget_known] WHERE NOT known]) AS unknowns
WHERE unknowns > 0
RETURN p AS project, p.number AS number, title_known, declination_known, lead_known, budget_known, unknowns
ORDER BY unknowns DESC, number, p.id
LIMIT $limit
