/** Checks the seed files as a whole, and makes of them the rows that the database is to hold. */
import { type Fault, FaultsError } from '../errors.ts';
import { Checker, type Fact } from './checker.ts';
import { checkCitations } from './citations.ts';
import type { Rows } from './desired.ts';
import { Gazetteer } from './gazetteer.ts';
import { checkContradictions, checkObservations } from './observations.ts';
import { byPosition } from './positions.ts';
import type { ReadResult } from './read.ts';
import { checkDoubles, checkRelations } from './relations.ts';
import { makeRows } from './rows.ts';
import { recordSections } from './shapes.ts';

/** Throws all faults of all files at once, those of reading included. */
export function checkSeeds(read: ReadResult): Rows {
  // Without a whole file, most of what could be said of the others would be false alarms.
  if (read.unreadable) refuse(read.faults);
  const checker = new Checker(read);
  const gazetteer = new Gazetteer(checker);
  checkRelations(checker);
  const facts = factsOf(read, gazetteer);
  checkCitations(checker, facts);
  const rows = makeRows(read.seeds, gazetteer, facts);
  checkObservations(checker, rows.observations);
  checkDoubles(checker, rows);
  checkContradictions(checker, rows);
  refuse([...read.faults, ...checker.faults]);
  return rows;
}

/** Everything that has citations: records but documents, and the versions of places. */
function factsOf({ seeds }: ReadResult, { versions }: Gazetteer): Fact[] {
  const { documents, places, ...names } = recordSections;
  return [
    ...versions.map(({ id, version }) => ({ id, record: version })),
    ...keysOf(names).flatMap((name) => seeds[name].map((record) => ({ id: record.id, record }))),
  ];
}

function keysOf<K extends string>(object: Record<K, unknown>): K[] {
  return Object.keys(object) as K[];
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new FaultsError('The seed files cannot be used.', [...faults].sort(byPosition));
}
