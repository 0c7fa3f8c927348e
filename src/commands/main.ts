/** The command line: what each command is called and takes, and how it ends. */
import { inspect } from 'node:util';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { FaultsError, faultLine, toPublicError } from '../errors.ts';
import { isDay } from '../schema/common.ts';
import { programVersion } from '../version.ts';
import { processTerminal, type Terminal } from './terminal.ts';

// Loaded for the command that is run: the readers of tables and workbooks are slow to load, and a service needs none of them.
const run = () => import('./run.ts');
const operations = () => import('./operations.ts');
const transfer = () => import('./transfer.ts');

/** Resolves to the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    await programFor(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err(failure(error));
    return 1;
  }
}

function failure(error: unknown): string {
  if (error instanceof FaultsError) {
    const { message, faults, more } = error;
    return lines(message, ...faults.map(faultLine), ...(more > 0 ? [`… and ${more} more`] : []));
  }
  const { code, message } = toPublicError(error);
  // What nobody foresaw is told with its stack: it is the administrator who reads it.
  return lines(code === 'unavailable' ? `${message} ${reasonOf(error)}` : inspect(error));
}

function programFor(terminal: Terminal): Command {
  const program = new Command('govdata')
    .description('Structured governance data of Vietnam, every figure with its paper trail.')
    .version(programVersion)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText(
      'after',
      `
The database is the one of DATABASE_URL, else an embedded one in GOVDATA_HOME.
Exit codes: 0 done, 1 failed, 2 wrong usage.`,
    );
  const json = ['--json', 'print JSON'] as const;
  const documents = ['--documents <folder>', 'folder of the source documents'] as const;

  command(program, 'serve', 'Serve REST and GraphQL.', 'PORT=8080 govdata serve --setup')
    .option('--setup', 'first migrate and seed the embedded database, if it is empty')
    .option('--workers <number>', 'processes that serve, one for a core; 1 unless said', wholeNumber)
    .action(async (options) => (await import('./serve.ts')).serve(terminal, options));

  command(program, 'migrate', 'Bring the tables up to date.', 'govdata migrate --dry-run')
    .option('--dry-run', 'only show what would be applied')
    .option(...json)
    .action(async (options) => (await run()).migrate(terminal, options));

  command(program, 'seed', 'Make a release of the seed files.', "govdata seed --note 'Document 003.'")
    .option('--from <folder>', 'folder of the seed files, if not that of the program')
    .option('--note <text>', 'a remark on the release')
    .option('--dry-run', 'check and compare, and write nothing')
    .option(...json)
    .action(async (options) => (await run()).seed(terminal, options));

  const importing = program.command('import').description('Load an official table as a new release.');
  command(
    importing,
    'crosswalk',
    "Load the statistics office's conversion table of old and new communes.",
    'govdata import crosswalk conversion-table.xlsx --dry-run',
  )
    .argument('<file>', 'the table, CSV or XLSX')
    .option('--retrieved-on <day>', 'when the file was got, YYYY-MM-DD', calendarDay)
    .option('--note <text>', 'a remark on the release')
    .option('--dry-run', 'check and compare, and write nothing')
    .option(...json)
    .action(async (file, options) => (await run()).importCrosswalk(terminal, file, options));

  command(
    importing,
    'table',
    'Load a published table by a description of it.',
    'govdata import table poverty.csv --spec poverty.yml --dry-run',
  )
    .argument('<file>', 'the table, CSV or XLSX')
    .requiredOption('--spec <file>', 'its description, YAML')
    .option('--note <text>', 'a remark on the release')
    .option('--dry-run', 'check, compare and show what would change, and write nothing')
    .option('--yes', 'write without asking, also on a terminal')
    .option(...json)
    .action(async (file, options) => (await run()).importTable(terminal, file, options));

  command(
    importing,
    'guess',
    'Print a first description of a table, to be corrected.',
    'govdata import guess poverty.csv > poverty.yml',
  )
    .argument('<file>', 'the table, CSV or XLSX')
    .option('--sheet <name>', 'of a workbook, if not the first that is not empty')
    .action(async (file, options) => (await run()).importGuess(terminal, file, options));

  command(program, 'verify', 'Prove every text citation.', 'govdata verify --documents ~/documents')
    .requiredOption(...documents)
    .option(...json)
    .action(async (options) => (await run()).verify(terminal, options));

  command(
    program,
    'cite',
    'Print the citation of some words, for a seed file.',
    "govdata cite --documents ~/documents 003 5 '12 %' --nth 2",
  )
    .argument('<document>', 'what the name of the file begins with, such as 003')
    .argument('<paragraph>', 'which non-empty line, from 1', wholeNumber)
    .argument('<words>', 'the words, exactly as they stand there')
    .requiredOption(...documents)
    .option('--nth <number>', 'which occurrence, if there are several', wholeNumber)
    .action(async (document, paragraph, words, options) =>
      (await run()).cite(terminal, { document, paragraph, words, ...options }),
    );

  command(program, 'releases', 'List the releases, newest first.', 'govdata releases --json')
    .option(...json)
    .action(async (options) => (await run()).releases(terminal, options));

  command(program, 'diff', 'Show what differs between two releases.', 'govdata diff 1 2')
    .argument('<from>', 'number of a release', wholeNumber)
    .argument('<to>', 'number of another', wholeNumber)
    .option(...json)
    .action(async (from, to, options) => (await run()).diff(terminal, from, to, options));

  command(
    program,
    'rollback',
    'Make a release whose content is that of an earlier one.',
    'govdata rollback 1 --dry-run',
  )
    .argument('<release>', 'number of the earlier release', wholeNumber)
    .option('--note <text>', 'a remark on the release')
    .option('--dry-run', 'compare, and write nothing')
    .option(...json)
    .action(async (release, options) => (await run()).rollback(terminal, release, options));

  transferCommands(program, terminal);
  operationCommands(program, terminal);

  command(program, 'status', 'Show schema, release and counts.', 'govdata status --json')
    .option(...json)
    .action(async (options) => (await run()).status(terminal, options));

  command(
    program,
    'doctor',
    'Look for what is wrong with the database and around it, and say what to do.',
    'govdata doctor --node https://data.example --node https://data2.example',
  )
    .option('--node <address>', 'a service that is to have the same release; may be given again', listed, [])
    .option(...json)
    .action(async (options) => (await import('./doctor.ts')).doctor(terminal, options));
  return program;
}

function transferCommands(program: Command, terminal: Terminal): void {
  const json = ['--json', 'print JSON'] as const;
  command(
    program,
    'export',
    'Write the releases to a folder, with checksums.',
    'govdata export backups/2026-11-29',
  )
    .argument('<folder>', 'a folder that is new or empty')
    .option('--release <number>', 'the last release that it is to hold, if not the current one', wholeNumber)
    .option('--force', 'replace an export that is in the folder')
    .option(...json)
    .action(async (folder, options) => (await transfer()).exportTo(terminal, folder, options));

  command(
    program,
    'load',
    'Load an export into a database without releases.',
    'govdata load backups/2026-11-29 --dry-run',
  )
    .argument('<folder>', 'the folder of the export')
    .option('--dry-run', 'check the export and the database, and write nothing')
    .option(...json)
    .action(async (folder, options) => (await transfer()).load(terminal, folder, options));
}

function operationCommands(program: Command, terminal: Terminal): void {
  const group = program.command('operations').description('Persist GraphQL operations, to be asked by hash.');
  const json = ['--json', 'print JSON'] as const;
  command(
    group,
    'register',
    'Register GraphQL documents, and those that manifests list.',
    'govdata operations register persisted-documents.json --dry-run',
  )
    .argument('<files...>', 'documents, manifests, or folders of them')
    .option('--dry-run', 'check and compare, and write nothing')
    .option(...json)
    .action(async (files, options) => (await operations()).register(terminal, files, options));

  command(group, 'list', 'List what is registered.', 'govdata operations list --json')
    .option(...json)
    .action(async (options) => (await operations()).list(terminal, options));

  command(group, 'remove', 'Answer documents by hash no longer.', 'govdata operations remove 0f3c9b2a61d4')
    .argument('<hashes...>', 'hashes, their first 8 digits or more, or ids of clients')
    .option('--dry-run', 'only show what would be removed')
    .option(...json)
    .action(async (hashes, options) => (await operations()).remove(terminal, hashes, options));
}

function command(program: Command, name: string, description: string, example: string): Command {
  return program.command(name).description(description).addHelpText('after', `\nExample:\n  $ ${example}`);
}

const listed = (text: string, before: readonly string[]): string[] => [...before, text];

function calendarDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('It must be a day, YYYY-MM-DD.');
  return text;
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}

function lines(...list: string[]): string {
  return list.map((line) => `${line}\n`).join('');
}

/** Connecting to a name with several addresses fails with a code and an empty message. */
function reasonOf(error: unknown): unknown {
  const { message, code }: { message?: unknown; code?: unknown } = Object(error);
  return [message, code].find(Boolean);
}
