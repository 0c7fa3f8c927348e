/** Figures as a cube of JSON-stat 2.0: dimensions with their categories, and of each cell that is told its value, status and attributes. */
import { PublicError } from '../../errors.ts';
import { limits } from '../../schema/config.ts';
import { Measure, Scenario } from '../../schema/observation.ts';
import {
  type Category,
  claimOf,
  type Dimension,
  type DimensionId,
  dimensions,
  type Statement,
  wordOf,
} from './statistics.ts';
import { attributes, statuses } from './statistics-attributes.ts';

type Json = Record<string, unknown>;

/** A dimension of one cube, with the category of each statement. */
interface Axis {
  id: string;
  label: string;
  /** In the order of the cube. */
  categories: Category[];
  codes: readonly string[];
}

/** Every cube has these, in this order; the others follow where they tell figures apart, or say anything. */
const always: readonly DimensionId[] = ['INDICATOR', 'REF_AREA', 'TIME_PERIOD', 'MEASURE', 'SCENARIO'];
/** The frequency follows from the period, a breakdown is told by dimensions of its own. */
const never: readonly DimensionId[] = ['FREQ', 'BREAKDOWN', 'CLAIM'];
/** In the order of the contract. */
const ordered: Partial<Record<string, readonly string[]>> = {
  MEASURE: Measure.enum,
  SCENARIO: Scenario.enum,
};
const role = { time: ['TIME_PERIOD'], geo: ['REF_AREA'], metric: ['MEASURE'] };
const disputed = 'More than one thing is said of a cell by itself: CLAIM tells them apart.';

/** What a cube cannot hold is refused before anything is sent. */
export function tooLarge(what: string): PublicError {
  const message = `JSON-stat would need ${what}; ask for less, with "indicator", "place", "from" and "to", or for SDMX-CSV, which has no such limit.`;
  return new PublicError('bad_argument', message);
}

/** The members of a dataset that hold the figures: `id`, `size`, `role`, `dimension`, `value`, `status`, `extension`. */
export function cubeOf(statements: readonly Statement[]): Json & { extension: Json } {
  const axes = axesOf(statements);
  const size = axes.map(({ categories }) => categories.length);
  if (size.reduce((product, one) => product * one, 1) > limits.cubeCellsMax) {
    throw tooLarge(`more than ${limits.cubeCellsMax} cells for an indicator`);
  }
  const cells = cellsOf(axes, statements.length);
  const ofCells = (values: readonly unknown[]): Json =>
    Object.fromEntries(values.map((value, index) => [String(cells[index]), value]));
  const isDisputed = axes.some(({ id }) => id === 'CLAIM');
  const figures = statements.map(attributesOf);
  return {
    ...(isDisputed ? { note: [disputed] } : {}),
    id: axes.map(({ id }) => id),
    size,
    role,
    dimension: Object.fromEntries(axes.map((axis) => [axis.id, dimensionOf(axis, statements)])),
    // A finding without a number is null: readers take an object without any member for no data at all.
    value: ofCells(statements.map(({ value }) => value)),
    status: ofCells(figures.map(({ OBS_STATUS }) => OBS_STATUS)),
    extension: { status: { label: statuses }, figure: ofCells(figures) },
  };
}

function axesOf(statements: readonly Statement[]): Axis[] {
  const isUnclear = isOfSeveralUnits(statements);
  const chosen = dimensions.filter(({ id, ...dimension }) => {
    if (never.includes(id)) return false;
    if (always.includes(id)) return true;
    const { usual } = dimension as Partial<Dimension>;
    return usual === undefined ? isUnclear : statements.some((one) => dimension.of(one).code !== usual);
  });
  const first = always.map((id) => chosen.find((one) => one.id === id) as Dimension);
  const others = chosen.filter(({ id }) => !always.includes(id));
  const axes = [...first, ...others, ...breakdowns(statements)].map((one) => axisOf(one, statements));
  const claims = claimsOf(axes, statements);
  return claims ? [...axes, claims] : axes;
}

