import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { toleratingClosedPipe } from '../../src/commands/terminal.ts';
import { programVersion } from '../../src/version.ts';
import { govdata } from '../govdata.ts';
import { testDatabase } from '../helper.ts';
import { countryDocuments, countrySeeds, seedsWith } from '../import/country.ts';
import { areaRow, baoYenRows, csvOf, fileOf, zoneRows } from '../import/crosswalk/table.ts';
import { seededDatabase } from '../service.ts';
import { spoilColumn } from '../spoilt.ts';

const migrations = readdirSync(fileURLToPath(new URL('../../migrations', import.meta.url)))
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length))
  .sort();

t.test('prints its version, and help with an example for each command', async (t) => {
  t.strictSame(await govdata(['--version']), { code: 0, out: `${programVersion}\n`, err: '' });
  const help = await govdata(['--help']);
  t.match(help, { code: 0, err: '', out: /Exit codes: 0 done, 1 failed, 2 wrong usage/ });
  for (const command of [
    'serve',
    'migrate',
    'seed',
    'verify',
    'cite',
    'releases',
    'diff',
    'rollback',
    'status',
  ]) {
    t.match(help.out, `\n  ${command} `);
    const { code, out } = await govdata([command, '--help']);
    t.equal(code, 0);
    t.match(out, new RegExp(`Example:\\n {2}\\$ .*govdata ${command}`), command);
  }
  t.match(await govdata(['import', 'crosswalk', '--help']), {
    code: 0,
    out: /^Usage: govdata import crosswalk \[options\] <file>\n[\s\S]*Example:\n {2}\$ govdata import crosswalk /,
  });
});

const wrong: [args: string[], err: string | RegExp][] = [
  [[], /^Usage: govdata/],
  [['stauts'], "error: unknown command 'stauts'\n(Did you mean status?)\n"],
  [['seed', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)\n"],
  [['status', 'now'], /^error: too many arguments/],
  [['verify'], "error: required option '--documents <folder>' not specified\n"],
  [['import'], /^Usage: govdata import/],
  [['import', 'croswalk'], "error: unknown command 'croswalk'\n(Did you mean crosswalk?)\n"],
  [['import', 'crosswalk'], "error: missing required argument 'file'\n"],
  [
    ['import', 'crosswalk', 'table.csv', '--retrieved-on', '2025-02-30'],
    "error: option '--retrieved-on <day>' argument '2025-02-30' is invalid. It must be a day, YYYY-MM-DD.\n",
  ],
  [['cite', '--documents', 'x', '003'], "error: missing required argument 'paragraph'\n"],
  [
    ['cite', '--documents', 'x', '003', '0', 'a'],
    "error: command-argument value '0' is invalid for argument 'paragraph'. It must be a whole number from 1.\n",
  ],
  [
    ['cite', '--documents', 'x', '003', '1', 'a', '--nth', 'two'],
    "error: option '--nth <number>' argument 'two' is invalid. It must be a whole number from 1.\n",
  ],
];
for (const [args, err] of wrong) {
  t.test(`ends with 2 for wrong usage: ${args.join(' ') || 'no command'}`, async (t) => {
    t.match(await govdata(args), { code: 2, out: '', err });
  });
}

t.test('migrates: shows what is pending, applies it, and has nothing to do the second time', async (t) => {
  const { url } = await testDatabase(t);
  const dry = await govdata(['migrate', '--dry-run'], { url });
  t.match(dry, { code: 0, out: `${migrations.length} migrations are pending; nothing was changed.\n` });
  t.match(dry.err, /^pending: 0000_tables \(\d+ statements\)\npending: 0001_constraints_and_views/);
  t.match(await govdata(['migrate'], { url }), {
    code: 0,
    out: `${migrations.length} migrations applied.\n`,
    err: /\napplying 0000/,
  });
  t.strictSame(await govdata(['migrate'], { url }), { code: 0, out: 'Nothing to migrate.\n', err: '' });
  const { out } = await govdata(['migrate', '--json'], { url });
  t.match(JSON.parse(out), { applied: [{ tag: '0000_tables' }, {}], pending: [], appliedNow: [] });
});

t.test('seeds: says what a release would have, what it has, and that nothing has changed', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const from = ['seed', '--from', countrySeeds];
  const dry = await govdata([...from, '--dry-run'], { url });
  t.match(
    dry.out,
    'A release would have 53 added, 0 revised, 0 corrected, 0 withdrawn; nothing was written: there is no release yet.\n',
  );
  const made = await govdata([...from, '--note', 'The first.'], { url });
  t.equal(made.err, 'read 51 records from 4 files\n');
  t.match(
    made.out,
    /^Release 1: 53 added, 0 revised, 0 corrected, 0 withdrawn\.\n\ntype {11}added {2}revised {2}corrected {2}withdrawn\nbody {15}4 {8}0 {10}0 {10}0\n/,
  );
  t.match(await govdata(from, { url }), { code: 0, out: 'Nothing has changed: release 1 is current.\n' });
  t.match(JSON.parse((await govdata([...from, '--json'], { url })).out), {
    release: 1,
    made: false,
    byType: [],
  });
  const other = await govdata(['seed', '--from', await seedsWith(t, 'themes: []'), '--dry-run'], { url });
  t.match(other.out, 'Nothing has changed: release 1 is current.\n');
});

