// title = { fr = "Liens déclarés d'un seul côté", en = "Links declared by one side only" }
// question = { fr = "Quels liens entre projets une seule des deux fiches déclare-t-elle ?", en = "Which links between projects does only one of the two sheets declare?" }
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
// name = "declaring"
// type = "node"
// fr = "Projet qui déclare"
// en = "Declaring project"
//
// [[columns]]
// name = "silent"
// type = "node"
// fr = "Projet qui ne déclare pas"
// en = "Silent project"
//
// [[columns]]
// name = "silent_has_sheet"
// type = "boolean"
// fr = "L'autre a une fiche lue"
// en = "The other has a sheet that was read"
//
// [[columns]]
// name = "link"
// type = "link"
// fr = "Lien"
// en = "Link"

MATCH (one:Project)-[:PART_OF]->(g:Programme {id: $programme})
WITH DISTINCT one, g
MATCH (one)-[l:LINKED_TO]-(other:Project)
WHERE l.declared_by = one.id
  AND EXISTS { MATCH (other)-[:PART_OF]->(g) }
OPTIONAL MATCH (one)-[back:LINKED_TO]-(other)
WHERE back.declared_by = other.id
WITH one, other, l, count(back) AS answers
WHERE answers = 0
RETURN one AS declaring, other AS silent, other.sheet_date IS NOT NULL AS silent_has_sheet, l AS link
ORDER BY one.id, other.id
LIMIT $limit
