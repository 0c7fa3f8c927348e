DROP INDEX "observations_place";--> statement-breakpoint
DROP INDEX "observations_dataset";--> statement-breakpoint
DROP INDEX "observations_order";--> statement-breakpoint
DROP INDEX "observations_indicator_order";--> statement-breakpoint
DROP INDEX "observations_period";--> statement-breakpoint
DROP INDEX "observations_issuer";--> statement-breakpoint
DROP INDEX "observations_basis_issuer";--> statement-breakpoint
DROP INDEX "observations_subset";--> statement-breakpoint
CREATE INDEX "citations_legal" ON "citations" USING btree ("resolution_date") WHERE "citations"."kind" = 'legal';--> statement-breakpoint
CREATE INDEX "observations_place_order" ON "observations" USING btree ("place_version_id","id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_targets" ON "observations" USING btree ("id" collate "C") WHERE "observations"."scenario" = 'target' or "observations"."measure" = 'plan_share';--> statement-breakpoint
CREATE INDEX "observations_indicator_targets" ON "observations" USING btree ("indicator_id","id" collate "C") WHERE "observations"."scenario" = 'target' or "observations"."measure" = 'plan_share';--> statement-breakpoint
CREATE INDEX "observations_period_start" ON "observations" USING btree ("period_start");--> statement-breakpoint
CREATE INDEX "observations_dataset" ON "observations" USING btree ("dataset_id","id" collate "C","since_release","until_release") WHERE "observations"."dataset_id" is not null;--> statement-breakpoint
CREATE INDEX "observations_order" ON "observations" USING btree ("id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_indicator_order" ON "observations" USING btree ("indicator_id","id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_period" ON "observations" USING btree ("period_end","period_start","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_issuer" ON "observations" USING btree ("issuer_id","id" collate "C") WHERE "observations"."issuer_id" is not null;--> statement-breakpoint
CREATE INDEX "observations_basis_issuer" ON "observations" USING btree ("basis_issuer_id","id" collate "C") WHERE "observations"."basis_issuer_id" is not null;--> statement-breakpoint
CREATE INDEX "observations_subset" ON "observations" USING btree ("subset_of_id","id" collate "C") WHERE "observations"."subset_of_id" is not null;--> statement-breakpoint
-- Below: what drizzle-kit cannot say. A condition within a part of a union keeps PostgreSQL from looking a part up by the key of
-- what it is joined with: it then reads all imported figures. Said of the whole, it is pushed into the parts.
CREATE OR REPLACE VIEW all_citations AS
SELECT id, since_release, until_release, fact_id, ordinal, kind, document_id, paragraph, start_offset, end_offset, printed, sha256,
  inferred, dataset_id, sheet, row_number, column_name, resolution, resolution_date, package_name, package_version
FROM (
  SELECT t.id, t.since_release, t.until_release, t.fact_id, t.ordinal, t.kind, t.document_id, t.paragraph, t.start_offset,
    t.end_offset, t.printed, t.sha256, t.inferred, t.dataset_id, t.sheet, t.row_number, t.column_name, t.resolution,
    t.resolution_date, t.package_name, t.package_version, true AS stands FROM citations t
  UNION ALL
  SELECT 'citation:' || substr(t.id, 13), t.since_release, t.until_release, t.id, 1, 'cell'::text, null::text, null::integer,
    null::integer, null::integer, null::text, null::text, '{}'::text[], t.dataset_id, t.sheet, t.row_number, t.column_name,
    null::text, null::date, null::text, null::text, false FROM observations t
) every WHERE stands OR dataset_id IS NOT NULL;
--> statement-breakpoint
-- Figures of late times come with late releases: without this an early release is thought to have its share of them, and is read
-- through in vain.
CREATE STATISTICS observations_times (mcv) ON period_end, since_release FROM observations;
