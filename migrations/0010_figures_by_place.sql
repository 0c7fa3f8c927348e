DROP INDEX "observations_place";--> statement-breakpoint
DROP INDEX "observations_dataset";--> statement-breakpoint
DROP INDEX "observations_order";--> statement-breakpoint
DROP INDEX "observations_indicator_order";--> statement-breakpoint
DROP INDEX "observations_period";--> statement-breakpoint
CREATE INDEX "citations_dataset" ON "citations" USING btree ("dataset_id") WHERE "citations"."dataset_id" is not null;--> statement-breakpoint
CREATE INDEX "citations_legal" ON "citations" USING btree ("resolution_date") WHERE "citations"."kind" = 'legal';--> statement-breakpoint
CREATE INDEX "observations_place_order" ON "observations" USING btree ("place_version_id","id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_targets" ON "observations" USING btree ("id" collate "C") WHERE "observations"."scenario" = 'target' or "observations"."measure" = 'plan_share';--> statement-breakpoint
CREATE INDEX "observations_period_start" ON "observations" USING btree ("period_start");--> statement-breakpoint
CREATE INDEX "observations_dataset" ON "observations" USING btree ("dataset_id","id" collate "C","since_release","until_release") WHERE "observations"."dataset_id" is not null;--> statement-breakpoint
CREATE INDEX "observations_order" ON "observations" USING btree ("id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_indicator_order" ON "observations" USING btree ("indicator_id","id" collate "C","since_release","until_release");--> statement-breakpoint
CREATE INDEX "observations_period" ON "observations" USING btree ("period_end","period_start","since_release","until_release");