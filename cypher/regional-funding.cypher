// title = { fr = "Financement régional par projet", en = "Regional funding by project" }
// question = { fr = "Quelle part de chaque projet la Région finance-t-elle, et pour lesquels ne le sait-on pas ?", en = "What part of each project does the Region fund, and for which is it unknown?" }
// category = "money"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[parameters]]
// name = "known_only"
// type = "boolean"
// label = { fr = "Seulement les montants connus", en = "Known amounts only" }
// default = false
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
// name = "budget"
// type = "number"
// fr = "Budget total"
// en = "Total budget"
// unit = "EUR"
//
// [[columns]]
// name = "regional_funding"
// type = "number"
// fr = "Financement régional"
// en = "Regional funding"
// unit = "EUR"
//
// [[columns]]
// name = "share"
// type = "number"
// fr = "Part de la Région (%)"
// en = "The Region's part (%)"

MATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})
WHERE NOT $known_only OR p.regional_funding IS NOT NULL
WITH DISTINCT p
RETURN p AS project, p.number AS number, p.budget AS budget, p.regional_funding AS regional_funding,
  CASE WHEN p.budget > 0 THEN round(1000.0 * p.regional_funding / p.budget) / 10.0 END AS share
ORDER BY coalesce(p.regional_funding, -1.0) DESC, p.id
LIMIT $limit
