/** docs/security.md goes through every attack once, and each test that it names is one, by its exact title. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { hostile } from './resolvers/hostile.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = 'docs/security.md';
const text = readFileSync(join(root, page), 'utf8');

const topTen = [
  'API1:2023 Broken Object Level Authorization',
  'API2:2023 Broken Authentication',
  'API3:2023 Broken Object Property Level Authorization',
  'API4:2023 Unrestricted Resource Consumption',
  'API5:2023 Broken Function Level Authorization',
  'API6:2023 Unrestricted Access to Sensitive Business Flows',
  'API7:2023 Server Side Request Forgery',
  'API8:2023 Security Misconfiguration',
  'API9:2023 Improper Inventory Management',
  'API10:2023 Unsafe Consumption of APIs',
];
const ofGraphql = [
  'introspection',
  'depth',
  'breadth',
  'aliases',
  'array batching',
  'circular fragments',
  'field duplication',
  'directive overloading',
  'big arguments and variables',
  'cost',
  'CSRF',
  'persisted operations',
  'flood of subscriptions',
  'disclosure by errors',
  'confusion of types',
  'injection through arguments',
  'forged cursors',
  'time',
  'floods of distinct documents',
];

/** An entry of a list: its name and what is said of it. */
type Entry = [name: string, said: string];

const sectionOf = (markdown: string, heading: string): string =>
  markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const headed = (section: string): Entry[] =>
  section
    .split('\n### ')
    .slice(1)
    .map((one) => [one.split('\n')[0] ?? '', one]);
const rowed = (section: string): Entry[] =>
  [...section.matchAll(/^\| (?!attack )([^|]+) \|.*\|$/gm)].map(([row, name = '']) => [name, row]);

/** Links to anything in test/, with the title that each gives it. */
const citationsOf = (markdown: string): { title: string; file: string }[] =>
  [...markdown.matchAll(/\[([^\]]+)\]\((\.\.\/test\/[^)]+)\)/g)].map(([, title = '', path = '']) => ({
    title,
    file: normalize(join(dirname(page), path)),
  }));

const rows = new Set(hostile.map(({ fault }) => fault));
const escaped = (title: string): string => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether the file has it as a test that runs, or as a row of the requests that one sends. */
function isThere(file: string, title: string): boolean {
  if (!existsSync(join(root, file))) return false;
  if (file === 'test/resolvers/hostile.ts') return rows.has(title);
  const source = readFileSync(join(root, file), 'utf8');
  return (
    file.endsWith('.test.ts') &&
    new RegExp(`^ *t\\.test\\(\\s*(['"\`])${escaped(title)}\\1,`, 'm').test(source)
  );
}

/** What is wrong with the page. */
function faultsOf(markdown: string): string[] {
  const entries = [
    ...headed(sectionOf(markdown, 'OWASP API Security Top 10')),
    ...rowed(sectionOf(markdown, 'Attacks on GraphQL')),
  ];
  const names = entries.map(([name]) => name);
  const wanted = [...topTen, ...ofGraphql];
  const others = rowed(sectionOf(markdown, 'Below and beside'));
  return [
    ...wanted.filter((name) => !names.includes(name)).map((name) => `missing: ${name}`),
    ...names.filter((name) => !wanted.includes(name)).map((name) => `unknown: ${name}`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `twice: ${name}`),
    ...[...entries, ...others]
      .filter(([, said]) => citationsOf(said).length === 0)
      .map(([name]) => `held by nothing: ${name}`),
    ...citationsOf(markdown)
      .filter(({ file, title }) => !isThere(file, title))
      .map(({ file, title }) => `no test: ${file}: ${title}`),
  ];
}

t.test('docs/security.md has each attack once, and each test that it names is there', async (t) => {
  t.strictSame(faultsOf(text), []);
  t.ok(citationsOf(text).length > 100, `${citationsOf(text).length} tests named`);
  t.equal(rowed(sectionOf(text, 'Below and beside')).length, 9);
});

t.test('a title that is changed, a test that is gone and an attack that is left out are found', async (t) => {
  const after = (from: string, to: string): string[] => {
    t.ok(text.includes(from), from);
    return faultsOf(text.replace(from, to));
  };
  t.strictSame(after('[TRACE repeats nothing,', '[TRACE repeats little,'), [
    'no test: test/security/surface.test.ts: TRACE repeats little, and CONNECT leads nowhere',
  ]);
  t.strictSame(after('[TRACE repeats nothing, and CONNECT leads nowhere]', '[TRACE repeats nothing]'), [
    'no test: test/security/surface.test.ts: TRACE repeats nothing',
  ]);
  t.strictSame(after('[deep nesting]', '[deeper nesting]'), [
    'no test: test/resolvers/hostile.ts: deeper nesting',
  ]);
  t.strictSame(after('../test/processes/overload.test.ts', '../test/processes/overloaded.test.ts'), [
    'no test: test/processes/overloaded.test.ts: what is let in is answered in time, and the rest is 503 overloaded at once, with Retry-After',
  ]);
  t.strictSame(after('### API7:2023 Server', '### API8:2023 Server'), [
    'missing: API7:2023 Server Side Request Forgery',
    'unknown: API8:2023 Server Side Request Forgery',
  ]);
  t.strictSame(
    after('### API7:2023 Server Side Request Forgery', '### API8:2023 Security Misconfiguration'),
    ['missing: API7:2023 Server Side Request Forgery', 'twice: API8:2023 Security Misconfiguration'],
  );
  t.strictSame(after('| depth |', '| aliases |'), ['missing: depth', 'twice: aliases']);
  t.strictSame(after('- [no answer says', 'Sure.\n- [no answer says'), [], 'words may change');
  t.strictSame(after('[no path leads out of the tree](../test/fuzz/addresses.test.ts)', 'nothing'), [
    'held by nothing: ways out of the tree',
  ]);
});
