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

export const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Pages that were looked at, wherever they were. */
export const buffersOf = (plan: Plan): number =>
  (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);

/** Rows of the table that were looked at, those that did not fit included. */
export const rowsRead = (plan: Plan, table: string): number =>
  nodesOf(plan)
    .filter((node) => node['Relation Name'] === table)
    .reduce((sum, node) => {
      const each =
        (node['Actual Rows'] ?? 0) +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0);
      return sum + each * (node['Actual Loops'] ?? 1);
    }, 0);
