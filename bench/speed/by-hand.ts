/**
 * A peer: what a good engineer would write for these three answers and nothing else, with fastify, pg and named prepared
 * statements. It checks no argument and computes no tag. Each JSON is made where that was measured to be quicker: a place
 * by PostgreSQL, figures from rows. Breaks of a series it does not explain, it only sees that there are none.
 */
import { createHash } from 'node:crypto';
import { env } from 'node:process';
import fastify from 'fastify';
import pg from 'pg';
import { statements } from './statements.ts';

// Days, numbers and JSON are published as PostgreSQL prints them.
for (const type of [114, 701, 1082, 3802]) pg.types.setTypeParser(type, (text: string) => text);
const pool = new pg.Pool({
  connectionString: env['DATABASE_URL'],
  max: Number(env['POOL_SIZE']),
  // As the service: none of these is worth compiling.
  options: '-c jit=off',
  idleTimeoutMillis: 0,
});
const json = 'application/json; charset=utf-8';

type Text = string | null;
async function rowsOf(name: keyof typeof statements, values: unknown[]): Promise<Text[][]> {
  const { rows } = await pool.query<Text[]>({ name, text: statements[name], values, rowMode: 'array' });
  return rows;
}

const today = (): string => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const [[release] = []] = (await pool.query({ text: 'select max(number) from releases', rowMode: 'array' }))
  .rows as number[][];

/** Of text that may hold anything; words of a closed list and ids need only their quotes. */
const quoted = (text: Text | undefined): string => (text == null ? 'null' : JSON.stringify(text));
const word = (text: Text | undefined): string => (text == null ? 'null' : `"${text}"`);

const periodOf = ([, start, end, cumulative, label]: Text[]): string =>
  `{"start":"${start}","end":"${end}","cumulative":${cumulative},"label":"${label}"}`;
const trendOf = (row: Text[]): string => `"valueCode":${word(row[8])},"trend":${word(row[9])}`;
const fractionOf = (row: Text[]): string =>
  `"numerator":${row[10]},"denominator":${row[11]},"outOf":${row[12]}`;
const sourceOf = (row: Text[]): string =>
  `"basis":${row[13]},"issuer":${row[14]},"scope":${quoted(row[15])},"dataset":${word(row[16])}`;

const pointOf = (row: Text[], indicator: string): string =>
  `{"kind":"reported","observation":"${row[0]}","indicator":${indicator},"possiblySame":false,"place":${row[21]},"period":${periodOf(row)},"scenario":"${row[5]}","comparator":"${row[6]}","value":${row[7]},${trendOf(row)},${fractionOf(row)},${sourceOf(row)},"flags":${row[17]},"contradictions":${row[18]},"comparability":null,"breaks":[],"formula":null,"inputs":[],"obstacle":null}`;

/** Reported alike: place, basis, issuer, scope and flags. */
const breaksApart = (row: Text[], before: Text[] | undefined): boolean =>
  before !== undefined && [13, 14, 15, 17, 21].some((at) => row[at] !== before[at]);

function seriesOf(rows: Text[][]): string {
  const groups = new Map<string, Text[][]>();
  for (const row of rows) {
    const key = `${row[22] ?? ''} ${row[20]} ${row[19]}`;
    const group = groups.get(key);
    if (breaksApart(row, group?.at(-1))) throw new Error('this peer knows no breaks');
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const [indicator, place] = rows[0]?.[23] ? (JSON.parse(rows[0][23]) as object[]) : [];
  const of = JSON.stringify(indicator);
  const items = [...groups.values()].map((group) => {
    const [unit, dimensions, basis] = [19, 20, 22].map((at) => group[0]?.[at]);
    const points = group.map((row) => pointOf(row, of)).join();
    return `{"indicator":${of},"place":${JSON.stringify(place)},"measure":"value","unit":"${unit}","dimensions":${dimensions},"basisKind":${word(basis)},"points":[${points}]}`;
  });
  return `{"items":[${items}],"next":null,"total":${items.length},"release":${release},"notice":null}`;
}

const cellOf = (row: Text[]): string =>
  `[{"id":"citation:${row[0]?.slice(12)}","kind":"cell","fact":{"type":"observation","id":"${row[0]}"},"document":null,"paragraph":null,"start":null,"end":null,"printed":null,"sha256":null,"inferred":[],"dataset":"${row[16]}","sheet":${quoted(row[26])},"row":${row[27]},"column":${quoted(row[28])},"resolution":null,"date":null,"packageName":null,"packageVersion":null}]`;
const observationOf = (row: Text[], indicator: Text | undefined): string =>
  `{"id":"${row[0]}","indicator":${indicator},"place":${row[21]},"period":${periodOf(row)},"measure":"${row[22]}","scenario":"${row[5]}","comparator":"${row[6]}","value":${row[7]},${trendOf(row)},"unit":"${row[19]}",${fractionOf(row)},${sourceOf(row)},"dimensions":${row[20]},"subsetOf":${word(row[23])},"readings":${row[24]},"comparability":null,"flags":${row[17]},"note":${quoted(row[25])},"contradictions":${row[18]},"citations":${row[29] ?? cellOf(row)}}`;

/** Totals are kept for a minute, as anyone would who has to count a million. */
const totals = new Map<string, { value: Promise<Text[][]>; until: number }>();
function totalOf(indicator: string): Promise<Text[][]> {
  const known = totals.get(indicator);
  if (known !== undefined && known.until > Date.now()) return known.value;
  const value = rowsOf('total', [indicator]);
  totals.set(indicator, { value, until: Date.now() + 60_000 });
  return value;
}

/** A cursor of the service, which names what it pages through by a hash. */
const throughs = new Map<string, string>();
function cursorAfter(indicator: string, id: Text | undefined): string {
  const through =
    throughs.get(indicator) ??
    createHash('sha256')
      .update(`observations [["indicator",["${indicator}"]]]`)
      .digest('base64url')
      .slice(0, 16);
  throughs.set(indicator, through);
  return Buffer.from(`["${through}",${release},"${today()}","${id}"]`).toString('base64url');
}

const app = fastify({ logger: false });
app.get<{ Params: { code: string } }>('/v1/communes/:code', async ({ params }, reply) => {
  const [row] = await rowsOf('place', [params.code, today()]);
  reply.type(json);
  return row?.[0];
});
app.get<{ Querystring: Record<'indicator' | 'place', string> }>('/v1/series', async ({ query }, reply) => {
  const rows = await rowsOf('series', [query.indicator, query.place, today()]);
  reply.type(json);
  return seriesOf(rows);
});
app.get<{ Querystring: Record<'indicator' | 'start', string> }>(
  '/v1/observations',
  async ({ query }, reply) => {
    const [rows, [[counted] = []]] = await Promise.all([
      rowsOf('page', [query.indicator, query.start]),
      totalOf(query.indicator),
    ]);
    const total = Number(counted);
    const indicator = rows[0]?.at(-1);
    const items = rows.slice(0, 100).map((row) => observationOf(row, indicator));
    const next = rows.length > 100 ? `"${cursorAfter(query.indicator, rows[99]?.[0])}"` : 'null';
    const sum = total > 100_000 ? '"total":null,"totalAtLeast":100000' : `"total":${total}`;
    reply.type(json);
    return `{"items":[${items}],"next":${next},${sum},"release":${release},"notice":null}`;
  },
);
console.log(`listens on ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', async () => {
  await app.close();
  await pool.end();
});
