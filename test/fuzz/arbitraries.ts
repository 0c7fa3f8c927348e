/** What may be asked of an operation, made from its parameters in the OpenAPI document: rightly, nearly rightly, and with malice. */
import fc from 'fast-check';
import type { Forgery } from './cursors.ts';
import type { DescribedOperation, Json, OpenApi, Parameter } from './document.ts';
import { days, hostileRaw, hostileTexts, nearDays, nearNumbers, oddValues } from './hostile.ts';
import type { Pool } from './pool.ts';
import {
  type Argument,
  encoded,
  type Inquiry,
  readAs,
  refusedBy,
  textValue,
  type Value,
  writtenAs,
} from './value.ts';

/** An inquiry whose cursor, if it has one, is still to be had. */
export interface Draft extends Inquiry {
  forgery?: Forgery;
  /** Which of the further questions is asked. */
  afterwards: 'nothing' | 'head' | 'again' | 'tagged' | 'next';
}

/** How the parameter that a draft is about is meant: as the document allows it, or does not. */
export type Intent = 'right' | 'wrong';

const longest = 6000;
const shorter = (value: Value): boolean => value.raw.length <= longest;

// Made once: what fast-check tries first of each takes it longer to find than a request takes.
const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyBytes = fc.string({ unit: 'binary', maxLength: 20 });
const ofPattern = new Map<string, fc.Arbitrary<string>[]>();

/** Values of the schema, of the data where there are any. */
function fitting(openApi: OpenApi, schema: Json, known: readonly unknown[]): fc.Arbitrary<unknown> {
  const fits = (value: unknown): boolean => openApi.faultOf(schema, value) === undefined;
  const words = schema['enum'] as string[] | undefined;
  if (words) return fc.constantFrom(...words);
  if (schema['type'] === 'integer') {
    const { minimum: min, maximum: max } = schema as { minimum: number; maximum: number };
    const few = [min, max, min + 1, ...known.filter(fits)];
    return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...few) }, fc.integer({ min, max }));
  }
  const made = [anyText, ...matching(String(schema['pattern'] ?? ''))];
  const own = [...known, ...days].filter(fits);
  if (own.length === 0) return fc.oneof(...made).filter(fits);
  return fc
    .oneof({ weight: 6, arbitrary: fc.constantFrom(...own) }, made.at(-1) as fc.Arbitrary<string>)
    .filter(fits);
}

/** What fast-check can make of a pattern: it knows no look-ahead. */
function matching(pattern: string): fc.Arbitrary<string>[] {
  let made = ofPattern.get(pattern);
  if (!made) {
    const unknown = pattern === '' || pattern.includes('(?') || pattern.includes('[^');
    made = unknown ? [] : [fc.stringMatching(new RegExp(pattern))];
    ofPattern.set(pattern, made);
  }
  return made;
}

/** A value that the document allows. */
function rightValue(
  openApi: OpenApi,
  pool: Pool,
  operation: DescribedOperation,
  parameter: Parameter,
): fc.Arbitrary<Value> {
  const { schema, items } = parameter;
  const one = fitting(openApi, items ?? schema, pool.valuesFor(operation, parameter));
  if (items === undefined) return one.map((value) => writtenAs(value));
  const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
  // A comma would make two values of one where they stand in an address.
  const plain = parameter.in === 'body' ? one : one.filter((value) => !String(value).includes(','));
  return fc
    .oneof(
      { weight: 12, arbitrary: fc.array(plain, { minLength: minItems, maxLength: 3 }) },
      {
        weight: 1,
        arbitrary: fc.array(plain, {
          minLength: Math.min(maxItems, 100),
          maxLength: Math.min(maxItems, 100),
        }),
      },
    )
    .map((values) => writtenAs(values))
    .filter(shorter);
}

/** A value of the data, so that it is not refused for what a schema cannot say; where there is none, an allowed one. */
const knownValue: typeof oddValue = (openApi, pool, operation, parameter) => {
  const own = pool.valuesFor(operation, parameter);
  if (own.length === 0) return rightValue(openApi, pool, operation, parameter);
  return fc.constantFrom(...own).map((value) => writtenAs(parameter.items ? [value] : value));
};

/** A value that the document does not allow, and that tells by itself which parameter it is of. */
const wrongValue: typeof oddValue = (openApi, pool, operation, parameter) =>
  oddValue(openApi, pool, operation, parameter).filter((value) => {
    const read = readAs(parameter, value);
    const inOnePart = parameter.in !== 'path' || (value.raw !== '' && String(read).length <= 200);
    return read !== undefined && inOnePart && refusedBy(openApi, [{ parameter, value }]).length > 0;
  });

