/** Rules about the figures of the seed files: what each must hold, and which cannot all stand. */

import { groupBy, pairsOf } from '../lists.ts';
import type { Checker } from './checker.ts';
import { figureOf, type Observation } from './contradictions/claims.ts';
import { contradictionFaults } from './contradictions/declared.ts';
import { keyOf } from './contradictions/finding.ts';
import type { Rows } from './desired.ts';
import { noBinding } from './gazetteer.ts';
import type { SeedRecord } from './shapes.ts';

export function checkObservations(checker: Checker, rows: readonly Observation[]): void {
  for (const record of checker.read.seeds.observations) checkFigure(checker, record);
  const alike = groupBy(rows, (row) => `${keyOf(row)} ${figureOf(row)}`);
  for (const [earlier, later] of [...alike.values()].flatMap(pairsOf)) {
    if (earlier.id === later.id) continue;
    const first = checker.name(earlier.id);
    const message = `${first} states the same figure; keep one record and give it both citations`;
    checker.faultOf('duplicate_observation', message, later.id);
  }
}

/** What cannot all be true is declared as a contradiction, of the kind in which it differs. */
export function checkContradictions(checker: Checker, rows: Rows): void {
  // Where the place of a figure is unclear, so is which others are about the same.
  const observations = rows.observations.filter(({ placeVersionId }) => placeVersionId !== noBinding.id);
  const name = (id: string) => checker.name(id);
  for (const { code, message, id } of contradictionFaults({ ...rows, observations }, name)) {
    checker.faultOf(code, message, id);
  }
}

function checkFigure(checker: Checker, record: SeedRecord<'observations'>): void {
  const { measure, value, valueCode, trend, numerator, denominator, outOf } = record;
  const isRank = measure === 'rank';
  if ([value, valueCode, trend, numerator].every(isAbsent)) {
    const message = 'the observation needs a value, a valueCode, a trend or a fraction';
    checker.fault('empty_observation', message, record);
  }
  if (isRank && !(Number.isInteger(value) && Number(value) >= 1)) {
    checker.fault('bad_rank', 'the value of a rank is a whole number from 1', record, 'value');
  }
  if (!isRank && !isAbsent(outOf)) {
    checker.fault('out_of_without_rank', `outOf belongs to a rank, not to a ${measure}`, record, 'outOf');
  }
  if (isAbsent(numerator) !== isAbsent(denominator)) {
    const given = isAbsent(numerator) ? 'denominator' : 'numerator';
    checker.fault('half_fraction', 'a fraction has both a numerator and a denominator', record, given);
  }
  if (denominator === 0) checker.fault('zero_denominator', 'the denominator is 0', record, 'denominator');
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
