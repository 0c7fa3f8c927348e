/** Each edge's join, once: from a key of the near end to the records at the far end. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import type { LinkedType, links } from '../schema/links.ts';
import { bodies } from './bodies.ts';
import { citations, inRecordOrder } from './citations.ts';
import { contradictions } from './contradictions.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { facts } from './facts.ts';
import { indicators } from './indicators.ts';
import { instruments } from './instruments.ts';
import { mottos } from './mottos.ts';
import { observations } from './observations.ts';
import { persons } from './persons.ts';
import { dayOfRow, dayOfVersion, places, placesSeenOn } from './places.ts';
import { inForce } from './refs.ts';
import type { Edge, Source } from './source.ts';
import { live } from './sql.ts';
import { tasks } from './tasks.ts';
import { themes } from './themes.ts';
import type { Row, Scope } from './types.ts';

/** From a row of the near end to the key of the one record; null: there is none. */
export interface OneQuery {
  kind: 'one';
  source: Source | 'Node';
  by: SQLWrapper;
  key: (row: Row) => string | null;
  passesDay?: boolean;
}

export interface ManyQuery extends Edge {
  kind: 'many';
  key: (row: Row, scope: Scope, args: { on?: string }) => string;
  /** Whether the day that the near end was asked for on holds for the far end too. */
  passesDay?: boolean;
  /** Arguments of the connection that hold unless the client says otherwise. */
  defaults?: Record<string, unknown>;
}

export type LinkQuery = OneQuery | ManyQuery;

/** The id of the short form that the row holds under a name. */
const embedded =
  (name: string) =>
  (row: Row): string | null =>
    (row[name] as { id: string } | null)?.id ?? null;
const text =
  (name: string) =>
  (row: Row): string | null =>
    row[name] as string | null;

const one = (source: Source, by: SQLWrapper, key: OneQuery['key']): OneQuery => ({
  kind: 'one',
  source,
  by,
  key,
});
const toPlace = (name: string) => one(places, t.placeVersions.id, embedded(name));
const toBody = (name: string) => one(bodies, t.bodies.id, embedded(name));
const toEvent = one(events, t.events.id, embedded('event'));
const toTheme = one(themes, t.themes.id, embedded('theme'));
const toTask = (name: string) => one(tasks, t.tasks.id, embedded(name));
const toInstrument = (name: string) => one(instruments, t.instruments.id, embedded(name));
const toDocument = (key: OneQuery['key']) => one(documents, t.documents.id, key);
const toRecord: OneQuery = { kind: 'one', source: 'Node', by: sql`id`, key: text('id') };
const toFact = one(facts, t.records.id, embedded('fact'));

const asked = sql`asked.key`;
/** Of a key that is a place and a day. */
const askedDay = sql`split_part(${asked}, ' ', 2)`;
const byId = (row: Row) => row['id'] as string;
const byPlace = (row: Row) => row['placeId'] as string;

const many = (
  source: Source,
  on: (scope: Scope) => SQL,
  more: Partial<Omit<ManyQuery, 'kind' | 'source' | 'on'>> = {},
): ManyQuery => ({ kind: 'many', source, on, key: byId, ...more });

/** The far end names the near end in a column. */
const naming = (source: Source, column: SQLWrapper, more: Parameters<typeof many>[2] = {}) =>
  many(source, () => sql`${column} = ${asked}`, more);

const near = alias(t.placeVersions, 'near_version');
/** The far end belongs to any version of the place. */
const ofPlace = (source: Source, column: SQLWrapper) =>
  many(source, () => sql`${near.placeId} = ${asked}`, {
    key: byPlace,
    join: (scope) => sql`join ${t.placeVersions} ${near} on ${near.id} = ${column} and ${live(near, scope)}`,
  });

const byOrdinal = sql`lpad(coalesce(${t.tasks.ordinal}, 0)::text, 9, '0') || ${t.tasks.id}`;

