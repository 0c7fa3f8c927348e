/**
 * Folding: how text is compared when people type it. Diacritics, case, Vietnamese tone placement,
 * apostrophes, dashes between words, zeros before the number of a ward and runs of white space make
 * no difference; "Hòa", "Hoà" and "HOA" fold alike.
 */
import type { Alias, Names } from '../schema/common.ts';

/** What a name can be given as; null and absent names are left out. */
export type Named = string | null | undefined | Partial<Names> | Pick<Alias, 'text'> | readonly Named[];

export function fold(text: string): string {
  return tidy(decompose(text).replace(/\p{M}/gu, '').replace(/[đð]/g, 'd'));
}

/**
 * The same with every diacritic kept, but each tone at the end of its syllable, so that the two ways to
 * place it are one: "Hòa" and "Hoà" are alike, "Hà Nam" and "Hạ Nậm" are not.
 */
export function foldKeepingMarks(text: string): string {
  const syllables = decompose(text)
    .replace(/ð/g, 'đ')
    .replace(
      /[\p{L}\p{M}]+/gu,
      (syllable) => syllable.replace(tones, '') + (syllable.match(tones) ?? []).join(''),
    );
  return tidy(syllables);
}

/** Grave, acute, tilde, hook above, dot below: what is left belongs to the letter. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

const decompose = (text: string): string =>
  text
    .replace(/['‘’‛ʼ`´]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD');

/**
 * "Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu" → one text; "Phường 05" → "Phường 5", though
 * "05" by itself stays, as it may be a code.
 */
const tidy = (text: string): string =>
  text
    .replace(/[\s\u2010-\u2015-]*[\s\u2010-\u2015][\s\u2010-\u2015-]*/g, ' ')
    .replace(/(?<=[\p{L}\p{M}])-+(?=\p{L})/gu, ' ')
    .replace(/(?<=[\p{L}\p{M}] )0+(?=[1-9][0-9]?(?![\p{L}\p{N}]))/gu, '')
    .trim();

/** The `folded` column of a record: each of its names once, a line each, so that whole names can be told. */
export function foldedNames(...named: Named[]): string {
  return [...new Set(textsOf(named).map(fold))].filter((text) => text !== '').join('\n');
}

function textsOf(named: Named): string[] {
  if (typeof named === 'string') return [named];
  if (!named) return [];
  if (isList(named)) return named.flatMap(textsOf);
  if ('text' in named) return [named.text];
  return [named.vi, named.en, named.ar, named.he].flatMap(textsOf);
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(named: object): named is readonly Named[] {
  return Array.isArray(named);
}
