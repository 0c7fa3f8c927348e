/** What the service asks of PostgreSQL, and how PostgreSQL goes about it. */
import type pg from 'pg';
import type { Context } from '../../src/queries/types.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

/** A context that tells each statement that is run for it. */
export function watched(pool: pg.Pool, now: () => Date, tell: (statement: Statement) => void): Context {
  const watching = new Proxy(pool, {
    get: (target, name) =>
      name === 'query'
        ? (statement: Statement) => {
            tell(statement);
            return target.query(statement);
          }
        : Reflect.get(target, name),
  });
  return { database: { pool: watching }, now };
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

export interface Plan extends PlanNode {
  planningMs?: number;
  executionMs?: number;
}

export const planOf = (pool: pg.Pool, statement: Statement): Promise<Plan> =>
  explain(pool, 'format json', statement);

/** Runs the statement, too. */
export const planRun = (pool: pg.Pool, statement: Statement): Promise<Plan> =>
  explain(pool, 'analyze, buffers, timing off, format json', statement);

async function explain(pool: pg.Pool, how: string, { text, values }: Statement): Promise<Plan> {
  const { rows } = await pool.query(`explain (${how}) ${text}`, values);
  const [{ Plan: plan, 'Planning Time': planningMs, 'Execution Time': executionMs }] = rows[0]['QUERY PLAN'];
  return { ...plan, planningMs, executionMs };
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
