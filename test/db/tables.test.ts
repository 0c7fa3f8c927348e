/** What the database itself refuses, whoever writes. */

import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import * as tables from '../../src/db/tables.ts';
import { testDatabase } from '../helper.ts';

const names = JSON.stringify({ vi: null, en: 'X', ar: null, he: null });
type Values = Record<string, unknown>;

/** A migrated database with two releases and some identities, and how a row is put into it. */
async function open(t: Test) {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const { pool, close } = connect(url, { role: 'writer' });
  t.teardown(close);
  const insert = (table: string, row: Values) => {
    const columns = Object.keys(row).map((name) => `"${name}"`);
    const marks = columns.map((_, index) => `$${index + 1}`);
    return pool.query(`insert into ${table} (${columns}) values (${marks})`, Object.values(row));
  };
  const counts = JSON.stringify({ added: 0, revised: 0, corrected: 0, withdrawn: 0 });
  for (const number of [1, 2]) {
    await insert('releases', {
      number,
      created_at: new Date(),
      hash: 'a'.repeat(64),
      counts,
      by_type: '[]',
      program_version: '1',
    });
  }
  const ids = [
    'place:a',
    'place_version:01',
    'place_version:02',
    'body:a',
    'task:a',
    'task:b',
    'theme:a',
    'indicator:gdp',
  ];
  for (const id of [
    ...ids,
    'observation:a',
    'observation:b',
    'citation:a',
    'citation:b',
    'document:a',
    'document:b',
  ]) {
    await insert('identities', { id, since_release: 1 });
  }
  return { pool, insert };
}

/** The constraint that refused it. */
const ruleBroken = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: { constraint?: string }) => error.constraint,
  );

const sourced = { since_release: 1, flags: [], folded: '' };
const version = (more: Values = {}): Values => ({
  id: 'place_version:01',
  place_id: 'place:a',
  level: 'province',
  code: '01',
  type: 'province',
  name: names,
  full_name: names,
  aliases: '[]',
  ...sourced,
  ...more,
});
const observation = (more: Values = {}): Values => ({
  id: 'observation:a',
  indicator_id: 'indicator:gdp',
  place_version_id: 'place_version:01',
  period_start: '2023-01-01',
  period_end: '2023-12-31',
  period_cumulative: false,
  period_label: '2023',
  measure: 'value',
  scenario: 'actual',
  comparator: 'eq',
  value: 1,
  unit: 'percent',
  dimensions: '{}',
  readings: '[]',
  ...sourced,
  ...more,
});
const task = (more: Values = {}): Values => ({
  id: 'task:a',
  kind: 'task',
  name: names,
  ...sourced,
  ...more,
});
const citation = (more: Values = {}): Values => ({
  id: 'citation:a',
  since_release: 1,
  fact_id: 'theme:a',
  ordinal: 1,
  kind: 'text',
  document_id: 'document:a',
  paragraph: 1,
  start_offset: 0,
  end_offset: 3,
  sha256: 'b'.repeat(64),
  inferred: [],
  ...more,
});

