// title = { fr = "Des deux côtés du partenariat bi-métropolitain", en = "On both sides of the bi-metropolitan partnership" }
// question = { fr = "Qui est présent des deux côtés du partenariat entre les deux métropoles (implantation, adhésion, représentation, projets ou coopération) ?", en = "Who is present on both sides of the partnership between the two metropolises (seat, membership, representation, projects or cooperation)?" }
// category = "territories"
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
// name = "actor"
// type = "node"
// fr = "Acteur"
// en = "Actor"
//
// [[columns]]
// name = "one"
// type = "node"
// fr = "D'un côté"
// en = "On one side"
//
// [[columns]]
// name = "other"
// type = "node"
// fr = "De l'autre"
// en = "On the other"
//
// [[columns]]
// name = "seats_one"
// type = "integer"
// fr = "Attaches d'un côté"
// en = "Ties on one side"
//
// [[columns]]
// name = "projects_one"
// type = "integer"
// fr = "Projets d'un côté"
// en = "Projects on one side"
//
// [[columns]]
// name = "partners_one"
// type = "integer"
// fr = "Partenaires d'un côté"
// en = "Partners on one side"
//
// [[columns]]
// name = "seats_other"
// type = "integer"
// fr = "Attaches de l'autre"
// en = "Ties on the other"
//
// [[columns]]
// name = "projects_other"
// type = "integer"
// fr = "Projets de l'autre"
// en = "Projects on the other"
//
// [[columns]]
// name = "partners_other"
// type = "integer"
// fr = "Partenaires de l'autre"
// en = "Partners on the other"

MATCH (b:Territory)-[:PART_OF]->(g:Programme {id: $programme})
WHERE b.level = 'bimetropolitan'
MATCH (one:Territory)-[:WITHIN|MEMBER_OF]->(b)
WHERE one.level = 'metropolis'
MATCH (other:Territory)-[:WITHIN|MEMBER_OF]->(b)
WHERE other.level = 'metropolis' AND one.id < other.id
WITH DISTINCT g, one, other
MATCH (a:Actor)-[:PART_OF]->(g)
WITH DISTINCT a, one, other
WITH a, one, other,
  COUNT {
    MATCH (a)-[s:BASED_IN|REPRESENTS|MEMBER_OF]->(t:Territory)-[:WITHIN*0..3]->(one)
    RETURN DISTINCT type(s), t
  } AS seats_one,
  COUNT {
    MATCH (a)-[s:BASED_IN|REPRESENTS|MEMBER_OF]->(t:Territory)-[:WITHIN*0..3]->(other)
    RETURN DISTINCT type(s), t
  } AS seats_other,
  COUNT {
    MATCH (a)-[:TAKES_PART_IN]->(p:Project)-[:APPLIES_IN {status: 'declined'}]->(one)
    RETURN DISTINCT p
  } AS projects_one,
  COUNT {
    MATCH (a)-[:TAKES_PART_IN]->(p:Project)-[:APPLIES_IN {status: 'declined'}]->(other)
    RETURN DISTINCT p
  } AS projects_other,
  COUNT {
    MATCH (a)-[:COOPERATES_WITH]-(c:Actor)-[:BASED_IN|REPRESENTS]->(:Territory)-[:WITHIN*0..3]->(one)
    RETURN DISTINCT c
  } AS partners_one,
  COUNT {
    MATCH (a)-[:COOPERATES_WITH]-(c:Actor)-[:BASED_IN|REPRESENTS]->(:Territory)-[:WITHIN*0..3]->(other)
    RETURN DISTINCT c
  } AS partners_other
WITH a, one, other, seats_one, projects_one, partners_one, seats_other, projects_other, partners_other,
  seats_one + projects_one + partners_one AS ties_one,
  seats_other + projects_other + partners_other AS ties_other
WHERE ties_one > 0 AND ties_other > 0
RETURN a AS actor, one, other, seats_one, projects_one, partners_one, seats_other, projects_other, partners_other
ORDER BY ties_one + ties_other DESC, a.id, one.id, other.id
LIMIT $limit
