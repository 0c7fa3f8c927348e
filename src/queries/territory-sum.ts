/** Whether the figures of all places that a larger one was made of are known, and what they come to. */
import type { Comparability, ComparabilityInput, ComparabilityReason } from '../schema/comparability.ts';
import type { Observation } from '../schema/observation.ts';
import { isTooLong, sumOf } from './fractions.ts';
import type { Figure, Figures } from './territory-figures.ts';
import { piecesOf, type Step, type Version } from './territory-graph.ts';
import { type Merged, nameOf } from './territory-walk.ts';

/** A place beside that of the figure, and what it was made of itself. */
export interface Beside {
  step: Step;
  madeOf: Beside[];
}

/** What came together with the figure's own place into the one at the end of the path. */
export function besideOf({ path }: Merged): Beside[] {
  return path.slice(1).flatMap((version, index) => {
    const below = path[index] as Version;
    return piecesOf(version, below.ref.level)
      .filter(({ from }) => from !== below)
      .map(inTurn);
  });
}

const inTurn = (step: Step): Beside => ({
  step,
  madeOf: piecesOf(step.from, step.from.ref.level).map(inTurn),
});

/** Every version that may have a figure of use. */
export const versionsOf = (beside: readonly Beside[]): string[] =>
  beside.flatMap(({ step, madeOf }) => [step.from.ref.id, ...versionsOf(madeOf)]);

interface Piece {
  place: Version['ref'];
  coverage: Step['coverage'];
  figures: Figure[];
}

/** A place that has no figure because it came after the period is looked for in what it was made of. */
function pieceOf({ step, madeOf }: Beside, figuresOf: Figures['of'], periodEnd: string): Piece[] {
  const { from, coverage } = step;
  const figures = figuresOf(from.ref.id);
  const isYounger = (from.ref.validFrom ?? '') > periodEnd;
  if (coverage === 'whole' && figures.length === 0 && isYounger && madeOf.length > 0) {
    return madeOf.flatMap((one) => pieceOf(one, figuresOf, periodEnd));
  }
  return [{ place: from.ref, coverage, figures }];
}

/** All but the day that is asked for. */
export type Judged = Omit<Comparability, 'territory'>;

/** The part that the figure is of the merged place, or the exact sum with its inputs. */
export function judgeSum(
  observation: Observation,
  merged: Merged,
  beside: readonly Beside[],
  figures: Figures,
): Judged {
  const [{ ref: own }, target] = [merged.path[0], merged.path.at(-1) as Version];
  const part = partOf(own, target.ref);
  const obstacle = obstacleOf(observation, figures);
  if (obstacle) return part(obstacle, obstacles[obstacle]);
  const pieces: Piece[] = [
    { place: own, coverage: 'whole' as const, figures: figures.of(own.id) },
    ...beside.flatMap((one) => pieceOf(one, figures.of, observation.period.end)),
  ].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const inputs = pieces.flatMap(inputsOf);
  const faulty = faultOf(pieces);
  if (faulty) return { ...part(faulty.reason, faulty.text), inputs };
  const sum = sumOf(pieces.map(({ figures: known }) => exactOf(known)[0]?.value as string));
  if (isTooLong(sum)) return { ...part('sum_too_long', obstacles.sum_too_long), inputs };
  return {
    kind: 'exact_sum',
    place: target.ref,
    value: Number(sum),
    unit: observation.unit,
    formula: pieces.map(({ place }) => place.code).join(' + '),
    inputs,
    reason: 'all_predecessors_reported',
    text: `The sum of the figures of all ${pieces.length} places that ${nameOf(target.ref)} was made of.`,
  };
}

const partOf =
  (own: Version['ref'], target: Version['ref']) =>
  (reason: ComparabilityReason, why: string): Judged => ({
    kind: 'part',
    place: target,
    value: null,
    unit: null,
    formula: null,
    inputs: [],
    reason,
    text: `${nameOf(own)} until ${own.validTo} is a part of ${nameOf(target)} since ${target.validFrom}. ${why}`,
  });

/** Codes are of one length within a level. */
const keyOf = ({ place }: Piece): string => `${place.code} ${place.id}`;

/** Why a figure itself cannot be added to others. */
const obstacles = {
  measure_not_additive: 'Growth, ratios, shares and ranks are not added up.',
  indicator_not_additive: 'Values of this indicator cannot be added up.',
  no_number: 'A finding without a number cannot be added up.',
  bound_not_exact: 'A bound or an approximation does not give an exact sum.',
  subset_of_another: 'The figure is a part of another; what it counts elsewhere may differ.',
  figure_in_doubt: 'What the printed figure means is in doubt: see its flags and readings.',
  sum_too_long: 'The sum has more than 15 significant digits.',
} satisfies Partial<Record<ComparabilityReason, string>>;

function obstacleOf({ id, measure, place }: Observation, { additive, of }: Figures) {
  if (measure !== 'value') return 'measure_not_additive';
  if (!additive) return 'indicator_not_additive';
  return (of(place.id).find((figure) => figure.id === id) as Figure).obstacle;
}

const exactOf = (figures: readonly Figure[]): Figure[] => figures.filter(({ obstacle }) => obstacle === null);

/** Whether sources disagree about a place: two exact figures, or one that is a side of a contradiction. */
function isDisputed({ figures }: Piece): boolean {
  const exact = exactOf(figures);
  return exact.some(({ disputed }) => disputed) || new Set(exact.map(({ value }) => Number(value))).size > 1;
}

/** One figure a place; all where they disagree or none is exact, and none where there is none. */
function inputsOf(piece: Piece): ComparabilityInput[] {
  const { place, coverage, figures } = piece;
  const exact = exactOf(figures);
  const shown = exact.length === 0 || isDisputed(piece) ? figures : exact.slice(0, 1);
  if (shown.length === 0) return [{ place, coverage, observation: null, value: null }];
  return shown.map(({ id, value }) => ({
    place,
    coverage,
    observation: id,
    value: value === null ? null : Number(value),
  }));
}

/** The first thing that keeps the sum from being exact. */
function faultOf(pieces: readonly Piece[]): { reason: ComparabilityReason; text: string } | undefined {
  const tests: [reason: ComparabilityReason, holds: (piece: Piece) => boolean, text: string][] = [
    ['predecessor_divided', ({ coverage }) => coverage === 'part', 'Only parts went into it of'],
    ['predecessor_unknown', ({ coverage }) => coverage !== 'whole', 'How much went into it is not known of'],
    [
      'predecessor_not_reported',
      ({ figures }) => figures.length === 0,
      'No figure of the same kind is known of',
    ],
    ['figures_in_contradiction', isDisputed, 'Sources disagree about the figure of'],
    ['predecessor_not_exact', ({ figures }) => exactOf(figures).length === 0, 'There is no exact figure of'],
  ];
  for (const [reason, holds, text] of tests) {
    const faulty = pieces.filter(holds).map(({ place }) => nameOf(place));
    if (faulty.length > 0) return { reason, text: `${text} ${faulty.join(', ')}.` };
  }
  return undefined;
}
