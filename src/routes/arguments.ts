/**
 * Arguments out of an address: decoded and told apart, never bent into shape. What they may be is
 * checked behind the one door, for both mouths, and what does not read as a number stays text for it.
 */
import Type, { type TProperties, type TSchema } from 'typebox';
import { PublicError } from '../errors.ts';
import { Lang } from '../schema/argument.ts';
import type { Operation } from '../schema/operations.ts';

type Pair = readonly [name: string, value: string];

export interface ReadArguments {
  args: Record<string, unknown>;
  /** The decoded query, in the order given. */
  query: readonly Pair[];
}

/** What may stand in the query of an operation: its arguments that are not in its path. */
export function queryParameters(operation: Operation): TProperties {
  const all: [string, TSchema][] = Object.entries({ ...operation.args.properties, lang: Lang });
  return Object.fromEntries(all.filter(([name]) => !operation.path.includes(`{${name}}`)));
}

/** `params` are decoded already, `target` is the address as it was sent. */
export function readArguments(
  operation: Operation,
  params: Record<string, string>,
  target: string,
): ReadArguments {
  const schemas = new Map<string, TSchema>(Object.entries(queryParameters(operation)));
  const args = new Map<string, unknown>(Object.entries(params));
  const query = readQuery(target);
  for (const [name, value] of query) {
    if (args.has(name)) throw repeatedArgument(name);
    args.set(name, readValue(value, schemas.get(name)));
  }
  return { args: Object.fromEntries(args), query };
}

function readQuery(target: string): Pair[] {
  const [, ...query] = target.split('?');
  return query
    .join('?')
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name, ...value] = piece.split('=');
      return [decode(`${name}`), decode(value.join('='))];
    });
}

/** URLSearchParams would put U+FFFD where bytes are not UTF-8. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    const message = 'The query has a malformed percent-encoding or is not UTF-8.';
    throw new PublicError('bad_request', message, { cause });
  }
}

/** What a text of an address stands for. `0x10`, `1e2`, `+5` and ` 5` are no numbers here. */
export function readValue(text: string, schema: TSchema | undefined): unknown {
  if (Type.IsArray(schema)) return text.split(',');
  return Type.IsInteger(schema) && /^-?[1-9][0-9]{0,14}$|^0$/.test(text) ? Number(text) : text;
}

function repeatedArgument(name: string): PublicError {
  const message = `"${name}" is given more than once; the values of a list are separated by commas.`;
  return new PublicError('repeated_argument', message, { parameter: name });
}