/** Whether a measure is given in two units, so that the unit does not follow from it. */
const isOfSeveralUnits = (statements: readonly Statement[]): boolean =>
  new Set(statements.map(({ measure, unit }) => `${measure} ${unit}`)).size >
  new Set(statements.map(({ measure }) => measure)).size;

/** Each name of a breakdown is a dimension of its own. */
function breakdowns(statements: readonly Statement[]): Dimension[] {
  const names = new Set(statements.flatMap((statement) => Object.keys(statement.dimensions)));
  return [...names].sort().map((name) => ({
    id: name,
    label: wordOf(name).label,
    codes: name,
    of: (statement) => wordOrTotal(statement.dimensions[name]),
  }));
}

const wordOrTotal = (word: string | undefined): Category =>
  word === undefined ? { code: '_T', label: 'Total' } : wordOf(word);

function axisOf({ id, label, of }: Omit<Dimension, 'codes'>, statements: readonly Statement[]): Axis {
  const all = statements.map((statement) => {
    const category = of(statement);
    return { ...category, order: orderOf(id, category, statement) };
  });
  const categories = [...new Map(all.map((category) => [category.code, category])).values()];
  categories.sort((one, other) => (one.order < other.order ? -1 : 1));
  return { id, label, categories, codes: all.map(({ code }) => code) };
}

/** By time, in the order of the contract, else by code. */
function orderOf(id: string, { code }: Category, { period: { start, end } }: Statement): string {
  if (id === 'TIME_PERIOD') return `${end} ${start}`;
  const words = ordered[id];
  return words ? String(words.indexOf(code)) : code;
}

/** Where several statements have one cell, each has a claim of its own; the others have none. */
function claimsOf(axes: readonly Axis[], statements: readonly Statement[]): Axis | undefined {
  const keys = cellsOf(axes, statements.length);
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size === statements.length) return undefined;
  const single: Category = { code: '_Z', label: 'Not applicable' };
  const claims = new Map(
    statements.map((one, index) => [one, counts.get(keys[index] as number) === 1 ? single : claimOf(one)]),
  );
  return axisOf({ id: 'CLAIM', label: 'Claim', of: (one) => claims.get(one) as Category }, statements);
}

/** The number of the cell of each statement: the last dimension varies first. */
function cellsOf(axes: readonly Axis[], count: number): number[] {
  const cells = new Array<number>(count).fill(0);
  for (const { categories, codes } of axes) {
    const places = new Map(categories.map(({ code }, place) => [code, place]));
    codes.forEach((code, index) => {
      cells[index] = (cells[index] as number) * categories.length + (places.get(code) as number);
    });
  }
  return cells;
}

function dimensionOf({ id, label, categories, codes }: Axis, statements: readonly Statement[]): Json {
  const described = attributes.filter(({ on }) => on === id);
  const about = new Map(codes.map((code, index) => [code, statements[index] as Statement]));
  const extension = categories.map(({ code }) => [
    code,
    Object.fromEntries(described.map((one) => [one.id, one.of(about.get(code) as Statement)])),
  ]);
  return {
    label,
    category: {
      index: categories.map(({ code }) => code),
      label: Object.fromEntries(categories.map((one) => [one.code, one.label])),
      ...(id === 'MEASURE' ? unitsOf(statements) : {}),
    },
    ...(described.length > 0 ? { extension: Object.fromEntries(extension) } : {}),
  };
}

/** The unit of each measure, where it has one only. */
function unitsOf(statements: readonly Statement[]): Json {
  if (isOfSeveralUnits(statements)) return {};
  const units = new Map<string, { label: string; decimals: number }>();
  for (const { measure, unit, value } of statements) {
    const decimals = Math.max(units.get(measure)?.decimals ?? 0, decimalsOf(value));
    units.set(measure, { label: wordOf(unit).label, decimals });
  }
  return { unit: Object.fromEntries(units) };
}

/** `1e-7` has seven. */
function decimalsOf(value: number | null): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}

/** What is said of a figure; what says nothing is left out. */
function attributesOf(statement: Statement): Json {
  const said = attributes
    .filter(({ on }) => on === undefined)
    .map(({ id, of }) => [id, of(statement)] as const)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said);
}
