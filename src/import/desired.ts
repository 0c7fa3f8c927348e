/** What the released tables are to hold: rows without their release span. */
import {
  bodies,
  citations,
  contradictionSides,
  contradictions,
  corrections,
  datasets,
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

/** Records first, then links, whose first key column is their owner. */
export const releasedTables = {
  documents,
  datasets,
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
  corrections,
  citations,
  placeLinks,
  taskBodies,
  taskPlaces,
  indicatorLinks,
  contradictionSides,
} as const;
export type ReleasedTable = keyof typeof releasedTables;

export type Row<T extends ReleasedTable> = Omit<
  (typeof releasedTables)[T]['$inferSelect'],
  'sinceRelease' | 'untilRelease'
>;
export type Rows = { [T in ReleasedTable]: Row<T>[] };
