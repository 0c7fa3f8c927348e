/** Figures as JSON-stat 2.0: a cube of one indicator, or a collection of such. */
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { groupBy } from '../../lists.ts';
import { clocks } from '../../schema/argument.ts';
import { limits } from '../../schema/config.ts';
import { formatOf } from '../../schema/formats.ts';
import { type ListFile, slicesOf } from './file.ts';
import { cubeOf, tooLarge } from './jsonstat-cube.ts';
import { nameOf, type Statement, statementsOf } from './statistics.ts';

/** A cube names its categories before its figures: all are read first, so that there may not be too many. */
export async function jsonStatOf(file: ListFile): Promise<Readable> {
  const statements = await readAll(file);
  if (isOfOneIndicator(file)) return Readable.from([JSON.stringify(datasetOf(file, statements))]);
  const items: string[] = [];
  const cubes = [...groupBy(statements, ({ indicator }) => indicator.code)];
  for (const [code, some] of cubes.sort(([one], [other]) => (one < other ? -1 : 1))) {
    items.push(JSON.stringify(datasetOf(file, some, { href: hrefOf(file, code) })));
    await setImmediate();
  }
  const begin = JSON.stringify({
    version,
    class: 'collection',
    ...aboutOf(file),
    label: file.operation.summary,
  });
  return Readable.from([`${begin.slice(0, -1)},"link":{"item":[${items.join(',')}]}}`]);
}

const version = '2.0';

async function readAll({ name, pieces }: ListFile): Promise<Statement[]> {
  const statements: Statement[] = [];
  for await (const { rows } of slicesOf(pieces)) {
    statements.push(...statementsOf(name, rows));
    if (statements.length > limits.cubeFiguresMax)
      throw tooLarge(`more than ${limits.cubeFiguresMax} figures`);
  }
  return statements;
}

/** By what is asked, not by what there is: who asks for one indicator gets a dataset, even of nothing. */
function isOfOneIndicator({ args }: ListFile): boolean {
  const asked = args['indicator'];
  return typeof asked === 'string' || (Array.isArray(asked) && asked.length === 1);
}

function datasetOf(file: ListFile, statements: readonly Statement[], link: { href?: string } = {}): object {
  const { source, extension } = aboutOf(file);
  const { extension: told, ...cube } = cubeOf(statements);
  const names = new Set(statements.map(({ indicator }) => nameOf(indicator.name) ?? indicator.code));
  const label = [...names].join(' / ') || file.operation.summary;
  return { version, class: 'dataset', ...link, label, source, ...cube, extension: { ...extension, ...told } };
}

/** Releases are numbered: the number says as of when, and asks for the same again. */
const aboutOf = ({ scope: { release } }: ListFile) => ({
  source: `govdata, release ${release}`,
  extension: { release },
});

/**
 * The cube of one indicator by itself, beside the address that was asked. However the release was asked for, and in
 * whatever order: the same tag is the same bytes.
 */
function hrefOf({ operation, args, scope: { release } }: ListFile, indicator: string): string {
  const others = Object.entries(args).filter(([name]) => !Object.hasOwn(clocks, name));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...Object.fromEntries(others), indicator, release })) {
    query.set(name, String(value));
  }
  query.sort();
  return `${operation.path.slice(1)}.${formatOf('jsonstat').suffix}?${query}`;
}
