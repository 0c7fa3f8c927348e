/**
 * Docs are tested both ways: what there is has its heading or row, no heading or row is left over, every
 * local link leads somewhere, and every example is asked of a service that holds the real facts.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { columnsFile, columnsText } from '../scripts/columns.ts';
import { dataModelFile, dataModelText } from '../scripts/data-model.ts';
import { dataPageFile, dataPageText } from '../scripts/data-page.ts';
import { guideFile, guideText, schemaFile, schemaText } from '../scripts/table-spec.ts';
import { main } from '../src/commands/main.ts';
import { settings } from '../src/config.ts';
import { type ErrorCode, errorCodes } from '../src/errors.ts';
import { metadataMediaType, metadataSuffix } from '../src/routes/formats/csvw.ts';
import { explorerPages } from '../src/routes/pages.ts';
import { formatOf, formatsOf } from '../src/schema/formats.ts';
import { operationNames, operationOf } from '../src/schema/operations.ts';
import { explanations } from '../src/schema/problem.ts';
import { TargetRule, TargetStatus } from '../src/schema/target.ts';
import { ask, curl, type Example, examplesOf, faultsOf } from './doc-examples.ts';
import { testService } from './service.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const pages = [
  '.',
  'docs',
  ...readdirSync(join(root, 'docs'), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => `docs/${name}`),
]
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  // The notices are generated, and quote others.
  .filter((name) => name.endsWith('.md') && name !== 'THIRD-PARTY-NOTICES.md')
  .sort();

/** Cells of the rows of all tables, without headings. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
const headingsOf = (text: string, level: string): string[] =>
  [...text.matchAll(new RegExp(`^${level} (.+)$`, 'gm'))].map(([, heading = '']) => heading);

t.test('every operation has its row in docs/api.md, and no row lacks its operation', async (t) => {
  const rows = rowsOf(read('docs/api.md')).filter((row) => row.length === 3 && row[0]?.startsWith('`'));
  const expected = operationNames.map((name) => {
    const { path, summary } = operationOf(name);
    return [`\`${name}\``, `\`${path}\``, summary.split('. ')[0]];
  });
  t.strictSame(rows, expected);
});

t.test('every page of the explorer has its row in docs/explorer.md, and no row lacks its page', async (t) => {
  const rows = rowsOf(read('docs/explorer.md')).flatMap(
    ([, address = '']) => /^`([^?`]+)/.exec(address)?.[1] ?? [],
  );
  t.strictSame(rows.map((path) => path.replace(/\{(\w+)\}/, ':$1')).sort(), [...explorerPages].sort());
});

t.test('every status and rule of targets has its row in docs/targets.md, and no row lacks it', async (t) => {
  const wordsOf = (list: object): [string, string][] =>
    Object.entries((list as { 'x-words': Record<string, string> })['x-words']);
  const rows = rowsOf(read('docs/targets.md')).filter(([first]) => first?.startsWith('`'));
  t.strictSame(rows, [
    ...wordsOf(TargetStatus).map(([word, meaning]) => [`\`${word}\``, meaning]),
    ...wordsOf(TargetRule).map(([word, meaning]) => [`\`${word}\``, ...meaning.split(/: (.*)/, 2)]),
  ]);
});

t.test('every setting has its row in docs/configuration.md, and no row lacks its setting', async (t) => {
  const rows = [...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \| (\S*) ?\| (.+) \|$/gm)];
  t.strictSame(
    rows.map(([, name, preset, description]) => [name, preset, description]),
    Object.values(settings).map(({ name, default: preset, description }) => [
      name,
      preset === null ? '' : `\`${preset}\``,
      description,
    ]),
  );
});

t.test(
  'every error code has its heading and status in docs/errors.md, and no heading lacks its code',
  async (t) => {
    const text = read('docs/errors.md');
    t.strictSame(headingsOf(text, '##'), Object.keys(errorCodes));
    const words = (part = ''): string => part.replaceAll(/\s+/g, ' ').trim();
    for (const code of Object.keys(errorCodes) as ErrorCode[]) {
      const section = text.split(`\n## ${code}\n`)[1]?.split('\n## ')[0];
      const { about, remedy } = explanations[code];
      t.equal(words(section), `${errorCodes[code].status}. ${about} ${remedy}`, 'as on its page');
    }
  },
);

t.test(
  'every command has its heading and options in docs/command-line.md, and none is left over',
  async (t) => {
    const text = read('docs/command-line.md');
    const commands = await commandsOf();
    t.strictSame(
      headingsOf(text, '##'),
      commands.map((name) => `govdata ${name}`),
    );
    for (const name of commands) {
      const help = await helpOf(...name.split(' '));
      const section = text.split(`## govdata ${name}\n`)[1]?.split('\n## ')[0] ?? '';
      const [terms] = [/^Arguments:\n((?: .*\n)+)/m.exec(help)?.[1] ?? ''];
      const wanted = [
        ...[...terms.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, argument]) => `\`<${argument}>\``),
        ...[...help.matchAll(/^ {2}(--[a-z-]+(?: <[a-z]+>)?)/gm)].map(([, option]) => `\`${option}\``),
      ];
      t.strictSame(
        rowsOf(section)
          .map(([first]) => first)
          .filter((cell) => cell?.startsWith('`'))
          .sort(),
        wanted.sort(),
        name,
      );
    }
  },
);

/** Of a command that only groups others, those: `import crosswalk`. */
async function commandsOf(...group: string[]): Promise<string[]> {
  const [, list = ''] = (await helpOf(...group)).split('\nCommands:\n');
  const names: string[] = [];
  for (const [, name = '', options] of list.matchAll(/^ {2}([a-z]+) (\[options\])?/gm)) {
    const path = [...group, name];
    if (options) names.push(path.join(' '));
    else if (name !== 'help') names.push(...(await commandsOf(...path)));
  }
  return names;
}

