// title = { fr = "Liens dont le sens n'est pas précisé", en = "Links without a stated direction" }
// question = { fr = "Quels projets sont liés sans que l'on sache lequel entraîne l'autre ?", en = "Which projects are linked without anyone saying which pulls the other along?" }
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
// name = "one"
// type = "node"
// fr = "Projet"
// en = "Project"
//
// [[columns]]
// name = "link"
// type = "link"
// fr = "Lien"
// en = "Link"
//
// [[columns]]
// name = "other"
// type = "node"
// fr = "Autre projet"
// en = "Other project"
//
// [[columns]]
// name = "intensity"
// type = "integer"
// fr = "Intensité"
// en = "Intensity"
//
// [[columns]]
// name = "declared_by"
// type = "text"
// fr = "Déclaré par"
// en = "Declared by"

MATCH (one:Project)-[:PART_OF]->(g:Programme {id: $programme})
WITH DISTINCT one, g
MATCH (one)-[l:LINKED_TO]->(other:Project)
WHERE coalesce(l.sense, 'unspecified') = 'unspecified'
  AND EXISTS { MATCH (other)-[:PART_OF]->(g) }
RETURN one, l AS link, other, l.intensity AS intensity, l.declared_by AS declared_by
ORDER BY one.id, other.id, declared_by
LIMIT $limit
