/** Exact numbers as texts, for what floating point would blur: 0.1 + 0.2, 7.27 beside 7.5, and 16/17 beside 94.1 %. */
import Fraction from 'fraction.js';

export type Rounding = 'round' | 'floor' | 'ceil';

/** More than any figure has. */
const places = 40;

/** With so many decimals at most. */
export const decimalText = (number: Fraction, decimals = places, rounding: Rounding = 'round'): string =>
  number[rounding](decimals).toString(places);

/** Of numbers as PostgreSQL prints them. */
export const sumOf = (numbers: readonly string[]): string =>
  decimalText(numbers.reduce((sum, number) => sum.add(number), new Fraction(0)));

/** `10491`, `7476.9` → `3014.1`. */
export const differenceOf = (number: string, less: string): string =>
  decimalText(new Fraction(number).sub(less));

/** `1200` → 2, `0.050` → 1. */
const significantDigits = (number: string): number =>
  number.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;

/** Whether it has more digits than a figure may have, which would be lost as a JSON number. */
export const isTooLong = (number: string): boolean => significantDigits(number) > 15;

/** The decimal form, where it has an end and is not too long. */
export function exactly(number: Fraction): string | null {
  const text = decimalText(number);
  return number.round(places).equals(number) && !isTooLong(text) ? text : null;
}
