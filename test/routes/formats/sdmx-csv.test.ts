import t from 'tap';
import { dimensions } from '../../../src/routes/formats/statistics.ts';
import { attributes } from '../../../src/routes/formats/statistics-attributes.ts';
import { fixtureService } from '../../second-release.ts';
import { testService } from '../../service.ts';
import { isProblem } from '../rest.ts';
import { keyOf, readSdmxCsv } from './figures.ts';

const mediaType = 'application/vnd.sdmx.data+csv';
const address = '/v1/observations.sdmx.csv';

t.test('the header and the first columns are as the field guide has them', async (t) => {
  const { app } = await testService(t);
  const { body, headers } = await app.inject(`${address}?indicator=state_budget_revenue&measure=value`);
  t.equal(headers['content-type'], `${mediaType}; version=2.0.0; charset=utf-8`);
  t.equal(headers['content-disposition'], 'attachment; filename="observations.sdmx.csv"');
  const [header = '', first = '', ...others] = body.split('\r\n');
  t.equal(others.at(-1), '');
  const columns = header.split(',');
  t.strictSame(columns.slice(0, 3), ['STRUCTURE[;]', 'STRUCTURE_ID', 'ACTION']);
  t.strictSame(
    columns.slice(3, 3 + dimensions.length),
    dimensions.map(({ id }) => id),
  );
  t.equal(columns[3 + dimensions.length], 'OBS_VALUE');
  t.strictSame(
    columns.slice(4 + dimensions.length),
    attributes.map(({ id, many }) => `${id}${many ? '[]' : ''}`),
  );
  t.equal(new Set(columns).size, columns.length);
  t.ok(columns.slice(1).every((column) => /^[A-Z][A-Z_]*(\[\])?$/.test(column)));
  t.match(
    first,
    /^dataflow,GOVDATA:OBSERVATIONS\(1\.0\.0\),I,S,37,state_budget_revenue,value,VND,9,actual,Y,_Z,/,
  );
  const series = await app.inject('/v1/series.sdmx.csv?indicator=state_budget_revenue&place=province:37');
  t.match(series.body, /\r\ndataflow,GOVDATA:SERIES\(1\.0\.0\),I,S,37,/);
});

t.test('two sources that disagree are two rows, told apart by their claims', async (t) => {
  const { app } = await fixtureService(t, 1);
  const rows = readSdmxCsv((await app.inject(`${address}?indicator=income&measure=growth`)).body);
  t.strictSame(
    rows.map(({ CLAIM }) => CLAIM),
    ['income-growth-901', 'income-growth-902'],
  );
  const without = rows.map((row) => keyOf({ ...row, CLAIM: '' }));
  t.equal(without[0], without[1], 'all else of their keys is the same');
  t.strictSame(
    rows.map((row) => row['CONTRADICTIONS[]']),
    Array(2).fill('contradiction:income-growth'),
  );
});

t.test('the status says what is missing, preliminary or an estimate', async (t) => {
  const { app } = await fixtureService(t, 1);
  const rows = readSdmxCsv((await app.inject(`${address}?territory=2025-07-01`)).body);
  const statuses = new Map(rows.map((row) => [`${row['SCENARIO']} ${row['UNIT']}`, row['OBS_STATUS']]));
  t.equal([...statuses].find(([key]) => key.startsWith('preliminary'))?.[1], 'P');
  t.equal([...statuses].find(([key]) => key.startsWith('estimate'))?.[1], 'E');
  t.strictSame(
    rows
      .filter(({ OBS_VALUE }) => OBS_VALUE === '')
      .map(({ UNIT, OBS_STATUS }) => [UNIT, OBS_STATUS])
      .sort(),
    [
      ['percent', 'O'],
      ['points', 'O'],
      ['status', 'M'],
    ],
  );
  t.ok(rows.every(({ TERRITORY, COMPARABILITY }) => TERRITORY === '2025-07-01' && COMPARABILITY !== ''));
});

t.test('it is negotiated, tagged and refused like any file', async (t) => {
  const { app } = await testService(t);
  const file = await app.inject(address);
  const ask = (headers: Record<string, string>, url = '/v1/observations') => app.inject({ url, headers });
  t.equal((await ask({ accept: `${mediaType};version=2.0.0;labels=id` })).body, file.body);
  t.equal((await app.inject(address)).body, file.body, 'the same bytes each time');
  t.equal((await ask({ 'if-none-match': String(file.headers.etag) }, address)).statusCode, 304);
  const head = await app.inject({ method: 'HEAD', url: address });
  t.strictSame([head.statusCode, head.body, head.headers.etag], [200, '', file.headers.etag]);
  isProblem(t, await ask({ accept: 'text/html' }), {
    code: 'not_acceptable',
    detail: /application\/json-stat\+json or application\/vnd\.sdmx\.data\+csv\.$/,
    available: [
      'application/json',
      'application/x-ndjson',
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.apache.parquet',
      'application/json-stat+json',
      'application/vnd.sdmx.data+csv',
    ],
  });
  isProblem(t, await app.inject(`${address}?limit=5`), {
    code: 'unknown_argument',
    detail: /has no argument "limit"/,
    parameter: 'limit',
  });
});
