// title = { fr = "Économies de la mise en commun", en = "Savings from pooling" }
// question = { fr = "Qu'économise-t-on à réaliser un projet ensemble plutôt que chacun de son côté, coordination déduite ?", en = "What is saved by doing a project together rather than apart, coordination deducted?" }
// category = "money"
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
// name = "standalone_cost"
// type = "number"
// fr = "Coût séparé"
// en = "Standalone cost"
// unit = "EUR"
//
// [[columns]]
// name = "joint_cost"
// type = "number"
// fr = "Coût commun"
// en = "Joint cost"
// unit = "EUR"
//
// [[columns]]
// name = "coordination_cost"
// type = "number"
// fr = "Coût de coordination"
// en = "Coordination cost"
// unit = "EUR"
//
// [[columns]]
// name = "gross_savings"
// type = "number"
// fr = "Économie brute"
// en = "Gross savings"
// unit = "EUR"
//
// [[columns]]
// name = "net_savings"
// type = "number"
// fr = "Économie nette (si la coordination est connue)"
// en = "Net savings (where coordination is known)"
// unit = "EUR"

MATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})
WHERE p.standalone_cost IS NOT NULL AND p.joint_cost IS NOT NULL
WITH DISTINCT p
RETURN p AS project, p.number AS number, p.standalone_cost AS standalone_cost, p.joint_cost AS joint_cost,
  p.coordination_cost AS coordination_cost, p.standalone_cost - p.joint_cost AS gross_savings,
  p.standalone_cost - p.joint_cost - p.coordination_cost AS net_savings
ORDER BY gross_savings DESC, p.id
LIMIT $limit
