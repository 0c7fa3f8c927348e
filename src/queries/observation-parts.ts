/** The ways that lead to observations without reading most of them: by place, source, words or indicators. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import { ofPlace, oneOf } from './filters.ts';
import { conditionsOf, indicatorsOf, isCountry, namedLike, ownText } from './observations.ts';
import type { Part } from './parts.ts';
import { citedIn, factsPublished, publishedDatasets } from './publication.ts';
import { all, live } from './sql.ts';
import type { Scope } from './types.ts';

const table = t.observations;
type Asked = Args<'observations'>;
type Conditions = ReturnType<typeof conditionsOf>;

/**
 * The same records as `whichObservations`, by the first way of these that is asked for; where there are keys, an index is in
 * the order of the list for each. Undefined where none is asked for.
 */
export function partsOfObservations(args: Asked, scope: Scope): Part[] | undefined {
  const conditions = conditionsOf(args, scope);
  const others = (but: keyof Conditions): SQL[] => Object.values({ ...conditions, [but]: [] }).flat();
  const { document, publishedBy, q, indicator, topic } = args;
  if (conditions.place.length > 0 && !isCountry(args)) return byPlace(args, scope, others('place'));
  if (document !== undefined) {
    return [{ keys: citedIn(document, scope), column: table.id, where: others('document') }];
  }
  if (publishedBy !== undefined && publishedBy !== 'unknown') {
    return bySources(publishedBy, scope, others('published'));
  }
  if (q !== undefined) return byWords(q, scope, others('words'));
  if (topic === undefined && (indicator?.length ?? 1) === 1) return undefined;
  const { code, topic: topics } = t.indicators;
  const keys = indicatorsOf(all([...oneOf(topics, topic), ...oneOf(code, indicator)]), scope);
  return [{ keys, column: table.indicatorId, where: others('indicator'), isWide: true }];
}

function byPlace(args: Asked, scope: Scope, others: SQL[]): Part[] {
  const { id } = t.placeVersions;
  const column = table.placeVersionId;
  const ofPlaces = all([live(t.placeVersions, scope), ...ofPlace(id, args, scope)]);
  const keys = sql`select ${id} from ${t.placeVersions} where ${ofPlaces}`;
  return [{ keys, column, where: others }];
}

/** Of tables that had been published; and others that a source states that had been. */
function bySources(day: string, scope: Scope, others: SQL[]): Part[] {
  const datasets = publishedDatasets(day, scope);
  const isOfThese = sql`coalesce(${table.datasetId} in (${datasets}), false)`;
  return [
    { keys: datasets, column: table.datasetId, where: others },
    { keys: factsPublished(day, scope), column: table.id, where: [sql`not ${isOfThese}`, ...others] },
  ];
}

/** With the words in its own text, or in the name of its indicator. */
function byWords(q: string, scope: Scope, others: SQL[]): Part[] {
  const keys = indicatorsOf(namedLike(q), scope);
  return [
    { where: [ownText(q), ...others] },
    { keys, column: table.indicatorId, where: [sql`not (${ownText(q)})`, ...others] },
  ];
}
