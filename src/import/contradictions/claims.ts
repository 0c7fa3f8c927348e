/** What an observation claims: in which intervals, of which kinds of units, its true figure lies; and how two differ. */
import Fraction from 'fraction.js';
import { areApart, fraction, type Interval } from '../../schema/figure.ts';
import { canonical } from '../canonical.ts';
import type { Row } from '../desired.ts';
import { claimedBy, widened } from './interval.ts';

export type Observation = Row<'observations'>;

interface Claim {
  /** The kind of unit; two of one kind differ by a power of ten only. */
  base: string;
  interval: Interval;
  /** Computed from a printed fraction: what is compared with it was rounded. */
  computed: boolean;
  /** The same, with the last printed digit one up or down. */
  rounded: Interval;
}

const powers: Record<string, number> = { thousand: 3, million: 6, billion: 9, trillion: 12 };
/** Units that are others in other words. */
const known: Record<string, { base: string; power: number }> = {
  times: { base: 'ratio', power: 0 },
  percent: { base: 'ratio', power: -2 },
  per_mille: { base: 'ratio', power: -3 },
};

/**
 * `billion_vnd` is 10⁹ of `vnd`, a bare `thousand` is one of `number`. Money, counts and ratios are scaled by powers of
 * ten; nothing else is converted.
 */
export function unitOf(unit: string): { base: string; power: number } {
  const [first = '', ...rest] = unit.split('_');
  const power = powers[first];
  return known[unit] ?? (power ? { base: rest.join('_') || 'number', power } : { base: unit, power: 0 });
}

export function claimsOf(row: Observation): Claim[] {
  const claims = [...valueClaims(row), ...fractionClaims(row)];
  // A printed value comes before what its fraction would give.
  return claims.filter(({ base }, index) => claims.findIndex((claim) => claim.base === base) === index);
}

const tenTo = (power: number): Fraction => new Fraction(10).pow(power);

function valueClaims({ value, unit, comparator }: Observation): Claim[] {
  if (value === null) return [];
  const { base, power } = unitOf(unit);
  const interval = claimedBy(comparator, fraction(value).mul(tenTo(power)));
  const lastDigit = tenTo(power - decimalsOf(value));
  return [{ base, interval, computed: false, rounded: widened(interval, lastDigit) }];
}

/** 16/17 communes are 16 communes, and a share; the numerator is no figure where the unit is one of shares. */
export function fractionClaims(row: Observation): Claim[] {
  const { numerator, denominator, comparator, unit } = row;
  if (numerator === null || !denominator) return [];
  const { base, power } = unitOf(unit);
  const claim = (of: string, interval: Interval) => ({
    base: of,
    interval,
    computed: true,
    rounded: interval,
  });
  const ratio = claim('ratio', claimedBy(comparator, fraction(numerator).div(fraction(denominator))));
  return base === 'ratio'
    ? [ratio]
    : [ratio, claim(base, claimedBy(comparator, fraction(numerator).mul(tenTo(power))))];
}

/** What there is of it, by kind of unit: a value or a numerator, but no share, growth or rank. */
export function amountOf(row: Observation): Claim | undefined {
  if (row.measure !== 'value' && row.measure !== 'share') return undefined;
  return claimsOf(row).find(({ base }) => base !== 'ratio');
}

/** Whether two claims of one kind of unit cannot both be true. */
export function clash(a: Claim, b: Claim): boolean {
  return a.computed === b.computed ? areApart(a.interval, b.interval) : areApart(a.rounded, b.rounded);
}

/**
 * In what two observations of one thing differ so that one of them is wrong. Fractions of different wholes, and what
 * only one of the two says, are no difference.
 */
export function differenceOf(a: Observation, b: Observation): 'value' | 'rank' | 'unit' | undefined {
  if (differ(a.outOf, b.outOf)) return 'rank';
  if (differ(a.valueCode, b.valueCode)) return 'value';
  return differenceOfNumbers(a, b);
}

/** The same without the findings in words, which two reporters choose as they like. */
export function differenceOfNumbers(a: Observation, b: Observation): 'value' | 'rank' | 'unit' | undefined {
  if (differ(a.trend, b.trend)) return 'value';
  if (differ(a.denominator, b.denominator)) return undefined;
  const [claims, others] = [claimsOf(a), claimsOf(b)];
  if (claims.length === 0 || others.length === 0) return undefined;
  const shared = claims.flatMap((claim) =>
    others.filter(({ base }) => base === claim.base).map((other) => clash(claim, other)),
  );
  if (shared.length === 0) return 'unit';
  if (!shared.includes(true)) return undefined;
  if (a.measure === 'rank') return 'rank';
  return a.unit !== b.unit && digitsOf(a.value) === digitsOf(b.value) ? 'unit' : 'value';
}

function differ<T>(a: T | null, b: T | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** The figure as it is stored, for "the same figure". */
export function figureOf(row: Observation): string {
  const { comparator, value, valueCode, trend, unit, numerator, denominator, outOf } = row;
  return canonical([comparator, value, valueCode, trend, unit, numerator, denominator, outOf]);
}

/** The significant digits of a figure: `53389.7` and `533897` have the same. */
export function digitsOf(value: number | null): string {
  return value === null
    ? ''
    : value
        .toFixed(decimalsOf(value))
        .replace(/[-.]/g, '')
        .replace(/^0+|0+$/g, '');
}

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}

/** So exact that two records do not say the same by chance: not "about", and at least three digits. */
export function isTelling({ comparator, value }: Observation): boolean {
  return comparator === 'eq' && digitsOf(value).length >= 3;
}