t.test('prints each fault of the seed files on a line, and ends with 1', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const folder = await seedsWith(t, 'task: []\nthemes: x\n');
  t.strictSame(await govdata(['seed', '--from', folder], { url }), {
    code: 1,
    out: '',
    err: [
      'The seed files cannot be used.',
      'seeds/zz.yml:1:1  unknown_section  "task" is not a section of a seed file; did you mean "tasks"?',
      'seeds/zz.yml:2:1  wrong_type  "themes" must be a list of records',
      '',
    ].join('\n'),
  });
});

t.test('seeds the facts of the program unless another folder is given', async (t) => {
  const { url } = await testDatabase(t);
  t.match(await govdata(['seed'], { url }), {
    code: 1,
    err: /read \d+ records from \d+ files\nThe database is not migrated. Run `govdata migrate` first.\n0000_tables.sql {2}pending_migration/,
  });
});

t.test(
  'imports a conversion table: says what a release would have, what it has, and what is no unit',
  async (t) => {
    const { url } = await seededDatabase(t);
    const table = fileOf(t, csvOf([...baoYenRows(), ...zoneRows, areaRow]));
    const args = ['import', 'crosswalk', table, '--retrieved-on', '2025-08-01'];
    const said = [
      '20 links from 20 communes: 20 whole, 0 part; 0 were not known.',
      'No unit, cited and not linked: Khu vực bãi bồi ven biển.',
      '',
    ];
    const dry = await govdata([...args, '--dry-run'], { url });
    t.match(dry, { code: 0, err: 'read 22 rows of table.csv\n' });
    t.strictSame(dry.out.split('\n').slice(0, 4), [
      ...said,
      'A release would have 1 added, 10 revised, 0 corrected, 0 withdrawn; nothing was written: release 1 is current.',
    ]);
    const made = await govdata([...args, '--note', 'The table.'], { url });
    t.strictSame(made.out.split('\n').slice(0, 8), [
      ...said,
      'Release 2: 1 added, 10 revised, 0 corrected, 0 withdrawn.',
      '',
      'type          added  revised  corrected  withdrawn',
      'citation         22        0          0          0',
      'dataset           1        0          0          0',
    ]);
    const { out } = await govdata([...args, '--json'], { url });
    t.match(JSON.parse(out), {
      release: 2,
      made: false,
      rows: 22,
      communes: 20,
      areas: { length: 1 },
      byType: [],
    });
  },
);

t.test('prints the faults of a conversion table, how many more there are, and ends with 1', async (t) => {
  const { url } = await seededDatabase(t);
  const rows = [1, 2, 3, 4].flatMap(() => baoYenRows().map((row) => ({ ...row, new_code: '' })));
  const { code, out, err } = await govdata(['import', 'crosswalk', fileOf(t, csvOf(rows))], { url });
  t.strictSame([code, out], [1, '']);
  const lines = err.split('\n');
  t.strictSame(lines.slice(0, 3), [
    'read 68 rows of table.csv',
    'The table cannot be used; nothing was written.',
    'table.csv:2  bad_code  "new_code" is "", but must be a code of 5 digits; are the columns shifted?',
  ]);
  t.strictSame(lines.slice(51), [
    'table.csv:51  bad_code  "new_code" is "", but must be a code of 5 digits; are the columns shifted?',
    '… and 18 more',
    '',
  ]);
  t.strictSame(await govdata(['import', 'crosswalk', 'no.csv'], { url }), {
    code: 1,
    out: '',
    err: 'The table cannot be read.\nmissing_file  no.csv cannot be read (ENOENT)\n',
  });
});

t.test('verifies: prints how many citations are proven, and ends with 1 where one is not', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const proven = await govdata(['verify', '--documents', countryDocuments], { url });
  t.match(proven, {
    code: 0,
    err: '',
    out: /document:901 {2}901_he.txt {6}28 {7}0\n[\s\S]*\n42 citations proven\.\n$/,
  });
  const failed = await govdata(['verify', '--documents', 'nowhere', '--json'], { url });
  t.equal(failed.code, 1);
  t.match(JSON.parse(failed.out), { proven: 0, faults: [{ code: 'missing_document' }, {}] });
  t.match(
    failed.err,
    'Not everything could be proven.\n901_he.txt  missing_document  document:901 is not in the folder\n',
  );
});

t.test('cites words of a document', async (t) => {
  const args = ['cite', '--documents', countryDocuments, '901', '4', '4', '--nth', '2'];
  t.match(await govdata(args), {
    code: 0,
    out: "- {document: document:901, paragraph: 4, start: 82, end: 83, printed: '4',",
  });
});

