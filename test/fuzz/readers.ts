/** Reads files as their media types promise; a type that nobody reads here is a fault, so that a new format gets a reader. */
import { parse } from 'csv-parse/sync';
import { essenceOf, type Json, type OpenApi } from './document.ts';
import type { Answer } from './service.ts';

interface Described {
  openApi: OpenApi;
  schema: Json;
  /** What a record of the list must be. */
  item: Json | undefined;
}

type Reader = (answer: Answer, described: Described) => string[];

/** Whole lines of what was read. */
const linesOf = ({ body, whole }: Answer): string[] => {
  const lines = body.toString('utf8').split('\n');
  return whole && lines.at(-1) !== '' ? lines : lines.slice(0, -1);
};

const readNdjson: Reader = (answer, { openApi, item }) =>
  linesOf(answer)
    .map((line) => {
      const { cursor, ...record } = JSON.parse(line) as Json;
      if (typeof cursor !== 'string' || cursor === '') return 'a line has no cursor';
      return item && openApi.faultOf(item, record);
    })
    .filter((fault) => fault !== undefined)
    .slice(0, 1);

/** As many columns in each row as in the first, and names that differ. */
const readCsv: Reader = ({ body, whole }) => {
  const read = body.toString('utf8');
  if (whole && !read.endsWith('\r\n')) return ['the last line does not end'];
  const rows: string[][] = parse(read.slice(0, read.lastIndexOf('\r\n') + 2), { relax_column_count: true });
  const width = rows[0]?.length ?? 0;
  if (width < 2 || new Set(rows[0]).size !== width) return ['the first row holds no names of columns'];
  return rows.some((row) => row.length !== width) ? ['rows differ in width'] : [];
};

const readJson: Reader = ({ body }, { openApi, schema }) => {
  const value: unknown = JSON.parse(body.toString('utf8'));
  const fault = schema['type'] === 'string' ? undefined : openApi.faultOf(schema, value);
  return fault === undefined ? [] : [`does not match its schema: ${fault}`];
};

const marked =
  (begin: string, end?: string): Reader =>
  ({ body, whole }) => {
    const [first, last] = [body.subarray(0, begin.length), end && body.subarray(-end.length)].map(String);
    return first === begin && (!whole || end === undefined || last === end)
      ? []
      : ['does not bear the mark of its format'];
  };

const readers: readonly (readonly [type: RegExp, Reader])[] = [
  [/^application\/x-ndjson$/, readNdjson],
  [/\bjson$/, readJson],
  [/csv/, readCsv],
  [/spreadsheetml/, marked('PK')],
  [/parquet/, marked('PAR1', 'PAR1')],
];

export function faultsOfBody(answer: Answer, described: Described): string[] {
  const type = essenceOf(`${answer.headers['content-type']}`);
  const read = readers.find(([pattern]) => pattern.test(type))?.[1];
  if (read === undefined) return [`nothing reads ${type}`];
  try {
    return read(answer, described).map((fault) => `${type}: ${fault}`);
  } catch (error) {
    return [`${type} cannot be read: ${String(error).slice(0, 200)}`];
  }
}
