CREATE INDEX "changes_type" ON "changes" USING btree (split_part("record_id", ':', 1),(lpad("release"::text, 9, '0') || ' ' || "record_id") collate "C");--> statement-breakpoint
CREATE INDEX "changes_not_new" ON "changes" USING btree ("reason",(lpad("release"::text, 9, '0') || ' ' || "record_id") collate "C") WHERE "changes"."reason" <> 'new';--> statement-breakpoint
CREATE INDEX "observations_order" ON "observations" USING btree ("id" collate "C","since_release");--> statement-breakpoint
CREATE INDEX "observations_indicator_order" ON "observations" USING btree ("indicator_id","id" collate "C","since_release");--> statement-breakpoint
CREATE INDEX "observations_not_value" ON "observations" USING btree ("id" collate "C") WHERE "observations"."measure" <> 'value';--> statement-breakpoint
CREATE INDEX "observations_not_actual" ON "observations" USING btree ("id" collate "C") WHERE "observations"."scenario" <> 'actual';--> statement-breakpoint
CREATE INDEX "observations_flagged" ON "observations" USING btree ("id" collate "C") WHERE "observations"."flags" <> '{}';--> statement-breakpoint
CREATE INDEX "observations_since" ON "observations" USING btree ("since_release");--> statement-breakpoint
CREATE INDEX "observations_period" ON "observations" USING btree ("period_end");--> statement-breakpoint
CREATE INDEX "observations_folded" ON "observations" USING gin ("folded" gin_trgm_ops) WITH (fastupdate=off);