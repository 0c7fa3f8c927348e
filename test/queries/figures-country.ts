/** The divided country with figures of one's own: what a test of series and coverage plants. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { seed } from '../../src/import/seed.ts';
import { answer, openScope } from '../../src/queries/answer.ts';
import type { Context, Page, Row, Scope } from '../../src/queries/types.ts';
import type { OperationName } from '../../src/schema/operations.ts';
import { migratedDatabase } from '../import/country.ts';
import { testNow } from '../service.ts';
import { dividedCountry } from './comparability-country.ts';

const citations = [{ package: 'divided-country', version: '1.0.0' }];

/** `people an 2023 actual`: a value of an indicator, a place, a period; what else is given comes instead. */
export const figure = (id: string, where: string, value: number | null, rest: object = {}) => {
  const [indicator, place, period, scenario = 'actual'] = where.split(' ');
  return {
    id: `observation:${id}`,
    indicator: `indicator:${indicator}`,
    measure: 'value',
    scenario,
    comparator: 'eq',
    ...(value === null ? {} : { value }),
    unit: 'number',
    place: `place:${place}`,
    period,
    citations,
    ...rest,
  };
};

const running = { cumulative: true };
/** The account of a place up to the end of a month of 2020. */
export const upTo = (id: string, where: string, month: string, value: number | null, rest: object = {}) => {
  const days = { '03': 31, '06': 30, '09': 30, '12': 31 }[month];
  const [indicator, place, scenario = 'actual'] = where.split(' ');
  const period = `2020-01-01/2020-${month}-${days}`;
  return figure(id, `${indicator} ${place} ${period} ${scenario}`, value, { ...running, ...rest });
};

export interface Country {
  context: Context;
  scope: Scope;
  list: (name: OperationName, args: object) => Promise<Page<Row>>;
  /** What was sent to the database while the work was done. */
  statementsOf: (work: () => Promise<unknown>) => Promise<number>;
}

/** The places of the divided country with these observations alone. */
export async function plant(
  t: Test,
  observations: readonly { id: string }[],
  more: Partial<Record<'contradictions' | 'indicators' | 'places' | 'placeChanges', object[]>> = {},
): Promise<Country> {
  const database = await migratedDatabase(t);
  const folder = join(t.testdir(), 'seeds');
  await mkdir(folder);
  const indicators = [...dividedCountry.indicators, ...(more.indicators ?? [])];
  const country = { ...dividedCountry, ...more, indicators, observations };
  await writeFile(
    join(folder, 'country.yml'),
    JSON.stringify({ ...country, contradictions: more.contradictions ?? [] }),
  );
  await seed(database, { folder });
  const sent: string[] = [];
  const pool = database.pool;
  const context: Context = {
    database: {
      pool: Object.assign(Object.create(pool) as typeof pool, {
        query: (statement: { text: string }) => {
          sent.push(statement.text);
          return pool.query(statement);
        },
      }),
    },
    now: testNow,
  };
  const scope = await openScope(context);
  return {
    context,
    scope,
    list: async (name, args) => (await answer(context, scope, name, args)) as Page<Row>,
    statementsOf: async (work) => {
      const before = sent.length;
      await work();
      return sent.length - before;
    },
  };
}
