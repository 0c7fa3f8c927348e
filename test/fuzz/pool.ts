/** What is known of the data before anything is fuzzed: records of every list, and arguments that are answered with something. */
import type { DescribedOperation, Json, OpenApi, Parameter } from './document.ts';
import { type Ask, jsonOf } from './service.ts';
import { type Argument, questionOf, type Value, writtenAs } from './value.ts';

/** Of a record the values of each of its members, however deep: `place` → the id and the code of the place. */
type Members = ReadonlyMap<string, readonly unknown[]>;

export interface Pool {
  /** Values of the data for a parameter. */
  valuesFor: (operation: DescribedOperation, parameter: Parameter) => readonly unknown[];
  /** Arguments that an operation answers with something; empty: it has nothing to tell. */
  answered: (operation: DescribedOperation) => readonly (readonly Argument[])[];
}

const most = { tries: 40, answered: 4, values: 60 };
/** What members tell of parameters of another name. */
const alsoFor: Record<string, string> = {
  start: 'from',
  end: 'to',
  vi: 'q',
  en: 'q',
  createdAt: 'asOf',
  number: 'release',
};

export async function poolOf(ask: Ask, openApi: OpenApi): Promise<Pool> {
  const lists = openApi.operations.filter(({ path, method }) => method === 'GET' && !/[{.]/.test(path));
  const records = new Map<string, Members[]>();
  for (const list of lists) {
    for (const extra of ['', 'on=any&', 'on=2025-06-30&']) {
      const answer = await ask({ method: 'GET', target: `${list.path}?${extra}limit=100` });
      const { items = [] } = answer.status === 200 ? (jsonOf(answer) as { items?: Json[] }) : {};
      const held = records.get(list.path) ?? [];
      held.push(...spread(items).map(membersOf));
      records.set(list.path, held);
    }
  }
  const all = [...records.values()].flat();
  const fitting: Fitting = (members, { name, schema, items }) =>
    (members.get(name) ?? []).filter((value) => openApi.faultOf(items ?? schema, value) === undefined);
  const valuesFor = valuesOf(openApi, records);

  const answered = new Map<string, Argument[][]>();
  for (const operation of openApi.operations) {
    // A file of a list is asked as the list is.
    const list = openApi.operations.find(({ path }) => operation.path.startsWith(`${path}.`));
    const found = list
      ? answered.get(list.id)
      : await answeredArguments(ask, operation, argumentsOf(operation, all, fitting, valuesFor));
    answered.set(
      operation.id,
      (found ?? []).map((args) => args.filter(({ parameter }) => takes(operation, parameter))),
    );
  }
  return { valuesFor, answered: ({ id }) => answered.get(id) ?? [] };
}

const takes = ({ parameters }: DescribedOperation, { name }: Parameter): boolean =>
  parameters.some((one) => one.name === name);

/** The values that a record has for a parameter by its name. */
type Fitting = (members: Members, parameter: Parameter) => unknown[];

/** Values of members of the name of a parameter, in a path those of the list before it; where there are none, any that fit. */
function valuesOf(openApi: OpenApi, records: ReadonlyMap<string, readonly Members[]>): Pool['valuesFor'] {
  const whole = merged([...records.values()].flat());
  const lists = new Map([...records].map(([path, own]) => [path, merged(own)] as const));
  const everything = [...new Set([...whole.values()].flat())];
  const known = new Map<string, readonly unknown[]>();
  return (operation, { name, in: place, schema, items }) => {
    const list = [...lists.keys()]
      .filter((path) => place === 'path' && operation.path.startsWith(`${path}/`))
      .sort((a, b) => b.length - a.length)[0];
    const single = items ?? schema;
    const key = JSON.stringify([list, name, single]);
    const held = known.get(key);
    if (held) return held;
    // Where the document gives examples of ids, they tell of what types they are.
    const types = ((single['examples'] ?? []) as string[]).map((one) => one.replace(/:.*/, ':'));
    const fits = (value: unknown): boolean =>
      (types.length === 0 || types.some((type) => String(value).startsWith(type))) &&
      openApi.faultOf(single, value) === undefined;
    const named = (list === undefined ? whole : (lists.get(list) as Members)).get(name)?.filter(fits) ?? [];
    const found = spread(named.length > 0 ? named : everything.filter(fits));
    known.set(key, found);
    return found;
  };
}

/** Some of all, from front and back alike: what is alike stands together. */
const spread = <T>(all: readonly T[]): T[] => {
  const step = Math.ceil(all.length / most.values);
  return all.filter((_one, at) => at % step === 0);
};

function merged(records: readonly Members[]): Members {
  const members = new Map<string, Set<unknown>>();
  for (const [name, values] of records.flatMap((one) => [...one])) {
    const held = members.get(name) ?? new Set();
    for (const value of values) held.add(value);
    members.set(name, held);
  }
  return new Map([...members].map(([name, values]) => [name, [...values]]));
}

/** Sets of arguments that may be answered with something: the example of the document, and what stands together in a record. */
function* argumentsOf(
  operation: DescribedOperation,
  records: readonly Members[],
  fitting: Fitting,
  valuesFor: Pool['valuesFor'],
): Generator<Argument[]> {
  const required = operation.parameters.filter((one) => one.required);
  const exampled = operation.parameters.filter(({ example }) => example !== undefined);
  if (required.every(({ example }) => example !== undefined)) {
    yield exampled.map((one) => ({ parameter: one, value: writtenAs(one.example) }));
  }
  if (required.length === 0) yield [];
  if (required.length < 2) {
    const [only] = required;
    for (const value of only ? valuesFor(operation, only) : []) {
      yield [{ parameter: only as Parameter, value: writtenAs(only?.items ? [value] : value) }];
    }
    return;
  }
  for (const record of records) {
    const values = required.map((one) => [one, fitting(record, one)[0]] as const);
    if (values.some(([, value]) => value === undefined)) continue;
    yield values.map(([parameter, value]) => ({ parameter, value: writtenAs(value) as Value }));
  }
}

async function answeredArguments(
  ask: Ask,
  operation: DescribedOperation,
  candidates: Iterable<Argument[]>,
): Promise<Argument[][]> {
  const found: Argument[][] = [];
  let tries = 0;
  for (const args of candidates) {
    if (found.length === most.answered || tries === most.tries) break;
    tries += 1;
    const answer = await ask(questionOf({ operation, args }));
    if (answer.status === 200 && !isEmpty(answer.headers['content-type'], answer.body)) found.push(args);
  }
  return found;
}

/** Of JSON whether a page has no item, of a file whether it has no line but that of a CSV's names. */
export function isEmpty(type: string | undefined, body: Buffer): boolean {
  if (type?.startsWith('application/json')) {
    const { items } = JSON.parse(body.toString('utf8')) as { items?: unknown[] };
    return items?.length === 0;
  }
  if (type?.includes('csv')) return body.indexOf('\n') === body.length - 1;
  return body.length === 0;
}

function membersOf(record: Json): Members {
  const members = new Map<string, Set<unknown>>();
  const add = (name: string, value: unknown): void => {
    members.set(name, (members.get(name) ?? new Set()).add(value));
    const year = typeof value === 'string' ? /^((?:19|20)\d\d)-\d\d-\d\d$/.exec(value)?.[1] : undefined;
    if (year !== undefined && name !== 'year') add('year', Number(year));
    const other = alsoFor[name];
    if (other !== undefined) add(other, other === 'asOf' ? String(value).slice(0, 10) : value);
  };
  const visit = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(name, one);
    else if (typeof value === 'object' && value !== null) {
      const { id, code, level } = value as Json;
      for (const one of [id, code]) if (typeof one === 'string') add(name, one);
      if (typeof level === 'string' && typeof code === 'string') add(name, `${level}:${code}`);
      for (const [member, part] of Object.entries(value)) visit(member, part);
    } else if (value !== null) add(name, value);
  };
  for (const [name, value] of Object.entries(record)) visit(name, value);
  return new Map([...members].map(([name, values]) => [name, [...values]]));
}
