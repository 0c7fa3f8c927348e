import JSONstat from 'jsonstat-toolkit';
import t from 'tap';
import { limits } from '../../../src/schema/config.ts';
import { testService } from '../../service.ts';
import { isProblem } from '../rest.ts';

const mediaType = 'application/json-stat+json';
const address = '/v1/observations.jsonstat.json';
const budget = 'indicator=state_budget_revenue';

t.test('the reader finds labels, units, roles and the paper trail of a figure', async (t) => {
  const { app } = await testService(t);
  const { body } = await app.inject(`${address}?${budget}&lang=vi`);
  const dataset = JSONstat(JSON.parse(body)).Dataset(0);
  t.equal(dataset.class, 'dataset');
  t.equal(dataset.source, 'govdata, release 1');
  t.equal(dataset.Dimension('REF_AREA').role, 'geo');
  t.equal(dataset.Dimension('TIME_PERIOD').role, 'time');
  t.equal(dataset.Dimension('REF_AREA').Category('37')?.label, 'Ninh Bình');
  t.strictSame(dataset.Dimension('MEASURE').Category('value')?.unit, { label: 'Billion vnd', decimals: 1 });
  const figures = Object.values(dataset.extension['figure'] as Record<string, Record<string, unknown>>);
  t.match(
    figures.find(({ OBSERVATION }) => OBSERVATION === 'observation:ninh-binh-2023-6m-state-budget-revenue'),
    { COMPARATOR: 'eq', CITATIONS: [/^citation:/], DOCUMENTS: [/^document:/], UNIT: 'billion_vnd' },
  );
});

t.test('the address of each cube of a collection is that of the same cube by itself', async (t) => {
  const { app } = await testService(t);
  const { body } = await app.inject(`${address}?place=district:087&lang=vi`);
  const cubes = JSONstat(JSON.parse(body)).Dataset();
  t.ok(cubes.length > 5);
  const [cube] = JSON.parse(body).link.item;
  const { href, ...rest } = cube;
  const alone = await app.inject(new URL(href, `http://host${address}`).href.slice('http://host'.length));
  t.strictSame(alone.json(), rest);
});

t.test('it is served by suffix and to who accepts it, with a tag of its own', async (t) => {
  const { app } = await testService(t);
  const file = await app.inject(`${address}?${budget}`);
  t.match(file.headers, {
    'content-type': mediaType,
    'content-disposition': 'attachment; filename="observations.jsonstat.json"',
    'govdata-release': '1',
    etag: /^"/,
  });
  const accepted = await app.inject({ url: `/v1/observations?${budget}`, headers: { accept: mediaType } });
  t.equal(accepted.body, file.body);
  t.equal((await app.inject(`${address}?release=1&${budget}`)).headers.etag, file.headers.etag);
  t.equal(
    (await app.inject(`${address}?release=1&${budget}`)).body,
    file.body,
    'the same tag, the same bytes',
  );
  const page = await app.inject(`/v1/observations?${budget}`);
  t.not(page.headers.etag, file.headers.etag);
  t.equal(
    (await app.inject({ url: '/v1/observations', headers: { accept: '*/*' } })).headers['content-type'],
    page.headers['content-type'],
  );
  for (const tag of [String(file.headers.etag), '*']) {
    const again = await app.inject({ url: `${address}?${budget}`, headers: { 'if-none-match': tag } });
    t.equal(again.statusCode, 304);
  }
  const head = await app.inject({ method: 'HEAD', url: `${address}?${budget}` });
  t.equal(head.statusCode, 200);
  t.equal(head.headers.etag, file.headers.etag);
  t.equal(head.body, '');
  isProblem(t, await app.inject({ url: address, headers: { accept: 'text/csv' } }), {
    code: 'not_acceptable',
    detail: `This address is served as ${mediaType}.`,
    available: [mediaType],
  });
  t.equal((await app.inject('/v1/themes.jsonstat.json')).statusCode, 404, 'themes are no figures');
});

t.test('of nothing there is a cube without cells, or a collection without cubes', async (t) => {
  const { app } = await testService(t);
  const none = 'year=1950';
  const { body } = await app.inject(`${address}?${none}&${budget}`);
  t.strictSame(JSON.parse(body).size, [0, 0, 0, 0, 0]);
  t.equal(JSONstat(JSON.parse(body)).Dataset(0).n, 0);
  t.strictSame(JSON.parse((await app.inject(`${address}?${none}`)).body).link.item, []);
});

t.test('what is too much for a cube is refused before anything is sent, to HEAD too', async (t) => {
  const { app } = await testService(t);
  t.intercept(limits, 'cubeFiguresMax', { value: 5 });
  const message =
    'JSON-stat would need more than 5 figures; ask for less, with "indicator", "place", "from" and "to", or for SDMX-CSV, which has no such limit.';
  isProblem(t, await app.inject(address), { code: 'bad_argument', detail: message });
  t.equal((await app.inject({ method: 'HEAD', url: address })).statusCode, 400);
  t.intercept(limits, 'cubeCellsMax', { value: 2 });
  isProblem(t, await app.inject(`${address}?${budget}&measure=value`), {
    code: 'bad_argument',
    detail: /more than 2 cells for an indicator/,
  });
});
