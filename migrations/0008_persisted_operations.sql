CREATE TABLE "persisted_operation_ids" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "persisted_operation_ids_id" CHECK ("persisted_operation_ids"."id" ~ '^(x-[A-Za-z0-9._~-]+:)?[A-Za-z0-9._~-]+$' and "persisted_operation_ids"."id" !~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "persisted_operations" (
	"hash" text PRIMARY KEY NOT NULL,
	"names" text[] NOT NULL,
	"document" text NOT NULL,
	"file" text NOT NULL,
	"registered_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "persisted_operations_hash" CHECK ("persisted_operations"."hash" = encode(sha256(convert_to("persisted_operations"."document", 'UTF8')), 'hex'))
);
--> statement-breakpoint
ALTER TABLE "persisted_operation_ids" ADD CONSTRAINT "persisted_operation_ids_hash_persisted_operations_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."persisted_operations"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "persisted_operation_ids_hash" ON "persisted_operation_ids" USING btree ("hash");