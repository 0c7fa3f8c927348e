import fc from 'fast-check';
import Fraction from 'fraction.js';
import t from 'tap';
import { decimalText, differenceOf, exactly, isTooLong, sumOf } from '../../src/queries/fractions.ts';
import { fraction } from '../../src/schema/figure.ts';

t.test('figures are read exactly as they are published, and written without zeros at the end', async (t) => {
  const texts: [figure: number, text: string][] = [
    [0, '0'],
    [7.27, '7.27'],
    [-0.05, '-0.05'],
    [1200, '1200'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-2.5e-7, '-0.00000025'],
  ];
  for (const [figure, text] of texts) t.equal(exactly(fraction(figure)), text, String(figure));
});

t.test('what floating point blurs is exact: 7.27 − 7.5 is −0.23', async (t) => {
  t.equal(exactly(fraction(7.27).sub(fraction(7.5))), '-0.23');
  t.ok(fraction(0.3).sub(fraction(0.2)).equals(fraction(0.1)));
});

t.test('what has no end, or more than 15 digits, has no exact decimal form', async (t) => {
  t.equal(exactly(new Fraction(16, 17)), null);
  t.equal(exactly(new Fraction(1, 2n ** 60n)), null, 'it ends after 60 decimals');
  t.equal(exactly(new Fraction(1, 2n ** 30n)), null, 'it ends after 30, of which 21 are digits');
  t.equal(exactly(fraction(100_000_000_000).sub(fraction(0.00001))), null, 'it has 16 digits');
  t.equal(exactly(fraction(10_000_000_000).sub(fraction(0.00001))), '9999999999.99999');
});

t.test('decimals are rounded to the nearest, down or up, of negative figures too', async (t) => {
  const roundings: [number: Fraction, decimals: number, round: string, floor: string, ceil: string][] = [
    [new Fraction(2, 3), 2, '0.67', '0.66', '0.67'],
    [new Fraction(-1, 3), 2, '-0.33', '-0.34', '-0.33'],
    [new Fraction(1, 5), 1, '0.2', '0.2', '0.2'],
    [new Fraction(-7), 0, '-7', '-7', '-7'],
  ];
  for (const [number, decimals, ...texts] of roundings) {
    t.strictSame(
      [undefined, 'floor' as const, 'ceil' as const].map((way) => decimalText(number, decimals, way)),
      texts,
    );
  }
});

t.test('any figure of 15 digits comes out as it went in', async (t) => {
  const figure = fc
    .tuple(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), fc.integer({ min: 0, max: 20 }))
    .map(([digits, scale]) => Number(`${digits}e-${scale}`));
  fc.assert(fc.property(figure, (one) => t.equal(Number(exactly(fraction(one))), one)));
});

t.test('decimals are added and subtracted without floating point', async (t) => {
  t.equal(sumOf(['0.1', '0.2']), '0.3');
  t.equal(sumOf(['-1.5', '0.25']), '-1.25');
  t.equal(sumOf(['1200', '-200']), '1000');
  t.equal(sumOf(['-0.50', '0.5']), '0');
  t.equal(sumOf(['9007199254740993', '1']), '9007199254740994');
  t.equal(differenceOf('10491', '7476.9'), '3014.1');
  t.equal(differenceOf('0.3', '0.1'), '0.2');
  t.equal(differenceOf('1', '-0.5'), '1.5');
  t.equal(differenceOf('1.50', '1.5'), '0');
});

t.test('zeros around the digits do not count', async (t) => {
  const numbers = ['1200', '0.050', '-12.5', '0', '100000000000000.5', '123456789012345000'];
  t.strictSame(numbers.map(isTooLong), [false, false, false, false, true, false]);
});