const role = (name: (typeof t.taskRoles)[number]) => sql`${t.taskBodies.role} = ${name}`;
const bodiesInRole = (name: (typeof t.taskRoles)[number]) =>
  many(bodies, () => sql`${t.taskBodies.taskId} = ${asked} and ${role(name)}`, {
    join: (scope) =>
      sql`join ${t.taskBodies} on ${t.taskBodies.bodyId} = ${t.bodies.id} and ${live(t.taskBodies, scope)}`,
    order: sql`lpad(${t.taskBodies.ordinal}::text, 9, '0') || ${t.bodies.id}`,
  });
const tasksOfRole = (name: (typeof t.taskRoles)[number]) =>
  many(tasks, () => sql`${t.taskBodies.bodyId} = ${asked} and ${role(name)}`, {
    join: (scope) =>
      sql`join ${t.taskBodies} on ${t.taskBodies.taskId} = ${t.tasks.id} and ${live(t.taskBodies, scope)}`,
  });

const sourced = {
  citations: naming(citations, t.citations.factId, { order: inRecordOrder }),
  contradictions: many(contradictions, () => sql`${t.contradictionSides.factId} = ${asked}`, {
    join: (scope) =>
      sql`join ${t.contradictionSides} on ${t.contradictionSides.contradictionId} = ${t.contradictions.id} and ${live(t.contradictionSides, scope)}`,
  }),
};

/** The oldest first; one whose start is not known is the oldest. */
const byValidity = sql`coalesce(${t.placeVersions.validFrom}::text, '') || ' ' || ${t.placeVersions.id}`;
const anyDay = { on: 'any' };

