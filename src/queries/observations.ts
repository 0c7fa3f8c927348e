import { type SQL, sql } from 'drizzle-orm';
import { indicators, observations as table } from '../db/tables.ts';
import type { Observation } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import { equals, given, hasText, ofPlace, ofSources, ofYear, oneOf } from './filters.ts';
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

/** Observations of the indicators for which the condition holds: these are few, and found first. */
const ofIndicator = (condition: SQL, scope: Scope): SQL =>
  sql`${table.indicatorId} = any(array(select ${indicators.id} from ${indicators} where ${all([live(indicators, scope), condition])}))`;

/** A check of the table of indicators holds that the code is in the id. */
const indicatorIds = (codes: readonly string[] | undefined): string[] | undefined =>
  codes?.map((code) => `indicator:${code}`);

export const whichObservations = (args: Args<'observations'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...oneOf(table.indicatorId, indicatorIds(args.indicator)),
  ...oneOf(indicators.topic, args.topic).map((ofTopic) => ofIndicator(ofTopic, scope)),
  ...oneOf(table.measure, args.measure),
  ...oneOf(table.scenario, args.scenario),
  ...equals(table.issuerId, args.issuer),
  ...ofYear(table, args.year),
  ...given(args.from, (from) => sql`${table.periodEnd} >= ${from}::date`),
  ...given(args.to, (to) => sql`${table.periodEnd} <= ${to}::date`),
  ...ofSources(table.id, args, scope),
  ...given(
    args.flag,
    (flags) => sql`${table.flags} <> '{}' and ${table.flags} && ${sql.param(flags)}::text[]`,
  ),
  ...given(
    args.q,
    (q) => sql`${hasText(table.folded, q)} or ${ofIndicator(hasText(indicators.folded, q), scope)}`,
  ),
];
