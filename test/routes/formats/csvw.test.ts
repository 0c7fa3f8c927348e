/** A reader of CSV that knows nothing but the metadata, by the W3C's Tabular Metadata. */
import { parse } from 'csv-parse/sync';
import t from 'tap';
import { testService } from '../../service.ts';
import { isProblem } from '../rest.ts';
import { knownList, listNames, sameRows } from './lists.ts';

interface Described {
  name: string;
  titles: string;
  datatype: string | { base: string; format: string };
  separator?: string;
  required?: boolean;
  'dc:description': string;
}
interface Metadata {
  url: string;
  dialect: Record<string, unknown> & {
    delimiter: string;
    lineTerminators: string[];
    quoteChar: string;
    encoding: BufferEncoding;
    headerRowCount: number;
  };
  tableSchema: { columns: Described[]; primaryKey?: string };
}

const parsers: Record<string, (text: string) => unknown> = {
  string: (text) => text,
  double: (text) => Number(text),
  integer: (text) => Number(text),
  boolean: (text) => ({ true: true, false: false })[text],
  date: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined),
  dateTimeStamp: (text) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? text : undefined),
  json: (text) => JSON.parse(text),
};

/** A cell as the standard reads it, but for what the comments say of texts. */
function valueByMetadata({ datatype, separator, required }: Described, cell: string): unknown {
  const base = typeof datatype === 'string' ? datatype : datatype.base;
  const one = (text: string): unknown => {
    if (text === '') return null;
    const value = parsers[base]?.(
      base === 'string' ? text.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, '') : text,
    );
    if (value === undefined) throw new Error(`"${text}" is no ${base}`);
    return value;
  };
  if (separator === undefined) {
    if (required && cell === '') throw new Error('a value is missing');
    return one(cell);
  }
  return cell === ''
    ? []
    : cell.split(new RegExp(`(?<!\\\\)${separator}`)).map((part) => one(part.replace(/\\(.)/gs, '$1')));
}

t.test('every list has metadata, by which alone its CSV file reads back to what JSON says', async (t) => {
  const service = await testService(t);
  for (const name of listNames) {
    for (const more of name === 'themes' ? [{}, { lang: 'en' }] : [{}]) {
      const list = await knownList(service, name, more);
      const address = list.address('.csv-metadata.json');
      const { statusCode, headers, body } = await service.app.inject(address);
      t.equal(statusCode, 200, name);
      t.match(headers['content-type'], 'application/csvm+json; charset=utf-8');
      const { url, dialect, tableSchema }: Metadata = JSON.parse(body);
      const fileAt = new URL(url, `http://localhost${address}`);
      t.equal(fileAt.href, new URL(list.address('.csv'), 'http://localhost').href);
      const file = await service.app.inject(`${fileAt.pathname}${fileAt.search}`);
      t.equal(
        file.headers.link,
        `</openapi.json>; rel="describedby", <${address}>; rel="describedby"; type="application/csvm+json"`,
      );
      const lines: string[][] = parse(file.rawPayload, {
        delimiter: dialect.delimiter,
        record_delimiter: dialect.lineTerminators,
        quote: dialect.quoteChar,
        encoding: dialect.encoding,
      });
      const { columns, primaryKey } = tableSchema;
      t.strictSame(lines.slice(0, dialect.headerRowCount), [columns.map(({ titles }) => titles)]);
      const data = lines.slice(dialect.headerRowCount);
      const read = data.map((line) =>
        columns.map((column, index) => valueByMetadata(column, String(line[index]))),
      );
      const rows = list.rows.map((row) =>
        row.map((value, index) => asTold(value, list.columns[index]?.depth ?? 0)),
      );
      sameRows(t, read, { ...list, rows }, 'the metadata');
      t.ok(
        columns.every((column) => /^[a-zA-Z]\w*$/.test(column.name) && column['dc:description'] !== ''),
        name,
      );
      const key = columns.findIndex((column) => column.name === primaryKey);
      if (primaryKey !== undefined)
        t.equal(new Set(read.map((row) => row[key])).size, read.length, `${name}: key`);
      t.equal(primaryKey, columns.some((column) => column.name === 'id') ? 'id' : undefined);
    }
  }
});

/** What the standard can tell of a list: not one null from none, and inner lists as texts. */
function asTold(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  const list = (value as unknown[]).map((one) => (Array.isArray(one) ? one.join(',') || null : one));
  return list.length === 1 && list[0] === null ? [] : list;
}

t.test('the metadata say what the file is, and repeat the question', async (t) => {
  const { app } = await testService(t);
  const metadata = (await app.inject('/v1/coverage.csv-metadata.json?place=district:087&release=1')).json();
  t.match(metadata, {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    '@type': 'Table',
    url: 'coverage.csv?place=district%3A087&release=1',
    'dc:title': 'What is known of a place, and of what is not known why',
    'dc:description': 'Ordered by code of the indicator, then year.',
    'dcat:version': '1',
    tableSchema: {
      columns: [
        { name: 'place_id', datatype: 'string', required: false },
        ...Array.from({ length: 7 }, () => Object),
        { name: 'place_validFrom', datatype: { base: 'date', format: 'yyyy-MM-dd' } },
      ],
    },
  });
  const columns: Described[] = metadata.tableSchema.columns;
  t.match(
    columns.find(({ name }) => name === 'year'),
    { datatype: 'integer', required: true },
  );
  t.match(
    columns.find(({ name }) => name === 'periods'),
    { datatype: 'string', separator: ';' },
  );
  const plain = await app.inject('/v1/documents/document:003/citations.csv-metadata.json');
  t.equal(plain.json().url, 'citations.csv');
});

t.test(
  'its arguments are checked as those of the file, it is negotiated like one, and has a tag of its own',
  async (t) => {
    const { app } = await testService(t);
    const at = '/v1/coverage.csv-metadata.json';
    isProblem(t, await app.inject(`${at}?place=district:087&limit=5`), {
      code: 'unknown_argument',
      detail: 'A file holds the whole list of "coverage"; it has no argument "limit".',
      parameter: 'limit',
    });
    isProblem(t, await app.inject(at), { code: 'missing_argument', detail: /place/, parameter: 'place' });
    const [one, other] = ['?place=district:087&lang=vi', '?lang=vi&place=district:087'];
    const tags = await Promise.all(
      [one, other].map(async (query) => (await app.inject(at + query)).headers.etag),
    );
    t.not(tags[0], tags[1], 'they repeat the question, so that other words are other bytes');
    const url = `${at}?place=district:087`;
    const first = await app.inject({
      url,
      headers: { accept: 'application/csvm+json, application/ld+json;q=0.9, application/json;q=0.8' },
    });
    t.match(first.headers['content-type'], 'application/csvm+json');
    isProblem(t, await app.inject({ url, headers: { accept: 'application/xml' } }), {
      code: 'not_acceptable',
      detail: 'This address is served as application/csvm+json.',
      available: ['application/csvm+json'],
    });
    const tag = String(first.headers.etag);
    t.equal((await app.inject({ url, headers: { 'if-none-match': tag } })).statusCode, 304);
    const pinned = await app.inject(`${url}&release=1`);
    t.not(pinned.headers.etag, tag, 'it says how it was asked for, and so does its tag');
  },
);
