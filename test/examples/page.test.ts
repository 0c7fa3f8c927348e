/** docs/graphql.md shows the programs that run, whole and to the letter. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { root } from './workspace.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const page = read('docs/graphql.md');

t.test('every program on the page is a file of examples/graphql, and every file is there', async (t) => {
  const blocks = [
    ...page.matchAll(/^\[(examples\/graphql\/\S+)\]\(\.\.\/\1\):\n\n```\w+\n([\s\S]*?)^```$/gm),
  ];
  for (const [, name = '', text] of blocks) t.equal(text, read(name), name);
  t.strictSame(
    blocks.map(([, name]) => name).sort(),
    readdirSync(join(root, 'examples/graphql'), { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => `examples/graphql/${name}`)
      .sort(),
  );
});

t.test('nothing else on the page is code that no test runs', async (t) => {
  const unnamed = [...page.matchAll(/^(.*)\n\n```(\w+)$/gm)]
    .filter(([, before = '']) => !before.startsWith('[examples/'))
    .map(([, , kind]) => kind);
  // test/docs.test.ts asks the questions and compares the answers.
  t.strictSame([...new Set(unnamed)].sort(), ['graphql', 'json', 'sh', 'text', 'ts']);
  t.equal(
    unnamed.filter((kind) => kind === 'ts').length,
    1,
    'which test/resolvers/subscriptions-docs.test.ts runs',
  );
});

t.test('the page installs packages that the examples were run with', async (t) => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  const installed = [...page.matchAll(/^ {4}npm install (?:--save-dev )?(.+)$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  t.ok(installed.length > 6);
  for (const name of installed) t.ok(devDependencies[name], name);
});
