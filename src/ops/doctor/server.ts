/** Checks of the server and of what its role may do: connection, version, extensions, rights, migrations. */
import { planMigrations } from '../../db/migrate.ts';
import { FaultsError, faultLine } from '../../errors.ts';
import { type Check, type Context, fault, type Outcome, type Problem, rowsOf, warning } from './check.ts';

/** Of connections that are taken, from which on a service may find none. */
const mostTaken = 0.8;

export const connection: Check = {
  name: 'connection',
  async run({ database }) {
    const [{ taken, most, name, encoding }] = (await rowsOf(
      database,
      `select (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as taken,
         current_setting('max_connections')::int as most, current_database() as name,
         pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`,
    )) as [{ taken: number; most: number; name: string; encoding: string }];
    const problems: Problem[] = [];
    if (encoding !== 'UTF8') {
      problems.push(
        fault(
          `the database is encoded in ${encoding}, which cannot hold Vietnamese names`,
          'Make one with `create database … encoding UTF8 template template0`, and load an export into it.',
        ),
      );
    }
    if (taken > most * mostTaken) {
      problems.push(
        warning(
          `${taken} of ${most} connections are taken`,
          'Lower POOL_SIZE or the number of workers, close what is idle, or raise max_connections.',
        ),
      );
    }
    return { note: `database ${name}, ${taken} of ${most} connections taken`, problems };
  },
};

/** The oldest major version that the tables can be made on: NULLS NOT DISTINCT came with it. */
const oldestVersion = 15;

export function versionOutcome(version: string, oldest = oldestVersion): Outcome {
  const problems =
    Number.parseInt(version, 10) >= oldest
      ? []
      : [
          fault(
            `PostgreSQL ${version} is too old`,
            `Upgrade it to PostgreSQL ${oldest} or newer, or load an export into one.`,
          ),
        ];
  return { note: `PostgreSQL ${version}`, problems };
}

export const version: Check = {
  name: 'version',
  async run({ database }) {
    const [{ version }] = (await rowsOf(database, "select current_setting('server_version') as version")) as [
      { version: string },
    ];
    return versionOutcome(version);
  },
};

const neededExtensions = ['btree_gist', 'pg_trgm'];

export const extensions: Check = {
  name: 'extensions',
  readsData: true,
  async run({ database }) {
    const missing = await rowsOf<{ name: string }>(
      database,
      'select name from unnest($1::text[]) name where name not in (select extname from pg_extension) order by name',
      [neededExtensions],
    );
    return {
      note: neededExtensions.join(', '),
      problems: missing.map(({ name }) =>
        fault(
          `the extension ${name} is missing`,
          `Run \`create extension ${name}\` as the owner of the database, then make the indexes that went with it.`,
        ),
      ),
    };
  },
};

export const rights: Check = {
  name: 'rights',
  readsData: true,
  async run({ database }) {
    const rows = await rowsOf<{
      role: string;
      name: string;
      isTable: boolean;
      reads: boolean;
      writes: boolean;
    }>(
      database,
      `select current_user as role, c.relname as name, c.relkind = 'r' as "isTable", has_table_privilege(c.oid, 'select') as reads,
         has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update') as writes
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
         and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 2`,
    );
    const [{ role }] = rows as [{ role: string }, ...typeof rows];
    const unread = rows.filter(({ reads }) => !reads).map(({ name }) => name);
    const tables = rows.filter(({ isTable }) => isTable);
    const written = tables.filter(({ writes }) => writes);
    const unwritten = tables.filter(({ writes }) => !writes).map(({ name }) => name);
    const problems: Problem[] = [];
    if (unread.length > 0) {
      problems.push(
        fault(
          `${role} may not read ${unread.join(', ')}`,
          `Run \`grant select on all tables in schema public to ${role}\`.`,
        ),
      );
    }
    if (unwritten.length > 0 && written.length > 0) {
      problems.push(
        warning(
          `${role} may write some tables, and not ${unwritten.join(', ')}`,
          'Run commands that write as the owner of the tables, and serve as a role that only reads.',
        ),
      );
    }
    return { note: `${role} may read${written.length > 0 ? ' and write' : ', and only that'}`, problems };
  },
};

export const migrations: Check = {
  name: 'migrations',
  async run(context) {
    try {
      return await planOutcome(context);
    } catch (error) {
      if (!(error instanceof FaultsError)) throw error;
      const remedy =
        'Run the version of the program that made the database, or a newer one; never edit what was applied.';
      return { note: '', problems: error.faults.map((one) => fault(faultLine(one), remedy)) };
    }
  },
};

async function planOutcome({ database }: Context): Promise<Outcome> {
  const { applied, pending } = await planMigrations(database.pool);
  const problems = pending.map(({ tag }) => fault(`${tag} is not applied`, 'Run `govdata migrate`.'));
  return { note: `${applied.length} applied, none pending`, problems };
}
