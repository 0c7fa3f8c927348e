/** Each edge's join, once: from a key of the near end to the records at the far end. */
import { sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { LinkedType, links } from '../schema/links.ts';
import { bodies } from './bodies.ts';
import { citations, inRecordOrder } from './citations.ts';
import { contradictions } from './contradictions.ts';
import { documents } from './documents.ts';
import {
  anyDay,
  asked,
  byPlace,
  embedded,
  type LinkQuery,
  listed,
  many,
  naming,
  namingMany,
  text,
} from './edges.ts';
import {
  placeSeen,
  toBody,
  toDataset,
  toDocument,
  toEvent,
  toFact,
  toIndicator,
  toInstrument,
  toObservation,
  toPlace,
  toPlaceOfDay,
  toRecord,
  toTask,
  toTheme,
} from './ends.ts';
import { events } from './events.ts';
import { indicators } from './indicators.ts';
import { instruments } from './instruments.ts';
import { mottos } from './mottos.ts';
import { observations } from './observations.ts';
import { manyOfPlace, near, ofPlace } from './of-place.ts';
import { persons } from './persons.ts';
import { byValidity, places, rememberedDay } from './places.ts';
import { placesAbove, placesBelow, placesDirectlyBelow } from './places-around.ts';
import { live } from './sql.ts';
import { targets } from './targets.ts';
import { bodiesInRole, tasksOfRole } from './task-roles.ts';
import { tasks } from './tasks.ts';
import { themes } from './themes.ts';

const byOrdinal = sql`lpad(coalesce(${t.tasks.ordinal}, 0)::text, 9, '0') || ${t.tasks.id}`;

const sourced = {
  citations: naming(citations, t.allCitations.factId, { order: inRecordOrder }),
  contradictions: many(contradictions, () => sql`${t.contradictionSides.factId} = ${asked}`, {
    join: (scope) =>
      sql`join ${t.contradictionSides} on ${t.contradictionSides.contradictionId} = ${t.contradictions.id} and ${live(t.contradictionSides, scope)}`,
  }),
};

const listedObservations = (name: string) => listed(observations, t.observations.id, name);

/** The far ends of a figure, reported or set as a target. */
const figureEnds = {
  indicator: toIndicator,
  place: toPlace('place'),
  issuer: toBody('issuer'),
  subsetOf: toObservation('subsetOf'),
  ...sourced,
};

export const linkQueries: { [T in LinkedType]: Record<keyof (typeof links)[T], LinkQuery> } = {
  Place: {
    parent: { ...toPlace('parent'), day: rememberedDay },
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
    ancestors: placesAbove,
    children: placesDirectlyBelow,
    descendants: placesBelow,
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
    observations: manyOfPlace(observations, t.observations.placeVersionId),
    targets: manyOfPlace(targets, t.observations.placeVersionId),
    ...sourced,
  },
  Lineage: { place: toPlace('place'), dataset: toDataset },
  CrosswalkRow: { from: toPlaceOfDay('from'), to: toPlaceOfDay('to') },
  LookupAnswer: { place: placeSeen },
  LookupCandidate: { place: placeSeen },
  LookupSuggestion: { place: placeSeen },
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
    observations: namingMany(observations, t.observations.issuerId),
    targets: namingMany(targets, t.observations.issuerId),
    measuredAgainst: namingMany(observations, t.observations.basisIssuerId),
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
    observations: namingMany(observations, t.observations.indicatorId),
    targets: namingMany(targets, t.observations.indicatorId),
    ...sourced,
  },
  Observation: {
    ...figureEnds,
    subsets: namingMany(observations, t.observations.subsetOfId),
    dataset: toDataset,
  },
  Target: { ...figureEnds, observation: toObservation('id') },
  TargetResult: { observation: toObservation('observation') },
  TargetInput: { observation: toObservation('observation'), place: toPlace('place') },
  Scorecard: {
    place: toPlace('place'),
    themes: listed(themes, t.themes.id, 'themes'),
    targets: listed(targets, t.observations.id, 'targets'),
    observations: listedObservations('observations'),
    rankings: listedObservations('rankings'),
    findings: listedObservations('findings'),
    tasks: listed(tasks, t.tasks.id, 'tasks'),
    contradictions: listed(contradictions, t.contradictions.id, 'contradictions'),
  },
  Claims: { observations: listedObservations('observations') },
  Comparability: { place: toPlace('place') },
  ComparabilityInput: {
    place: toPlace('place'),
    observation: toObservation('observation'),
  },
  Series: { indicator: toIndicator, place: toPlace('place') },
  SeriesPoint: {
    observation: toObservation('observation'),
    indicator: toIndicator,
    place: toPlace('place'),
    issuer: toBody('issuer'),
    dataset: toDataset,
    contradictions: listed(contradictions, t.contradictions.id, 'contradictions'),
    inputs: listedObservations('inputs'),
  },
  SeriesBreak: { since: toObservation('since') },
  CoverageCell: {
    place: toPlace('place'),
    indicator: toIndicator,
    observations: listedObservations('observations'),
    documents: listed(documents, t.documents.id, 'documents'),
  },
  Basis: { issuer: toBody('issuer') },
  Contradiction: { citations: sourced.citations },
  Side: { fact: toFact },
  Fact: { record: toRecord, ...sourced },
  Citation: { fact: toFact, document: toDocument(embedded('document')), dataset: toDataset },
  Document: { citations: namingMany(citations, t.allCitations.documentId) },
  Hit: { record: toRecord, place: toPlace('place') },
};
