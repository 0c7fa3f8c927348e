import { type SQL, sql } from 'drizzle-orm';
import { indicators, observations as table } from '../db/tables.ts';
import type { Observation } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import { equals, given, hasText, ofDocument, ofPlace, oneOf } from './filters.ts';
import { bodyRef, indicatorRef, period, placeRef, sourcedMembers } from './refs.ts';
import { stateSource } from './source.ts';
import { all, day, figure, live, object } from './sql.ts';
import type { Scope } from './types.ts';

export const observations = stateSource<Observation>('Observation', table, (scope) => ({
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
  dimensions: table.dimensions,
  subsetOf: table.subsetOfId,
  readings: table.readings,
  // Not a column: it is added to the rows of a page, where a territory is asked for.
  comparability: sql`null::jsonb`,
  ...sourcedMembers(table, scope),
}));

/** Observations of the indicators for which the conditions hold. */
const ofIndicator = (conditions: SQL[], scope: Scope): SQL =>
  sql`${table.indicatorId} in (select ${indicators.id} from ${indicators} where ${all([live(indicators, scope), ...conditions])})`;

export const whichObservations = (args: Args<'observations'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...given(args.indicator, (codes) => ofIndicator(oneOf(indicators.code, codes), scope)),
  ...given(args.topic, (topics) => ofIndicator(oneOf(indicators.topic, topics), scope)),
  ...oneOf(table.measure, args.measure),
  ...oneOf(table.scenario, args.scenario),
  ...equals(table.issuerId, args.issuer),
  ...given(args.from, (from) => sql`${table.periodEnd} >= ${from}::date`),
  ...given(args.to, (to) => sql`${table.periodEnd} <= ${to}::date`),
  ...ofDocument(table.id, args.document, scope),
  ...given(args.flag, (flags) => sql`${table.flags} && ${sql.param(flags)}::text[]`),
  ...given(
    args.q,
    (q) => sql`${hasText(table.folded, q)} or ${ofIndicator([hasText(indicators.folded, q)], scope)}`,
  ),
];
