import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import t from 'tap';
import type { CellType } from '../../../src/routes/formats/columns.ts';
import { testService } from '../../service.ts';
import { knownList, listNames, sameRows } from './lists.ts';

const bufferOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

/** What a reader gives for a value of a type, as JSON has it. */
const fromHyparquet = (type: CellType, value: unknown): unknown => {
  if (Array.isArray(value) && type !== 'json') return value.map((one) => fromHyparquet(type, one));
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString().slice(0, type === 'date' ? 10 : undefined);
  return value;
};

t.test('every list is served as Parquet that reads back to what JSON says', async (t) => {
  const service = await testService(t);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  t.teardown(() => duck.closeSync());
  const folder = t.testdir();
  let seen = 0;
  for (const name of listNames) {
    const list = await knownList(service, name);
    const { columns, rows, address } = list;
    const { statusCode, headers, rawPayload } = await service.app.inject(address('.parquet'));
    t.equal(statusCode, 200, name);
    t.match(headers, { 'content-type': 'application/vnd.apache.parquet' });
    const file = bufferOf(rawPayload);
    const objects = await parquetReadObjects({ file });
    const cells = objects.map((object) =>
      columns.map(({ name: column, type }) => fromHyparquet(type, object[column])),
    );
    sameRows(t, cells, list, 'hyparquet');
    const path = join(folder, `${name}.parquet`);
    await writeFile(path, rawPayload);
    const table = `from '${path}'`;
    const described = await duck.runAndReadAll(`describe ${table}`);
    t.strictSame(
      described.getRowObjectsJson().map(({ column_name: column, column_type: type }) => [column, type]),
      columns.map(({ name: column, type, depth }) => [column, duckTypes[type] + '[]'.repeat(depth)]),
      `the types of ${name} by DuckDB`,
    );
    const read = (await duck.runAndReadAll(table)).getRowObjectsJson();
    const again = read.map((object) =>
      columns.map(({ name: column, type }) => fromDuck(type, object[column])),
    );
    sameRows(t, again, list, 'DuckDB');
    seen += rows.length;
  }
  t.ok(seen > 1000, `${seen} rows`);
});

const duckTypes: Record<CellType, string> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  instant: 'TIMESTAMP WITH TIME ZONE',
  json: 'JSON',
};

function fromDuck(type: CellType, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => fromDuck(type, one));
  if (value === null) return null;
  if (type === 'integer') return Number(value);
  if (type === 'json') return JSON.parse(String(value));
  if (type === 'instant') return new Date(String(value).replace(/\+00$/, 'Z')).toISOString();
  return value;
}

t.test('the metadata of the file say what it is, and what each column holds', async (t) => {
  const { app } = await testService(t);
  const { rawPayload } = await app.inject('/v1/themes.parquet?place=district:087&lang=en');
  const { key_value_metadata: pairs = [], created_by: by } = parquetMetadata(bufferOf(rawPayload));
  const told = Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
  t.match(by, /^govdata version \d/);
  t.match(told, {
    'govdata.title': 'Guiding themes of a year or event',
    'govdata.order': 'by id',
    'govdata.address': '/v1/themes.parquet?lang=en&place=district%3A087',
    'govdata.release': '1',
    'govdata.day': '2026-11-22',
    'govdata.licence': 'Apache-2.0',
  });
  t.match(JSON.parse(String(told['govdata.columns'])), { id: String, name_label_text: String });
});