async function helpOf(...command: string[]): Promise<string> {
  let text = '';
  const out = (part: string): void => {
    text += part;
  };
  await main([...command, '--help'], { out, err: out, watched: false });
  return text;
}

t.test('every decision is listed', async (t) => {
  const files = readdirSync(join(root, 'docs/decisions'))
    .filter((name) => /^\d/.test(name))
    .sort();
  const links = [...read('docs/decisions/README.md').matchAll(/^\d+\. \[(.+)\]\((.+)\)$/gm)];
  t.strictSame(
    links.map(([, , file]) => file),
    files,
  );
  for (const [, title, file] of links) t.match(read(`docs/decisions/${file}`), `. ${title}\n`);
});

t.test('the diagram and the columns of docs/data-model.md are those of the tables', async (t) => {
  t.equal(dataModelText(), readFileSync(dataModelFile, 'utf8'));
});

t.test('docs/columns.md has every column of every list', async (t) => {
  t.equal(columnsText(), readFileSync(columnsFile, 'utf8'));
});

t.test(
  'the JSON Schema of a description, and its keys in docs/importing.md, are those of its shape',
  async (t) => {
    t.equal(schemaText(), readFileSync(schemaFile, 'utf8'));
    t.equal(guideText(), readFileSync(guideFile, 'utf8'));
  },
);

t.test('every format has its row in docs/files.md, and no row lacks its format', async (t) => {
  const formatsOfAll = new Set(
    operationNames.flatMap((name) => formatsOf({ ...operationOf(name), statistics: [] })),
  );
  const rows = rowsOf(read('docs/files.md')).filter(([first]) => first?.startsWith('`.'));
  t.strictSame(
    rows.map(([suffix, mediaType]) => [suffix, mediaType]),
    [
      ...[...formatsOfAll]
        .map(formatOf)
        .map(({ suffix, mediaType }) => [`\`.${suffix}\``, `\`${mediaType}\``]),
      [`\`.${metadataSuffix}\``, `\`${metadataMediaType}\``],
    ],
  );
});

