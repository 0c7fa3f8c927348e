/** What the released tables are to hold, as the seed files have it: rows without their release span. */
import {
  bodies,
  citations,
  contradictionSides,
  contradictions,
  documents,
  events,
  indicatorLinks,
  indicators,
  instruments,
  mottos,
  observations,
  persons,
  placeChanges,
  placeLinks,
  placeVersions,
  taskBodies,
  taskPlaces,
  tasks,
  themes,
} from '../db/tables.ts';

/** The tables that seed files fill. Records first, then links, whose first key column is their owner. */
export const seededTables = {
  documents,
  placeVersions,
  placeChanges,
  bodies,
  persons,
  events,
  instruments,
  themes,
  mottos,
  tasks,
  indicators,
  observations,
  contradictions,
  citations,
  placeLinks,
  taskBodies,
  taskPlaces,
  indicatorLinks,
  contradictionSides,
} as const;
export type SeededTable = keyof typeof seededTables;

export type Row<T extends SeededTable> = Omit<
  (typeof seededTables)[T]['$inferSelect'],
  'sinceRelease' | 'untilRelease'
>;
export type Rows = { [T in SeededTable]: Row<T>[] };

export interface Desired {
  rows: Rows;
  /** Continuing places have an identity, but no state of their own. */
  placeIds: string[];
}
