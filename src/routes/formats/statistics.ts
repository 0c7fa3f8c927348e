/**
 * Figures as statistics: what an observation or a point of a series states, told apart by dimensions. SDMX-CSV and
 * JSON-stat are written from the same; docs/statistics.md says why each is as it is.
 */
import type { Row } from '../../queries/types.ts';
import type { Names } from '../../schema/common.ts';
import type { Observation } from '../../schema/observation.ts';
import type { OperationName } from '../../schema/operations.ts';
import type { Series, SeriesPoint } from '../../schema/series.ts';
import { frequencyOf, timePeriodOf } from './sdmx-time.ts';

/** An observation, or a point of a series with what all points of it have in common. */
export interface Statement
  extends Omit<Observation, 'id' | 'comparator'>,
    Pick<SeriesPoint, 'kind' | 'observation' | 'comparator' | 'breaks' | 'formula' | 'inputs' | 'obstacle'> {}

/** A value of a dimension: the code in a key, and how people call it. */
export interface Category {
  code: string;
  label: string;
}

export interface Dimension {
  id: string;
  /** How people call it. */
  label: string;
  /** What its codes are, for the docs. */
  codes: string;
  /** The code that says nothing special: where all have it, a cube needs no such dimension. */
  usual?: string;
  of: (statement: Statement) => Category;
}

/** What an observation does not say, and what a point of a series does not. */
const ofObservations = { kind: 'reported' as const, breaks: [], formula: null, inputs: [], obstacle: null };
const ofPoints = { subsetOf: null, readings: [], note: null, citations: [] };

/** The statements of records of either operation. */
export function statementsOf(name: OperationName, rows: readonly Row[]): Statement[] {
  if (name !== 'series') {
    return (rows as (Row & Observation)[]).map((row) => ({ ...row, ...ofObservations, observation: row.id }));
  }
  return (rows as (Row & Series)[]).flatMap(({ points, measure, unit, dimensions: breakdown }) =>
    points.map((point) => ({ ...ofPoints, ...point, measure, unit, dimensions: breakdown })),
  );
}

const notApplicable: Category = { code: '_Z', label: 'Not applicable' };
const total: Category = { code: '_T', label: 'Total' };
const unspecified: Category = { code: '_U', label: 'Not specified' };

/** A word of a closed list: `plan_share` → `Plan share`. */
export const wordOf = (code: string): Category => {
  const label = code.replaceAll('_', ' ');
  return { code, label: label.charAt(0).toUpperCase() + label.slice(1) };
};

/** `place_version:70002@2024-01-01` → `70002@2024-01-01`: a code must not hold a colon, nor a point, which parts keys. */
export const codeOf = (id: string): string => id.slice(id.indexOf(':') + 1).replaceAll('.', '$');

/** The name in the language asked for, else in English, else in what there is. */
export const nameOf = ({ label, en, vi, ar, he }: Names): string | null =>
  label?.text ?? en ?? vi ?? ar ?? he;

export const named = (code: string, names: Names): Category => ({ code, label: nameOf(names) ?? code });

const powers: Readonly<Record<string, number>> = { thousand: 3, million: 6, billion: 9, trillion: 12 };
/** Units that SDMX has a code for: the currency by ISO 4217, and per cent. */
const known: Readonly<Record<string, Category>> = {
  vnd: { code: 'VND', label: 'Vietnamese đồng' },
  percent: { code: 'PT', label: 'Per cent' },
};

/** `billion_vnd` → VND, multiplied by 10⁹; `villages` as it is. */
function unitOf(unit: string): { measure: Category; power: number } {
  const [first = '', ...rest] = unit.split('_');
  const power = powers[first];
  const word = power === undefined || rest.length === 0 ? unit : rest.join('_');
  return { measure: known[word] ?? wordOf(word), power: (word !== unit && power) || 0 };
}

/** `{tier: 'district', organisation: 'front'}` → `organisation=front,tier=district`. */
function breakdownOf({ dimensions }: Statement): Category {
  const pairs = Object.entries(dimensions).map((pair) => pair.join('='));
  return pairs.length === 0 ? total : { code: pairs.sort().join(','), label: pairs.join(', ') };
}

function basePeriodOf({ basis }: Statement): Category {
  if (basis === null) return notApplicable;
  const { start, end } = basis;
  if (start === null || end === null) return unspecified;
  const code = timePeriodOf({ start, end });
  return { code, label: code };
}

/**
 * An exact number about which nothing disagrees is the only one of its key. Of all else there may be more: sources that
 * contradict each other, bounds that are both true, findings in words.
 */
function isAlone(statement: Statement): boolean {
  const { kind, comparator, value, contradictions } = statement;
  const { valueCode, trend, numerator, denominator, outOf } = statement;
  const more = [valueCode, trend, numerator, denominator, outOf].some((one) => one !== null);
  return (
    kind === 'residual' || (comparator === 'eq' && value !== null && !more && contradictions.length === 0)
  );
}

export const claimOf = (statement: Statement): Category => {
  const code = codeOf(String(statement.observation));
  return { code, label: code };
};

