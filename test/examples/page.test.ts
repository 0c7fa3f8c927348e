/** The guides show the programs that run, whole and to the letter. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { root } from './workspace.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** A guide, its folder of examples, and the kinds of what else it shows. */
const guides = [
  // test/docs.test.ts asks the questions and compares the answers; test/resolvers/subscriptions-docs.test.ts runs the one `ts`.
  ['docs/graphql.md', 'examples/graphql', ['graphql', 'json', 'sh', 'text', 'ts']],
  // And test/examples/sync-all.test.ts asks the one `sql`.
  ['docs/rest.md', 'examples/rest', ['http', 'json', 'sh', 'sql']],
] as const;

for (const [guide, folder, kinds] of guides) {
  const page = read(guide);

  t.test(`every program of ${guide} is a file of ${folder}, and every file is there`, async (t) => {
    const blocks = [...page.matchAll(/^\[(examples\/\S+)\]\(\.\.\/\1\):\n\n```\w+\n([\s\S]*?)^```$/gm)];
    for (const [, name = '', text] of blocks) t.equal(text, read(name), name);
    t.strictSame(
      blocks.map(([, name]) => name).sort(),
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => `${folder}/${name}`)
        .sort(),
    );
  });

  t.test(`nothing else in ${guide} is code that no test runs`, async (t) => {
    const unnamed = [...page.matchAll(/^(.*)\n\n```(\w+)$/gm)]
      .filter(([, before = '']) => !before.startsWith('[examples/'))
      .map(([, , kind = '']) => kind);
    t.strictSame([...new Set(unnamed)].sort(), kinds);
    for (const once of ['ts', 'sql']) t.ok(unnamed.filter((kind) => kind === once).length < 2, once);
  });

  t.test(`${guide} installs packages that the examples were run with`, async (t) => {
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>;
    };
    const installed = [...page.matchAll(/^ {4}npm install (?:--save-dev )?(.+)$/gm)].flatMap(
      ([, names = '']) => names.split(' '),
    );
    t.ok(installed.length > 2);
    for (const name of installed) t.ok(devDependencies[name], name);
  });
}
