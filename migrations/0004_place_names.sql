-- What drizzle-kit cannot say: whole names and codes of places, for looking up many at once. Both indexes take new
-- rows at once: after a seed, what waits to be sorted in would be read whole by every search.
CREATE INDEX place_versions_names ON place_versions USING gin (string_to_array(folded, E'\n')) WITH (fastupdate = off);
--> statement-breakpoint
ALTER INDEX place_versions_folded SET (fastupdate = off);
