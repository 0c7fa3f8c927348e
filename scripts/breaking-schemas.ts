/** Two schemas of a contract compared: what breaks or surprises who asks with the one, or reads it. */
export type Json = { [key: string]: unknown };
export type Side = 'before' | 'after';

interface Context {
  /** An argument is asked with, the member of an answer is read. */
  direction: 'asked' | 'answered';
  /** Components that were compared already, by direction. */
  seen: Set<string>;
  resolved: (side: Side, schema: Json) => Json;
  breaks: (message: string) => void;
  surprises: (message: string) => void;
}

interface Pair {
  before: Json;
  after: Json;
}

export function compareSchemas(given: string, pair: Pair, context: Context): void {
  const before = plain('before', pair.before, context);
  const after = plain('after', pair.after, context);
  nullability(given, before, after, context);
  let place = given;
  if (before.name !== undefined && after.name !== undefined) {
    // What many operations share is compared, and told, once.
    const named = before.name === after.name ? after.name : `${after.name} (before: ${before.name})`;
    place = context.direction === 'asked' ? `${named} as an argument` : named;
    if (context.seen.has(place)) return;
    context.seen.add(place);
  }
  const plainPair = { before: before.schema, after: after.schema };
  if (!sameType(place, plainPair, context)) return;
  words(place, plainPair, context);
  if (context.direction === 'asked') limits(place, plainPair, context);
  else forms(place, plainPair, context);
  members(place, plainPair, context);
  for (const inner of ['items', 'additionalProperties']) {
    const [old, now] = [plainPair.before[inner], plainPair.after[inner]];
    if (isSchema(old) && isSchema(now)) compareSchemas(`${place}[]`, { before: old, after: now }, context);
  }
}

interface Plain {
  schema: Json;
  /** Of the component that it is. */
  name: string | undefined;
  nullable: boolean;
}

/** Without reference and null: `anyOf: [{$ref}, {type: null}]` and `type: [string, null]` are how null is written. */
function plain(side: Side, schema: Json, context: Context): Plain {
  const options = (schema['anyOf'] ?? schema['oneOf'] ?? []) as Json[];
  const others = options.filter((one) => one['type'] !== 'null');
  const [only] = others;
  if (only !== undefined && others.length === 1) {
    const inner = plain(side, only, context);
    return { ...inner, nullable: inner.nullable || options.length > 1 };
  }
  const types = [schema['type'] ?? []].flat() as string[];
  const [type, ...more] = types.filter((one) => one !== 'null');
  const nullable = types.includes('null');
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const inner = plain(side, context.resolved(side, schema), context);
    return { ...inner, name: reference.split('/').pop() };
  }
  const single = nullable && more.length === 0 ? { ...schema, type } : schema;
  return { schema: single, name: undefined, nullable };
}

function nullability(place: string, before: Plain, after: Plain, { direction, breaks }: Context): void {
  if (direction === 'answered' && after.nullable && !before.nullable) breaks(`${place} may be null now.`);
  if (direction === 'asked' && before.nullable && !after.nullable) breaks(`${place} takes no null any more.`);
}

/** Whole numbers are numbers: a reader of numbers can read them, and who asks with them can ask as before. */
function sameType(place: string, { before, after }: Pair, { direction, breaks }: Context): boolean {
  const [old, now] = [typeOf(before), typeOf(after)];
  const wider = direction === 'asked' ? [old, now] : [now, old];
  if (old === now || wider.join() === 'integer,number') return true;
  breaks(`${place} changed its type from ${old} to ${now}.`);
  return false;
}

function typeOf({ type, anyOf, oneOf }: Json): string {
  const options = (anyOf ?? oneOf) as Json[] | undefined;
  if (options) return options.map((one) => one['$ref'] ?? one['type']).join(' or ');
  return [type ?? 'anything'].flat().join(' or ');
}

/** The words of an enum, or the one value that there is. */
const wordsOf = (schema: Json): unknown[] | undefined =>
  (schema['enum'] as unknown[] | undefined) ??
  (schema['const'] === undefined ? undefined : [schema['const']]);

function words(place: string, { before, after }: Pair, { direction, breaks, surprises }: Context): void {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (direction === 'asked') {
    for (const word of (now && old)?.filter((one) => !now?.includes(one)) ?? []) {
      breaks(`${place} lost the word ${word}.`);
    }
    if (now && !old) breaks(`${place} takes a closed list of words now.`);
    return;
  }
  for (const word of (old && now)?.filter((one) => !old?.includes(one)) ?? []) {
    surprises(`${place} has the new word ${word}.`);
  }
  if (old && !now) surprises(`${place} is no closed list of words any more.`);
}

const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

/** Of what is asked: nothing that was taken may be refused. Whether a pattern is narrower nobody can tell. */
function limits(place: string, { before, after }: Pair, { breaks }: Context): void {
  for (const limit of [...lowest, ...highest]) {
    const [old, now] = [before[limit], after[limit]];
    if (now === undefined || now === old) continue;
    const isNarrower = old === undefined || Number(now) > Number(old) === lowest.includes(limit);
    if (isNarrower) breaks(`${place} has the ${limit} ${now}, before ${old ?? 'none'}.`);
  }
  for (const form of ['pattern', 'format', 'multipleOf', 'uniqueItems']) {
    if (after[form] !== undefined && after[form] !== before[form]) breaks(`${place} changed its ${form}.`);
  }
  if (before['default'] !== after['default']) breaks(`${place} changed its default.`);
}

/** Of what is answered: a client may have relied on the form of a text. */
function forms(place: string, { before, after }: Pair, { surprises }: Context): void {
  for (const form of ['pattern', 'format']) {
    if (before[form] !== undefined && after[form] !== before[form])
      surprises(`${place} changed its ${form}.`);
  }
}

function members(place: string, { before, after }: Pair, context: Context): void {
  const { direction, breaks } = context;
  const [old, now] = [schemasIn(before), schemasIn(after)];
  const [oldRequired, nowRequired] = [requiredIn(before), requiredIn(after)];
  for (const [name, schema] of Object.entries(old)) {
    const other = now[name];
    const member = `${place}.${name}`;
    if (other === undefined) breaks(`${member} was removed.`);
    else compareSchemas(member, { before: schema, after: other }, context);
    if (direction === 'answered' && other && oldRequired.has(name) && !nowRequired.has(name)) {
      breaks(`${member} is not always there any more.`);
    }
  }
  if (direction === 'answered') return;
  for (const name of nowRequired) if (!oldRequired.has(name)) breaks(`${place}.${name} is required now.`);
  if (after['additionalProperties'] === false && before['additionalProperties'] !== false) {
    breaks(`${place} takes no other members any more.`);
  }
}

const schemasIn = (schema: Json): Record<string, Json> =>
  (schema['properties'] ?? {}) as Record<string, Json>;
const requiredIn = (schema: Json): Set<string> => new Set((schema['required'] ?? []) as string[]);
const isSchema = (value: unknown): value is Json => typeof value === 'object' && value !== null;
