import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { addPlaces } from '../../places.ts';
import { testService } from '../../service.ts';
import { isProblem } from '../rest.ts';

const address = '/v1/places/crosswalk';
const reform = 'from=2025-06-30&to=2025-07-01';
/** A small part of it, where the question is not what it holds. */
const few = `${reform}&toCode=02953`;
const linesOf = ({ body }: LightMyRequestResponse): string[] => body.split('\r\n');

t.test('a list is served whole as CSV: a header, a line for each item, nothing after the last', async (t) => {
  const { app } = await testService(t);
  const file = await app.inject(`${address}.csv?${reform}&toCode=02953`);
  t.equal(file.statusCode, 200);
  t.match(file.headers, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="places-crosswalk.csv"',
    etag: /^"/,
    'govdata-release': '1',
    vary: 'accept-encoding, accept',
  });
  const [header = '', ...lines] = linesOf(file);
  t.strictSame(header.split(','), [
    ...['from', 'to'].flatMap((side) =>
      [
        'id',
        'placeId',
        'level',
        'code',
        'name_vi',
        'name_en',
        'name_ar',
        'name_he',
        'validFrom',
        'validTo',
      ].map((member) => `${side}_${member}`),
    ),
    'coverage',
    ...['changeId', 'kind', 'effectiveOn', 'enactedOn', 'legalBasis'].map((member) => `changes_${member}`),
  ]);
  t.equal(lines.length, 4);
  t.equal(lines[3], '');
  t.match(
    lines[0],
    /^place_version:02950,place:tan-tien-02950,commune,02950,Tân Tiến,Tan Tien,,,,2025-07-01,/,
  );
  t.match(
    lines[0],
    /,primary,place_change:nghia-do-02953-2025-07-01,merge,2025-07-01,2025-06-16,1673\/NQ-UBTVQH15$/,
  );
});

t.test('the address of the pages serves it to who likes CSV best, and the file only as CSV', async (t) => {
  const { app } = await testService(t);
  const ask = (url: string, accept: string) => app.inject({ url, headers: { accept } });
  const typeOf = async (accept: string) =>
    String((await ask(`${address}?${few}`, accept)).headers['content-type']).split(';')[0];
  t.equal(await typeOf('text/csv'), 'text/csv');
  t.equal(await typeOf('application/json;q=0.5, text/csv'), 'text/csv');
  t.equal(await typeOf('*/*'), 'application/json');
  t.equal(await typeOf('application/json, text/*;q=0.9'), 'application/json');
  isProblem(t, await ask(`${address}?${few}`, 'text/html'), {
    code: 'not_acceptable',
    detail:
      'This address is served as application/json or application/x-ndjson or text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet or application/vnd.apache.parquet.',
    available: [
      'application/json',
      'application/x-ndjson',
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.apache.parquet',
    ],
  });
  isProblem(t, await ask(`${address}.csv?${few}`, 'application/json'), {
    code: 'not_acceptable',
    detail: 'This address is served as text/csv.',
    available: ['text/csv'],
  });
});

t.test('the tag of a file is not that of the page, and is answered 304', async (t) => {
  const { app } = await testService(t);
  const page = await app.inject(`${address}?${few}`);
  const file = await app.inject(`${address}.csv?${few}`);
  t.not(file.headers.etag, page.headers.etag);
  for (const tag of [String(file.headers.etag), '*']) {
    const again = await app.inject({ url: `${address}.csv?${few}`, headers: { 'if-none-match': tag } });
    t.equal(again.statusCode, 304, tag);
    t.equal(again.body, '');
  }
});

t.test('a file has no pages, and its arguments are checked like those of the list', async (t) => {
  const { app } = await testService(t);
  isProblem(t, await app.inject(`${address}.csv?${reform}&limit=5`), {
    code: 'unknown_argument',
    detail: 'A file holds the whole list of "placesCrosswalk"; it has no argument "limit".',
    parameter: 'limit',
  });
  isProblem(t, await app.inject(`${address}.csv?from=2025-07-02&to=2025-07-01`), {
    code: 'bad_argument',
    detail: /must not be later/,
    parameter: 'from',
  });
});

t.test('quotes and commas are quoted, and what looks like a formula is made text', async (t) => {
  const { app, url } = await testService(t, 'fixture');
  const place = { place: 'place:x-70101', parent: 'place:an-khe-701' };
  await addPlaces(t, url, [{ key: '70101', ...place, to: '2025-07-01' }]);
  const [, line] = linesOf(await app.inject(`${address}.csv?${reform}&fromCode=70101`));
  t.match(line, `70101,"'=1, Xã 70101","""70101""",,,,2025-07-01,`);
  const [header, labelled] = linesOf(await app.inject(`${address}.csv?${reform}&fromCode=70101&lang=vi`));
  t.match(header, 'from_name_he,from_name_label_text,from_name_label_language,from_validFrom');
  t.match(labelled, `"'=1, Xã 70101",vi,,2025-07-01`);
});

t.test('what fails in the middle cuts the file off, so that nobody takes a part for the whole', async (t) => {
  const { app, reader, url } = await testService(t, 'fixture');
  const codes = Array.from({ length: 2500 }, (_, index) => String(60000 + index));
  await addPlaces(
    t,
    url,
    codes.map((key) => ({ key, place: `place:x-${key}`, parent: 'place:an-khe-701' })),
  );
  const connect = reader.pool.connect.bind(reader.pool);
  let count = 0;
  t.intercept(reader.pool, 'connect', {
    value: async () => {
      // The first asks for the release, the second and the third for rows.
      if (++count === 3) throw new Error('gone');
      return connect();
    },
  });
  const at = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = (encoding: string) =>
    fetch(`${at}${address}.csv?${reform}`, { headers: { 'accept-encoding': encoding } });
  const response = await ask('identity');
  t.equal(response.status, 200);
  await t.rejects(response.text());
  // What is packed may not have begun.
  count = 0;
  const packed = await ask('br');
  if (packed.ok) await t.rejects(packed.text());
  else t.match(await packed.json(), { code: 'internal' });
});
