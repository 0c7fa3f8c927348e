/** Sums and differences of decimal numbers as PostgreSQL prints them, exact where floating point is not: 0.1 + 0.2. */

export function sumOf(numbers: readonly string[]): string {
  const decimals = (number: string): string => number.split('.')[1] ?? '';
  const scale = Math.max(...numbers.map((number) => decimals(number).length));
  const scaled = (number: string): bigint =>
    BigInt(number.replace('.', '') + '0'.repeat(scale - decimals(number).length));
  const total = numbers.reduce((sum, number) => sum + scaled(number), 0n);
  const digits = `${total < 0n ? -total : total}`.padStart(scale + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
  return `${total < 0n ? '-' : ''}${whole}${`.${fraction}`.replace(/\.?0*$/, '')}`;
}

/** `10491`, `7476.9` → `3014.1`. */
export const differenceOf = (number: string, less: string): string =>
  sumOf([number, less.startsWith('-') ? less.slice(1) : `-${less}`]);

/** `1200` → 2, `0.050` → 1. */
export const significantDigits = (number: string): number =>
  number.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
