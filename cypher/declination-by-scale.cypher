// title = { fr = "Déclinaison par échelle", en = "Declination by scale" }
// question = { fr = "Combien de projets sont déclinés à chacune des cinq échelles, et pour combien ne le sait-on pas ?", en = "How many projects are declined at each of the five scales, and for how many is it unknown?" }
// category = "territories"
//
// [[parameters]]
// name = "programme"
// type = "node"
// label = { fr = "Programme", en = "Programme" }
// node = "Programme"
//
// [[columns]]
// name = "scale"
// type = "text"
// fr = "Échelle"
// en = "Scale"
// choices_of = "Territory.level"
//
// [[columns]]
// name = "projects"
// type = "integer"
// fr = "Projets"
// en = "Projects"
//
// [[columns]]
// name = "declined"
// type = "integer"
// fr = "Déclinés"
// en = "Declined"
//
// [[columns]]
// name = "unknown"
// type = "integer"
// fr = "Inconnu"
// en = "Unknown"
//
// [[columns]]
// name = "not_declined"
// type = "integer"
// fr = "Non déclinés"
// en = "Not declined"

MATCH (p:Project)-[:PART_OF]->(:Programme {id: $programme})
WITH DISTINCT p
OPTIONAL MATCH (p)-[a:APPLIES_IN]->(t:Territory)
WITH p, t, a
ORDER BY coalesce(a.as_source, ''), coalesce(a.as_target, '')
WITH p, t, head(collect(a)) AS a
WITH p, count(a) AS stated, collect({level: t.level, status: a.status}) AS applications
UNWIND [
  {place: 1, scale: 'metropolis'},
  {place: 2, scale: 'agglomeration'},
  {place: 3, scale: 'city_network'},
  {place: 4, scale: 'bimetropolitan'},
  {place: 5, scale: 'region'}
] AS step
WITH p, step.place AS place, step.scale AS scale, stated, applications
WITH p, place, scale, stated, [item IN applications WHERE item.level = scale | item.status] AS statuses
WITH p, place, scale,
  CASE
    WHEN 'declined' IN statuses THEN 'declined'
    WHEN 'unknown' IN statuses THEN 'unknown'
    WHEN stated = 0 AND coalesce(p.declination, 'unknown') = 'unknown' THEN 'unknown'
    ELSE 'not_declined'
  END AS status
WITH place, scale, count(p) AS projects,
  sum(CASE WHEN status = 'declined' THEN 1 ELSE 0 END) AS declined,
  sum(CASE WHEN status = 'unknown' THEN 1 ELSE 0 END) AS unknown,
  sum(CASE WHEN status = 'not_declined' THEN 1 ELSE 0 END) AS not_declined
ORDER BY place
RETURN scale, projects, declined, unknown, not_declined
LIMIT 5