/** The key of a statement, in the order of the structure; no two statements of a list have the same. */
export const dimensions = [
  {
    id: 'FREQ',
    label: 'Frequency',
    codes:
      'SDMX:CL_FREQ, by the length of the period: `A`, `S`, `Q`, `M`; `_O` any other; `_Z` a state on a day',
    of: ({ period }) => frequencyOf(period),
  },
  {
    id: 'REF_AREA',
    label: 'Reference area',
    codes: 'the version of the place that the figure was reported for: its id without `place_version:`',
    of: ({ place }) => named(codeOf(place.id), place.name),
  },
  {
    id: 'INDICATOR',
    label: 'Indicator',
    codes: 'codes of `/v1/indicators`',
    of: ({ indicator }) => named(indicator.code, indicator.name),
  },
  { id: 'MEASURE', label: 'Measure', codes: 'the words of `measure`', of: ({ measure }) => wordOf(measure) },
  {
    id: 'UNIT_MEASURE',
    label: 'Unit of measure',
    codes: '`VND` (ISO 4217), `PT` per cent, else the word of `unit` without its multiplier',
    of: ({ unit }) => unitOf(unit).measure,
  },
  {
    id: 'UNIT_MULT',
    label: 'Unit multiplier',
    codes: 'SDMX:CL_UNIT_MULT: the power of ten that OBS_VALUE is to be multiplied by; `9` for `billion_vnd`',
    of: ({ unit }) => {
      const { power } = unitOf(unit);
      return { code: String(power), label: power === 0 ? 'Units' : `10^${power}` };
    },
  },
  {
    id: 'SCENARIO',
    label: 'Scenario',
    codes: 'the words of `scenario`',
    of: ({ scenario }) => wordOf(scenario),
  },
  {
    id: 'CUMULATION',
    label: 'Cumulation',
    codes: '`Y`: accumulated from the start of the year; `N`: of the period itself',
    usual: 'N',
    of: ({ period }) =>
      period.cumulative
        ? { code: 'Y', label: 'From the start of the year' }
        : { code: 'N', label: 'Of the period itself' },
  },
  {
    id: 'BASIS',
    label: 'Kind of basis',
    codes: 'the words of `basis.kind`; `_Z` without a basis',
    usual: '_Z',
    of: ({ basis }) => (basis === null ? notApplicable : wordOf(basis.kind)),
  },
  {
    id: 'BASE_PER',
    label: 'Base period',
    codes: 'the period of the basis, as in TIME_PERIOD; `_U` where it is not printed, `_Z` without a basis',
    usual: '_Z',
    of: basePeriodOf,
  },
  {
    id: 'BASIS_ISSUER',
    label: 'Issuer of the basis',
    codes: 'whose plan it was: the id without `body:`; `_U` where it is not printed, `_Z` without a basis',
    usual: '_Z',
    of: ({ basis }) => (basis === null ? notApplicable : bodyOf(basis.issuer)),
  },
  {
    id: 'ISSUER',
    label: 'Issuer',
    codes: 'the body that set or reported the figure: its id without `body:`; `_U` where it is not printed',
    usual: '_U',
    of: ({ issuer }) => bodyOf(issuer),
  },
  {
    id: 'SCOPE',
    label: 'Scope',
    codes: 'what the figure covers, in words; `_T` the whole place',
    usual: '_T',
    of: ({ scope }) => (scope === null ? total : { code: scope, label: scope }),
  },
  {
    id: 'BREAKDOWN',
    label: 'Breakdown',
    codes: 'the map `dimensions`, by name: `organisation=front,tier=district`; `_T` without one',
    usual: '_T',
    of: breakdownOf,
  },
  {
    id: 'POINT_KIND',
    label: 'Reported or computed',
    codes: '`reported`, or `residual`: computed, of a series with `include=residuals`',
    usual: 'reported',
    of: ({ kind }) => wordOf(kind),
  },
  {
    id: 'DATASET',
    label: 'Imported table',
    codes:
      'the imported table that the figure stands in: its id without `dataset:`; `_Z` where a document says it',
    usual: '_Z',
    of: ({ dataset }) => (dataset === null ? notApplicable : wordOf(codeOf(dataset))),
  },
  {
    id: 'CLAIM',
    label: 'Claim',
    codes:
      '`_Z`: an exact number that nothing disagrees with. Of all else there may be several: the id without `observation:`',
    usual: '_Z',
    of: (statement) => (isAlone(statement) ? notApplicable : claimOf(statement)),
  },
  {
    id: 'TIME_PERIOD',
    label: 'Time period',
    codes:
      '`2023`, `2023-S1`, `2023-Q4`, `2023-09`, `2023-10-31`; any other as its start and length, `2023-01-01/P9M`',
    of: ({ period }) => ({ code: timePeriodOf(period), label: period.label }),
  },
] as const satisfies readonly Dimension[];

export type DimensionId = (typeof dimensions)[number]['id'];

const bodyOf = (body: Observation['issuer']): Category =>
  body === null ? unspecified : named(codeOf(body.id), body.name);