/** A value that the document does not allow, or only just. */
function oddValue(
  openApi: OpenApi,
  pool: Pool,
  operation: DescribedOperation,
  parameter: Parameter,
): fc.Arbitrary<Value> {
  const { schema, items } = parameter;
  const single = items ?? schema;
  const {
    minimum = 0,
    maximum = 0,
    maxLength = 200,
  } = single as { minimum?: number; maximum?: number; maxLength?: number };
  const right = fitting(openApi, single, pool.valuesFor(operation, parameter)).map(String);
  const texts: fc.Arbitrary<string>[] = [
    mutated(right),
    fc.constantFrom(...hostileTexts),
    anyBytes,
    fc.constantFrom(maxLength, maxLength + 1).map((length) => 'a'.repeat(length)),
    ...(single['type'] === 'integer'
      ? [fc.constantFrom(`${minimum - 1}`, `${maximum + 1}`, ...nearNumbers)]
      : []),
    ...(String(single['pattern']).startsWith('^[0-9]{4}-')
      ? [fc.constantFrom(...nearDays), fc.constantFrom(...nearDays)]
      : []),
  ];
  const text = fc.oneof(...texts);
  const values: fc.Arbitrary<Value>[] = [
    text.map(textValue),
    fc.constantFrom(...hostileRaw).map((raw) => ({ raw, json: raw })),
  ];
  if (items !== undefined) {
    const mixed = fc.tuple(right, text).map((pair) => writtenAs(pair));
    const tooMany = right.map((one) => writtenAs(Array(Number(schema['maxItems'] ?? 100) + 1).fill(one)));
    values.push(
      mixed,
      tooMany,
      fc.constantFrom([], ['']).map((list) => writtenAs(list)),
    );
  }
  if (parameter.in === 'body') values.push(fc.jsonValue().map((json) => ({ raw: '', json })));
  return fc.oneof(...values).filter(shorter);
}

/** A letter less, more, twice or in capitals. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.nat(), fc.constantFrom('less', 'more', 'twice', 'capitals'))
    .map(([text, seed, how]) => {
      const at = seed % (text.length + 1);
      const [before, after] = [text.slice(0, at), text.slice(at)];
      if (how === 'less') return before + after.slice(1);
      if (how === 'twice') return before + after.slice(0, 1) + after;
      return how === 'more' ? `${before}x${after}` : text.toUpperCase();
    });
}

/** Cut off, a cursor is always refused. */
const cut: fc.Arbitrary<Forgery> = fc.record({ kind: fc.constant('cut' as const), at: fc.nat() });
const own: fc.Arbitrary<Forgery> = fc.constant({ kind: 'own' });
const forgeries: fc.Arbitrary<Forgery> = fc.oneof(
  fc.record({ kind: fc.constantFrom('cut', 'flipped', 'longer'), at: fc.nat() }),
  fc.record({ kind: fc.constant('of another list' as const) }),
  fc.record({ kind: fc.constant('of other arguments' as const) }),
  fc.record({
    kind: fc.constant('forged' as const),
    part: fc.nat({ max: 4 }),
    value: fc.oneof(
      fc.constantFrom(...oddValues),
      fc.constantFrom(
        '\u0000',
        "'",
        '\\',
        '%',
        '~'.repeat(1000),
        '\u{10ffff}',
        '\ud800',
        'a\nb',
        '000000000',
        '-1',
        [],
        {},
      ),
      fc.string({ maxLength: 30 }),
    ),
  }),
);

const tags = fc.oneof(
  fc.constantFrom(
    '*',
    '"*"',
    '""',
    'W/"a"',
    '"a", "b"',
    'a',
    '"',
    '"a',
    ',',
    '*, "a"',
    'W/*',
    '"\t"',
    `"${'a'.repeat(3000)}"`,
  ),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
);

function accepts(operation: DescribedOperation): fc.Arbitrary<string> {
  const others = [
    'text/html',
    'application/xml',
    'image/png',
    'application/json',
    'text/csv',
    'application/x-ndjson',
  ];
  const types = [
    ...(operation.responses.get(200)?.keys() ?? []),
    ...others,
    'text/*',
    'application/*',
    '*/*',
  ];
  const range = fc
    .tuple(
      fc.constantFrom(...types),
      fc.constantFrom('', ';q=0', ';q=1', ';q=0.5', ';q=', ';q=x', ';q=-1', ';q=2', ';charset=utf-8'),
    )
    .map(([type, quality]) => type + quality);
  const ranges = fc.array(range, { maxLength: 4 }).map((all) => all.join(', '));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...types) },
    { weight: 3, arbitrary: ranges },
    fc.constantFrom('', ' ', ',', '*', 'q=1', '/', 'a/b/c', ';;;', 'application/json;q=0, */*', '\u00ff'),
  );
}

