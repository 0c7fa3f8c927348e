/** Checks the arguments of an operation against its contract, the same for both mouths. */

import type { TProperties, TSchema } from 'typebox';
import { nearest, PublicError } from '../errors.ts';
import { Lang, padded } from '../schema/argument.ts';
import { datePattern, isDay } from '../schema/common.ts';
import { validatorOf } from '../schema/validator.ts';

interface Described {
  type?: string;
  enum?: readonly string[];
  items?: Described;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  pattern?: string;
  /** What a text must be, where the schema has a pattern for it. */
  'x-wants'?: string;
  'x-digits'?: readonly number[];
}

const fits = (schema: TSchema, value: unknown): boolean =>
  validatorOf(schema).Check(value) && daysExist(schema as Described, value);

function daysExist(schema: Described, value: unknown): boolean {
  if (!schema.pattern?.includes(datePattern)) return true;
  return value === wordBesideDay(schema) || isDay(value as string);
}

/** The word that an argument takes instead of a day: `any`. */
const wordBesideDay = ({ pattern }: Described): string | undefined => /\|\^(\w+)\$$/.exec(`${pattern}`)?.[1];

/** What the schema wants, for a person: `one of actual, estimate`, `a whole number from 1 to 500`. */
function wanted(schema: Described): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.items) return `a list of at most ${schema.maxItems} values, each ${wanted(schema.items)}`;
  if (schema.type === 'integer') return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.pattern?.startsWith(datePattern)) {
    const word = wordBesideDay(schema);
    return `a day that exists, as YYYY-MM-DD${word === undefined ? '' : `, or ${word}`}`;
  }
  return schema['x-wants'] as string;
}

function suggestionFor(schema: Described, value: unknown): string | undefined {
  // In a list that is too long no value need be wrong.
  if (Array.isArray(value) && value.length > Number(schema.maxItems)) return undefined;
  const lengths = schema['x-digits'] ?? schema.items?.['x-digits'];
  if (lengths) return suggestedCodes(schema.items ?? schema, value, lengths);
  const words = schema.enum ?? schema.items?.enum;
  const wrong = [value].flat().find((one) => typeof one === 'string' && !words?.includes(one));
  return words && typeof wrong === 'string' ? nearest(wrong, words) : undefined;
}

/** The codes with the zeros that they lack, if that is all that is wrong. */
function suggestedCodes(code: Described, value: unknown, lengths: readonly number[]): string | undefined {
  const pattern = new RegExp(String(code.pattern));
  const codes = [value].flat().map((one) => {
    const text = String(one);
    return pattern.test(text) ? text : padded(text, lengths);
  });
  return codes.includes(undefined) ? undefined : codes.join(',');
}

/** What was given instead: of a list that is too long its length, of another the first value at fault. */
function shown(schema: TSchema, value: unknown): string {
  const { items, maxItems } = schema as { items?: TSchema; maxItems?: number };
  if (items === undefined || maxItems === undefined || !Array.isArray(value)) return inShort(value);
  if (value.length > maxItems) return `${value.length} values`;
  const at = value.findIndex((one) => !fits(items, one));
  return value.length < 2 || at < 0 ? inShort(value) : `${inShort(value[at])} (value ${at + 1})`;
}

/** A list with its values, whatever lies deeper left out: a body may be nested deeper than the stack is. */
const inShort = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map(shallow) : shallow(value)).slice(0, 100);

function shallow(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? '[…]' : '{…}';
}

/** The arguments, or the first fault as a PublicError. `null` is absent. */
export function checkArguments(
  operation: string,
  schema: { properties: TProperties; required?: unknown },
  given: unknown,
): Record<string, unknown> {
  const properties: Record<string, TSchema> = { ...schema.properties, lang: Lang };
  const present = Object.entries((given ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  for (const [name, value] of present) {
    // Not `constructor` and its like, which every object has.
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!property) {
      const suggestion = nearest(name, Object.keys(properties));
      throw new PublicError('unknown_argument', `"${operation}" has no argument "${name.slice(0, 100)}".`, {
        parameter: name,
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    }
    if (!fits(property, value)) {
      const suggestion = suggestionFor(property as Described, value);
      throw new PublicError(
        'bad_argument',
        `"${name}" must be ${wanted(property as Described)}, not ${shown(property, value)}.`,
        {
          parameter: name,
          ...(suggestion === undefined ? {} : { suggestion }),
        },
      );
    }
  }
  const checked = Object.fromEntries(present);
  const missing = (schema.required as readonly string[] | undefined)?.find((name) => !(name in checked));
  if (missing !== undefined) {
    throw new PublicError('missing_argument', `"${operation}" needs the argument "${missing}".`, {
      parameter: missing,
    });
  }
  return checked;
}
