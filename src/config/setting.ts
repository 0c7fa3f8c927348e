/** What a setting is: a variable, its default, its rule, and how its text is read. */
import { type Fault, nearest } from '../errors.ts';

export interface Setting<T> {
  /** The environment variable. */
  name: string;
  description: string;
  /** As it would be written in the environment; null: unset means something of its own. */
  default: string | null;
  /** What the value must be, for the sentence "NAME must be …". */
  rule: string;
  /** Undefined if the text does not follow the rule. */
  read: (text: string) => T | undefined;
  /** The value holds a password: no message repeats it, and NAME_FILE may name a file that holds it. */
  secret?: boolean;
  /** The words that are allowed, where a misspelt one can be guessed. */
  words?: readonly string[];
}

/** A whole number in decimal, both ends included. */
export function whole(least: number, most: number): Pick<Setting<number>, 'rule' | 'read'> {
  return {
    rule: `a whole number from ${least} to ${most}`,
    read: (text) => {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}

/** One of some words, of which a misspelt one can be guessed. */
export const oneOf = <T extends string>(
  words: readonly T[],
): Required<Pick<Setting<T>, 'rule' | 'read' | 'words'>> => ({
  rule: `one of ${words.join(', ')}`,
  read: (text) => words.find((word) => word === text),
  words,
});

/** That the text does not follow the rule; the text is repeated unless it is a secret. */
export function faultOf({ name, rule, secret, words = [] }: Setting<unknown>, text: string): Fault {
  const suggestion = nearest(text, words);
  const message = secret
    ? `${name} must be ${rule}`
    : `${name} is ${JSON.stringify(text)} but must be ${rule}`;
  return { code: 'bad_setting', message, ...(suggestion === undefined ? {} : { suggestion }) };
}
