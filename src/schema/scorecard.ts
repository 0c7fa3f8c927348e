/** Scorecards: what a place set out to do in a year, what came of it, and what it says of that itself. */
import Type, { type Static } from 'typebox';
import { described, Id, Nullable, Shape } from './common.ts';
import { Contradiction } from './contradiction.ts';
import { CoverageCell, CoverageStatus } from './coverage.ts';
import { Observation } from './observation.ts';
import { PlaceRef } from './place.ts';
import { Target, TargetStatus } from './target.ts';
import { Task } from './task.ts';
import { Theme } from './theme.ts';

/**
 * The indicators by which a place counts its own targets, and what each counts. Of `met` the whole is what was
 * announced: "12 of 15".
 */
export const claimIndicators = {
  met: 'development_targets_completed',
  exceeded: 'development_targets_exceeded',
} as const;
export type ClaimKind = keyof typeof claimIndicators;

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** A member for each word of a list of statuses. */
const countsOf = <S extends string>(statuses: readonly S[], what: string) =>
  Object.fromEntries(
    statuses.map((status) => [status, count(`${what} with the status \`${status}\`.`)]),
  ) as Record<S, ReturnType<typeof count>>;

export const TargetCounts = Shape(
  'TargetCounts',
  'How many targets have each status.',
  countsOf<TargetStatus>(TargetStatus.enum, 'Targets'),
);
export type TargetCounts = Static<typeof TargetCounts>;

export const CoverageCounts = Shape(
  'CoverageCounts',
  'How many indicators have each status.',
  countsOf<CoverageStatus>(CoverageStatus.enum, 'Indicators'),
);
export type CoverageCounts = Static<typeof CoverageCounts>;

export const CoverageOfYear = Shape(
  'CoverageOfYear',
  'Of the indicators of which anything is known of the place in any year, what is known of this one, by periods that end in it.',
  {
    counts: CoverageCounts,
    missing: Type.Array(CoverageCell, {
      description: 'The indicators without an outcome in the year, by code, and why there is none.',
    }),
    text: Type.String({ description: 'What the counts say, for a person to read.' }),
  },
);
export type CoverageOfYear = Static<typeof CoverageOfYear>;

export const HeldTargets = Shape(
  'HeldTargets',
  'The targets of the card that can be set beside the claims: those that are printed, without plans of which only a share is known and without targets about how many are met.',
  {
    targets: count('All of them.'),
    withResult: count('Those with a result: met, exceeded, missed or undecided.'),
    met: count('Those that the figures held confirm as met, those exceeded among them.'),
    exceeded: count('Those that the figures held confirm as exceeded.'),
    missed: count('Those that the figures held show to be missed.'),
  },
);
export type HeldTargets = Static<typeof HeldTargets>;

const claimed = (description: string) =>
  Nullable(Type.Number({ description: `${description} Null where it is not stated as one exact number.` }));

export const Claims = Shape(
  'Claims',
  'What the place says of its own targets, beside what is held of them. Nothing says which of the targets held it counts.',
  {
    announced: claimed('How many targets it says it had.'),
    met: claimed('How many of them it says were met, those exceeded among them.'),
    exceeded: claimed('How many of them it says were exceeded.'),
    observations: Type.Array(Id, { description: 'The observations that state it, by id.' }),
    held: HeldTargets,
    text: Type.String({ description: 'All this in words, for a person to read.' }),
  },
);
export type Claims = Static<typeof Claims>;

const parts = <T extends Parameters<typeof Type.Array>[0]>(of: T, description: string) =>
  Type.Array(of, { description });

export const Scorecard = Shape(
  'Scorecard',
  'A place in a year: what it set out to do, what came of it, and what is missing. Its records are those of the lists with the same `place` and `year`, by id.',
  {
    place: described(
      PlaceRef,
      'The place in the version in force at the end of that year, else in the nearest.',
    ),
    year: Type.Integer({ description: 'The year that the records touch.' }),
    claims: Claims,
    targetCounts: TargetCounts,
    themes: parts(Theme, 'Its guiding themes.'),
    targets: parts(Target, 'Its targets, each with its result.'),
    observations: parts(Observation, 'What came of it in numbers: results that are no ranks.'),
    rankings: parts(Observation, 'Its ranks, and the places it gained or lost in rankings.'),
    findings: parts(Observation, 'What came of it without a number: results that are no ranks.'),
    tasks: parts(Task, 'Its tasks and their parts; those with a deadline in the year, too.'),
    contradictions: parts(Contradiction, 'Contradictions with a side among all these records.'),
    coverage: CoverageOfYear,
  },
);
export type Scorecard = Static<typeof Scorecard>;