t.test('docs/data.md is what the seed files say', async (t) => {
  t.equal(await dataPageText(), readFileSync(dataPageFile, 'utf8'));
});

t.test('every local link leads to a file and a heading', async (t) => {
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
      .filter(([, path = '', anchor]) => {
        const target = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !slugsOf(read(target)).includes(anchor);
      })
      .map(([link]) => `${page}: ${link}`),
  );
  t.strictSame(dead, []);
});

const slugsOf = (text: string): string[] =>
  headingsOf(text, '#+').map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Shown, and run by .ci/run or by other tests; all else that is shown is run here. */
const notRunHere = [
  'npm ci && npm start',
  'npm ci && npm test',
  'docker compose up --build',
  'export DATABASE_URL=postgres://govdata:secret@db.example/govdata',
  'npx govdata migrate',
  'npx govdata seed',
  'npx govdata serve',
  'pg_dump --format=custom --no-owner --no-privileges --file=govdata.dump "$DATABASE_URL"',
  'pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$DATABASE_URL" govdata.dump',
  'npm run --silent sbom > govdata.cdx.json',
];

/** A guide goes from step to step, and changes data: it has a test of its own, `importing.test.ts`. */
const steps = join('docs', 'importing.md');

const examples: Example[] = pages
  .filter((page) => page !== steps)
  .flatMap((page) => examplesOf(page, read(page)));

t.test('an example without an answer is one of those that other tests run', async (t) => {
  const lines = examples
    .filter(({ answerKind }) => answerKind === undefined)
    .flatMap(({ question }) => question.split('\n'));
  t.strictSame(
    lines.filter((line) => !notRunHere.includes(line)),
    [],
  );
});

t.test('every example gives the answer that is printed', async (t) => {
  const { app, url } = await testService(t, 'real', { own: true });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  for (const example of examples.filter(({ answerKind }) => answerKind !== undefined)) {
    await t.test(example.name, { skip: reasonToSkip(example) }, async (t) => {
      t.strictSame(faultsOf(example, await run(example, address, url)), []);
    });
  }
  t.ok(examples.length > 15);
  await t.test('and every id that a page names is the id of a record', async (t) => {
    const unknown: string[] = [];
    for (const id of idsInPages()) {
      const { status } = await fetch(
        `${address}/v1/${/^place(_version)?:/.test(id) ? 'places' : 'facts'}/${id}`,
      );
      if (status !== 200) unknown.push(id);
    }
    t.strictSame(unknown, []);
  });
});

const idsInPages = (): Set<string> =>
  new Set(
    pages
      .filter((page) => !page.startsWith('docs/curation') && page !== steps)
      .flatMap((page) => [
        ...read(page).matchAll(/\b(?:place|place_version|theme|task|observation|body):[\w@-]{4,}/g),
      ])
      .map(([id]) => id),
  );

const documents = join(root, '../shared/documents');

const reasonToSkip = ({ question }: Example): string | false =>
  question.includes('--documents') &&
  !existsSync(documents) &&
  'the source documents are not part of the project';

function run({ kind, question }: Example, address: string, databaseUrl: string): Promise<string> {
  if (kind === 'graphql') return ask(address, question);
  return question.startsWith('curl ') ? curl(address, question) : command(databaseUrl, question);
}

async function command(url: string, line: string): Promise<string> {
  const words = line.replace('../documents', documents).split(' ');
  const args = [...process.execArgv, 'src/cli.ts', ...words.slice(2)];
  const env = { ...process.env, DATABASE_URL: url };
  return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stdout;
}

t.test('a name of a file of this project that a page mentions is a file', async (t) => {
  const missing = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|scripts|docs|migrations|seeds|public)\/[\w./-]*)`/g)]
      .filter(([, name = '']) => !existsSync(join(root, name)))
      .map(([name]) => `${relative('.', page)}: ${name}`),
  );
  t.strictSame(missing, []);
});
