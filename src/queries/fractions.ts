/** Exact numbers, for what floating point would blur: 7.27 beside 7.5, and 16/17 beside 94.1 %. */
import Fraction from 'fraction.js';
import { significantDigits } from './decimals.ts';

/** A figure as it is published: its shortest decimal form is what the source has. `1e-7` is a ten-millionth. */
export function fraction(figure: number): Fraction {
  const [digits = '', exponent = '0'] = String(figure).split('e');
  return new Fraction(digits).mul(new Fraction(10).pow(Number(exponent)));
}

export type Rounding = 'round' | 'floor' | 'ceil';

/** More than any figure has. */
const places = 40;

/** With so many decimals at most. */
export const decimalText = (number: Fraction, decimals: number, rounding: Rounding = 'round'): string =>
  number[rounding](decimals).toString(places);

/** The decimal form, where it has an end and at most the 15 significant digits of a figure. */
export function exactly(number: Fraction): string | null {
  const text = decimalText(number, places);
  return number.round(places).equals(number) && significantDigits(text) <= 15 ? text : null;
}
