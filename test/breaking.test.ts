/** `npm run check:breaking` on the real contract of the last release, altered as an engineer might. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import t, { type Test } from 'tap';
import { compareWithRelease } from '../scripts/breaking.ts';
import { faultLine } from '../src/errors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const released = readFileSync(join(root, 'docs/released/schema.graphql'), 'utf8');
const releasedRest = readFileSync(join(root, 'docs/released/openapi.json'), 'utf8');

type Change = [before: string, after: string];

/** A folder of docs in which the schema has changed since the release; each part that changes is there once. */
function docsWith(t: Test, changes: Change[], allowed = 'graphql: []\n', rest: Change = ['', '']): string {
  const home = mkdtempSync(join(tmpdir(), 'govdata-breaking-'));
  t.teardown(() => rmSync(home, { recursive: true }));
  const docs = join(home, 'docs');
  mkdirSync(join(docs, 'released'), { recursive: true });
  let current = released;
  for (const [before, after] of changes) {
    t.equal(current.split(before).length, 2, `once: ${before}`);
    current = current.replace(before, after);
  }
  buildSchema(current);
  writeFileSync(join(docs, 'schema.graphql'), current);
  writeFileSync(join(docs, 'released/schema.graphql'), released);
  writeFileSync(join(docs, 'openapi.json'), releasedRest.replace(...rest));
  writeFileSync(join(docs, 'released/openapi.json'), releasedRest);
  writeFileSync(join(docs, 'released/allowed.yml'), allowed);
  return docs;
}

const faultsOf = (docs: string): string[] => compareWithRelease(docs).faults.map(faultLine);

const described = '  "A citation, ready to paste: what is said, where it is printed, release and address."\n';
const removed: Change = [`${described}  citeAs: String!\n`, ''];
const narrowed: Change = ['  citeAs: String!\n', '  citeAs: String\n'];
const required: Change = ['  district(\n', '  district(\n    "Its province."\n    province: ID!\n'];
const notNode: Change = ['type Dataset implements Node {', 'type Dataset {'];
const newWord: Change = ['  exceeded\n', '  exceeded\n  "By far."\n  far_exceeded\n'];
const newDefault: Change = ['lang: Language = en\n', 'lang: Language = vi\n'];
const newField: Change = [described, `  "A doubt."\n  doubt: String\n${described}`];

t.test('nothing breaks the clients of the last release', async (t) => {
  t.strictSame(faultsOf(join(root, 'docs')), []);
});

t.test('fails on what breaks clients, a line each, sorted', async (t) => {
  t.strictSame(faultsOf(docsWith(t, [removed, required, notNode, newDefault])), [
    'docs/schema.graphql  breaking_change  A required arg province on Query.district was added.',
    'docs/schema.graphql  breaking_change  Dataset no longer implements interface Node.',
    'docs/schema.graphql  breaking_change  Fact.citeAs was removed.',
    'docs/schema.graphql  breaking_change  Names.label arg lang has changed defaultValue from en to vi.',
  ]);
  t.strictSame(faultsOf(docsWith(t, [narrowed])), [
    'docs/schema.graphql  breaking_change  Fact.citeAs changed type from String! to String.',
  ]);
});

t.test('prints what is dangerous, and says nothing of what is not', async (t) => {
  t.strictSame(compareWithRelease(docsWith(t, [newWord, newField])), {
    faults: [],
    allowed: [],
    dangerous: ['far_exceeded was added to enum type TargetStatus.'],
  });
  t.strictSame(compareWithRelease(docsWith(t, [newField])), { faults: [], allowed: [], dangerous: [] });
});

const entry = (change: string, reason = 'Nobody uses it.') =>
  `  - change: ${JSON.stringify(change)}\n    reason: ${JSON.stringify(reason)}\n`;

t.test('lets pass what is allowed, and nothing beside it', async (t) => {
  const allowed = `graphql:\n${entry('Fact.citeAs was removed.')}`;
  t.strictSame(compareWithRelease(docsWith(t, [removed], allowed)), {
    faults: [],
    allowed: ['Fact.citeAs was removed. Nobody uses it.'],
    dangerous: [],
  });
  t.strictSame(faultsOf(docsWith(t, [removed, notNode], allowed)), [
    'docs/schema.graphql  breaking_change  Dataset no longer implements interface Node.',
  ]);
});