t.test('refuses what breaks a rule, and names the rule', async (t) => {
  const { insert } = await open(t);
  const refused: [rule: string, table: string, row: Values][] = [
    ['identities_id', 'identities', { id: 'Theme a', since_release: 1 }],
    ['identities_since_release_releases_number_fk', 'identities', { id: 'theme:z', since_release: 9 }],
    [
      'releases_hash',
      'releases',
      { number: 3, created_at: new Date(), hash: 'x', counts: '{}', by_type: '[]', program_version: '1' },
    ],
    ['place_versions_level_word', 'place_versions', version({ level: 'galaxy' })],
    ['place_versions_code_length', 'place_versions', version({ code: '1' })],
    ['place_versions_parent_id_type', 'place_versions', version({ parent_id: 'body:a' })],
    ['place_versions_place_id_identities_id_fk', 'place_versions', version({ place_id: 'place:none' })],
    [
      'place_versions_valid',
      'place_versions',
      version({
        valid_from: '2024-01-01',
        valid_from_basis: 'resolution',
        valid_to: '2023-01-01',
        valid_to_basis: 'resolution',
      }),
    ],
    ['place_versions_basis', 'place_versions', version({ valid_from: '2024-01-01' })],
    ['tasks_parent_id_type', 'tasks', task({ parent_id: 'body:a' })],
    ['tasks_parent_id_identities_id_fk', 'tasks', task({ parent_id: 'task:none' })],
    ['tasks_no_own_parent', 'tasks', task({ parent_id: 'task:a' })],
    ['tasks_deadline', 'tasks', task({ deadline_date: '2024-06-01' })],
    ['tasks_counts', 'tasks', task({ ordinal: 0 })],
    ['tasks_period', 'tasks', task({ period_start: '2024-01-01' })],
    [
      'tasks_period',
      'tasks',
      task({
        period_start: '2024-02-01',
        period_end: '2024-01-01',
        period_cumulative: false,
        period_label: 'x',
      }),
    ],
    ['tasks_release_span', 'tasks', task({ until_release: 1 })],
    ['observations_finding', 'observations', observation({ value: null })],
    ['observations_fraction', 'observations', observation({ numerator: 1, denominator: 0 })],
    ['observations_rank', 'observations', observation({ out_of: 63 })],
    ['observations_rank', 'observations', observation({ measure: 'rank', value: 0 })],
    ['observations_basis', 'observations', observation({ basis_start: '2022-01-01' })],
    ['observations_no_own_subset', 'observations', observation({ subset_of_id: 'observation:a' })],
    ['observations_indicator_id_type', 'observations', observation({ indicator_id: 'theme:a' })],
    [
      'indicators_code',
      'indicators',
      {
        id: 'indicator:gdp',
        code: 'gnp',
        name: names,
        definition: names,
        unit: 'x',
        topic: 'x',
        direction: 'up',
        additive: true,
        ...sourced,
      },
    ],
    ['citations_members', 'citations', citation({ sha256: null })],
    ['citations_members', 'citations', citation({ kind: 'legal' })],
    ['citations_span', 'citations', citation({ end_offset: 0 })],
    ['citations_printed', 'citations', citation({ printed: 'x'.repeat(61) })],
    [
      'documents_sha256_form',
      'documents',
      {
        id: 'document:a',
        since_release: 1,
        file_name: 'a',
        sha256: 'x',
        languages: ['en'],
        paragraph_count: 1,
        title: names,
        folded: '',
      },
    ],
  ];
  for (const [constraint, table, row] of refused) {
    t.equal(await ruleBroken(insert(table, row)), constraint, `${table}: ${constraint}`);
  }
});

t.test(
  'refuses two versions of one code that overlap in time within a release, and allows them in two',
  async (t) => {
    const { insert, pool } = await open(t);
    const early = { valid_to: '2024-01-01', valid_to_basis: 'resolution' };
    await insert('place_versions', version(early));
    const rival = version({ id: 'place_version:02', valid_from: '2023-06-01', valid_from_basis: 'observed' });
    t.equal(await ruleBroken(insert('place_versions', rival)), 'place_versions_no_overlap');
    await t.resolves(insert('place_versions', { ...rival, code: '02' }));
    await pool.query(`update place_versions set until_release = 2 where id = 'place_version:01'`);
    await pool.query(`delete from place_versions where id = 'place_version:02'`);
    await t.resolves(
      insert('place_versions', { ...rival, since_release: 2 }),
      'the other had ended in that release',
    );
  },
);

t.test('refuses a second current state, and the same natural key twice', async (t) => {
  const { insert, pool } = await open(t);
  await insert('observations', observation());
  t.equal(
    await ruleBroken(insert('observations', observation({ since_release: 2, value: 2 }))),
    'observations_current',
  );
  t.equal(
    await ruleBroken(insert('observations', observation({ id: 'observation:b' }))),
    'observations_natural_key',
  );
  await t.resolves(
    insert('observations', observation({ id: 'observation:b', value: 2 })),
    'another figure is a contradiction, not a double',
  );
  await pool.query(`update observations set until_release = 2 where id = 'observation:a'`);
  await t.resolves(
    insert('observations', observation({ since_release: 2, value: 3 })),
    'an ended state makes room',
  );

  await insert('citations', citation());
  t.equal(await ruleBroken(insert('citations', citation({ id: 'citation:b' }))), 'citations_natural_key');
  await insert('tasks', task({ id: 'task:a' }));
  await insert('identities', { id: 'task:c', since_release: 1 });
  await insert('tasks', task({ id: 'task:b', parent_id: 'task:a', ordinal: 1 }));
  t.equal(
    await ruleBroken(insert('tasks', task({ id: 'task:c', parent_id: 'task:a', ordinal: 1 }))),
    'tasks_natural_key',
  );
});

t.test('the view of all records holds every table whose records have flags', async (t) => {
  const { pool } = await open(t);
  const { rows } = await pool.query(`select pg_get_viewdef('records'::regclass) as text`);
  const sourcedTables = Object.values(tables)
    .flatMap((one) => (is(one, PgTable) ? [getTableConfig(one)] : []))
    .filter(({ columns }) => columns.some(({ name }) => name === 'flags'));
  t.ok(sourcedTables.length >= 12);
  for (const { name } of sourcedTables) t.match(rows[0].text, new RegExp(`FROM ${name} t`));
});
