/** Checks of what the tables hold: releases, rows that name what is not there, citations that cannot be right. */
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as tables from '../../db/tables.ts';
import { type Check, type Context, fault, type Problem, rowsOf, warning } from './check.ts';

const restore =
  'Rows were changed by other means than this program. Restore a backup, or load an export into a new database.';

export const releases: Check = {
  name: 'releases',
  readsData: true,
  async run({ database }) {
    const [{ count, last, future }] = (await rowsOf(
      database,
      `select count(*)::int as count, max(number) as last,
         coalesce(max(number) filter (where created_at > clock_timestamp() + interval '1 second'), 0) as future from releases`,
    )) as [{ count: number; last: number | null; future: number }];
    const problems: Problem[] = [];
    if (last === null)
      problems.push(warning('there is no release yet', 'Run `govdata seed` or `govdata load`.'));
    else if (count !== last) problems.push(fault(`of ${last} releases ${last - count} are missing`, restore));
    if (future > 0) {
      problems.push(
        fault(
          `release ${future} was made at a time that is yet to come, so that \`asOf\` does not find it`,
          'Set the clock of the database server; what was made by a wrong clock is right once its time has come.',
        ),
      );
    }
    return { note: `${count} releases`, problems };
  },
};

interface Found {
  place: string;
  count: number;
  example: string;
}

const tell = ({ place, count, example }: Found, wrong: string): string =>
  `${place}: ${count} rows ${wrong}, such as ${example}`;

/** Of all columns that refer to a row elsewhere: as the tables are declared, whether the database still holds the rule or not. */
const references = Object.values(tables).flatMap((table) => {
  if (!is(table, PgTable)) return [];
  const { name, foreignKeys } = getTableConfig(table);
  return foreignKeys.map((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference();
    return {
      table: name,
      rule: key.getName().slice(0, 63),
      column: columns.map((one) => one.name).join(),
      target: getTableConfig(foreignTable).name,
      targetColumn: foreignColumns.map((one) => one.name).join(),
    };
  });
});

const countOf = ({ table, column }: { table: string; column: string }, condition: string): string =>
  `select '${table}.${column}' as place, count(*)::int as count, min(t.${column}::text) as example from ${table} t where ${condition} having count(*) > 0`;

/** Records that the current release has, and places, which have no state of their own. */
const current = `current_ids as materialized (
  select id from records where until_release is null union all select id from documents where until_release is null
  union all select id from datasets where until_release is null union select place_id from place_versions where until_release is null)`;

export const orphans: Check = {
  name: 'orphans',
  readsData: true,
  async run(context) {
    const lost = references.map((one) =>
      countOf(
        one,
        `t.${one.column} is not null and not exists (select from ${one.target} r where r.${one.targetColumn} = t.${one.column})`,
      ),
    );
    const ended = references
      .filter(({ target, table, column }) => target === 'identities' && column !== 'id' && hasSpan(table))
      .map((one) =>
        countOf(
          one,
          `t.until_release is null and t.${one.column} is not null and not exists (select from current_ids c where c.id = t.${one.column})`,
        ),
      );
    const { database } = context;
    const problems = [
      ...(await rowsOf<Found>(database, lost.join(' union all '))).map((one) =>
        fault(tell(one, 'name what does not exist'), restore),
      ),
      ...(await rowsOf<Found>(database, `with ${current} ${ended.join(' union all ')}`)).map((one) =>
        fault(tell(one, 'of the current release name what has ended'), restore),
      ),
      ...(await missingRules(context)),
    ];
    return { note: `${references.length} kinds of references`, problems };
  },
};

/** A correction names what it withdrew or merged; what a release did to a record stays. */
const hasSpan = (table: string): boolean => !['identities', 'changes', 'corrections'].includes(table);

async function missingRules({ database }: Context): Promise<Problem[]> {
  const rows = await rowsOf<{ rule: string }>(
    database,
    `select rule from unnest($1::text[]) rule where rule not in
       (select conname from pg_constraint where contype = 'f' and convalidated) order by rule`,
    [references.map(({ rule }) => rule)],
  );
  return rows.map(({ rule }) =>
    fault(
      `the foreign key ${rule} is missing or was never validated`,
      'Make it again as the migration says.',
    ),
  );
}

/** Each finds facts whose citation cannot be right, whatever the source says. */
const citationFaults: readonly (readonly [wrong: string, statement: string])[] = [
  [
    'have no citation',
    `select id from records r where until_release is null and type not in ('indicator', 'contradiction', 'place_version', 'place_change')
       and not exists (select from all_citations c where c.fact_id = r.id and c.until_release is null)`,
  ],
  [
    'cite a document that the current release does not have',
    `select fact_id as id from citations c where until_release is null and document_id is not null
       and not exists (select from documents d where d.id = c.document_id and d.until_release is null)`,
  ],
  [
    'cite a paragraph that their document does not have',
    `select fact_id as id from citations c join documents d on d.id = c.document_id and d.until_release is null
     where c.until_release is null and c.paragraph > d.paragraph_count`,
  ],
  [
    'print other words than they were taken from',
    `select fact_id as id from citations where until_release is null and kind = 'text' and printed is not null
       and (sha256 <> encode(sha256(convert_to(printed, 'UTF8')), 'hex') or char_length(printed) <> end_offset - start_offset)`,
  ],
  [
    'cite a table that the current release does not have',
    `select fact_id as id from all_citations c where until_release is null and dataset_id is not null
       and not exists (select from datasets d where d.id = c.dataset_id and d.until_release is null)`,
  ],
];

export const citations: Check = {
  name: 'citations',
  readsData: true,
  async run({ database }) {
    const problems: Problem[] = [];
    for (const [wrong, statement] of citationFaults) {
      const found = await rowsOf<{ count: number; example: string }>(
        database,
        `select count(*)::int as count, min(id) as example from (${statement}) found having count(*) > 0`,
      );
      for (const { count, example } of found) {
        problems.push(
          fault(
            `${count} facts ${wrong}, such as ${example}`,
            'Run `govdata seed` to write what the seed files say, then `govdata verify --documents FOLDER`.',
          ),
        );
      }
    }
    return { note: 'none is broken; `govdata verify` reads the documents themselves', problems };
  },
};
