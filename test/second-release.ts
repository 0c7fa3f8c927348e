/** The invented country in three releases: what changes from one to the next, of every kind, on days that are pinned. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { connect, type Database } from '../src/db/client.ts';
import { holdingLock } from '../src/db/locks.ts';
import { migrate } from '../src/db/migrate.ts';
import { rowsOf, type StoredRow, type Tables } from '../src/import/layout.ts';
import { seed } from '../src/import/seed.ts';
import { writeRelease } from '../src/import/write.ts';
import { copyOf, template } from './helper.ts';
import { copyOfSeeds, countrySeeds } from './import/country.ts';
import { dateRelease, serviceAt, type TestService, testNow, testService } from './service.ts';

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

/** The service on the fixture country at release 1, or at a later one. */
export async function releasedService(t: Test, release: 1 | 2 | 3 = 1): Promise<ReleasedService> {
  let current: number = release;
  const now = (): Date => madeAt[current - 1] as Date;
  const service =
    release === 1
      ? await testService(t, 'fixture', { now })
      : await serviceAt(t, (await copyOf(t, await releasedTemplate(t, release))).url, now);
  const writer = connect(service.url, { role: 'writer' });
  t.teardown(() => writer.close());
  const folder = await secondSeeds(t);
  return {
    ...service,
    writer,
    folder,
    async makeNext() {
      await makeRelease(writer, current + 1, folder);
      current += 1;
      await dateRelease(writer, current, now());
    },
  };
}

/** A database of the whole run, which tests that begin at a later release copy. */
async function releasedTemplate(t: Test, release: 2 | 3): Promise<string> {
  const fill = async (url: string): Promise<void> => {
    const writer = connect(url, { role: 'writer' });
    if (release === 2) await makeFirst(writer);
    await makeRelease(writer, release, await secondSeeds(t));
    await dateRelease(writer, release, madeAt[release - 1] as Date);
    await writer.close();
  };
  return template(`released_${release}`, fill, release === 2 ? undefined : await releasedTemplate(t, 2));
}

async function makeFirst(writer: Database): Promise<void> {
  await migrate(writer.pool);
  await seed(writer, { folder: countrySeeds });
  await dateRelease(writer, 1, testNow());
}

const makeRelease = (writer: Database, number: number, folder: string): Promise<unknown> =>
  number === 2 ? seed(writer, { folder, note: 'The second.' }) : writeThird(writer);

/** The same at any of its releases; 0: it has none yet. */
export async function fixtureService(t: Test, release: 0 | 1 | 2 | 3): Promise<ReleasedService> {
  const service = await releasedService(t, release === 0 ? 1 : release);
  if (release === 0) await service.writer.pool.query('truncate releases cascade');
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
