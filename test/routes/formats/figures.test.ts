import t, { type Test } from 'tap';
import { dimensions } from '../../../src/routes/formats/statistics.ts';
import type { Observation } from '../../../src/schema/observation.ts';
import type { Series } from '../../../src/schema/series.ts';
import { fixtureService } from '../../second-release.ts';
import { type TestService, testService } from '../../service.ts';
import {
  allOf,
  inOrder,
  keyOf,
  readJsonStat,
  readSdmxCsv,
  type SdmxRow,
  seriesOf,
  type Told,
  toldBy,
  toldByRow,
  toldBySeries,
} from './figures.ts';

/** Asks for both files, and compares what foreign readers find in them with what JSON tells; the rows of the one. */
async function readsAlike(
  t: Test,
  { app }: TestService,
  [path, query]: readonly [string, string],
  expected: readonly Told[],
): Promise<SdmxRow[]> {
  const bodyOf = async (suffix: string) => (await app.inject(`/v1/${path}.${suffix}?${query}`)).body;
  const rows = readSdmxCsv(await bodyOf('sdmx.csv'));
  t.strictSame(inOrder(rows.map(toldByRow)), inOrder(expected), `SDMX-CSV, ${path}?${query}`);
  t.equal(new Set(rows.map(keyOf)).size, rows.length, `${path}?${query}: no two rows have one key`);
  t.ok(
    rows.every((row) => dimensions.every(({ id }) => row[id] !== '')),
    'no key has a gap',
  );
  t.strictSame(
    inOrder(readJsonStat(await bodyOf('jsonstat.json'))),
    inOrder(expected),
    `JSON-stat, ${path}?${query}`,
  );
  return rows;
}

async function tellsEveryFigure(t: Test, service: TestService, clock: string): Promise<void> {
  const observations = await allOf<Observation>(service, `/v1/observations?${clock}`);
  const rows = await readsAlike(t, service, ['observations', clock], toldBy(observations));
  observations.forEach((observation, index) => {
    t.strictSame(saidOf(rows[index] as SdmxRow), saidBy(observation), observation.id);
  });
  for (const args of seriesOf(observations)) {
    const query = `${args}&${clock}`;
    const series = await allOf<Series>(service, `/v1/series?${query}`);
    await readsAlike(t, service, ['series', query], toldBySeries(series));
  }
}

const numberOf = (cell: string | undefined): number | null => (cell === '' ? null : Number(cell));
const listOf = (cell: string | undefined): string[] => `${cell}`.split(';').filter((one) => one !== '');

/** The attributes of a row, in the form of JSON. */
const saidOf = (row: SdmxRow) => ({
  comparator: row['COMPARATOR'],
  valueCode: row['VALUE_CODE'] || null,
  trend: row['TREND'] || null,
  unit: row['UNIT'],
  numerator: numberOf(row['NUMERATOR']),
  denominator: numberOf(row['DENOMINATOR']),
  outOf: numberOf(row['OUT_OF']),
  subsetOf: row['SUBSET_OF'] || null,
  readings: JSON.parse(row['READINGS'] || '[]'),
  flags: listOf(row['FLAGS[]']),
  note: row['COMMENT_OBS'] || null,
  contradictions: listOf(row['CONTRADICTIONS[]']),
  citations: listOf(row['CITATIONS[]']),
});

const saidBy = ({ citations, ...observation }: Observation) => {
  const { comparator, valueCode, trend, unit, numerator, denominator, outOf, subsetOf } = observation;
  const { readings, flags, note, contradictions } = observation;
  const said = { comparator, valueCode, trend, unit, numerator, denominator, outOf, subsetOf };
  return { ...said, readings, flags, note, contradictions, citations: citations.map(({ id }) => id) };
};

t.test('foreign readers find every figure of the seeds as JSON has it, of lists and of series', async (t) => {
  await tellsEveryFigure(t, await testService(t), 'release=1');
});

t.test('and those of every release', async (t) => {
  const service = await fixtureService(t, 3);
  for (const release of [1, 2, 3]) await tellsEveryFigure(t, service, `release=${release}`);
});
