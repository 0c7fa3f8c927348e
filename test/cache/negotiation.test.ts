/** What clients say that they accept, well and badly, and what is made of it. */
import t from 'tap';
import { encodingsOf, preferredOf, varyBy } from '../../src/cache/negotiation.ts';

const json = 'application/json; charset=utf-8';
const sdmx = 'application/vnd.sdmx.data+csv; version=2.0.0';
const csv = 'text/csv; charset=utf-8; header=present';
const served = [json, csv, sdmx];

const cases: [accept: string | undefined, preferred: string | undefined][] = [
  [undefined, json],
  ['', json],
  ['*/*', json],
  ['text/*', csv],
  ['text/csv', csv],
  ['TEXT/CSV;Charset="UTF-8"', csv],
  ['text/csv; header=absent', undefined],
  ['application/json; indent=2', json],
  ['application/vnd.sdmx.data+csv', sdmx],
  ['application/vnd.sdmx.data+csv;version=2.0.0', sdmx],
  ['application/vnd.sdmx.data+csv;version=1.0.0', undefined],
  ['application/vnd.sdmx.data+csv;version=1.0.0, text/csv;q=0.1', csv],
  ['application/json;q=0.5, text/csv;q=0.6', csv],
  ['application/json;q=0, */*', csv],
  ['*/*;q=0.1, text/*;q=0.2, text/csv;q=0.05', json],
  ['text/csv, application/json', json],
  ['x/y; a="text/csv,", text/csv', csv],
  ['x/y; a="\\", text/csv', undefined],
  ['text/csv;q=x', undefined],
  ['text/csv;q=2', undefined],
  ['text/csv;q=-1', undefined],
  [';;q=x', undefined],
  [',,', undefined],
  ['text', undefined],
];

for (const [accept, preferred] of cases) {
  t.test(`Accept: ${accept} is answered with ${preferred ?? 'nothing'}`, async (t) => {
    t.equal(preferredOf(accept, served), preferred);
  });
}

t.test('a header as long as headers may be is read in no time', async (t) => {
  for (const part of ['"', 'a/b;q=0.1,', ';', '"\\', ' ,', 'a="', 'text/csv;']) {
    const header = part.repeat(16_384 / part.length);
    const begin = performance.now();
    preferredOf(header, served);
    encodingsOf(header);
    t.ok(performance.now() - begin < 500, part);
  }
});

t.test('an encoding is read unless it is refused, by its name or with all others', async (t) => {
  t.strictSame(encodingsOf(undefined), ['identity']);
  t.strictSame(encodingsOf(''), ['identity']);
  t.strictSame(encodingsOf('gzip, deflate, br, zstd'), ['br', 'gzip', 'identity']);
  t.strictSame(encodingsOf('x-gzip'), ['gzip', 'identity']);
  t.strictSame(encodingsOf('*'), ['br', 'gzip', 'identity']);
  t.strictSame(encodingsOf('br;q=0, *'), ['gzip', 'identity']);
  t.strictSame(encodingsOf('gzip, identity;q=0'), ['gzip']);
  t.strictSame(encodingsOf('gzip;q=0.1, *;q=0'), ['gzip']);
  t.strictSame(encodingsOf('*;q=0, identity'), ['identity']);
  t.strictSame(encodingsOf('*;q=0'), []);
  t.strictSame(encodingsOf('compress, identity;q=0'), []);
});

t.test('Vary names each header once', async (t) => {
  const headers = new Map<string, string>();
  const reply = {
    getHeader: (name: string) => headers.get(name),
    header: (name: string, value: string) => headers.set(name, value),
  };
  varyBy(reply, 'accept-encoding');
  varyBy(reply, 'accept', 'accept-encoding');
  t.equal(headers.get('vary'), 'accept-encoding, accept');
});
