-- What drizzle-kit cannot say: one current link between two versions by one change, also where no successor is named.
CREATE UNIQUE INDEX place_links_current ON place_links (change_id, from_id, to_id)
  NULLS NOT DISTINCT WHERE until_release IS NULL;
