ALTER TABLE "place_changes" DROP CONSTRAINT "place_changes_kind_word";--> statement-breakpoint
DROP INDEX "place_links_current";--> statement-breakpoint
ALTER TABLE "place_links" DROP CONSTRAINT "place_links_change_id_from_id_to_id_since_release_pk";--> statement-breakpoint
ALTER TABLE "place_links" ALTER COLUMN "to_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "place_links" ADD COLUMN "dataset_id" text;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_dataset_id_identities_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_key" UNIQUE NULLS NOT DISTINCT("change_id","from_id","to_id","since_release");--> statement-breakpoint
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_kind_word" CHECK ("kind" in ('merge', 'split', 'rename', 'reclassify', 'recode', 'transfer', 'abolish'));--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_dataset_id_type" CHECK ("dataset_id" like 'dataset:%');--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_known" CHECK ("place_links"."to_id" is not null or "place_links"."coverage" = 'unknown');