t.test('shows the status, as text and as JSON', async (t) => {
  const { url } = await testDatabase(t);
  t.match(await govdata(['status'], { url }), {
    code: 0,
    out: `schema   none\npending  ${migrations.join(', ')}: run \`govdata migrate\`\nrelease  none\n`,
  });
  await govdata(['migrate'], { url });
  await govdata(['seed', '--from', countrySeeds], { url });
  const { out } = await govdata(['status'], { url });
  t.match(out, `schema   ${migrations.at(-1)}\npending  none\nrelease  1, made 2`);
  t.match(out, /\nbody {12}4\ncitation {7}53\n/);
  t.match(out, /\ndocument:901 {2}901_he.txt {2}3 of body, /);
  t.match(JSON.parse((await govdata(['status', '--json'], { url })).out), { release: { number: 1 } });
});

t.test('names a document without a citation', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const folder = await seedsWith(
    t,
    `documents: [{id: document:903, fileName: c.txt, sha256: ${'ab'.repeat(32)}, languages: [vi], paragraphCount: 1}]`,
  );
  await govdata(['seed', '--from', folder], { url });
  t.match((await govdata(['status'], { url })).out, /\ndocument:903 {2}c.txt {7}no citation\n$/);
});

t.test('overwrites its progress where somebody is watching', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const { err } = await govdata(['seed', '--from', countrySeeds], { url, watched: true });
  t.equal(err, '\r\u001b[2Kread 51 records from 4 files\r\u001b[2K');
});

t.test('says that the database cannot be reached, and why', async (t) => {
  t.strictSame(await govdata(['status'], { url: 'postgres://127.0.0.1:1/x' }), {
    code: 1,
    out: '',
    err: 'The database cannot be reached. connect ECONNREFUSED 127.0.0.1:1\n',
  });
});

t.test('says which setting is wrong', async (t) => {
  t.match(await govdata(['status'], { url: 'mysql://x' }), {
    code: 1,
    err: /bad_setting {2}DATABASE_URL must be/,
  });
});

t.test('tells what nobody foresaw with its stack', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  await spoilColumn(url, 'releases', 'hash');
  t.match(await govdata(['status'], { url }), {
    code: 1,
    err: /^error: nobody foresaw this\n {4}at /,
  });
});

/** The command as a process of its own, with what it has said so far. */
class Process {
  readonly said: string[] = [];
  readonly exit: Promise<unknown[]>;
  readonly #child;

  constructor(t: Test, args: string[], env: Record<string, string>) {
    const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
    this.#child = spawn(process.execPath, [...process.execArgv, cli, ...args], {
      env: { ...process.env, LOG_LEVEL: 'silent', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exit = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface(stream).on('line', (line) => this.said.push(line));
    }
    t.teardown(() => this.#child.kill('SIGKILL'));
  }

  /** Once it serves. */
  async address(): Promise<string> {
    for (;;) {
      const line = this.said.find((line) => line.startsWith('govdata listens on '));
      if (line !== undefined) return line.slice('govdata listens on '.length);
      if (this.#child.exitCode !== null) throw new Error(this.said.join(' | '));
      await sleep(20);
    }
  }

  /** Nobody reads what it writes from now on. */
  closePipes(): void {
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  async stop(): Promise<unknown[]> {
    this.#child.kill('SIGTERM');
    return this.exit;
  }
}

t.test(
  'a reader that goes away, as head does, is no fault; any other fault of the pipe is one',
  async (t) => {
    const command = new Process(t, ['--help'], {});
    command.closePipes();
    t.strictSame(await command.exit, [0, null]);
    toleratingClosedPipe(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    t.throws(() => toleratingClosedPipe(full), full);
  },
);

t.test('ends the process with the exit code of the command', async (t) => {
  const command = new Process(t, ['stauts'], {});
  t.strictSame(await command.exit, [2, null]);
  t.strictSame(command.said, ["error: unknown command 'stauts'", '(Did you mean status?)']);
});

t.test('serves until a signal, and leaves a database as it is', async (t) => {
  const command = new Process(t, ['serve'], { DATABASE_URL: (await seededDatabase(t, 'fixture')).url });
  t.equal((await fetch(`${await command.address()}/readyz`)).status, 200);
  t.strictSame(await command.stop(), [0, null]);
});

t.test('never sets up the database of DATABASE_URL', async (t) => {
  const { url } = await testDatabase(t);
  const command = new Process(t, ['serve', '--setup'], { DATABASE_URL: url });
  t.equal((await fetch(`${await command.address()}/readyz`)).status, 503);
  t.match(command.said[0], /^--setup leaves the database of DATABASE_URL alone: run `govdata migrate`/);
  await command.stop();
  t.match(await govdata(['status'], { url }), { out: /^schema {3}none\n/ });
});
