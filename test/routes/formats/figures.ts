/** For tests of the statistics formats: all figures of a service as JSON tells them, and as foreign readers read the files. */
import { parse } from 'csv-parse/sync';
import JSONstat from 'jsonstat-toolkit';
import { dimensions } from '../../../src/routes/formats/statistics.ts';
import type { Observation } from '../../../src/schema/observation.ts';
import type { Series } from '../../../src/schema/series.ts';
import type { TestService } from '../../service.ts';

/** What both files have to say of a figure, in one form. */
export interface Told {
  observation: string | null;
  indicator: string;
  place: string;
  start: string;
  end: string;
  measure: string;
  scenario: string;
  value: number | null;
}

export const inOrder = (told: readonly Told[]): string[] => told.map((one) => JSON.stringify(one)).sort();

const withoutType = (id: string): string => id.replace(/^\w+:/, '');

/** Every record of a list, page after page. */
export async function allOf<T>({ get }: TestService, address: string): Promise<T[]> {
  const items: T[] = [];
  for (let after = ''; ; ) {
    const { status, body } = await get(`${address}&limit=500${after}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    items.push(...(body['items'] as T[]));
    if (body['next'] === null) return items;
    after = `&after=${body['next']}`;
  }
}

export const toldBy = (observations: readonly Observation[]): Told[] =>
  observations.map(({ id, indicator, place, period: { start, end }, measure, scenario, value }) => ({
    observation: id,
    indicator: indicator.code,
    place: withoutType(place.id),
    ...{ start, end, measure, scenario, value },
  }));

export const toldBySeries = (series: readonly Series[]): Told[] =>
  series.flatMap(({ measure, points }) =>
    points.map(({ observation, indicator, place, period: { start, end }, scenario, value }) => ({
      observation,
      indicator: indicator.code,
      place: withoutType(place.id),
      ...{ start, end, measure, scenario, value },
    })),
  );

/** The arguments of every series that there is, of the indicators that may be the same and computed ones too. */
export function seriesOf(observations: readonly Observation[]): string[] {
  const asked = observations.map(
    ({ indicator, place, measure }) =>
      `indicator=${indicator.code}&place=${place.placeId}&measure=${measure}&include=residuals,possibly_same_as`,
  );
  return [...new Set(asked)];
}

/** What jsonstat-toolkit reads: each cell that has a status, by its coordinates. */
export function readJsonStat(body: string): Told[] {
  const answer = JSONstat(JSON.parse(body));
  // A collection of nothing: the reader would look into it.
  if (answer.length === 0) return [];
  return answer.Dataset().flatMap((dataset) => {
    const figures = dataset.extension['figure'] as Record<string, { OBSERVATION?: string }>;
    const told = dataset.Unflatten((at, { value, status }, index): Told[] => {
      if (status === null) return [];
      const { start, end } = daysOf(`${at['TIME_PERIOD']}`);
      return [
        {
          observation: figures[String(index)]?.OBSERVATION ?? null,
          indicator: `${at['INDICATOR']}`,
          place: `${at['REF_AREA']}`,
          ...{ start, end, measure: `${at['MEASURE']}`, scenario: `${at['SCENARIO']}`, value },
        },
      ];
    });
    return (told ?? []).flat();
  });
}

export type SdmxRow = Record<string, string>;

/** Rows by the ids of their components, as the field guide of SDMX-CSV 2.0 has them. */
export function readSdmxCsv(body: string): SdmxRow[] {
  return parse(body, { columns: true, record_delimiter: '\r\n' });
}

/** The key of a row: all its dimensions. */
export const keyOf = (row: SdmxRow): string => dimensions.map(({ id }) => row[id]).join('\n');

export const toldByRow = (row: SdmxRow): Told => {
  const { start, end } = daysOf(`${row['TIME_PERIOD']}`);
  return {
    observation: row['OBSERVATION'] || null,
    indicator: `${row['INDICATOR']}`,
    place: `${row['REF_AREA']}`,
    ...{ start, end, measure: `${row['MEASURE']}`, scenario: `${row['SCENARIO']}` },
    value: row['OBS_VALUE'] === '' ? null : Number(row['OBS_VALUE']),
  };
};

const day = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** The days of a period that is written as SDMX does. */
export function daysOf(text: string): { start: string; end: string } {
  const [, years = '', kind = '', count = ''] = /^(\d{4})(?:-(S|Q|)(\d+))?$/.exec(text) ?? [];
  if (years !== '') {
    const length = { S: 6, Q: 3 }[kind] ?? (count === '' ? 12 : 1);
    const first = count === '' ? 0 : (Number(count) - 1) * length;
    return { start: day(Number(years), first, 1), end: day(Number(years), first + length, 0) };
  }
  const [, start = text, length, unit] = /^(.+)\/P(\d+)([MD])$/.exec(text) ?? [];
  const [year = 0, month = 0, date = 0] = start.split('-').map(Number);
  if (length === undefined) return { start, end: start };
  const more = unit === 'M' ? [Number(length), -1] : [0, Number(length) - 1];
  return { start, end: day(year, month - 1 + (more[0] as number), date + (more[1] as number)) };
}
