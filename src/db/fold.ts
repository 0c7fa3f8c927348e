/**
 * Folding: how text is compared when people type it. Diacritics, case, Vietnamese tone placement,
 * curly apostrophes and runs of white space make no difference; "Hòa", "Hoà" and "HOA" fold alike.
 */
import type { Alias, Names } from '../schema/common.ts';

/** What a name can be given as; null and absent names are left out. */
export type Named = string | null | undefined | Partial<Names> | Pick<Alias, 'text'> | readonly Named[];

export function fold(text: string): string {
  return text
    .replace(/[‘’‛ʼ`´]/g, "'")
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[đð]/g, 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

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
