-- What drizzle-kit cannot say: extensions, exclusion, natural keys of current states, the view of all records.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- Within any one release, no two versions of one (level, code) are valid on one day.
ALTER TABLE place_versions ADD CONSTRAINT place_versions_no_overlap EXCLUDE USING gist (
  level WITH =,
  code WITH =,
  daterange(valid_from, valid_to) WITH &&,
  int4range(since_release, until_release) WITH &&
);
--> statement-breakpoint
-- The natural key of an observation, and its figure: the same finding twice is one row with two citations.
CREATE UNIQUE INDEX observations_natural_key ON observations (
  indicator_id, place_version_id, period_start, period_end, period_cumulative, measure, scenario, dimensions,
  basis_kind, basis_start, basis_end, basis_issuer_id, issuer_id, scope,
  comparator, value, value_code, trend, unit, numerator, denominator, out_of
) NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX bodies_natural_key ON bodies (kind, place_version_id, name)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX persons_natural_key ON persons (name, offices, body_id, place_version_id)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX events_natural_key ON events (kind, name, place_version_id, period_start, period_end)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX instruments_natural_key ON instruments (kind, number, name, body_id)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX themes_natural_key ON themes (name, body_id, event_id, period_start, period_end)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX mottos_natural_key ON mottos (name, kind, body_id, theme_id, task_id, period_start, period_end)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX tasks_natural_key ON tasks (parent_id, ordinal)
  WHERE until_release IS NULL AND parent_id IS NOT NULL AND ordinal IS NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX citations_natural_key ON citations (
  fact_id, document_id, paragraph, start_offset, end_offset, dataset_id, sheet, row_number, column_name,
  resolution, resolution_date, package_name, package_version
) NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
CREATE INDEX place_versions_folded ON place_versions USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX bodies_folded ON bodies USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX persons_folded ON persons USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX events_folded ON events USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX instruments_folded ON instruments USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX mottos_folded ON mottos USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX themes_folded ON themes USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX tasks_folded ON tasks USING gin (folded gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX indicators_folded ON indicators USING gin (folded gin_trgm_ops);
--> statement-breakpoint
-- Every sourced record, whatever its type. An observation bears the name of its indicator.
CREATE VIEW records AS
SELECT t.id, 'place_version'::text AS type, t.since_release, t.until_release, t.name, null::text AS indicator_id,
  t.id AS place_version_id, t.flags, t.note, t.folded FROM place_versions t
UNION ALL
SELECT t.id, 'place_change'::text, t.since_release, t.until_release, jsonb_build_object('vi', null, 'en', t.kind || ' of ' || t.effective_on, 'ar', null, 'he', null), null::text, null::text, t.flags, t.note, t.folded FROM place_changes t
UNION ALL
SELECT t.id, 'body'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM bodies t
UNION ALL
SELECT t.id, 'person'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM persons t
UNION ALL
SELECT t.id, 'event'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM events t
UNION ALL
SELECT t.id, 'instrument'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM instruments t
UNION ALL
SELECT t.id, 'motto'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM mottos t
UNION ALL
SELECT t.id, 'theme'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM themes t
UNION ALL
SELECT t.id, 'task'::text, t.since_release, t.until_release, t.name, null::text, t.place_version_id, t.flags, t.note, t.folded FROM tasks t
UNION ALL
SELECT t.id, 'indicator'::text, t.since_release, t.until_release, t.name, t.id, null::text, t.flags, t.note, t.folded FROM indicators t
UNION ALL
SELECT t.id, 'observation'::text, t.since_release, t.until_release, null::jsonb, t.indicator_id, t.place_version_id, t.flags, t.note, t.folded FROM observations t
UNION ALL
SELECT t.id, 'contradiction'::text, t.since_release, t.until_release, t.name, null::text, null::text, t.flags, t.note, t.folded FROM contradictions t;
