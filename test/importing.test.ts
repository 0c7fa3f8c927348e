/** docs/importing.md, as somebody follows it: each file is saved and each command run in its order, on one database. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import t from 'tap';
import { parse } from 'yaml';
import { schemaText } from '../scripts/table-spec.ts';
import { ask, curl, examplesOf, faultsOf, wordsOf } from './doc-examples.ts';
import { govdata } from './govdata.ts';
import { testService } from './service.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = 'docs/importing.md';
const text = readFileSync(join(root, page), 'utf8');

/** A file that the guide shows: the last name in the line before it. */
interface Shown {
  name: string;
  content: string;
}
const shown = (part: string): Shown[] =>
  [...part.matchAll(/`([\w-]+\.(?:csv|yml))`[^`\n]*\n\n```(?:csv|yaml)\n([\s\S]*?)^```$/gm)].map(
    ([, name = '', content = '']) => ({ name, content }),
  );

/** From the heading of the first step to that of the first part that is only read. */
const [steps = ''] = text.split('\n## The keys\n');
/** Each block with its answer, where it has one. */
const parts = steps.split(/\n(?=```(?:sh|graphql|csv|yaml)\n)/);

t.test('the guide can be followed from download to chart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-guide-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const { app, url } = await testService(t, 'real', { own: true });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const run = async (line: string): Promise<string> => {
    if (line.startsWith('curl ')) return curl(address, line);
    const [command = '', target] = line.split(' > ');
    const words = wordsOf(command).map((word) =>
      /^[\w-]+\.(csv|yml)$/.test(word) ? join(folder, word) : word,
    );
    const out =
      words[0] === 'node' ? await node(words.slice(1), address) : await printed(words.slice(2), url);
    if (target !== undefined) writeFileSync(join(folder, target), out);
    return out;
  };
  let before = '';
  let count = 0;
  for (const part of parts) {
    for (const { name, content } of shown(`${before.split('\n').slice(-2).join('\n')}\n${part}`))
      writeFileSync(join(folder, name), content);
    const [example] = examplesOf(page, part);
    if (example) {
      const { kind, question } = example;
      const given = kind === 'graphql' ? await ask(address, question) : await run(question);
      t.strictSame(faultsOf(example, given), [], example.name);
      count += 1;
    }
    before = part;
  }
  t.ok(count > 12);
  t.match(readFileSync(join(folder, 'poverty.svg'), 'utf8'), /^<svg [\s\S]*<\/svg>\n$/);

  await t.test('and every record that it names is one', async (t) => {
    const ids = new Set(text.match(/\b(?:place|observation|dataset):[\w.-]{4,}\b/g));
    for (const id of ids) {
      const part = { p: 'places', o: 'facts', d: 'datasets' }[id.charAt(0)];
      t.equal((await fetch(`${address}/v1/${part}/${id}`)).status, 200, id);
    }
    t.ok(ids.size > 3);
  });
});

/** What a command prints, to either stream. */
async function printed(args: string[], url: string): Promise<string> {
  const { out, err } = await govdata(args, { url });
  return out + err;
}

async function node([script = '', ...args]: string[], address: string): Promise<string> {
  const words = args.map((word) => word.replace('http://127.0.0.1:3000', address));
  const { NODE_OPTIONS, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, script), ...words], { env });
  return stdout;
}

t.test('every fault that the guide explains is one that the importer tells', async (t) => {
  const folder = join(root, 'src/import');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const [, section = ''] = text.split('\n## When it is refused\n');
  const codes = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` /gm)].map(([, code]) => code);
  t.ok(codes.length > 10);
  t.strictSame(
    codes.filter((code) => !sources.includes(`'${code}'`)),
    [],
  );
});

t.test('all descriptions fit the JSON Schema, and it finds faults', async (t) => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  ajv.addVocabulary(['enumDescriptions']);
  const fits = ajv.compile(JSON.parse(schemaText()));
  const specs = join(root, 'seeds/specs');
  const files = [
    ...readdirSync(specs).map((name) => join(specs, name)),
    join(root, 'test/import/table/made-up-labour.yml'),
  ];
  t.ok(files.length > 16);
  for (const file of files) {
    fits(parse(readFileSync(file, 'utf8')));
    t.strictSame(fits.errors ?? [], [], file);
  }
  const [{ content = '' } = {}] = shown(text).filter(({ name }) => name.endsWith('.yml'));
  t.ok(fits(parse(content)), 'that of the guide');
  for (const [what, wrong] of [
    ['a key that is none', `${content}colums: []\n`],
    ['an id of something else', content.replace('dataset:', 'table:')],
    ['a word that is none', content.replace('preliminary', 'provisional')],
    ['a day that does not exist', content.replace(/retrievedOn: .*/, 'retrievedOn: 2026-02-30')],
    ['no columns', content.replace(/columns:[\s\S]*/, '')],
    ['an empty value', content.replace(/title: .*/, 'title:')],
  ] as const) {
    t.not(wrong, content, what);
    t.notOk(fits(parse(wrong)), what);
  }
});
