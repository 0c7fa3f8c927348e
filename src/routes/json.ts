/**
 * Records as JSON, by a serialiser that is compiled once for each shape: members in the order of the contract (PostgreSQL's
 * jsonb keeps none of its own), no others, in less time than copying them into that order takes. See `npm run bench -- json`.
 */
import fastJson, { type Schema } from 'fast-json-stringify';
import type { TSchema } from 'typebox';

interface Described {
  type?: string;
  /** Words, in a contract of ours. */
  enum?: string[];
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
}

export type Serialise = (value: unknown) => string;

/** No shape: by JSON.stringify. */
const anything = {} as Schema;

const compiled = new WeakMap<object, Serialise>();

/** Writes a value of the shape. Members that it lacks are left out; null stays null, wherever it stands. */
export function jsonOf(shape: TSchema): Serialise {
  const known = compiled.get(shape);
  if (known) return known;
  const serialise: Serialise = fastJson(plain(shape as Described));
  compiled.set(shape, serialise);
  return serialise;
}

/** What decides how a value is written. What has no shape of its own (a map, a value of several types) is written as it is. */
function plain({ type, enum: words, anyOf, items, properties }: Described): Schema {
  const [only, ...others] = anyOf?.filter((one) => one.type !== 'null') ?? [];
  if (only && others.length === 0) return plain(only);
  if (items) return { type: 'array', items: plain(items), nullable: true };
  if (properties) {
    const members = Object.entries(properties).map(([name, member]) => [name, plain(member)]);
    return { type: 'object', properties: Object.fromEntries(members), nullable: true };
  }
  if (type === 'string' || words) return { type: 'string', nullable: true };
  if (type === 'boolean') return { type, nullable: true };
  return type === 'integer' || type === 'number' ? { type: 'number', nullable: true } : anything;
}
