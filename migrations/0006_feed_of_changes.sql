-- What the releases did that were made before changes were written with them.
INSERT INTO changes (release, record_id, reason)
SELECT release, id, CASE WHEN bool_and(begun) THEN 'new' WHEN bool_or(begun) THEN 'revised' ELSE 'withdrawn' END
FROM (
  SELECT id, since_release AS release, true AS begun FROM documents
  UNION ALL
  SELECT id, until_release, false FROM documents WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM datasets
  UNION ALL
  SELECT id, until_release, false FROM datasets WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM place_versions
  UNION ALL
  SELECT id, until_release, false FROM place_versions WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM place_changes
  UNION ALL
  SELECT id, until_release, false FROM place_changes WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM bodies
  UNION ALL
  SELECT id, until_release, false FROM bodies WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM persons
  UNION ALL
  SELECT id, until_release, false FROM persons WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM events
  UNION ALL
  SELECT id, until_release, false FROM events WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM instruments
  UNION ALL
  SELECT id, until_release, false FROM instruments WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM themes
  UNION ALL
  SELECT id, until_release, false FROM themes WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM mottos
  UNION ALL
  SELECT id, until_release, false FROM mottos WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM tasks
  UNION ALL
  SELECT id, until_release, false FROM tasks WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM indicators
  UNION ALL
  SELECT id, until_release, false FROM indicators WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM observations
  UNION ALL
  SELECT id, until_release, false FROM observations WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM contradictions
  UNION ALL
  SELECT id, until_release, false FROM contradictions WHERE until_release IS NOT NULL
  UNION ALL
  SELECT id, since_release AS release, true AS begun FROM citations
  UNION ALL
  SELECT id, until_release, false FROM citations WHERE until_release IS NOT NULL
) spans GROUP BY release, id ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- A link that begins or ends revises the record that it belongs to.
INSERT INTO changes (release, record_id, reason)
SELECT DISTINCT release, id, 'revised' FROM (
  SELECT change_id AS id, since_release AS release FROM place_links
  UNION ALL
  SELECT change_id, until_release FROM place_links WHERE until_release IS NOT NULL
  UNION ALL
  SELECT task_id AS id, since_release AS release FROM task_bodies
  UNION ALL
  SELECT task_id, until_release FROM task_bodies WHERE until_release IS NOT NULL
  UNION ALL
  SELECT task_id AS id, since_release AS release FROM task_places
  UNION ALL
  SELECT task_id, until_release FROM task_places WHERE until_release IS NOT NULL
  UNION ALL
  SELECT from_id AS id, since_release AS release FROM indicator_links
  UNION ALL
  SELECT from_id, until_release FROM indicator_links WHERE until_release IS NOT NULL
  UNION ALL
  SELECT contradiction_id AS id, since_release AS release FROM contradiction_sides
  UNION ALL
  SELECT contradiction_id, until_release FROM contradiction_sides WHERE until_release IS NOT NULL
) spans ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- The order of the feed: by release, then by id, by bytes.
CREATE INDEX changes_feed ON changes ((lpad(release::text, 9, '0') || ' ' || record_id) COLLATE "C");
