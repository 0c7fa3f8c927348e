/** Checks the seed files as a whole, and makes of them the rows that the database is to hold. */
import { type Fault, FaultsError } from '../errors.ts';
import { Checker, type Fact } from './checker.ts';
import { checkCitations } from './citations.ts';
import type { Desired } from './desired.ts';
import { Gazetteer } from './gazetteer.ts';
import { checkObservations } from './observations.ts';
import { byPosition } from './positions.ts';
import type { ReadResult } from './read.ts';
import { checkDoubles, checkRelations } from './relations.ts';
import { makeRows } from './rows.ts';

/** Throws all faults of all files at once, those of reading included. */
export function checkSeeds(read: ReadResult): Desired {
  // Without a whole file, most of what could be said of the others would be false alarms.
  if (read.unreadable) refuse(read.faults);
  const checker = new Checker(read);
  const gazetteer = new Gazetteer(checker);
  checkRelations(checker);
  const facts = factsOf(read, gazetteer);
  checkCitations(checker, facts);
  const desired = makeRows(read.seeds, gazetteer, facts);
  checkObservations(checker, desired.rows.observations);
  checkDoubles(checker, desired.rows);
  refuse([...read.faults, ...checker.faults]);
  return desired;
}

function factsOf({ seeds }: ReadResult, { versions }: Gazetteer): Fact[] {
  const { documents, places, ...sections } = seeds;
  return [
    ...versions.map(({ id, version }) => ({ id, record: version })),
    ...Object.values(sections).flatMap((records) => records.map((record) => ({ id: record.id, record }))),
  ];
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new FaultsError('The seed files cannot be used.', [...faults].sort(byPosition));
}
