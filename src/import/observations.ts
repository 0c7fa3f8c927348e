/** Rules about the figures of the seed files: what each must hold, and which two cannot both stand. */
import { canonical } from './canonical.ts';
import type { Checker } from './checker.ts';
import type { Row } from './desired.ts';
import { groupBy, pairsOf } from './lists.ts';
import type { SeedRecord } from './shapes.ts';

type Observation = Row<'observations'>;

export function checkObservations(checker: Checker, rows: readonly Observation[]): void {
  const { observations, contradictions } = checker.read.seeds;
  for (const record of observations) checkFigure(checker, record);
  const disputed = new Set(
    contradictions.flatMap(({ sides }) => {
      const facts = sides.map(({ fact }) => fact);
      return facts.flatMap((one) => facts.map((other) => `${one} ${other}`));
    }),
  );
  for (const [earlier, later] of [...groupBy(rows, subjectOf).values()].flatMap(pairsOf)) {
    checkPair(checker, earlier, later, disputed.has(`${earlier.id} ${later.id}`));
  }
}

/** The natural key without the base period. */
function subjectOf(row: Observation): string {
  const { indicatorId, placeVersionId, periodStart, periodEnd, periodCumulative, measure, scenario } = row;
  const { dimensions, basisKind, basisIssuerId, issuerId, scope } = row;
  const when = [periodStart, periodEnd, periodCumulative];
  const what = [measure, scenario, dimensions, basisKind, basisIssuerId, issuerId, scope];
  return canonical([indicatorId, placeVersionId, when, what]);
}

function figureOf(row: Observation): string {
  const { comparator, value, valueCode, trend, unit, numerator, denominator, outOf } = row;
  return canonical([comparator, value, valueCode, trend, unit, numerator, denominator, outOf]);
}

function checkPair(checker: Checker, earlier: Observation, later: Observation, disputed: boolean): void {
  if (earlier.id === later.id) return;
  const sameBase = earlier.basisStart === later.basisStart && earlier.basisEnd === later.basisEnd;
  const sameFigure = figureOf(earlier) === figureOf(later);
  const first = checker.name(earlier.id);
  if (sameBase && sameFigure) {
    const message = `${first} states the same figure; keep one record and give it both citations`;
    checker.faultOf('duplicate_observation', message, later.id);
  } else if (sameBase !== sameFigure && !disputed) {
    const difference = sameBase ? 'in the figure' : 'in the base period';
    const message = `it differs from ${first} only ${difference}; record a contradiction that has both as sides`;
    checker.faultOf('unlinked_contradiction', message, later.id);
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
