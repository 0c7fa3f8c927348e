/** The invented country in three releases: what changes from one to the next, of every kind, on days that are pinned. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { connect, type Database } from '../src/db/client.ts';
import { holdingLock } from '../src/db/locks.ts';
import { rowsOf, type StoredRow, type Tables } from '../src/import/layout.ts';
import { seed } from '../src/import/seed.ts';
import { writeRelease } from '../src/import/write.ts';
import { copyOfSeeds } from './import/country.ts';
import { dateRelease, type TestService, testNow, testService } from './service.ts';

/** When each release was made: the second one in the evening of the 23rd in UTC, which is the 24th in Việt Nam. */
const madeAt = [testNow(), new Date('2026-11-23T18:00:00Z'), new Date('2026-11-26T05:00:00Z')];
export const days = ['2026-11-22', '2026-11-24', '2026-11-26'];

export interface ReleasedService extends TestService {
  writer: Database;
  /** The folder of the second seeds. */
  folder: string;
  /** Makes the next release, and turns the clock to the day on which it was made. */
  makeNext: () => Promise<void>;
}

/** The service on the fixture country at release 1. */
export async function releasedService(t: Test): Promise<ReleasedService> {
  let now = testNow();
  const service = await testService(t, 'fixture', { now: () => now });
  const writer = connect(service.url, { role: 'writer' });
  t.teardown(() => writer.close());
  const folder = await secondSeeds(t);
  const made = [() => seed(writer, { folder, note: 'The second.' }), () => writeThird(writer)];
  let current = 1;
  return {
    ...service,
    writer,
    folder,
    async makeNext() {
      await made[current - 1]?.();
      now = madeAt[current] as Date;
      current += 1;
      await dateRelease(writer, current, now);
    },
  };
}

/** The same at any of its releases; 0: it has none yet. */
export async function fixtureService(t: Test, release: 0 | 1 | 2 | 3): Promise<ReleasedService> {
  const service = await releasedService(t);
  const { pool } = service.writer;
  if (release === 0) await pool.query('truncate releases cascade');
  for (let current = 1; current < release; current += 1) await service.makeNext();
  return service;
}

/** The seed files of release 2. */
export async function secondSeeds(t: Test): Promise<string> {
  const { folder, replace } = await copyOfSeeds(t);
  const figures = 'subjects/figures.yml';
  // Revised: members, a link alone from either side, names of a place and of an indicator, a document.
  await replace(figures, 'value: 1.5\n    unit: million', 'value: 1.6\n    unit: million');
  await replace(figures, 'Visitors vi, en: Visitors', 'Visitors vi, en: Guests');
  await replace(figures, '    possiblySameAs: [indicator:budget]\n', '');
  await replace(figures, 'possiblySameAs: [indicator:income]', 'possiblySameAs: [indicator:schools]');
  await replace('actors.yml', '    supporting: [body:front]\n', '');
  await replace(
    'actors.yml',
    'localities: [place:ho-dao-70001, place:suoi-moi-70002]',
    'localities: [place:suoi-moi-70002]',
  );
  await replace('places.yml', 'name: {vi: An Khê, en: An Khe}', 'name: {vi: An Khê Mới, en: An Khe Moi}');
  await replace(
    'places.yml',
    'Huyện An Khê, en: An Khe District',
    'Huyện An Khê Mới, en: An Khe Moi District',
  );
  await replace('places.yml', 'coverage: part', 'coverage: unknown');
  await replace('documents.yml', 'A. Nobody', 'B. Nobody');
  // Withdrawn.
  await replace(figures, / {2}- id: observation:rank-change-2023[\s\S]*?(?= {2}- id: )/, '');
  await writeFile(join(folder, 'zz.yml'), added);
  return folder;
}

const cited = "citations: [{resolution: '9/2025'}]";
const added = `
bodies:
  - {id: body:new, kind: department, name: {en: Department of the New}, place: place:an-khe-701, on: '2024-01-31', ${cited}}
tasks:
  - {id: task:new, kind: task, name: {en: Do the new}, body: body:an-khe-party, responsible: [body:new], place: place:an-khe-701, period: '2024', ${cited}}
observations:
  - {id: observation:new, indicator: indicator:schools, measure: value, scenario: actual, comparator: eq, value: 4, unit: school, place: place:an-khe-701, period: '2024', issuer: body:new, ${cited}}
contradictions:
  - id: contradiction:new
    kind: value
    name: {en: Schools of 2024}
    sides: [{fact: observation:new, states: '4'}, {fact: observation:schools, states: '3'}]
corrections:
  - {id: correction:budget, fact: observation:budget-2023, expect: {value: 1204}, set: {value: 1240}, reason: Digits swapped., date: '2026-11-23'}
  - {id: correction:budget-again, fact: observation:budget-2023, expect: {value: 1240, comparator: approx}, set: {comparator: eq}, reason: It is exact., date: '2026-11-23'}
  - {id: correction:ho-dao, fact: observation:schools-ho-dao, expect: {value: 2}, mergedInto: observation:schools, reason: The same schools., date: '2026-11-23'}
  - {id: correction:motto, fact: motto:clear-people, expect: {kind: slogan}, withdraw: true, reason: No motto., date: '2026-11-23'}
  - {id: correction:party, fact: body:song-hoa-party, expect: {name.en: Party Committee of Song Hoa}, set: {name.en: Provincial Party Committee}, reason: Its name., date: '2026-11-23'}
`;

const dataset: StoredRow = {
  id: 'dataset:table',
  title: { vi: null, en: 'A table', ar: null, he: null },
  publisher: 'An office',
  licence: null,
  sha256: '0'.repeat(64),
  retrieved_on: '2026-11-25',
  note: null,
  folded: 'a table',
};

/** An imported table proves a link. */
async function writeThird({ pool }: Database): Promise<void> {
  const wish = (held: Tables): Tables => {
    const [citation] = rowsOf(held, 'citations').filter(
      ({ fact_id: id }) => id === 'place_change:ho-dao-2025',
    );
    const cell: StoredRow = {
      ...citation,
      id: 'citation:cell',
      ordinal: 2,
      kind: 'cell',
      dataset_id: dataset['id'],
      sheet: 'A',
      row_number: 2,
      column_name: 'code',
      resolution: null,
      resolution_date: null,
    };
    const links = rowsOf(held, 'placeLinks').map((link) =>
      link['from_id'] === 'place_version:70001' ? { ...link, dataset_id: dataset['id'] } : link,
    );
    return new Map([
      ...held,
      ['datasets', [dataset]],
      ['citations', [...rowsOf(held, 'citations'), cell]],
      ['placeLinks', links],
    ]);
  };
  await holdingLock(pool, 'release', (client) => writeRelease(client, wish, { note: 'The third.' }));
}
