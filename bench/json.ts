/**
 * How records become JSON, for each operation: `npm run bench -- json`; see RESULTS.md. By a compiled serialiser, or by
 * copying the members into the order of the contract for JSON.stringify; and read from PostgreSQL as one JSON value each, or
 * as columns. In turns, on a hundred thousand observations and the real tree.
 */
import { type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { connect } from '../src/db/client.ts';
import { answer, openScope } from '../src/queries/answer.ts';
import { bodies } from '../src/queries/bodies.ts';
import { documents } from '../src/queries/documents.ts';
import { indicators } from '../src/queries/indicators.ts';
import { instruments } from '../src/queries/instruments.ts';
import { observations } from '../src/queries/observations.ts';
import { placesOn } from '../src/queries/places.ts';
import type { Source } from '../src/queries/records.ts';
import { keysOf } from '../src/queries/shared.ts';
import { keyList, sameRow } from '../src/queries/source.ts';
import { bytewise, object, prepared, selectList } from '../src/queries/sql.ts';
import { tasks } from '../src/queries/tasks.ts';
import { themes } from '../src/queries/themes.ts';
import type { Page, Row, Scope } from '../src/queries/types.ts';
import { jsonOf } from '../src/routes/json.ts';
import { type OperationName, operationNames, operationOf } from '../src/schema/operations.ts';
import { onSeeded } from './databases.ts';
import { loadFigures } from './figures.ts';
import { markdown, median } from './service.ts';

const figures = 100_000;
const rounds = 40;
const limit = 100;
const day = '2024-12-31';

interface Described {
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
}
type Arrange = (value: unknown) => unknown;
const asIs: Arrange = (value) => value;

/** Copies a value with its members in the order of the shape. */
function copying({ anyOf, items, properties }: Described): Arrange {
  if (anyOf) {
    const [inner = asIs] = anyOf.map(copying).filter((one) => one !== asIs);
    return (value) => (value === null ? null : inner(value));
  }
  if (items) {
    const each = copying(items);
    return (value) => (value as unknown[]).map(each);
  }
  if (!properties) return asIs;
  const members = Object.entries(properties).map(([name, shape]) => [name, copying(shape)] as const);
  return (value) => {
    const from = value as Row;
    const copy: Row = {};
    for (const [name, arrange] of members) if (name in from) copy[name] = arrange(from[name]);
    return copy;
  };
}

/** Medians of all ways, in turns, in microseconds. */
async function timed(ways: readonly (() => unknown)[]): Promise<number[]> {
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds * 2; round += 1) {
    for (const [index, way] of ways.entries()) {
      const begin = performance.now();
      await way();
      // The first half warms up.
      if (round >= rounds) times[index]?.push((performance.now() - begin) * 1000);
    }
  }
  return times.map(median);
}

const row = (name: string, bytes: number, [ours = 0, other = 0]: number[]): string[] => [
  name,
  String(bytes),
  ours.toFixed(0),
  other.toFixed(0),
  (ours / other).toFixed(2),
];

const more: Partial<Record<OperationName, object>> = {
  series: { indicator: 'average_income_per_capita', place: 'place:bao-yen-087', include: ['residuals'] },
  scorecard: { place: 'place:bao-yen-087', year: 2024 },
  changes: { since: 0 },
  districts: { on: day },
};

async function serialising(url: string): Promise<string[][]> {
  const database = connect(url, { role: 'reader' });
  const rows = [['operation', 'bytes', 'compiled, µs', 'copied, µs', 'ratio']];
  try {
    const context = { database, now: () => new Date() };
    const scope = await openScope(context);
    for (const name of operationNames) {
      const { kind, of, example = {} } = operationOf(name);
      const args = { ...(kind === 'list' ? { limit } : {}), ...example, ...more[name] };
      const result = await answer(context, scope, name, args).catch(() => null);
      if (result === null) continue;
      const records = kind === 'list' ? (result as Page<Row>).items : [result];
      const [serialise, arrange] = [jsonOf(of), copying(of as Described)];
      const compiled = (): string => records.map(serialise).join();
      const copied = (): string => records.map((record) => JSON.stringify(arrange(record))).join();
      if (compiled() !== copied()) throw new Error(`${name} differs`);
      rows.push(row(name, Buffer.byteLength(compiled()), await timed([compiled, copied])));
    }
  } finally {
    await database.close();
  }
  return rows;
}

const sources: Record<string, (scope: Scope) => Source> = {
  Observation: () => observations,
  Place: () => placesOn(day),
  Task: () => tasks,
  Theme: () => themes,
  Body: () => bodies,
  Indicator: () => indicators,
  Instrument: () => instruments,
  Document: () => documents,
};

async function reading(url: string): Promise<string[][]> {
  const client = new pg.Client(url);
  await client.connect();
  const rows = [['record', 'number', 'JSON object, µs', 'JSON array, µs', 'to it', 'columns, µs', 'to it']];
  try {
    const scope = { release: 2 ** 30, today: '2026-11-25' };
    for (const [name, sourceIn] of Object.entries(sources)) {
      const source = sourceIn(scope);
      // As they are read where what they share is kept.
      const columns = keysOf(source.columns(scope));
      const asked = (read: SQL) => {
        const { text, values, name } = prepared(
          sql`with picked as materialized (select ${keyList(source)} from ${source.table} where ${source.live(scope)}
            order by ${bytewise(source.order)} limit ${limit})
          select ${read} from picked join ${source.table} on ${sameRow(source, sql`picked`)}`,
        );
        return async (): Promise<Row[]> =>
          (await client.query({ text, values: [...values], ...(name ? { name } : {}) })).rows;
      };
      const names = Object.keys(columns);
      const values = sql.join(Object.values(columns), sql`, `);
      const json = asked(sql`${object(columns)} as "_record"`);
      const array = asked(sql`json_build_array(${values}) as "_record"`);
      const plain = asked(selectList(columns));
      const named = ({ _record }: Row): Row => {
        const record: Row = {};
        for (const [index, member] of names.entries()) record[member] = (_record as unknown[])[index];
        return record;
      };
      const found = (await json()).length;
      const ways = [
        async () => (await json()).map(({ _record }) => JSON.stringify(_record)).join(),
        async () => (await array()).map((one) => JSON.stringify(named(one))).join(),
        async () => (await plain()).map((record) => JSON.stringify(record)).join(),
      ];
      const [first = 0, ...others] = await timed(ways);
      const told = others.flatMap((other) => [other.toFixed(0), (other / first).toFixed(2)]);
      rows.push([name, String(found), first.toFixed(0), ...told]);
    }
  } finally {
    await client.end();
  }
  return rows;
}

await onSeeded(async ({ url }) => {
  const client = new pg.Client(url);
  await client.connect();
  await loadFigures(client, figures);
  await client.query('analyze');
  await client.end();
  console.log(`${markdown(await serialising(url))}\n\n${markdown(await reading(url))}`);
});
