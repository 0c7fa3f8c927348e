ALTER TABLE "datasets" ADD COLUMN "file_name" text;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "spec" text;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "figures" integer;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "figures_sha256" text;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "dataset_id" text;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "sheet" text;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "row_number" integer;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "column_name" text;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_dataset_id_identities_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "observations_dataset" ON "observations" USING btree ("dataset_id") WHERE "observations"."dataset_id" is not null;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_dataset_id_type" CHECK ("dataset_id" like 'dataset:%');--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_cell" CHECK (num_nulls("observations"."dataset_id", "observations"."row_number", "observations"."column_name") in (0, 3));--> statement-breakpoint
-- Below: what drizzle-kit cannot say. Two tables may state the same figure: each is an observation of its own.
DROP INDEX observations_natural_key;
--> statement-breakpoint
CREATE UNIQUE INDEX observations_natural_key ON observations (
  indicator_id, place_version_id, period_start, period_end, period_cumulative, measure, scenario, dimensions,
  basis_kind, basis_start, basis_end, basis_issuer_id, issuer_id, scope,
  comparator, value, value_code, trend, unit, numerator, denominator, out_of, dataset_id
) NULLS NOT DISTINCT WHERE until_release IS NULL;
--> statement-breakpoint
-- The cell of an imported figure is its citation.
CREATE VIEW all_citations AS
SELECT t.id, t.since_release, t.until_release, t.fact_id, t.ordinal, t.kind, t.document_id, t.paragraph, t.start_offset,
  t.end_offset, t.printed, t.sha256, t.inferred, t.dataset_id, t.sheet, t.row_number, t.column_name, t.resolution,
  t.resolution_date, t.package_name, t.package_version FROM citations t
UNION ALL
SELECT 'citation:' || substr(t.id, 13), t.since_release, t.until_release, t.id, 1, 'cell', null::text, null::integer,
  null::integer, null::integer, null::text, null::text, '{}'::text[], t.dataset_id, t.sheet, t.row_number, t.column_name,
  null::text, null::date, null::text, null::text FROM observations t WHERE t.dataset_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX observations_citation ON observations (('citation:' || substr(id, 13))) WHERE dataset_id IS NOT NULL;
