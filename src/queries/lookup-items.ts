/** What an item of a lookup says: a code or a name, what lies above the place, and what else it may mean. */
import { bareOf, wordings, writeOut } from '../db/abbreviations.ts';
import { fold, foldKeepingMarks } from '../db/fold.ts';

export interface Item {
  /** The name or code, folded, as it is and with abbreviations written out. */
  heads: string[];
  /** What follows the commas, each part as the heads. */
  above: string[][];
  /** The head with its diacritics, where it has any. */
  marked: string[];
  /** Codes that it may be without their leading zeros. */
  padded: string[];
  /** The name without its type, where it has one. */
  bare: string[];
  isIso: boolean;
}

const codeLengths = [2, 3, 5];

export function readItem(text: string): Item {
  const [head = '', ...rest] = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const heads = wordings(head);
  const marked = [...new Set([head, writeOut(head)].map(foldKeepingMarks))];
  return {
    heads,
    above: rest.map(wordings),
    marked: foldKeepingMarks(head) === fold(head) ? [] : marked,
    padded: /^[0-9]+$/.test(head)
      ? codeLengths.filter((length) => length > head.length).map((length) => head.padStart(length, '0'))
      : [],
    bare: heads.map(bareOf).filter((name) => !heads.includes(name)),
    isIso: /^vn-?[0-9a-z]{2,3}$/i.test(head),
  };
}

/** All that can be looked for by a whole name or code. */
export const textsOf = ({ heads, padded, bare }: Item): string[] => [...heads, ...padded, ...bare];
