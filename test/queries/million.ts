/** A million figures of a yearbook, and beside them what a yearbook has little of: all that a list may be asked for. */

import type { Database } from '../../src/db/client.ts';
import { loadYearbook } from './yearbook.ts';

/** Fills a database that is migrated and seeded. */
export async function fillMillion({ pool }: Database): Promise<void> {
  const client = await pool.connect();
  try {
    await loadYearbook(client);
    await client.query('set session_replication_role = replica');
    for (const one of additions) {
      await client.query(one);
    }
    await client.query('set session_replication_role = origin');
    await client.query('vacuum analyze');
  } finally {
    client.release();
  }
}

/** Columns of a figure that are those of another one, but for what is said. */
const copied = [
  'since_release',
  'indicator_id',
  'place_version_id',
  'period_start',
  'period_end',
  'period_cumulative',
  'period_label',
  'comparator',
  'value',
  'dimensions',
  'readings',
];

/** From one in so many of the figures another one, with a name of its own. */
const beside = (suffix: string, oneIn: number, said: Record<string, string>): string[] => {
  const id = `o.id || '-${suffix}'`;
  const picked = `o.id like 'observation:bench-%' and o.until_release is null and o.measure = 'value' and o.scenario = 'actual' and o.dataset_id is null and hashtext(o.id) % ${oneIn} = 0 and length(o.id) < 90`;
  const own: Record<string, string> = {
    measure: "'value'",
    scenario: "'actual'",
    unit: 'o.unit',
    flags: "'{}'",
    folded: "''",
    ...said,
  };
  return [
    `insert into identities (id, since_release) select ${id}, o.since_release from observations o where ${picked}`,
    `insert into changes (release, record_id, reason) select o.since_release, ${id}, 'new' from observations o where ${picked}`,
    `insert into observations (id, ${[...copied, ...Object.keys(own)].join(', ')})
     select ${[id, ...copied.map((column) => `o.${column}`), ...Object.values(own)].join(', ')} from observations o where ${picked}`,
  ];
};

const body =
  '(select ids[1 + abs(hashtext(o.id)) % 20] from (select array(select id from bodies order by id limit 20) as ids) b)';

const additions: readonly string[] = [
  ...beside('target', 50, {
    scenario: "'target'",
    issuer_id: body,
    flags: "case when hashtext(o.id) % 200 = 0 then '{derived}'::text[] else '{}' end",
    folded: "case when hashtext(o.id) % 5000 = 0 then 'muc tieu nhiem ky' else 'muc tieu' end",
  }),
  ...beside('share', 100, {
    measure: "'plan_share'",
    unit: "'percent'",
    basis_kind: "'plan'",
    basis_start: 'o.period_start',
    basis_end: 'o.period_end',
    basis_issuer_id: body,
    subset_of_id: 'o.id',
  }),
  ...beside('cell', 10, {
    dataset_id: "'dataset:bench-yearbook'",
    row_number: '1 + abs(hashtext(o.id)) % 100000',
    column_name: "'F'",
    folded: "case when hashtext(o.id) % 10000 = 0 then 'so lieu so bo' else '' end",
  }),
  `insert into citations (id, since_release, fact_id, ordinal, kind, document_id, paragraph, start_offset, end_offset, sha256, inferred)
   select 'citation:' || substr(o.id, 13) || '-text', o.since_release, o.id, 2, 'text', 'document:003', 1 + abs(hashtext(o.id)) % 900,
     10, 20, repeat('0', 64), '{}' from observations o
   where o.id like 'observation:bench-%' and o.until_release is null and hashtext(o.id) % 200 = 0`,
];