t.test('refuses an entry that nothing matches, and guesses what was meant', async (t) => {
  const allowed = `graphql:\n${entry('Fact.citeAs was removd.')}${entry('Motto.name was removed.')}`;
  t.strictSame(faultsOf(docsWith(t, [removed], allowed)), [
    'docs/schema.graphql  breaking_change  Fact.citeAs was removed.',
    'docs/released/allowed.yml:2  stale_entry  nothing changed as "Fact.citeAs was removd." says; did you mean "Fact.citeAs was removed."?',
    'docs/released/allowed.yml:4  stale_entry  nothing changed as "Motto.name was removed." says',
  ]);
  const twice = `graphql:\n${entry('Fact.citeAs was removed.')}${entry('Fact.citeAs was removed.')}`;
  t.strictSame(faultsOf(docsWith(t, [removed], twice)), [
    'docs/released/allowed.yml:4  repeated_entry  "Fact.citeAs was removed." is allowed already',
  ]);
});

t.test('refuses a list that it cannot read, with the line', async (t) => {
  const refused = (allowed: string) => faultsOf(docsWith(t, [], allowed));
  t.strictSame(refused(`graphql:\n${entry('Fact.citeAs was removed.', '')}`), [
    'docs/released/allowed.yml:3  bad_entry  graphql/0/reason must not have fewer than 1 characters',
  ]);
  t.strictSame(refused('graphql:\n  - change: It is so.\n    reson: Why not.\n'), [
    'docs/released/allowed.yml:2  bad_entry  graphql/0 must have required properties reason',
    'docs/released/allowed.yml:3  bad_entry  graphql/0/reson is not a key',
  ]);
  for (const nothing of ['', '# Nothing.\n'])
    t.strictSame(refused(nothing), ['docs/released/allowed.yml:1  bad_entry  must be object']);
  t.strictSame(refused('graphql: []\nrest: []\n'), [
    'docs/released/allowed.yml:2  bad_entry  rest is not a key',
  ]);
  t.match(refused('graphql: [\n'), [/^docs\/released\/allowed.yml:2 {2}invalid_yaml {2}/]);
});

t.test('holds the OpenAPI document to the same, with a list of its own', async (t) => {
  const gone: Change = ['"/v1/mottos"', '"/v1/slogans"'];
  const message = 'GET /v1/mottos was removed.';
  t.strictSame(faultsOf(docsWith(t, [], '', gone)).length, 1, 'the list has to be there');
  t.strictSame(faultsOf(docsWith(t, [], 'openapi: []\n', gone)), [
    `docs/openapi.json  breaking_change  ${message}`,
  ]);
  t.strictSame(compareWithRelease(docsWith(t, [removed], `openapi:\n${entry(message)}`, gone)), {
    faults: [{ code: 'breaking_change', message: 'Fact.citeAs was removed.', file: 'docs/schema.graphql' }],
    allowed: [`${message} Nobody uses it.`],
    dangerous: [],
  });
  t.strictSame(faultsOf(docsWith(t, [], `graphql:\n${entry(message)}openapi: []\n`, gone)), [
    `docs/released/allowed.yml:2  stale_entry  nothing changed as "${message}" says`,
    `docs/openapi.json  breaking_change  ${message}`,
  ]);
});

t.test('says which file is not there, all at once', async (t) => {
  const docs = docsWith(t, []);
  rmSync(join(docs, 'released'), { recursive: true });
  t.strictSame(faultsOf(docs), [
    'docs/released/schema.graphql  missing_file  cannot be read',
    'docs/released/openapi.json  missing_file  cannot be read',
    'docs/released/allowed.yml  missing_file  cannot be read',
  ]);
});

t.test('as a command it prints all that, and fails if there is a fault', async (t) => {
  const run = (docs: string) =>
    promisify(execFile)(process.execPath, [...process.execArgv, 'scripts/breaking.ts', docs], { cwd: root });
  const allowed = `graphql:\n${entry('Fact.citeAs was removed.')}`;
  const { stdout, stderr } = await run(docsWith(t, [removed, newWord], allowed));
  t.equal(
    stdout,
    'dangerous  far_exceeded was added to enum type TargetStatus.\n' +
      'allowed  Fact.citeAs was removed. Nobody uses it.\n' +
      'Nothing else breaks the clients of the last release.\n',
  );
  t.equal(stderr, '');
  await t.rejects(run(docsWith(t, [removed])), {
    code: 1,
    stdout: '',
    stderr: 'docs/schema.graphql  breaking_change  Fact.citeAs was removed.\n',
  });
});
