/**
 * Exports, documents of clients, seed files and corrections, spoilt in any way. `GOVDATA_TEST_SEED` repeats what
 * `npm run test:deep` tries.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { isDeep, runsOr } from '../deep.ts';
import { asked, contentOf, isSame } from '../faults/content.ts';
import { govdata } from '../govdata.ts';
import { copyOf, testDatabase } from '../helper.ts';
import { countrySeeds } from '../import/country.ts';
import { described, oneColumn } from '../import/table/made.ts';
import { seededDatabase } from '../service.ts';
import { spawned } from '../spawned.ts';
import type { Draw } from './draw.ts';
import { check, file, folder, nameOf, shownBytes, Targets } from './imports.ts';
import { spoiltBytes } from './spoil.ts';

type Members = Record<string, unknown>;
interface Manifest extends Members {
  files: Members[];
}

/** One of its members, or of those of a file, is something else. */
function spoilManifest(draw: Draw, manifest: Manifest): void {
  const { files } = manifest;
  const odd = [
    ...[
      null,
      -1,
      1.5,
      2 ** 53,
      '',
      '../../etc/passwd',
      'pg_class',
      'releases"; drop table releases; --',
      [],
      {},
    ],
    draw.json(),
  ];
  const spoil = (members: Members): void => {
    members[draw.pick(Object.keys(members))] = draw.pick(odd);
  };
  const swap = (name: string): void => {
    draw.pick(files)[name] = draw.pick(files)[name];
  };
  const ways: readonly (() => void)[] = [
    () => spoil(draw.pick(files)),
    () => spoil(manifest),
    () => void files.push(draw.pick(files)),
    () => void files.reverse(),
    () => swap('columns'),
    () => swap('table'),
  ];
  draw.pick(ways)();
}

t.test('an export, spoilt in any of its files, loads whole or not at all', async (t) => {
  const source = await seededDatabase(t, 'fixture');
  const exported = file('exported');
  t.equal((await govdata(['export', exported], source)).code, 0);
  const empty = nameOf((await testDatabase(t, { template: 'migrated' })).url);
  const targets = new Targets(async () => (await copyOf(t, empty)).url);
  await check(t, runsOr(6, 1), targets, async (draw) => {
    const copy = file('copy');
    rmSync(copy, { recursive: true, force: true });
    cpSync(exported, copy, { recursive: true });
    const manifest: Manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
    const name = draw.pick(readdirSync(copy));
    const path = join(copy, name);
    const listed = manifest.files.find((one) => `${one['table']}.csv` === name);
    const how = draw.upTo(4);
    if (how === 0) {
      rmSync(path);
      if (draw.often(50)) mkdirSync(path);
      else symlinkSync(draw.pick(['/dev/zero', 'nowhere', name, '/etc/passwd', '..']), path);
    } else if (how === 1) {
      spoilManifest(draw, manifest);
      writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest));
    } else {
      const bytes = spoiltBytes(draw, readFileSync(path));
      writeFileSync(path, bytes);
      // As whoever alters the manifest as well.
      if (listed && how > 2) {
        listed['sha256'] = createHash('sha256').update(bytes).digest('hex');
        listed['bytes'] = bytes.length;
        writeFileSync(join(copy, 'manifest.json'), JSON.stringify(manifest));
      }
    }
    return {
      args: ['load', copy],
      shown: () => `${how} ${name} ${how === 1 ? JSON.stringify(manifest).slice(0, 2000) : ''}`,
    };
  });
});

const document = 'query Release($n: Int = 5) { places(first: $n) { nodes { id name { vi } } } }\n';
const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

t.test('documents and manifests of clients, spoilt, are registered as they are, or not at all', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const targets = new Targets(async () => url, false);
  await check(t, runsOr(16, 2), targets, async (draw) => {
    const isManifest = draw.often(50);
    const apollo = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'home', body: document, name: 'Release', type: 'query' }],
    };
    const manifest = draw.often(50)
      ? apollo
      : { [sha256(document)]: document, [sha256('{ __typename }')]: '{ __typename }' };
    const bytes = spoiltBytes(
      draw,
      Buffer.from(isManifest ? JSON.stringify(manifest, null, draw.upTo(2)) : document),
    );
    const name = file(isManifest ? 'all.json' : 'one.graphql');
    writeFileSync(name, bytes);
    return {
      args: ['operations', 'register', name],
      stored: async () => {
        const rows = await asked<{ hash: string; document: string }>(
          url,
          'select hash, document from persisted_operations',
        );
        const wrong = rows.filter(({ hash, document: text }) => hash !== sha256(text));
        const own = isManifest || rows.some(({ hash }) => hash === sha256(bytes));
        return [
          ...wrong.map(({ hash }) => `the hash ${hash} is another`),
          ...(own ? [] : ['it is not what the file holds']),
        ];
      },
      shown: () => shownBytes(bytes),
    };
  });
});

const corrections = `corrections:
  - {id: correction:c1, fact: observation:budget-2023, expect: {value: 1204}, set: {value: 1240}, reason: Read again., date: '2026-11-22'}
  - {id: correction:c2, fact: motto:clear-people, expect: {kind: slogan}, withdraw: true, reason: No motto., date: '2026-11-23'}
`;

t.test('seed files and corrections, spoilt, make a release or are refused', async (t) => {
  const source = nameOf((await seededDatabase(t, 'fixture')).url);
  const targets = new Targets(async () => (await copyOf(t, source)).url);
  const names = readdirSync(countrySeeds, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.yml'));
  await check(t, runsOr(6, 1), targets, async (draw) => {
    const seeds = file('seeds');
    rmSync(seeds, { recursive: true, force: true });
    cpSync(countrySeeds, seeds, { recursive: true });
    const name = draw.often(50) ? 'zz.yml' : draw.pick(names);
    const own = name === 'zz.yml' ? Buffer.from(corrections) : readFileSync(join(seeds, name));
    const bytes = spoiltBytes(draw, own);
    writeFileSync(join(seeds, name), bytes);
    return {
      args: ['seed', '--from', seeds],
      stored: async (url) => {
        const again = await govdata(['seed', '--from', seeds, '--json'], { url });
        if (again.code !== 0) return [`the second time it is refused: ${again.err}`];
        return JSON.parse(again.out).made ? ['the second time it makes a release'] : [];
      },
      shown: () => `${name} ${shownBytes(bytes)}`,
    };
  });
});

t.test('the program itself ends with 1 and the faults, and leaves the database as it was', async (t) => {
  const { url } = await seededDatabase(t, 'provinces');
  const before = await contentOf(url);
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  writeFileSync(file('made.csv'), 'Province,2019\nHa Noi,1\nNowhere,2\n');
  writeFileSync(file('made.yml'), described(oneColumn.replace('{status} ', '')));
  writeFileSync(file('bad.json'), '{"a": ');
  const cases: [args: string[], says: RegExp][] = [
    [['import', 'table', file('made.csv'), '--spec', file('made.yml')], /made\.csv:3 {2}unknown_place {2}/],
    [['load', folder], /manifest\.json {2}missing_file {2}/],
    [['operations', 'register', file('bad.json')], /bad\.json\S* {2}invalid_json {2}/],
  ];
  for (const [args, says] of isDeep ? cases : cases.slice(0, 1)) {
    const { exit, err } = spawned(t, [cli, ...args], { DATABASE_URL: url });
    t.equal(await exit, 1);
    t.match(err.join('\n'), says);
  }
  t.ok(isSame(before, await contentOf(url)));
});
