/** What the service asks of PostgreSQL, and how PostgreSQL goes about it. */
import pg from 'pg';
import type { Context } from '../../src/queries/types.ts';

export interface Statement {
  text: string;
  values: unknown[];
  /** Whether it has one plan for all values. */
  isPlannedOnce: boolean;
}

/** A context that tells each statement that is run for it. */
export function watched(pool: pg.Pool, now: () => Date, tell: (statement: Statement) => void): Context {
  const watching = new Proxy(pool, {
    get: (target, name) =>
      name === 'connect'
        ? async () => watchedClient(await target.connect(), tell)
        : Reflect.get(target, name),
  });
  // Who may end a request has a session for itself, which is told how to plan.
  return { database: { pool: watching }, now, signal: new AbortController().signal };
}

function watchedClient(client: pg.PoolClient, tell: (statement: Statement) => void): pg.PoolClient {
  let isPlannedOnce = false;
  return new Proxy(client, {
    get: (target, name) =>
      name === 'query'
        ? (statement: string | Omit<Statement, 'isPlannedOnce'>) => {
            if (typeof statement === 'string') isPlannedOnce = statement.includes('generic');
            else tell({ text: statement.text, values: statement.values, isPlannedOnce });
            return target.query(statement as string);
          }
        : Reflect.get(target, name),
  });
}

/** A node of a plan, as EXPLAIN prints it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Filter?: string;
  Plans?: PlanNode[];
}

/** How a statement is planned, and what it reads when it is run. */
export async function planRun(pool: pg.Pool, { text, values, isPlannedOnce }: Statement): Promise<PlanNode> {
  const explain = 'explain (analyze, buffers, timing off, format json)';
  const planned = isPlannedOnce
    ? await planRunOnce(pool, explain, text, values)
    : await pool.query(`${explain} ${text}`, values);
  return planned.rows[0]['QUERY PLAN'][0].Plan;
}

/** EXPLAIN plans what it is given with its values, but for what is prepared in SQL. */
async function planRunOnce(
  pool: pg.Pool,
  explain: string,
  text: string,
  values: unknown[],
): Promise<pg.QueryResult> {
  const client = await pool.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(`prepare watched as ${text}`);
    return await client.query(
      `${explain} execute watched${values.length === 0 ? '' : `(${values.map(literal).join(', ')})`}`,
    );
  } finally {
    client.release(true);
  }
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  const words = (list: unknown[]) =>
    `{${list.map((one) => `"${String(one).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  return pg.escapeLiteral(Array.isArray(value) ? words(value) : String(value));
}

/** The counts of totals, which stop at a limit, and all that is below them. */
const isCount = (node: PlanNode): boolean => {
  const [only] = node.Plans ?? [];
  const counted = only?.['Node Type'] === 'Subquery Scan' ? only.Plans?.[0] : only;
  return node['Node Type'] === 'Aggregate' && counted?.['Node Type'] === 'Limit';
};

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** What a plan reads for its totals, and what it reads besides. */
export function partsOf(plan: PlanNode): { counts: PlanNode[]; page: PlanNode[] } {
  if (isCount(plan)) return { counts: [plan], page: [] };
  const below = (plan.Plans ?? []).map(partsOf);
  return {
    counts: below.flatMap(({ counts }) => counts),
    page: [plan, ...below.flatMap(({ page }) => page)],
  };
}

/** The tables that are read from end to end. */
export const readWhole = (nodes: readonly PlanNode[]): string[] =>
  nodes.flatMap((node) =>
    node['Node Type'] === 'Seq Scan' && node['Actual Loops'] !== 0 ? [node['Relation Name'] as string] : [],
  );

export const indexesOf = (plan: PlanNode): string[] =>
  nodesOf(plan).flatMap((node) => node['Index Name'] ?? []);

/** Pages that were looked at, wherever they were, a node and what is below it. */
const buffersOf = (node: PlanNode): number =>
  (node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0);

/** Pages that were looked at for all but totals. */
export const buffersOfPage = (plan: PlanNode): number =>
  buffersOf(plan) - partsOf(plan).counts.reduce((sum, node) => sum + buffersOf(node), 0);

/** Rows of the tables that were looked at, those that did not fit included. */
export const rowsRead = (nodes: readonly PlanNode[], tables: readonly string[]): number =>
  nodes
    .filter((node) => tables.includes(node['Relation Name'] ?? ''))
    .reduce((sum, node) => {
      const passedOver = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      return sum + ((node['Actual Rows'] ?? 0) + passedOver) * (node['Actual Loops'] ?? 1);
    }, 0);

/** Rows that the totals of a plan looked at, each the same for every key of an edge. */
export const rowsCounted = (plan: PlanNode, tables: readonly string[]): number =>
  Math.max(
    0,
    ...partsOf(plan).counts.map((count) => rowsRead(nodesOf(count), tables) / (count['Actual Loops'] ?? 1)),
  );