export const linkQueries: { [T in LinkedType]: Record<keyof (typeof links)[T], LinkQuery> } = {
  Place: {
    parent: { ...toPlace('parent'), passesDay: true },
    current: toPlace('current'),
    otherVersions: many(
      places,
      () =>
        sql`exists (select from ${t.placeVersions} ${near} where ${near.id} = ${asked} and ${near.level} = ${t.placeVersions.level} and ${near.code} = ${t.placeVersions.code}) and ${t.placeVersions.id} <> ${asked}`,
      {
        defaults: anyDay,
        order: byValidity,
      },
    ),
    versions: naming(places, t.placeVersions.placeId, {
      key: byPlace,
      order: byValidity,
    }),
    children: many(
      placesSeenOn((scope) => sql`coalesce(nullif(${askedDay}, 'any')::date, ${dayOfVersion(scope)})`),
      () =>
        sql`${t.placeVersions.parentId} = split_part(${asked}, ' ', 1) and (${askedDay} = 'any' or (${inForce(t.placeVersions, sql`nullif(${askedDay}, 'any')`)}))`,
      {
        key: (row, scope, { on }) => `${byPlace(row)} ${on ?? dayOfRow(row, scope)}`,
        defaults: anyDay,
        passesDay: true,
      },
    ),
    bodies: ofPlace(bodies, t.bodies.placeVersionId),
    persons: ofPlace(persons, t.persons.placeVersionId),
    events: ofPlace(events, t.events.placeVersionId),
    instruments: ofPlace(instruments, t.instruments.placeVersionId),
    mottos: ofPlace(mottos, t.mottos.placeVersionId),
    themes: ofPlace(themes, t.themes.placeVersionId),
    tasks: ofPlace(tasks, t.tasks.placeVersionId),
    localTasks: many(tasks, () => sql`${near.placeId} = ${asked}`, {
      key: byPlace,
      join: (scope) =>
        sql`join ${t.taskPlaces} on ${t.taskPlaces.taskId} = ${t.tasks.id} and ${live(t.taskPlaces, scope)}
        join ${t.placeVersions} ${near} on ${near.id} = ${t.taskPlaces.placeVersionId} and ${live(near, scope)}`,
    }),
    observations: ofPlace(observations, t.observations.placeVersionId),
    ...sourced,
  },
  Lineage: { place: toPlace('place') },
  Alias: { document: toDocument(text('document')) },
  Body: {
    place: toPlace('place'),
    parent: toBody('parent'),
    children: naming(bodies, t.bodies.parentId),
    persons: naming(persons, t.persons.bodyId),
    events: naming(events, t.events.bodyId),
    instruments: naming(instruments, t.instruments.bodyId),
    mottos: naming(mottos, t.mottos.bodyId),
    themes: naming(themes, t.themes.bodyId),
    tasks: naming(tasks, t.tasks.bodyId),
    responsibleFor: tasksOfRole('responsible'),
    supports: tasksOfRole('supporting'),
    observations: naming(observations, t.observations.issuerId),
    measuredAgainst: naming(observations, t.observations.basisIssuerId),
    ...sourced,
  },
  Person: { body: toBody('body'), place: toPlace('place'), ...sourced },
  Event: {
    body: toBody('body'),
    place: toPlace('place'),
    instrument: toInstrument('instrument'),
    themes: naming(themes, t.themes.eventId),
    tasks: naming(tasks, t.tasks.eventId),
    ...sourced,
  },
  Instrument: {
    body: toBody('body'),
    place: toPlace('place'),
    implements: toInstrument('implements'),
    implementedBy: naming(instruments, t.instruments.implementsId),
    events: naming(events, t.events.instrumentId),
    themes: naming(themes, t.themes.instrumentId),
    tasks: naming(tasks, t.tasks.instrumentId),
    ...sourced,
  },
  Motto: {
    body: toBody('body'),
    place: toPlace('place'),
    theme: toTheme,
    task: toTask('task'),
    ...sourced,
  },
  Theme: {
    body: toBody('body'),
    place: toPlace('place'),
    event: toEvent,
    instrument: toInstrument('instrument'),
    mottos: naming(mottos, t.mottos.themeId),
    tasks: naming(tasks, t.tasks.themeId),
    ...sourced,
  },
  Task: {
    parent: toTask('parent'),
    subtasks: naming(tasks, t.tasks.parentId, { order: byOrdinal }),
    body: toBody('body'),
    place: toPlace('place'),
    responsible: bodiesInRole('responsible'),
    supporting: bodiesInRole('supporting'),
    localities: many(places, () => sql`${t.taskPlaces.taskId} = ${asked}`, {
      join: (scope) =>
        sql`join ${t.taskPlaces} on ${t.taskPlaces.placeVersionId} = ${t.placeVersions.id} and ${live(t.taskPlaces, scope)}`,
      order: sql`lpad(${t.taskPlaces.ordinal}::text, 9, '0') || ${t.placeVersions.id}`,
      defaults: anyDay,
    }),
    theme: toTheme,
    event: toEvent,
    instrument: toInstrument('instrument'),
    repeats: toTask('repeats'),
    repeatedBy: naming(tasks, t.tasks.repeatsId),
    mottos: naming(mottos, t.mottos.taskId),
    ...sourced,
  },
  Indicator: {
    possiblySameAs: many(indicators, () => sql`${t.indicatorLinks.fromId} = ${asked}`, {
      join: (scope) =>
        sql`join ${t.indicatorLinks} on ${t.indicatorLinks.toId} = ${t.indicators.id} and ${live(t.indicatorLinks, scope)}`,
      order: t.indicators.id,
    }),
    observations: naming(observations, t.observations.indicatorId),
    ...sourced,
  },
  Observation: {
    indicator: one(indicators, t.indicators.id, embedded('indicator')),
    place: toPlace('place'),
    issuer: toBody('issuer'),
    subsetOf: one(observations, t.observations.id, text('subsetOf')),
    subsets: naming(observations, t.observations.subsetOfId),
    ...sourced,
  },
  Basis: { issuer: toBody('issuer') },
  Contradiction: { citations: sourced.citations },
  Side: { fact: toFact },
  Fact: { record: toRecord, ...sourced },
  Citation: { fact: toFact, document: toDocument(embedded('document')) },
  Document: { citations: naming(citations, t.citations.documentId) },
  Hit: { record: toRecord, place: toPlace('place') },
};