/** Pieces of a query that no parameter has: unknown, repeated, empty, or only nearly a name. */
function extras(openApi: OpenApi, { parameters }: DescribedOperation): fc.Arbitrary<string> {
  const names = [...new Set(openApi.operations.flatMap((one) => one.parameters.map(({ name }) => name)))];
  const own = parameters.map(({ name }) => name);
  return fc.oneof(
    mutated(fc.constantFrom(...names)).map((name) => `${encoded(name)}=1`),
    fc.constantFrom(...names, ...own).map((name) => `${name}=1`),
    fc.constantFrom(
      '',
      '=',
      '&',
      '__proto__=1',
      'constructor',
      'limit[]=1',
      'limit[$gt]=1',
      '%00=1',
      '%FF',
      '%',
      'a=%',
      '?',
      '=1',
      '+',
    ),
  );
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, arbitrary);

const isCursor = ({ name }: Parameter): boolean => name === 'after';
const afterwards = fc.constantFrom('nothing', 'head', 'again', 'tagged', 'next');

/** Arguments that the operation needs, mostly those that it is known to answer with something. */
function neededOf(
  openApi: OpenApi,
  pool: Pool,
  operation: DescribedOperation,
): fc.Arbitrary<readonly Argument[]> {
  const answered = pool.answered(operation);
  if (answered.length > 0) return fc.constantFrom(...answered);
  const required = operation.parameters.filter((one) => one.required);
  return fc.tuple(...required.map((one) => argumentOf(rightValue(openApi, pool, operation, one), one)));
}

const argumentOf = (value: fc.Arbitrary<Value>, parameter: Parameter): fc.Arbitrary<Argument> =>
  value.map((one) => ({ parameter, value: one }));

/** Questions with what the operation needs, and nothing else. */
export const draftsWithout = (
  openApi: OpenApi,
  pool: Pool,
  operation: DescribedOperation,
): fc.Arbitrary<Draft> =>
  fc.record({
    operation: fc.constant(operation),
    args: neededOf(openApi, pool, operation),
    afterwards,
  });

/** Questions about a parameter, which is as it is meant, while all else is in order. */
export function draftsAbout(
  openApi: OpenApi,
  pool: Pool,
  operation: DescribedOperation,
  parameter: Parameter,
  intent: Intent,
): fc.Arbitrary<Draft> {
  const needed = neededOf(openApi, pool, operation);
  if (isCursor(parameter)) {
    const forgery = intent === 'right' ? own : cut;
    return fc.record({ operation: fc.constant(operation), args: needed, forgery, afterwards });
  }
  const make = intent === 'right' ? knownValue : wrongValue;
  const argument = argumentOf(make(openApi, pool, operation, parameter), parameter);
  const args = fc.tuple(needed, argument).map(([others, one]) => lastOfEach([...others, one]));
  return fc.record({ operation: fc.constant(operation), args, afterwards });
}

/** Questions of any kind: arguments together, right and odd, headers, cursors, and pieces of a query that nobody knows. */
export function draftsOf(openApi: OpenApi, pool: Pool, operation: DescribedOperation): fc.Arbitrary<Draft> {
  const plain = operation.parameters.filter((one) => !isCursor(one));
  const argument = (one: Parameter): fc.Arbitrary<Argument> => {
    const [right, odd] = [rightValue, oddValue].map((make) =>
      argumentOf(make(openApi, pool, operation, one), one),
    );
    return fc.oneof({ weight: 4, arbitrary: right as fc.Arbitrary<Argument> }, odd as fc.Arbitrary<Argument>);
  };
  const chosen = fc.subarray(plain, { maxLength: 3 }).chain((some) => fc.tuple(...some.map(argument)));
  const paged = plain.length < operation.parameters.length;
  return fc
    .record({
      needed: neededOf(openApi, pool, operation),
      chosen,
      forgery: sometimes(paged ? fc.oneof(own, forgeries) : fc.constant(undefined)),
      extra: sometimes(fc.array(extras(openApi, operation), { minLength: 1, maxLength: 2 })),
      accept: sometimes(accepts(operation)),
      ifNoneMatch: sometimes(tags),
      afterwards,
    })
    .map(({ needed, chosen, forgery, extra = [], accept, ifNoneMatch, afterwards }) => ({
      operation,
      args: lastOfEach([...needed, ...chosen]),
      ...{ extra, afterwards },
      ...(accept === undefined ? {} : { accept }),
      ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
      ...(forgery === undefined ? {} : { forgery }),
    }));
}

const lastOfEach = (args: readonly Argument[]): Argument[] => [
  ...new Map(args.map((one) => [one.parameter.name, one])).values(),
];
