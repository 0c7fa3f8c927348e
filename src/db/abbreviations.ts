/**
 * What people write short in the name of a place: "TP.HCM", "Q.1", "TX Sa Pa". Written out, a question can
 * be compared with names as they are stored.
 */
import { fold } from './fold.ts';

/** Of two letters: with dots or without, before a name. */
const longWords: Readonly<Record<string, string>> = {
  tp: 'thành phố',
  tx: 'thị xã',
  tt: 'thị trấn',
  đk: 'đặc khu',
  dk: 'đặc khu',
};

/** Of one letter: with a dot, before a number, or as the first word before a name. */
const shortWords: Readonly<Record<string, string>> = {
  q: 'quận',
  h: 'huyện',
  p: 'phường',
  x: 'xã',
  t: 'tỉnh',
};

/** Names of their own. */
const wholeNames: Readonly<Record<string, string>> = {
  tphcm: 'thành phố hồ chí minh',
  hcm: 'hồ chí minh',
  hcmc: 'ho chi minh city',
  tphn: 'thành phố hà nội',
  hn: 'hà nội',
  brvt: 'bà rịa – vũng tàu',
};

const oneOf = (words: Readonly<Record<string, string>>): string =>
  Object.keys(words)
    .map((word) => [...word].join('\\.?'))
    .sort((one, other) => other.length - one.length)
    .join('|');
const notInWord = "(?<![\\p{L}\\p{M}\\p{N}.'])";

const rules: readonly [pattern: RegExp, words: Readonly<Record<string, string>>, after: string][] = [
  [
    new RegExp(`${notInWord}(?:${oneOf(longWords)})(?:\\.\\s*|\\s+)(?=[\\p{L}\\p{N}])`, 'giu'),
    longWords,
    ' ',
  ],
  [new RegExp(`${notInWord}(?:${oneOf(shortWords)})\\.\\s*(?=[\\p{L}\\p{N}])`, 'giu'), shortWords, ' '],
  [new RegExp(`${notInWord}[qp]\\s?(?=[0-9]{1,2}(?![\\p{L}\\p{N}]))`, 'giu'), shortWords, ' '],
  [new RegExp(`(?<=^|,\\s*)(?:${oneOf(shortWords)})\\s+(?=\\p{L}\\p{M}*\\p{L})`, 'giu'), shortWords, ' '],
  [new RegExp(`${notInWord}(?:${oneOf(wholeNames)})(?![\\p{L}\\p{M}\\p{N}'])`, 'giu'), wholeNames, ''],
];

/** `P. Bến Nghé, Q.1, TP.HCM` → `phường Bến Nghé, quận 1, thành phố hồ chí minh`; the rest stays as it is. */
export function writeOut(text: string): string {
  return rules.reduce(
    (written, [pattern, words, after]) =>
      written.replace(pattern, (short) => `${words[short.toLowerCase().replace(/[.\s]/g, '')]}${after}`),
    text.normalize('NFC').trim(),
  );
}

/** A question folded as it is and with its abbreviations written out: once, where there are none; nothing of a mere dash. */
export function wordings(text: string): string[] {
  return [...new Set([fold(text), fold(writeOut(text))])].filter((wording) => wording !== '');
}

const typesBefore = [...Object.values(longWords), ...Object.values(shortWords)].map(fold);
const typesAfter = [
  'urban district',
  'special zone',
  'province',
  'city',
  'district',
  'town',
  'ward',
  'commune',
  'township',
];
const aroundName = new RegExp(`^(?:${typesBefore.join('|')}) (?=.)|(?<=.) (?:${typesAfter.join('|')})$`);

/** A folded name without the word for the type of the unit: `xa cuc phuong`, `cuc phuong commune` → `cuc phuong`. */
export const bareOf = (folded: string): string => folded.replace(aroundName, '');
