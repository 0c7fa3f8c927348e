/** What docs/releases.md says of corrections and reasons, and docs/command-line.md of what differs, is so. */
import { readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { connect } from '../src/db/client.ts';
import { seed, seedsFolder } from '../src/import/seed.ts';
import { SeedCorrection } from '../src/import/shapes.ts';
import { ChangeReason } from '../src/schema/change.ts';
import { govdata } from './govdata.ts';
import { testService } from './service.ts';

const page = readFileSync(new URL('../docs/releases.md', import.meta.url), 'utf8');
const commands = readFileSync(new URL('../docs/command-line.md', import.meta.url), 'utf8');
const example = /^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

/** Rows of the table with this heading. */
function tableOf(heading: string): string[][] {
  const [, table = ''] = page.split(`| ${heading} | |\n|---|---|\n`);
  const [rows = ''] = table.split('\n\n');
  return [...rows.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, first = '', second = '']) => [
    first,
    second,
  ]);
}

t.test('every reason has its row, with its meaning, and no row lacks its reason', async (t) => {
  t.strictSame(tableOf('reason'), Object.entries(Object(ChangeReason)['x-words']));
});

t.test('every key of a correction has its row, and no row lacks its key', async (t) => {
  const keys = tableOf('key').map(([key = '']) => key.split(':')[0]);
  t.strictSame(keys.sort(), Object.keys(SeedCorrection.properties).sort());
});

t.test('the example of corrections is a release of the real facts', async (t) => {
  const { url, get } = await testService(t, 'real', { own: true });
  const folder = join(t.testdir(), 'seeds');
  await cp(seedsFolder, folder, { recursive: true });
  await writeFile(join(folder, 'corrections.yml'), example);
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  t.match(await seed(database, { folder }), {
    release: 2,
    counts: { added: 0, revised: 0, corrected: 2, withdrawn: 0 },
  });
  const { out } = await govdata(['diff', '1', '2'], { url });
  const printed = /^ {4}\$ govdata diff 1 2\n((?: {4}.*\n|\n)+)/m.exec(commands)?.[1] ?? '';
  t.equal(printed.replace(/^ {4}/gm, ''), `${out}\n`, 'docs/command-line.md shows what differs');
  const id = 'observation:bao-yen-2024-average-income';
  const { body: changes } = await get('/v1/changes?since=1&reason=corrected');
  t.match(changes, {
    total: 2,
    items: [
      { record: id, correction: { expected: { value: 66, comparator: 'gt' } }, state: { value: 60 } },
      { record: 'task:bao-yen-2024-leadership-methods', correction: { corrected: { note: /^An example/ } } },
    ],
  });
  t.match((await get(`/v1/observations/${id}`)).body, { value: 60, comparator: 'ge' });
  t.match((await get(`/v1/observations/${id}?release=1`)).body, { value: 66, comparator: 'gt' });
  t.match((await get(`/v1/facts/${id}`)).body, {
    status: 'current',
    corrections: [{ id: 'correction:bao-yen-2024-average-income', date: '2026-11-25' }],
    history: [{ reason: 'new' }, { reason: 'corrected' }],
  });
});
