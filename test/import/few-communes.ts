/** The real facts with few communes, in a database of a test's own: an importer reads all that there is, and most are communes. */
import type { Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { holdingLock } from '../../src/db/locks.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { ReleasedTable } from '../../src/import/desired.ts';
import { rowsOf, type Tables } from '../../src/import/layout.ts';
import { tablesAt } from '../../src/import/tables-at.ts';
import { writeRelease } from '../../src/import/write.ts';
import { copyOf, template } from '../helper.ts';
import { dateRelease, sharedDatabase, testNow } from '../service.ts';

/** Codes of Bảo Yên, Cô Tô, Bạch Long Vĩ, Kim Sơn and Quảng Hòa, of which there are conversion tables, and what is near by number. */
const kept = /^(029|0719|11948|146|016)/;
const ofPlaces: readonly ReleasedTable[] = ['placeVersions', 'placeChanges', 'placeLinks', 'citations'];

/** Without the other communes that no fact is about, their changes and what proves them. */
function fewOf(held: Tables): Tables {
  const facts = [...held].flatMap(([name, rows]) => (ofPlaces.includes(name) ? [] : rows));
  const named = new Set(facts.flatMap((row) => [row['place_version_id'], row['fact_id']]));
  const versions = rowsOf(held, 'placeVersions').filter(
    ({ id, level, code }) => level !== 'commune' || kept.test(`${code}`) || named.has(id),
  );
  const ids = new Set(versions.map(({ id }) => id));
  const links = rowsOf(held, 'placeLinks').filter(
    ({ from_id: from, to_id: to }) => ids.has(from) && (to === null || ids.has(to)),
  );
  const changes = new Set(links.map(({ change_id: change }) => change));
  const isKept = (fact: unknown) =>
    !/^place_(version|change):/.test(`${fact}`) || ids.has(fact) || changes.has(fact);
  return new Map([
    ...held,
    ['placeVersions', versions],
    ['placeLinks', links],
    ['placeChanges', rowsOf(held, 'placeChanges').filter(({ id }) => changes.has(id))],
    ['citations', rowsOf(held, 'citations').filter(({ fact_id: fact }) => isKept(fact))],
  ]);
}

async function fill(url: string): Promise<void> {
  const { url: real } = await sharedDatabase();
  // Only who writes may take as long as whole tables need.
  const source = connect(real, { role: 'writer' });
  const reader = await source.pool.connect();
  const held = await tablesAt(reader, 1).finally(async () => {
    reader.release();
    await source.close();
  });
  const database = connect(url, { role: 'writer' });
  await migrate(database.pool);
  await holdingLock(database.pool, 'release', (writer) => writeRelease(writer, () => fewOf(held)));
  await dateRelease(database, 1, testNow());
  await database.close();
}

export async function fewCommunes(t: Test): Promise<{ url: string; name: string; database: Database }> {
  const { url, name } = await copyOf(t, await template('few_communes', fill));
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  return { url, name, database };
}
