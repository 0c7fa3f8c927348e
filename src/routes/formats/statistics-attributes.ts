/** What is said of a figure besides its key and its value: attributes, of which none makes a figure another one. */
import { type DimensionId, nameOf, type Statement } from './statistics.ts';

type Value = string | number | null;

export interface Attribute {
  id: string;
  /** What it says, for the docs. */
  about: string;
  /** Whether it is a list. */
  many?: true;
  /** The dimension whose code it describes; else it is of the figure. */
  on?: DimensionId;
  of: (statement: Statement) => Value | readonly string[];
}

/** Of CL_OBS_STATUS, the first that holds: SDMX puts a break before all else. */
export const statuses = {
  B: 'Time series break',
  M: 'Missing value; data cannot exist',
  O: 'Missing value',
  P: 'Provisional value',
  E: 'Estimated value',
  A: 'Normal value',
} as const;

function statusOf({ breaks, value, unit, scenario }: Statement): keyof typeof statuses {
  if (breaks.length > 0) return 'B';
  if (value === null) return unit === 'status' ? 'M' : 'O';
  if (scenario === 'preliminary') return 'P';
  return scenario === 'estimate' ? 'E' : 'A';
}

const unique = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

export const attributes: readonly Attribute[] = [
  {
    id: 'OBS_STATUS',
    about:
      'SDMX:CL_OBS_STATUS: `B` a break against the point before (series), `M` a finding that no number can state, `O` a number that is not printed, `P` preliminary, `E` estimate, `A` any other.',
    of: statusOf,
  },
  {
    id: 'COMPARATOR',
    about: 'How the value is qualified: the words of `comparator`.',
    of: ({ comparator }) => comparator,
  },
  { id: 'VALUE_CODE', about: 'The finding without a number.', of: ({ valueCode }) => valueCode },
  { id: 'TREND', about: 'The direction reported without a number.', of: ({ trend }) => trend },
  { id: 'NUMERATOR', about: 'Of a printed fraction.', of: ({ numerator }) => numerator },
  { id: 'DENOMINATOR', about: 'Of a printed fraction.', of: ({ denominator }) => denominator },
  { id: 'OUT_OF', about: 'Out of how many a rank is.', of: ({ outOf }) => outOf },
  {
    id: 'OBSERVATION',
    about: 'The id of the observation: its address is `/v1/observations/{id}`. Empty for a residual.',
    of: ({ observation }) => observation,
  },
  {
    id: 'SUBSET_OF',
    about: 'The observation that this is a part of: never add the two up.',
    of: ({ subsetOf }) => subsetOf,
  },
  { id: 'FLAGS', about: 'The words of `flags`.', many: true, of: ({ flags }) => flags },
  {
    id: 'CONTRADICTIONS',
    about: 'Ids of the contradictions that it is a side of.',
    many: true,
    of: ({ contradictions }) => contradictions,
  },
  {
    id: 'CITATIONS',
    about: 'Ids of its citations. Empty in series: see those of OBSERVATION.',
    many: true,
    of: ({ citations }) => citations.map(({ id }) => id),
  },
  {
    id: 'DOCUMENTS',
    about: 'Ids of the documents that print it. Empty in series.',
    many: true,
    of: ({ citations }) => unique(citations.map(({ document }) => document?.id)),
  },
  {
    id: 'READINGS',
    about: 'What is printed but cannot be right: `readings`, as JSON.',
    of: ({ readings }) => (readings.length === 0 ? null : JSON.stringify(readings)),
  },
  { id: 'COMMENT_OBS', about: "The curator's remark.", of: ({ note }) => note },
  {
    id: 'BREAKS',
    about: 'Of a series, the kinds of its breaks.',
    many: true,
    of: ({ breaks }) => unique(breaks.map(({ kind }) => kind)),
  },
  { id: 'FORMULA', about: 'How a residual was computed.', of: ({ formula }) => formula },
  {
    id: 'INPUTS',
    about: 'The observations that a residual was computed from.',
    many: true,
    of: ({ inputs }) => inputs,
  },
  { id: 'OBSTACLE', about: 'Why a residual has no value.', of: ({ obstacle }) => obstacle },
  {
    id: 'TERRITORY',
    about: 'The day asked for by `territory`.',
    of: ({ comparability }) => comparability?.territory ?? null,
  },
  {
    id: 'COMPARABILITY',
    about: 'How the figure compares with the territory of that day: the words of `comparability.kind`.',
    of: ({ comparability }) => comparability?.kind ?? null,
  },
  {
    id: 'TERRITORY_VALUE',
    about: 'Of an `exact_sum`, the sum.',
    of: ({ comparability }) => comparability?.value ?? null,
  },
  {
    id: 'TERRITORY_UNIT',
    about: 'The unit of the sum.',
    of: ({ comparability }) => comparability?.unit ?? null,
  },
  { id: 'UNIT', about: 'The unit in one word, as in JSON: `billion_vnd`.', of: ({ unit }) => unit },
  {
    id: 'INDICATOR_NAME',
    about: 'Its name, in `lang`, else in English.',
    on: 'INDICATOR',
    of: ({ indicator }) => nameOf(indicator.name),
  },
  {
    id: 'PLACE',
    about: 'The id of the continuing place, whatever its codes and names.',
    on: 'REF_AREA',
    of: ({ place }) => place.placeId,
  },
  { id: 'REF_AREA_LEVEL', about: 'Its level.', on: 'REF_AREA', of: ({ place }) => place.level },
  {
    id: 'REF_AREA_CODE',
    about: 'Its official code at that time; codes were given again to other places.',
    on: 'REF_AREA',
    of: ({ place }) => place.code,
  },
  {
    id: 'REF_AREA_NAME',
    about: 'Its name, in `lang`, else in English.',
    on: 'REF_AREA',
    of: ({ place }) => nameOf(place.name),
  },
  { id: 'PERIOD_START', about: 'The first day.', on: 'TIME_PERIOD', of: ({ period }) => period.start },
  { id: 'PERIOD_END', about: 'The last day.', on: 'TIME_PERIOD', of: ({ period }) => period.end },
];
