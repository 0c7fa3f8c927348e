/** examples/chart.mjs draws what a series says, and says why where there is nothing to draw. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { publishedFacts } from './served.ts';
import { root } from './workspace.ts';

interface Drawn {
  code: number;
  out: string;
  err: string;
}

const draw = (address: string): Promise<Drawn> => {
  const { NODE_OPTIONS, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'examples/chart.mjs'), address], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
};

/** A service that knows one answer. */
async function answering(t: Test, answer: object): Promise<string> {
  const server = createServer((_, response) => response.end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/series`;
}

const point = (year: number, value: number | null, more: object = {}) => ({
  period: { start: `${year}-01-01`, end: `${year}-12-31`, label: String(year), cumulative: false },
  scenario: 'actual',
  value,
  breaks: [],
  ...more,
});
const series = (...points: object[]) => ({
  items: [
    {
      indicator: { name: { en: 'A & <B>' } },
      place: { name: { vi: 'Huế', en: null } },
      unit: 'per_cent',
      points,
    },
  ],
});

const linesIn = (svg: string): number[] =>
  [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) => points.split(' ').length);
const fills = (svg: string): string[] =>
  [...svg.matchAll(/<circle [^>]*fill="([^"]+)"/g)].map(([, fill = '']) =>
    fill === 'white' ? 'hollow' : 'full',
  );

t.test('a line goes from year to year, with gaps at breaks and where a year is missing', async (t) => {
  const broken = { breaks: [{ kind: 'territory', text: 'Other "ground".' }] };
  const address = await answering(
    t,
    series(
      point(2008, 3),
      point(2009, 6, broken),
      point(2010, 5),
      point(2012, 4),
      point(2013, null),
      point(2014, 2),
      point(2015, 2),
      point(2015, 1, { scenario: 'target' }),
      point(2016, -1, { scenario: 'preliminary' }),
    ),
  );
  const { code, out, err } = await draw(address);
  t.strictSame({ code, err }, { code: 0, err: '' });
  t.strictSame(linesIn(out), [2, 3], '2009–2010 and 2014–2016');
  t.strictSame(fills(out), [...Array(6).fill('full'), 'hollow']);
  t.match(out, '<title>A &#38; &#60;B&#62;, Huế (per cent)</title>');
  t.match(out, '<title>2009: 6; Other &#34;ground&#34;.</title>');
  t.match(out, '<title>2016: -1; preliminary</title>');
  t.notMatch(out, /NaN|undefined|Infinity/);
});

t.test('one figure, or figures that are all zero, are a chart too', async (t) => {
  for (const points of [[point(2016, 7)], [point(2015, 0), point(2016, 0)]]) {
    const { code, out } = await draw(await answering(t, series(...points)));
    t.equal(code, 0);
    t.equal(fills(out).length, points.length);
    t.notMatch(out, /NaN|undefined|Infinity/);
  }
});

t.test('a series of the service, and what it says of a mistake', async (t) => {
  const { address } = await publishedFacts();
  const drawn = await draw(`${address}/v1/series?place=province:37&indicator=poverty_rate`);
  t.match(drawn.code === 0 ? drawn.out : drawn.err, /<svg |There is no figure to draw/);
  t.match(await draw(`${address}/v1/series?plce=province:37`), { code: 1, out: '', err: /^400 .*plce/ });
  t.match(await draw(`${address}/v1/series?place=province:37&indicator=nothing`), { code: 1, out: '' });
  t.match(await draw(await answering(t, { items: [] })), { code: 1, err: 'There is no figure to draw.\n' });
  t.match(await draw('http://127.0.0.1:1/'), { code: 1, err: /cannot be asked/ });
});
