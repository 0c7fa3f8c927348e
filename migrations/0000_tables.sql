CREATE TABLE "bodies" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"aliases" jsonb NOT NULL,
	"parent_id" text,
	"place_version_id" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "bodies_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "bodies_release_span" CHECK ("bodies"."until_release" > "bodies"."since_release"),
	CONSTRAINT "bodies_id_type" CHECK ("id" like 'body:%'),
	CONSTRAINT "bodies_parent_id_type" CHECK ("parent_id" like 'body:%'),
	CONSTRAINT "bodies_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "bodies_kind_word" CHECK ("kind" in ('party_committee', 'executive_committee', 'standing_committee', 'party_department', 'party_organisation', 'peoples_committee', 'peoples_council', 'government', 'department', 'front', 'mass_organisation', 'steering_committee', 'congress', 'group', 'other'))
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"fact_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"kind" text NOT NULL,
	"document_id" text,
	"paragraph" integer,
	"start_offset" integer,
	"end_offset" integer,
	"printed" text,
	"sha256" text,
	"inferred" text[] NOT NULL,
	"dataset_id" text,
	"sheet" text,
	"row_number" integer,
	"column_name" text,
	"resolution" text,
	"resolution_date" date,
	"package_name" text,
	"package_version" text,
	CONSTRAINT "citations_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "citations_release_span" CHECK ("citations"."until_release" > "citations"."since_release"),
	CONSTRAINT "citations_id_type" CHECK ("id" like 'citation:%'),
	CONSTRAINT "citations_document_id_type" CHECK ("document_id" like 'document:%'),
	CONSTRAINT "citations_dataset_id_type" CHECK ("dataset_id" like 'dataset:%'),
	CONSTRAINT "citations_kind_word" CHECK ("kind" in ('text', 'cell', 'legal', 'package')),
	CONSTRAINT "citations_members" CHECK (case "citations"."kind"
        when 'text' then num_nulls("citations"."document_id", "citations"."paragraph", "citations"."start_offset", "citations"."end_offset", "citations"."sha256") = 0
        when 'cell' then num_nulls("citations"."dataset_id", "citations"."row_number", "citations"."column_name") = 0
        when 'legal' then "citations"."resolution" is not null
        else num_nulls("citations"."package_name", "citations"."package_version") = 0 end),
	CONSTRAINT "citations_span" CHECK ("citations"."paragraph" > 0 and "citations"."start_offset" >= 0 and "citations"."end_offset" > "citations"."start_offset"),
	CONSTRAINT "citations_printed" CHECK (char_length("citations"."printed") <= 60)
);
--> statement-breakpoint
CREATE TABLE "contradiction_sides" (
	"contradiction_id" text NOT NULL,
	"fact_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"states" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	CONSTRAINT "contradiction_sides_contradiction_id_fact_id_since_release_pk" PRIMARY KEY("contradiction_id","fact_id","since_release"),
	CONSTRAINT "contradiction_sides_release_span" CHECK ("contradiction_sides"."until_release" > "contradiction_sides"."since_release"),
	CONSTRAINT "contradiction_sides_contradiction_id_type" CHECK ("contradiction_id" like 'contradiction:%')
);
--> statement-breakpoint
CREATE TABLE "contradictions" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"outside_evidence" text[] NOT NULL,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "contradictions_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "contradictions_release_span" CHECK ("contradictions"."until_release" > "contradictions"."since_release"),
	CONSTRAINT "contradictions_id_type" CHECK ("id" like 'contradiction:%'),
	CONSTRAINT "contradictions_kind_word" CHECK ("kind" in ('value', 'rank', 'base', 'unit', 'date', 'count', 'name'))
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"title" jsonb NOT NULL,
	"publisher" text,
	"licence" text,
	"sha256" text NOT NULL,
	"retrieved_on" date,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "datasets_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "datasets_release_span" CHECK ("datasets"."until_release" > "datasets"."since_release"),
	CONSTRAINT "datasets_id_type" CHECK ("id" like 'dataset:%'),
	CONSTRAINT "datasets_sha256_form" CHECK ("datasets"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"languages" text[] NOT NULL,
	"paragraph_count" integer NOT NULL,
	"title" jsonb NOT NULL,
	"publisher" text,
	"byline" text,
	"published_on" date,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "documents_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "documents_release_span" CHECK ("documents"."until_release" > "documents"."since_release"),
	CONSTRAINT "documents_id_type" CHECK ("id" like 'document:%'),
	CONSTRAINT "documents_sha256_form" CHECK ("documents"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "documents_paragraph_count" CHECK ("documents"."paragraph_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"body_id" text,
	"instrument_id" text,
	"place_version_id" text,
	"period_start" date,
	"period_end" date,
	"period_cumulative" boolean,
	"period_label" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "events_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "events_release_span" CHECK ("events"."until_release" > "events"."since_release"),
	CONSTRAINT "events_id_type" CHECK ("id" like 'event:%'),
	CONSTRAINT "events_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "events_instrument_id_type" CHECK ("instrument_id" like 'instrument:%'),
	CONSTRAINT "events_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "events_kind_word" CHECK ("kind" in ('conference', 'campaign', 'contest', 'ceremony', 'award', 'inspection', 'other')),
	CONSTRAINT "events_period" CHECK ("events"."period_start" <= "events"."period_end" and num_nulls("events"."period_start", "events"."period_end", "events"."period_cumulative", "events"."period_label") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"id" text PRIMARY KEY NOT NULL,
	"since_release" integer NOT NULL,
	CONSTRAINT "identities_id" CHECK ("identities"."id" ~ '^[a-z_]+:[A-Za-z0-9][A-Za-z0-9._@-]*$')
);
--> statement-breakpoint
CREATE TABLE "indicator_links" (
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	CONSTRAINT "indicator_links_from_id_to_id_since_release_pk" PRIMARY KEY("from_id","to_id","since_release"),
	CONSTRAINT "indicator_links_release_span" CHECK ("indicator_links"."until_release" > "indicator_links"."since_release"),
	CONSTRAINT "indicator_links_from_id_type" CHECK ("from_id" like 'indicator:%'),
	CONSTRAINT "indicator_links_to_id_type" CHECK ("to_id" like 'indicator:%'),
	CONSTRAINT "indicator_links_other" CHECK ("indicator_links"."from_id" <> "indicator_links"."to_id")
);
--> statement-breakpoint
CREATE TABLE "indicators" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"definition" jsonb NOT NULL,
	"unit" text NOT NULL,
	"topic" text NOT NULL,
	"direction" text NOT NULL,
	"additive" boolean NOT NULL,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "indicators_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "indicators_release_span" CHECK ("indicators"."until_release" > "indicators"."since_release"),
	CONSTRAINT "indicators_id_type" CHECK ("id" like 'indicator:%'),
	CONSTRAINT "indicators_direction_word" CHECK ("direction" in ('up', 'down', 'none')),
	CONSTRAINT "indicators_code" CHECK ("indicators"."id" = 'indicator:' || "indicators"."code" and "indicators"."code" ~ '^[a-z][a-z0-9_]*$')
);
--> statement-breakpoint
CREATE TABLE "instruments" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"number" text,
	"name" jsonb NOT NULL,
	"body_id" text,
	"issued_on" date,
	"implements_id" text,
	"place_version_id" text,
	"period_start" date,
	"period_end" date,
	"period_cumulative" boolean,
	"period_label" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "instruments_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "instruments_release_span" CHECK ("instruments"."until_release" > "instruments"."since_release"),
	CONSTRAINT "instruments_id_type" CHECK ("id" like 'instrument:%'),
	CONSTRAINT "instruments_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "instruments_implements_id_type" CHECK ("implements_id" like 'instrument:%'),
	CONSTRAINT "instruments_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "instruments_kind_word" CHECK ("kind" in ('resolution', 'congress_term', 'action_programme', 'plan', 'programme', 'project', 'directive', 'conclusion', 'law', 'criteria', 'other')),
	CONSTRAINT "instruments_period" CHECK ("instruments"."period_start" <= "instruments"."period_end" and num_nulls("instruments"."period_start", "instruments"."period_end", "instruments"."period_cumulative", "instruments"."period_label") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "mottos" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"announced_count" integer,
	"items" jsonb NOT NULL,
	"body_id" text,
	"theme_id" text,
	"task_id" text,
	"place_version_id" text,
	"period_start" date,
	"period_end" date,
	"period_cumulative" boolean,
	"period_label" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "mottos_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "mottos_release_span" CHECK ("mottos"."until_release" > "mottos"."since_release"),
	CONSTRAINT "mottos_id_type" CHECK ("id" like 'motto:%'),
	CONSTRAINT "mottos_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "mottos_theme_id_type" CHECK ("theme_id" like 'theme:%'),
	CONSTRAINT "mottos_task_id_type" CHECK ("task_id" like 'task:%'),
	CONSTRAINT "mottos_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "mottos_kind_word" CHECK ("kind" in ('slogan', 'method', 'movement', 'campaign', 'model')),
	CONSTRAINT "mottos_period" CHECK ("mottos"."period_start" <= "mottos"."period_end" and num_nulls("mottos"."period_start", "mottos"."period_end", "mottos"."period_cumulative", "mottos"."period_label") in (0, 4)),
	CONSTRAINT "mottos_announced_count" CHECK ("mottos"."announced_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"indicator_id" text NOT NULL,
	"place_version_id" text NOT NULL,
	"period_start" date NOT NULL,
	"period_end" date NOT NULL,
	"period_cumulative" boolean NOT NULL,
	"period_label" text NOT NULL,
	"measure" text NOT NULL,
	"scenario" text NOT NULL,
	"comparator" text NOT NULL,
	"value" numeric,
	"value_code" text,
	"trend" text,
	"unit" text NOT NULL,
	"numerator" numeric,
	"denominator" numeric,
	"out_of" numeric,
	"basis_kind" text,
	"basis_start" date,
	"basis_end" date,
	"basis_issuer_id" text,
	"issuer_id" text,
	"scope" text,
	"dimensions" jsonb NOT NULL,
	"subset_of_id" text,
	"readings" jsonb NOT NULL,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "observations_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "observations_release_span" CHECK ("observations"."until_release" > "observations"."since_release"),
	CONSTRAINT "observations_id_type" CHECK ("id" like 'observation:%'),
	CONSTRAINT "observations_indicator_id_type" CHECK ("indicator_id" like 'indicator:%'),
	CONSTRAINT "observations_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "observations_basis_issuer_id_type" CHECK ("basis_issuer_id" like 'body:%'),
	CONSTRAINT "observations_issuer_id_type" CHECK ("issuer_id" like 'body:%'),
	CONSTRAINT "observations_subset_of_id_type" CHECK ("subset_of_id" like 'observation:%'),
	CONSTRAINT "observations_measure_word" CHECK ("measure" in ('value', 'growth', 'level_ratio', 'plan_share', 'rank', 'rank_change', 'share')),
	CONSTRAINT "observations_scenario_word" CHECK ("scenario" in ('actual', 'preliminary', 'estimate', 'target')),
	CONSTRAINT "observations_comparator_word" CHECK ("comparator" in ('eq', 'ge', 'gt', 'le', 'lt', 'approx')),
	CONSTRAINT "observations_trend_word" CHECK ("trend" in ('up', 'down', 'none')),
	CONSTRAINT "observations_basis_kind_word" CHECK ("basis_kind" in ('earlier_period', 'plan', 'budget_estimate')),
	CONSTRAINT "observations_period" CHECK ("observations"."period_start" <= "observations"."period_end" and num_nulls("observations"."period_start", "observations"."period_end", "observations"."period_cumulative", "observations"."period_label") in (0, 4)),
	CONSTRAINT "observations_finding" CHECK (num_nonnulls("observations"."value", "observations"."value_code", "observations"."trend", "observations"."numerator") > 0),
	CONSTRAINT "observations_fraction" CHECK ("observations"."denominator" <> 0),
	CONSTRAINT "observations_rank" CHECK (("observations"."out_of" is null or "observations"."measure" = 'rank') and ("observations"."measure" <> 'rank' or "observations"."value" >= 1)),
	CONSTRAINT "observations_basis" CHECK ("observations"."basis_kind" is not null or num_nonnulls("observations"."basis_start", "observations"."basis_end", "observations"."basis_issuer_id") = 0),
	CONSTRAINT "observations_no_own_subset" CHECK ("observations"."subset_of_id" <> "observations"."id")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"name" jsonb NOT NULL,
	"offices" jsonb NOT NULL,
	"body_id" text,
	"place_version_id" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "persons_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "persons_release_span" CHECK ("persons"."until_release" > "persons"."since_release"),
	CONSTRAINT "persons_id_type" CHECK ("id" like 'person:%'),
	CONSTRAINT "persons_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "persons_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%')
);
--> statement-breakpoint
CREATE TABLE "place_changes" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"effective_on" date NOT NULL,
	"enacted_on" date,
	"legal_basis" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "place_changes_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "place_changes_release_span" CHECK ("place_changes"."until_release" > "place_changes"."since_release"),
	CONSTRAINT "place_changes_id_type" CHECK ("id" like 'place\_change:%'),
	CONSTRAINT "place_changes_kind_word" CHECK ("kind" in ('merge', 'split', 'rename', 'reclassify', 'recode', 'abolish'))
);
--> statement-breakpoint
CREATE TABLE "place_links" (
	"change_id" text NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"coverage" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	CONSTRAINT "place_links_change_id_from_id_to_id_since_release_pk" PRIMARY KEY("change_id","from_id","to_id","since_release"),
	CONSTRAINT "place_links_release_span" CHECK ("place_links"."until_release" > "place_links"."since_release"),
	CONSTRAINT "place_links_change_id_type" CHECK ("change_id" like 'place\_change:%'),
	CONSTRAINT "place_links_from_id_type" CHECK ("from_id" like 'place\_version:%'),
	CONSTRAINT "place_links_to_id_type" CHECK ("to_id" like 'place\_version:%'),
	CONSTRAINT "place_links_coverage_word" CHECK ("coverage" in ('whole', 'part', 'primary', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "place_versions" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"place_id" text NOT NULL,
	"level" text NOT NULL,
	"code" text NOT NULL,
	"type" text NOT NULL,
	"name" jsonb NOT NULL,
	"full_name" jsonb NOT NULL,
	"name_basis" text,
	"aliases" jsonb NOT NULL,
	"parent_id" text,
	"valid_from" date,
	"valid_from_basis" text,
	"valid_to" date,
	"valid_to_basis" text,
	"observed_from" date,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "place_versions_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "place_versions_release_span" CHECK ("place_versions"."until_release" > "place_versions"."since_release"),
	CONSTRAINT "place_versions_id_type" CHECK ("id" like 'place\_version:%'),
	CONSTRAINT "place_versions_place_id_type" CHECK ("place_id" like 'place:%'),
	CONSTRAINT "place_versions_parent_id_type" CHECK ("parent_id" like 'place:%'),
	CONSTRAINT "place_versions_level_word" CHECK ("level" in ('country', 'province', 'district', 'commune')),
	CONSTRAINT "place_versions_type_word" CHECK ("type" in ('country', 'province', 'city', 'urban_district', 'district', 'town', 'ward', 'commune', 'township', 'special_zone')),
	CONSTRAINT "place_versions_name_basis_word" CHECK ("name_basis" in ('transliterated', 'exonym')),
	CONSTRAINT "place_versions_valid_from_basis_word" CHECK ("valid_from_basis" in ('resolution', 'observed')),
	CONSTRAINT "place_versions_valid_to_basis_word" CHECK ("valid_to_basis" in ('resolution', 'observed')),
	CONSTRAINT "place_versions_valid" CHECK ("place_versions"."valid_from" < "place_versions"."valid_to"),
	CONSTRAINT "place_versions_basis" CHECK (("place_versions"."valid_from" is null) = ("place_versions"."valid_from_basis" is null) and ("place_versions"."valid_to" is null) = ("place_versions"."valid_to_basis" is null)),
	CONSTRAINT "place_versions_code_length" CHECK (length("place_versions"."code") = case "place_versions"."level" when 'commune' then 5 when 'district' then 3 else 2 end)
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"number" integer PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"hash" text NOT NULL,
	"counts" jsonb NOT NULL,
	"by_type" jsonb NOT NULL,
	"program_version" text NOT NULL,
	"note" text,
	CONSTRAINT "releases_number" CHECK ("releases"."number" > 0),
	CONSTRAINT "releases_hash" CHECK ("releases"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "task_bodies" (
	"task_id" text NOT NULL,
	"role" text NOT NULL,
	"body_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	CONSTRAINT "task_bodies_task_id_role_body_id_since_release_pk" PRIMARY KEY("task_id","role","body_id","since_release"),
	CONSTRAINT "task_bodies_release_span" CHECK ("task_bodies"."until_release" > "task_bodies"."since_release"),
	CONSTRAINT "task_bodies_task_id_type" CHECK ("task_id" like 'task:%'),
	CONSTRAINT "task_bodies_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "task_bodies_role_word" CHECK ("role" in ('responsible', 'supporting'))
);
--> statement-breakpoint
CREATE TABLE "task_places" (
	"task_id" text NOT NULL,
	"place_version_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	CONSTRAINT "task_places_task_id_place_version_id_since_release_pk" PRIMARY KEY("task_id","place_version_id","since_release"),
	CONSTRAINT "task_places_release_span" CHECK ("task_places"."until_release" > "task_places"."since_release"),
	CONSTRAINT "task_places_task_id_type" CHECK ("task_id" like 'task:%'),
	CONSTRAINT "task_places_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%')
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"kind" text NOT NULL,
	"ordinal" integer,
	"name" jsonb NOT NULL,
	"announced_count" integer,
	"parent_id" text,
	"body_id" text,
	"deadline_date" date,
	"deadline_comparator" text,
	"theme_id" text,
	"event_id" text,
	"instrument_id" text,
	"repeats_id" text,
	"place_version_id" text,
	"period_start" date,
	"period_end" date,
	"period_cumulative" boolean,
	"period_label" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "tasks_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "tasks_release_span" CHECK ("tasks"."until_release" > "tasks"."since_release"),
	CONSTRAINT "tasks_id_type" CHECK ("id" like 'task:%'),
	CONSTRAINT "tasks_parent_id_type" CHECK ("parent_id" like 'task:%'),
	CONSTRAINT "tasks_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "tasks_theme_id_type" CHECK ("theme_id" like 'theme:%'),
	CONSTRAINT "tasks_event_id_type" CHECK ("event_id" like 'event:%'),
	CONSTRAINT "tasks_instrument_id_type" CHECK ("instrument_id" like 'instrument:%'),
	CONSTRAINT "tasks_repeats_id_type" CHECK ("repeats_id" like 'task:%'),
	CONSTRAINT "tasks_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "tasks_kind_word" CHECK ("kind" in ('task', 'key_task', 'breakthrough', 'key_area')),
	CONSTRAINT "tasks_deadline_comparator_word" CHECK ("deadline_comparator" in ('eq', 'ge', 'gt', 'le', 'lt', 'approx')),
	CONSTRAINT "tasks_period" CHECK ("tasks"."period_start" <= "tasks"."period_end" and num_nulls("tasks"."period_start", "tasks"."period_end", "tasks"."period_cumulative", "tasks"."period_label") in (0, 4)),
	CONSTRAINT "tasks_deadline" CHECK (("tasks"."deadline_date" is null) = ("tasks"."deadline_comparator" is null)),
	CONSTRAINT "tasks_counts" CHECK ("tasks"."ordinal" > 0 and "tasks"."announced_count" > 0),
	CONSTRAINT "tasks_no_own_parent" CHECK ("tasks"."parent_id" <> "tasks"."id" and "tasks"."repeats_id" <> "tasks"."id")
);
--> statement-breakpoint
CREATE TABLE "themes" (
	"id" text NOT NULL,
	"since_release" integer NOT NULL,
	"until_release" integer,
	"name" jsonb NOT NULL,
	"elements" jsonb NOT NULL,
	"body_id" text,
	"event_id" text,
	"instrument_id" text,
	"place_version_id" text,
	"period_start" date,
	"period_end" date,
	"period_cumulative" boolean,
	"period_label" text,
	"flags" text[] NOT NULL,
	"note" text,
	"folded" text NOT NULL,
	CONSTRAINT "themes_id_since_release_pk" PRIMARY KEY("id","since_release"),
	CONSTRAINT "themes_release_span" CHECK ("themes"."until_release" > "themes"."since_release"),
	CONSTRAINT "themes_id_type" CHECK ("id" like 'theme:%'),
	CONSTRAINT "themes_body_id_type" CHECK ("body_id" like 'body:%'),
	CONSTRAINT "themes_event_id_type" CHECK ("event_id" like 'event:%'),
	CONSTRAINT "themes_instrument_id_type" CHECK ("instrument_id" like 'instrument:%'),
	CONSTRAINT "themes_place_version_id_type" CHECK ("place_version_id" like 'place\_version:%'),
	CONSTRAINT "themes_period" CHECK ("themes"."period_start" <= "themes"."period_end" and num_nulls("themes"."period_start", "themes"."period_end", "themes"."period_cumulative", "themes"."period_label") in (0, 4))
);
--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_parent_id_identities_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bodies" ADD CONSTRAINT "bodies_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_fact_id_identities_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_document_id_identities_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_dataset_id_identities_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradiction_sides" ADD CONSTRAINT "contradiction_sides_contradiction_id_identities_id_fk" FOREIGN KEY ("contradiction_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradiction_sides" ADD CONSTRAINT "contradiction_sides_fact_id_identities_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradiction_sides" ADD CONSTRAINT "contradiction_sides_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradiction_sides" ADD CONSTRAINT "contradiction_sides_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_instrument_id_identities_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_links" ADD CONSTRAINT "indicator_links_from_id_identities_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_links" ADD CONSTRAINT "indicator_links_to_id_identities_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_links" ADD CONSTRAINT "indicator_links_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_links" ADD CONSTRAINT "indicator_links_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_implements_id_identities_id_fk" FOREIGN KEY ("implements_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_theme_id_identities_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_task_id_identities_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mottos" ADD CONSTRAINT "mottos_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_indicator_id_identities_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_basis_issuer_id_identities_id_fk" FOREIGN KEY ("basis_issuer_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_issuer_id_identities_id_fk" FOREIGN KEY ("issuer_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_subset_of_id_identities_id_fk" FOREIGN KEY ("subset_of_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_changes" ADD CONSTRAINT "place_changes_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_change_id_identities_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_from_id_identities_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_to_id_identities_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_links" ADD CONSTRAINT "place_links_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_versions" ADD CONSTRAINT "place_versions_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_versions" ADD CONSTRAINT "place_versions_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_versions" ADD CONSTRAINT "place_versions_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_versions" ADD CONSTRAINT "place_versions_place_id_identities_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place_versions" ADD CONSTRAINT "place_versions_parent_id_identities_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_bodies" ADD CONSTRAINT "task_bodies_task_id_identities_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_bodies" ADD CONSTRAINT "task_bodies_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_bodies" ADD CONSTRAINT "task_bodies_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_bodies" ADD CONSTRAINT "task_bodies_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_places" ADD CONSTRAINT "task_places_task_id_identities_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_places" ADD CONSTRAINT "task_places_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_places" ADD CONSTRAINT "task_places_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_places" ADD CONSTRAINT "task_places_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_parent_id_identities_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_theme_id_identities_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_event_id_identities_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_instrument_id_identities_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_repeats_id_identities_id_fk" FOREIGN KEY ("repeats_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_id_identities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_since_release_releases_number_fk" FOREIGN KEY ("since_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_until_release_releases_number_fk" FOREIGN KEY ("until_release") REFERENCES "public"."releases"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_body_id_identities_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_event_id_identities_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_instrument_id_identities_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_place_version_id_identities_id_fk" FOREIGN KEY ("place_version_id") REFERENCES "public"."identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bodies_current" ON "bodies" USING btree ("id") WHERE "bodies"."until_release" is null;--> statement-breakpoint
CREATE INDEX "bodies_place" ON "bodies" USING btree ("place_version_id");--> statement-breakpoint
CREATE INDEX "bodies_parent" ON "bodies" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "citations_current" ON "citations" USING btree ("id") WHERE "citations"."until_release" is null;--> statement-breakpoint
CREATE INDEX "citations_fact" ON "citations" USING btree ("fact_id");--> statement-breakpoint
CREATE INDEX "citations_document" ON "citations" USING btree ("document_id","paragraph","start_offset");--> statement-breakpoint
CREATE UNIQUE INDEX "contradiction_sides_current" ON "contradiction_sides" USING btree ("contradiction_id","fact_id") WHERE "contradiction_sides"."until_release" is null;--> statement-breakpoint
CREATE INDEX "contradiction_sides_fact" ON "contradiction_sides" USING btree ("fact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contradictions_current" ON "contradictions" USING btree ("id") WHERE "contradictions"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_current" ON "datasets" USING btree ("id") WHERE "datasets"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "documents_current" ON "documents" USING btree ("id") WHERE "documents"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "documents_sha256" ON "documents" USING btree ("sha256") WHERE "documents"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "events_current" ON "events" USING btree ("id") WHERE "events"."until_release" is null;--> statement-breakpoint
CREATE INDEX "events_body" ON "events" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "events_place" ON "events" USING btree ("place_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_links_current" ON "indicator_links" USING btree ("from_id","to_id") WHERE "indicator_links"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "indicators_current" ON "indicators" USING btree ("id") WHERE "indicators"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "instruments_current" ON "instruments" USING btree ("id") WHERE "instruments"."until_release" is null;--> statement-breakpoint
CREATE INDEX "instruments_body" ON "instruments" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "instruments_place" ON "instruments" USING btree ("place_version_id");--> statement-breakpoint
CREATE INDEX "instruments_implements" ON "instruments" USING btree ("implements_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mottos_current" ON "mottos" USING btree ("id") WHERE "mottos"."until_release" is null;--> statement-breakpoint
CREATE INDEX "mottos_body" ON "mottos" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "mottos_theme" ON "mottos" USING btree ("theme_id");--> statement-breakpoint
CREATE INDEX "mottos_task" ON "mottos" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "mottos_place" ON "mottos" USING btree ("place_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "observations_current" ON "observations" USING btree ("id") WHERE "observations"."until_release" is null;--> statement-breakpoint
CREATE INDEX "observations_indicator" ON "observations" USING btree ("indicator_id","place_version_id","period_end");--> statement-breakpoint
CREATE INDEX "observations_place" ON "observations" USING btree ("place_version_id");--> statement-breakpoint
CREATE INDEX "observations_issuer" ON "observations" USING btree ("issuer_id");--> statement-breakpoint
CREATE INDEX "observations_basis_issuer" ON "observations" USING btree ("basis_issuer_id");--> statement-breakpoint
CREATE INDEX "observations_subset" ON "observations" USING btree ("subset_of_id");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_current" ON "persons" USING btree ("id") WHERE "persons"."until_release" is null;--> statement-breakpoint
CREATE INDEX "persons_body" ON "persons" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "persons_place" ON "persons" USING btree ("place_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "place_changes_current" ON "place_changes" USING btree ("id") WHERE "place_changes"."until_release" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "place_links_current" ON "place_links" USING btree ("change_id","from_id","to_id") WHERE "place_links"."until_release" is null;--> statement-breakpoint
CREATE INDEX "place_links_from" ON "place_links" USING btree ("from_id");--> statement-breakpoint
CREATE INDEX "place_links_to" ON "place_links" USING btree ("to_id");--> statement-breakpoint
CREATE UNIQUE INDEX "place_versions_current" ON "place_versions" USING btree ("id") WHERE "place_versions"."until_release" is null;--> statement-breakpoint
CREATE INDEX "place_versions_place" ON "place_versions" USING btree ("place_id");--> statement-breakpoint
CREATE INDEX "place_versions_parent" ON "place_versions" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "place_versions_code" ON "place_versions" USING btree ("level","code");--> statement-breakpoint
CREATE UNIQUE INDEX "task_bodies_current" ON "task_bodies" USING btree ("task_id","role","body_id") WHERE "task_bodies"."until_release" is null;--> statement-breakpoint
CREATE INDEX "task_bodies_body" ON "task_bodies" USING btree ("body_id");--> statement-breakpoint
CREATE UNIQUE INDEX "task_places_current" ON "task_places" USING btree ("task_id","place_version_id") WHERE "task_places"."until_release" is null;--> statement-breakpoint
CREATE INDEX "task_places_place" ON "task_places" USING btree ("place_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_current" ON "tasks" USING btree ("id") WHERE "tasks"."until_release" is null;--> statement-breakpoint
CREATE INDEX "tasks_parent" ON "tasks" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "tasks_body" ON "tasks" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "tasks_theme" ON "tasks" USING btree ("theme_id");--> statement-breakpoint
CREATE INDEX "tasks_event" ON "tasks" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "tasks_instrument" ON "tasks" USING btree ("instrument_id");--> statement-breakpoint
CREATE INDEX "tasks_repeats" ON "tasks" USING btree ("repeats_id");--> statement-breakpoint
CREATE INDEX "tasks_place" ON "tasks" USING btree ("place_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "themes_current" ON "themes" USING btree ("id") WHERE "themes"."until_release" is null;--> statement-breakpoint
CREATE INDEX "themes_body" ON "themes" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "themes_event" ON "themes" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "themes_instrument" ON "themes" USING btree ("instrument_id");--> statement-breakpoint
CREATE INDEX "themes_place" ON "themes" USING btree ("place_version_id");