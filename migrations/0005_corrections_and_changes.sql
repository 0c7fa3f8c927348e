CREATE TABLE "changes" (
	"release" integer NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"correction_id" text,
	CONSTRAINT "changes_release_record_id_pk" PRIMARY KEY("release","record_id"),
	CONSTRAINT "changes_reason_word" CHECK ("reason" in ('new', 'revised', 'corrected', 'merged', 'withdrawn')),
	CONSTRAINT "changes_correction_id_type" CHECK ("correction_id" like 'correction:%'),
	CONSTRAINT "changes_correction" CHECK ("changes"."correction_id" is not null or "changes"."reason" not in ('corrected', 'merged'))
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"fact_id" text NOT NULL,
	"kind" text NOT NULL,
	"expected" jsonb NOT NULL,
	"corrected" jsonb NOT NULL,
	"merged_into_id" text,
	"reason" text NOT NULL,
	"date" date NOT NULL,
	CONSTRAINT "corrections_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "corrections_release_span" CHECK ("corrections"."until_release" > "corrections"."since_release"),
	CONSTRAINT "corrections_id_type" CHECK ("id" like 'correction:%'),
	CONSTRAINT "corrections_kind_word" CHECK ("kind" in ('set', 'merge', 'withdraw')),
	CONSTRAINT "corrections_merged_into" CHECK (("corrections"."merged_into_id" is not null) = ("corrections"."kind" = 'merge'))
);
--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_release_releases_number_fk" FOREIGN KEY ("release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_record_id_identities_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_correction_id_identities_id_fk" FOREIGN KEY ("correction_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_fact_id_identities_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_merged_into_id_identities_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_record" ON "changes" USING btree ("record_id","release");--> statement-breakpoint
CREATE UNIQUE INDEX "corrections_current" ON "corrections" USING btree ("id") WHERE "corrections"."until_release" is null;--> statement-breakpoint
CREATE INDEX "corrections_fact" ON "corrections" USING btree ("fact_id");