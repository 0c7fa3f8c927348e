/** Operation → query: which source a list reads, and how an item is found. */
import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { contractVersion } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import type { Args, ItemName, ListName, ValueName } from '../schema/operations.ts';
import type { Level } from '../schema/place.ts';
import { programVersion } from '../version.ts';
import { bodies, whichBodies } from './bodies.ts';
import { changes, whichChanges } from './changes.ts';
import { citations, whichCitations } from './citations.ts';
import { addComparability, comparedOn } from './comparability.ts';
import { contradictions, whichContradictions } from './contradictions.ts';
import { findCoverage } from './coverage.ts';
import { findCrosswalk, rememberDays } from './crosswalks.ts';
import { datasets, whichDatasets } from './datasets.ts';
import { documents, whichDocuments } from './documents.ts';
import { events, whichEvents } from './events.ts';
import { findFact } from './facts.ts';
import { equals } from './filters.ts';
import { indicators, whichIndicators } from './indicators.ts';
import { instruments, whichInstruments } from './instruments.ts';
import { completing, type ListQuery, narrowing, reading, readingPlaces } from './lists.ts';
import { lookUpPlaces } from './lookups.ts';
import { mottos, whichMottos } from './mottos.ts';
import { partsOfObservations } from './observation-parts.ts';
import { observations, whichObservations } from './observations.ts';
import { persons, whichPersons } from './persons.ts';
import { whichPlaces, whichPlacesAt } from './place-lists.ts';
import {
  byValidity,
  dayAsked,
  findPresentVersions,
  placeIdOf,
  places,
  placesOn,
  rememberDay,
  versionMeant,
} from './places.ts';
import type { Source } from './records.ts';
import { releases } from './releases.ts';
import { findScorecard } from './scorecards.ts';
import { hitsOf, whichHits } from './search.ts';
import { findSeries } from './series.ts';
import { findEach, findMeant } from './source.ts';
import { addResults } from './target-results.ts';
import { ofStatus, partsOfTargets, targets, whichTargets } from './targets.ts';
import { tasks, whichTasks } from './tasks.ts';
import { themes, whichThemes } from './themes.ts';
import type { Context, Row, Scope, Wanted } from './types.ts';

export const listQueries: { [N in ListName]: (args: Args<N>, scope: Scope) => ListQuery } = {
  places: (args, scope) => readingPlaces(args, whichPlaces(args, scope)),
  provinces: (args, scope) => readingPlaces(args, whichPlacesAt('province')(args, scope)),
  districts: (args, scope) => readingPlaces(args, whichPlacesAt('district')(args, scope)),
  communes: (args, scope) => readingPlaces(args, whichPlacesAt('commune')(args, scope)),
  placeHistory: (args, scope) =>
    reading({ ...places, order: byValidity }, [
      sql`${t.placeVersions.placeId} = ${placeIdOf(args.id, 'id', scope)}`,
    ]),
  placesCrosswalk: (args) => ({
    find: (context, scope, slice) => findCrosswalk(context, scope, args, slice),
    where: [],
    remember: (row) => rememberDays(row, args),
  }),
  bodies: (args, scope) => reading(bodies, whichBodies(args, scope)),
  persons: (args, scope) => reading(persons, whichPersons(args, scope)),
  events: (args, scope) => reading(events, whichEvents(args, scope)),
  instruments: (args, scope) => reading(instruments, whichInstruments(args, scope)),
  mottos: (args, scope) => reading(mottos, whichMottos(args, scope)),
  themes: (args, scope) => reading(themes, whichThemes(args, scope)),
  tasks: (args, scope) => reading(tasks, whichTasks(args, scope)),
  indicators: (args, scope) => reading(indicators, whichIndicators(args, scope)),
  observations: (args, scope) =>
    comparedOn(
      reading(observations, whichObservations(args, scope), partsOfObservations(args, scope)),
      args.territory,
    ),
  series: (args) => ({
    find: (context, scope, slice) => findSeries(context, scope, args, slice),
    where: [],
  }),
  coverage: (args) => ({
    find: (context, scope, slice) => findCoverage(context, scope, args, slice),
    where: [],
  }),
  targets: (args, scope) =>
    completing(
      narrowing(
        targets,
        { where: whichTargets(args, scope), parts: partsOfTargets(args, scope) },
        (context, at) => ofStatus(context, at, args),
      ),
      'result',
      (context, at, rows) => addResults(context, at, rows, args.publishedBy),
    ),
  contradictions: (args, scope) => reading(contradictions, whichContradictions(args, scope)),
  documents: (args) => reading(documents, whichDocuments(args)),
  datasets: (args) => reading(datasets, whichDatasets(args)),
  documentCitations: (args) =>
    reading(citations, [...equals(t.allCitations.documentId, args.id), ...whichCitations(args)]),
  releases: () => reading(releases, []),
  changes: (args) => reading(changes, whichChanges(args)),
  search: (args, scope) => reading(hitsOf(args, scope), whichHits(args, scope)),
};

type ItemQuery<A> = (
  context: Context,
  scope: Scope,
  args: A,
  members?: Wanted['members'],
) => Promise<Row | null>;

