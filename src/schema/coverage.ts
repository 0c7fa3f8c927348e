/** Coverage: what is known of an indicator in a place and a year, and why there is nothing where there is nothing. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Nullable, Shape, Words } from './common.ts';
import { Measure } from './observation.ts';
import { PlaceRef } from './place.ts';
import { IndicatorRef } from './ref.ts';

export const CoverageStatus = Words('CoverageStatus', 'What is known of an indicator, a place and a year.', {
  reported: 'An outcome is reported with a number.',
  reported_without_number: 'An outcome is reported, as a finding without a number.',
  target_only: 'A target is known, and no outcome.',
  not_printed: 'The place was there, and no source that is held prints the indicator for it.',
  place_abolished: 'The place had ended before the year began.',
  not_known_before: 'The year lies before the first version or list that is known of the place.',
});
export type CoverageStatus = Static<typeof CoverageStatus>;

export const CoverageCell = Shape('CoverageCell', 'One indicator in one place and one calendar year.', {
  place: Nullable(
    described(PlaceRef, 'The last version of the place in force in that year; null where there was none.'),
  ),
  indicator: described(IndicatorRef, 'What is measured.'),
  year: Type.Integer({ description: 'The calendar year in which the periods of the figures end.' }),
  status: CoverageStatus,
  measures: Type.Array(Measure, { description: 'The measures of the figures.' }),
  periods: Type.Array(Type.String(), { description: 'The labels of their periods, in order of time.' }),
  through: Nullable(
    Type.String({
      ...DateOnly,
      description:
        'The last day that an outcome reaches; before 31 December, only a part of the year is told.',
    }),
  ),
  observations: Type.Array(Id, { description: 'The figures and findings, in order of time.' }),
  documents: Type.Array(Id, {
    description: 'The documents that print any figure of the place for that year, of whatever indicator.',
  }),
  text: Type.String({ description: 'The reason, for a person to read.' }),
});
export type CoverageCell = Static<typeof CoverageCell>;
