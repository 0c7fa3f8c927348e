/** Releases, and the scope that an answer holds for. */
import { sql } from 'drizzle-orm';
import { releases as table } from '../db/tables.ts';
import { PublicError } from '../errors.ts';
import { clocks } from '../schema/argument.ts';
import type { Release } from '../schema/release.ts';
import { checkArguments } from './arguments.ts';
import { todayInVietNam } from './days.ts';
import type { Source } from './records.ts';
import { type Columns, instant, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

export const releases: Source = {
  type: 'Release',
  table,
  key: [table.number],
  live: (scope) => sql`${table.number} <= ${scope.release}`,
  order: sql`lpad(${table.number}::text, 9, '0')`,
  descending: true,
  columns: (): Columns<Release> => ({
    id: sql`'release:' || ${table.number}`,
    number: table.number,
    createdAt: instant(table.createdAt),
    hash: table.hash,
    counts: table.counts,
    byType: table.byType,
    note: table.note,
  }),
};

/**
 * The release and the day that an answer is for: the current release and today, unless `release` or `asOf` among the
 * arguments say otherwise. Throws `bad_argument` for a release that there is not. One statement at most.
 */
export async function openScope(context: Context, args: object = {}): Promise<Scope> {
  const asked = checkClocks(args);
  const today = todayInVietNam(context.now());
  if (asked.release === undefined && asked.asOf === undefined) {
    return context.releases?.current() ?? { release: await numberOfCurrent(context), today };
  }
  if (asked.asOf !== undefined && asked.asOf > today) {
    throw refused('asOf', `${asked.asOf} is still to come; today is ${today}.`, today);
  }
  const { releases: known } = context;
  if (known === undefined) return pinnedScope(context, asked);
  return known.scope(JSON.stringify(asked), (shared) => pinnedScope(shared, asked));
}

export interface CurrentRelease {
  /** 0 before the first. */
  number: number;
  /** Of its content: of a database that was put back to an earlier state, the number says too little. */
  hash: string;
}

export async function readCurrent(context: Context): Promise<CurrentRelease> {
  const rows = await run(
    context,
    sql`select ${table.number}, ${table.hash} from ${table} order by ${table.number} desc limit 1`,
    'once',
  );
  const [row = { number: 0, hash: '' }] = rows;
  return { number: row['number'] as number, hash: row['hash'] as string };
}

const numberOfCurrent = async (context: Context): Promise<number> => (await readCurrent(context)).number;

interface Clocks {
  release?: number;
  asOf?: string;
}

function checkClocks(args: object): Clocks {
  const given = Object.entries(args).filter(([name]) => Object.hasOwn(clocks, name));
  const asked: Clocks = checkArguments('', { properties: clocks }, Object.fromEntries(given));
  if (asked.release !== undefined && asked.asOf !== undefined) {
    throw refused('asOf', 'Give "release" or "asOf", not both: each says which release is meant.');
  }
  return asked;
}

const refused = (parameter: string, message: string, suggestion?: string) =>
  new PublicError('bad_argument', message, {
    parameter,
    ...(suggestion === undefined ? {} : { suggestion }),
  });

async function pinnedScope(context: Context, { release, asOf }: Clocks): Promise<Scope> {
  const madeOn = sql`to_char(${table.createdAt} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')`;
  const wanted = release === undefined ? sql`${madeOn} <= ${asOf}` : sql`${table.number} = ${release}`;
  const [row = {}] = await run(
    context,
    sql`select max(${table.number}) as current, min(${madeOn}) as first,
      max(${table.number}) filter (where ${wanted}) as release, max(${madeOn}) filter (where ${wanted}) as "madeOn"
    from ${table}`,
  );
  const { current, first, madeOn: day, ...found } = row as Record<string, unknown>;
  if (found['release'] !== null) {
    return { release: found['release'] as number, today: asOf ?? (day as string), pinned: true };
  }
  const parameter = release === undefined ? 'asOf' : 'release';
  if (current === null) throw refused(parameter, 'There is no release yet.');
  throw release === undefined
    ? refused(
        parameter,
        `The first release was made on ${first}; there is nothing as of ${asOf}.`,
        `${first}`,
      )
    : refused(parameter, `There is no release ${release}; the current one is ${current}.`, `${current}`);
}