interface RecordQuery {
  /** The published type. */
  type: string;
  source: Source;
  by: AnyPgColumn;
}
const recordQuery = (source: Source, by: AnyPgColumn): RecordQuery => ({ type: source.type, source, by });

/** The part of an id before the colon → how a record with such an id is found. */
const records: Record<string, RecordQuery> = {
  place_version: recordQuery(places, t.placeVersions.id),
  body: recordQuery(bodies, t.bodies.id),
  person: recordQuery(persons, t.persons.id),
  event: recordQuery(events, t.events.id),
  instrument: recordQuery(instruments, t.instruments.id),
  motto: recordQuery(mottos, t.mottos.id),
  theme: recordQuery(themes, t.themes.id),
  task: recordQuery(tasks, t.tasks.id),
  indicator: recordQuery(indicators, t.indicators.id),
  observation: recordQuery(observations, t.observations.id),
  contradiction: recordQuery(contradictions, t.contradictions.id),
  document: recordQuery(documents, t.documents.id),
  dataset: recordQuery(datasets, t.datasets.id),
};

export interface Node {
  /** The published type. */
  type: string;
  row: Row;
}

/** Records of any type by their ids, one statement a type; a place by its own id is its present version, else its last. */
export async function findNodes(
  context: Context,
  scope: Scope,
  ids: readonly string[],
  members?: Wanted['members'],
): Promise<Map<string, Node>> {
  const nodes = new Map<string, Node>();
  const placeIds = ids.filter((one) => one.startsWith('place:'));
  if (placeIds.length > 0) {
    for (const [id, row] of await findPlaces(context, scope, placeIds, members))
      nodes.set(id, { type: places.type, row });
  }
  for (const [prefix, { type, source, by }] of Object.entries(records)) {
    const keys = ids.filter((id) => id.startsWith(`${prefix}:`));
    if (keys.length === 0) continue;
    for (const [id, row] of await findEach(context, scope, source, by, keys, members))
      nodes.set(id, { type, row });
  }
  return nodes;
}

async function findPlaces(
  context: Context,
  scope: Scope,
  placeIds: readonly string[],
  members: Wanted['members'],
): Promise<Map<string, Row>> {
  const versions = await findPresentVersions(context, scope, placeIds);
  const rows = await findEach(context, scope, places, t.placeVersions.id, [...versions.values()], members);
  return new Map([...versions].map(([placeId, id]) => [placeId, rows.get(id) as Row]));
}

async function findPlace(
  context: Context,
  scope: Scope,
  which: Parameters<typeof versionMeant>[0],
  on: string | undefined,
  members?: Wanted['members'],
): Promise<Row | null> {
  const day = dayAsked(on);
  const meant = versionMeant(which, scope, day);
  const [row] = (await findMeant(context, scope, placesOn(day), t.placeVersions.id, meant, members)).values();
  return row === undefined ? null : rememberDay(row, day);
}

const placeByCode =
  (level: Level): ItemQuery<{ code: string; on?: string }> =>
  (context, scope, { code, on }, members) =>
    findPlace(context, scope, { level, code }, on, members);

const byKey =
  ({ source, by }: Pick<RecordQuery, 'source' | 'by'>) =>
  async (context: Context, scope: Scope, key: string, members?: Wanted['members']): Promise<Row | null> =>
    (await findEach(context, scope, source, by, [key], members)).get(key) ?? null;

const recordById =
  (prefix: string): ItemQuery<{ id: string }> =>
  (context, scope, { id }, members) =>
    byKey(records[prefix] as RecordQuery)(context, scope, id, members);

export const itemQueries: { [N in ItemName]: ItemQuery<Args<N>> } = {
  place: (context, scope, { id, on }, members) => findPlace(context, scope, { id }, on, members),
  province: placeByCode('province'),
  district: placeByCode('district'),
  commune: placeByCode('commune'),
  body: recordById('body'),
  person: recordById('person'),
  event: recordById('event'),
  instrument: recordById('instrument'),
  motto: recordById('motto'),
  theme: recordById('theme'),
  task: recordById('task'),
  indicator: (context, scope, { code }, members) =>
    byKey(recordQuery(indicators, t.indicators.code))(context, scope, code, members),
  observation: async (context, scope, { id, territory }, members) => {
    const row = await recordById('observation')(
      context,
      scope,
      { id },
      territory === undefined ? members : undefined,
    );
    if (row && territory !== undefined) await addComparability(context, scope, [row], territory);
    return row;
  },
  scorecard: findScorecard,
  contradiction: recordById('contradiction'),
  document: recordById('document'),
  dataset: recordById('dataset'),
  fact: (context, scope, { id }) => findFact(context, scope, id),
};

type ValueQuery<A> = (context: Context, scope: Scope, args: A) => Promise<Row>;

export const valueQueries: { [N in ValueName]: ValueQuery<Args<N>> } = {
  placesLookup: lookUpPlaces,
  /** What the service says of itself. */
  config: async (_context, { release, today }) => ({
    version: programVersion,
    contractVersion,
    release: release === 0 ? null : release,
    today,
    limits,
  }),
};
