/** Edges to one record: from the short form or the id that a row holds. */
import { sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { bodies } from './bodies.ts';
import { datasets } from './datasets.ts';
import { documents } from './documents.ts';
import { embedded, type OneQuery, one, text } from './edges.ts';
import { events } from './events.ts';
import { facts } from './facts.ts';
import { indicators } from './indicators.ts';
import { instruments } from './instruments.ts';
import { observations } from './observations.ts';
import { places, rememberedDay } from './places.ts';
import { tasks } from './tasks.ts';
import { themes } from './themes.ts';
import type { Row } from './types.ts';

export const toPlace = (name: string) => one(places, t.placeVersions.id, embedded(name));
/** The short form remembers the day that it was asked for on. */
export const toPlaceOfDay = (name: string): OneQuery => ({
  ...toPlace(name),
  day: (row) => rememberedDay({ ...(row[name] as Row | null) }),
});
/** What lies around it is of the day that was asked with. */
export const placeSeen: OneQuery = { ...toPlace('place'), day: rememberedDay };
export const toBody = (name: string) => one(bodies, t.bodies.id, embedded(name));
export const toEvent = one(events, t.events.id, embedded('event'));
export const toTheme = one(themes, t.themes.id, embedded('theme'));
export const toTask = (name: string) => one(tasks, t.tasks.id, embedded(name));
export const toInstrument = (name: string) => one(instruments, t.instruments.id, embedded(name));
export const toIndicator = one(indicators, t.indicators.id, embedded('indicator'));
export const toObservation = (name: string) => one(observations, t.observations.id, text(name));
export const toDocument = (key: OneQuery['key']) => one(documents, t.documents.id, key);
export const toDataset = one(datasets, t.datasets.id, text('dataset'));
export const toRecord: OneQuery = { kind: 'one', source: 'Node', by: sql`id`, key: text('id') };
export const toFact = one(facts, t.records.id, embedded('fact'));
