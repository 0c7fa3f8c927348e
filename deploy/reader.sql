-- A role that the service can run under and that can do nothing but read. Run it as the owner of the database, once
-- everything is migrated:  psql "$DATABASE_URL" --set=password="$PASSWORD" --file=deploy/reader.sql
create role govdata_reader login password :'password';
grant usage on schema public to govdata_reader;
grant select on all tables in schema public to govdata_reader;
-- What the service asks of migrations lies here.
grant usage on schema drizzle to govdata_reader;
grant select on all tables in schema drizzle to govdata_reader;
-- Also of tables that a later migration makes, by the role that runs this.
alter default privileges in schema public grant select on tables to govdata_reader;
