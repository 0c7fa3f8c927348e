/** The door for edges: a batch of rows of one type at once. */
import type { TSchema } from 'typebox';
import { paging, withoutClocks } from '../schema/argument.ts';
import { linksOf } from '../schema/links.ts';
import { type ListName, operations } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, scopeOfCursor, type Through } from './cursor.ts';
import { findPages } from './edge-pages.ts';
import type { LinkQuery, ManyQuery, OneQuery } from './edges.ts';
import { findNodes, type Node } from './index.ts';
import { linkQueries } from './links.ts';
import { isCompleted } from './lists.ts';
import {
  asksForDay,
  type Checked,
  listQuery,
  pageOf,
  pageOfScope,
  partAsked,
  type Reading,
  startOf,
  undated,
} from './pages.ts';
import { narrowedBy } from './parts.ts';
import { dayAsked, placesOn, rememberDay, rememberedDay } from './places.ts';
import { leftOutNotice } from './publication.ts';
import type { Found, Slice } from './slices.ts';
import { findEach } from './source.ts';
import type { Context, Page, Row, Scope, Wanted } from './types.ts';

/** Answers an edge for a batch of rows of one type: a record or null each, or a page each. */
export async function answerLink(
  context: Context,
  scope: Scope,
  type: string,
  field: string,
  parents: readonly Row[],
  args: unknown,
  reading: Reading = {},
): Promise<(Page<Row> | Row | Node | null)[]> {
  const query = linkQuery(type, field);
  return query.kind === 'one'
    ? answerOne(context, scope, query, parents, reading.members)
    : answerMany(context, scope, `${type}.${field}`, query, parents, args, reading);
}

/** The members of the near end that an edge needs. */
export const membersRead = (type: string, field: string): readonly string[] =>
  linkQuery(type, field).key.members;

function linkQuery(type: string, field: string): LinkQuery {
  const query = (linkQueries as Record<string, Record<string, LinkQuery>>)[type]?.[field];
  if (!query) throw new Error(`no query for the link ${type}.${field}`);
  return query;
}

async function answerOne(
  context: Context,
  scope: Scope,
  { source, by, key, day }: OneQuery,
  parents: readonly Row[],
  members: Wanted['members'],
): Promise<(Row | Node | null)[]> {
  const asked = parents.map((parent) => ({ key: key.of(parent), on: day?.(parent) }));
  const found = new Map<string | undefined, Map<string, Row | Node>>();
  for (const on of new Set(asked.map((one) => one.on))) {
    const keys = asked.flatMap((one) => (one.on === on && one.key !== null ? [one.key] : []));
    const wanted = [...new Set(keys)];
    if (wanted.length === 0) continue;
    const records =
      source === 'Node'
        ? await findNodes(context, scope, wanted, members)
        : await findEach(context, scope, on === undefined ? source : placesOn(on), by, wanted, members);
    found.set(on, records);
  }
  return asked.map((one) => {
    const record = (one.key === null ? undefined : found.get(one.on)?.get(one.key)) ?? null;
    return record && rememberDay({ ...record }, one.on);
  });
}

async function answerMany(
  context: Context,
  current: Scope,
  name: string,
  query: ManyQuery,
  parents: readonly Row[],
  args: unknown,
  reading: Reading,
): Promise<Page<Row>[]> {
  const { operation, checked } = checkLinkArguments(name, args);
  const withDefaults = { ...query.defaults, ...checked };
  const part = partAsked(name, checked, reading);
  // What lies around a place is that of a day, which a cursor brings with it.
  const then = scopeOfCursor(part.after ?? part.before ?? '') ?? current;
  const keys = parents.map((parent) => query.key.of(parent, then, checked));
  const through = keys.map((key) => pageThrough(`${name} ${key}`, withDefaults));
  const starts = through.map((one) => startOf(part, one, current));
  const whole = { scope: current, slice: { ...part, after: undefined, before: undefined } };
  const { scope, slice } = starts[0] ?? whole;
  const read = async (listed: Checked, { members, ...asked }: Slice) => {
    const list = operation === undefined ? undefined : listQuery(operation)(listed, scope);
    const narrowed = (await list?.narrow?.(context, scope)) ?? [];
    const where = [...(list?.where ?? []), ...narrowed];
    const parts = narrowedBy(narrowed, list?.parts);
    const wanted = {
      ...asked,
      where,
      parts,
      members: list && isCompleted(list, members) ? undefined : members,
    };
    return { list, found: await findPages(context, scope, query, [...new Set(keys)], wanted) };
  };
  const { list, found } = await read(withDefaults, slice);
  const onPages = [...found.values()].flatMap(({ rows }) => rows);
  if (list && isCompleted(list, slice.members)) await list.complete?.(context, scope, onPages);
  const { notice: wanted = true } = reading;
  const leftOut =
    wanted && asksForDay(checked)
      ? (await read({ ...withDefaults, ...undated }, { limit: 1, after: undefined })).found
      : undefined;
  return keys.map((key, index) => {
    const notice = leftOutNotice(leftOut?.get(key)?.total ?? 0);
    const onePage = { ...pageOf(found.get(key) as Found, part, through[index] as Through, scope), notice };
    const page = pageOfScope(onePage, scope, current);
    if (!query.passesDay) return page;
    const on = checked['on'] as string | undefined;
    const day = on === undefined ? rememberedDay(parents[index] as Row) : dayAsked(on);
    return { ...page, items: page.items.map((row) => rememberDay({ ...row }, day)) };
  });
}

/** The arguments of a connection: paging, and those of the list operation that it names. */
function checkLinkArguments(
  name: string,
  args: unknown,
): { operation: ListName | undefined; checked: Checked } {
  const [type, field] = name.split('.') as [string, string];
  const operation = linksOf(type)[field]?.args;
  const properties =
    operation === undefined ? paging : withoutClocks<TSchema>(operations[operation].args.properties);
  return { operation, checked: checkArguments(name, { properties }, args) };
}
