/** What values of a table's description mean. */

/** `1000` → 3; undefined for what is no power of ten. */
export function exponentOf(scale: number): number | undefined {
  const exponent = Math.round(Math.log10(scale));
  return scale > 0 && exponent >= -6 && exponent <= 9 && Number(`1e${exponent}`) === scale
    ? exponent
    : undefined;
}

/** `A` → 0, `AB` → 27, as spreadsheets count; undefined for what is no column of one. */
export function columnIndex(letters: string): number | undefined {
  if (!/^[A-Z]{1,3}$/.test(letters)) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** The other way round: 0 → `A`. */
export const lettersOf = (index: number): string =>
  (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
