import { type SQL, sql } from 'drizzle-orm';
import { indicators, observations as table } from '../db/tables.ts';
import type { Observation } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import { equals, given, hasText, ofPlace, ofYear, oneOf } from './filters.ts';
import { isCitedEach, wasPublishedEach } from './publication.ts';
import { bodyRef, indicatorRef, period, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { cellCitation, citationsOf, sourcedMembers } from './sourced.ts';
import { all, type Columns, day, figure, live, object } from './sql.ts';
import type { Scope } from './types.ts';

export const observationColumns = (scope: Scope): Columns<Observation> => ({
  id: table.id,
  indicator: indicatorRef(table.indicatorId, scope),
  place: placeRef(table.placeVersionId, scope),
  period: period(table),
  measure: table.measure,
  scenario: table.scenario,
  comparator: table.comparator,
  value: figure(table.value),
  valueCode: table.valueCode,
  trend: table.trend,
  unit: table.unit,
  numerator: figure(table.numerator),
  denominator: figure(table.denominator),
  outOf: figure(table.outOf),
  basis: sql`case when ${table.basisKind} is not null then ${object({
    kind: table.basisKind,
    start: day(table.basisStart),
    end: day(table.basisEnd),
    issuer: bodyRef(table.basisIssuerId, scope),
  })} end`,
  issuer: bodyRef(table.issuerId, scope),
  scope: table.scope,
  dataset: table.datasetId,
  dimensions: table.dimensions,
  subsetOf: table.subsetOfId,
  readings: table.readings,
  // Not a column: it is added to the rows of a page, where a territory is asked for.
  comparability: sql`null::jsonb`,
  ...sourcedMembers(table, scope),
  citations: cellCitation(table, citationsOf(table.id, scope)),
});

export const observations = stateSource<Observation>('Observation', table, observationColumns);

/** The indicators for which the condition holds: these are few. */
export const indicatorsOf = (condition: SQL, scope: Scope): SQL =>
  sql`select ${indicators.id} from ${indicators} where ${all([live(indicators, scope), condition])}`;

/** Observations of these; they are found first. */
const ofIndicator = (condition: SQL, scope: Scope): SQL =>
  sql`${table.indicatorId} = any(array(${indicatorsOf(condition, scope)}))`;

/** A check of the table of indicators holds that the code is in the id. */
const indicatorIds = (codes: readonly string[] | undefined): string[] | undefined =>
  codes?.map((code) => `indicator:${code}`);

type Asked = Args<'observations'>;

export const ownText = (q: string): SQL => hasText(table.folded, q);
export const namedLike = (q: string): SQL => hasText(indicators.folded, q);

/** Whether nearly all places are meant. */
export const isCountry = ({ place, within }: Asked): boolean =>
  place === undefined && within !== undefined && within.startsWith('country:');

/** Where they are nearly all, places are a value that is looked up for each record, not a way to find records. */
const ofPlaces = (args: Asked, scope: Scope): SQL[] => {
  const conditions = ofPlace(table.placeVersionId, args, scope);
  return isCountry(args) ? conditions.map((within) => sql`coalesce(${within}, false)`) : conditions;
};

/** What the arguments ask for, apart: some of it leads to the records by itself. */
export const conditionsOf = (args: Asked, scope: Scope) => ({
  place: ofPlaces(args, scope),
  indicator: [
    ...oneOf(table.indicatorId, indicatorIds(args.indicator)),
    ...oneOf(indicators.topic, args.topic).map((topic) => ofIndicator(topic, scope)),
  ],
  words: given(args.q, (q) => sql`${ownText(q)} or ${ofIndicator(namedLike(q), scope)}`),
  document: given(args.document, (document) => isCitedEach(table.id, document, scope)),
  published: given(args.publishedBy, (day) => wasPublishedEach(table.id, day, scope)),
  figure: [
    ...oneOf(table.measure, args.measure),
    ...oneOf(table.scenario, args.scenario),
    ...equals(table.issuerId, args.issuer),
    ...ofYear(table, args.year),
    ...given(args.from, (from) => sql`${table.periodEnd} >= ${from}::date`),
    ...given(args.to, (to) => sql`${table.periodEnd} <= ${to}::date`),
    ...given(
      args.flag,
      (flags) => sql`${table.flags} <> '{}' and ${table.flags} && ${sql.param(flags)}::text[]`,
    ),
  ],
});

export const whichObservations = (args: Asked, scope: Scope): SQL[] =>
  Object.values(conditionsOf(args, scope)).flat();
