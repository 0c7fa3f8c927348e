/** `govdata diff`: what differs between two releases, record by record and member by member. */
import type pg from 'pg';
import type { Database } from '../db/client.ts';
import { requireMigrated } from '../db/migrated.ts';
import { compareTexts, groupBy } from '../lists.ts';
import { canonical } from './canonical.ts';
import type { ReleasedTable } from './desired.ts';
import { typeOf } from './ids.ts';
import { type Layout, layouts, type StoredRow } from './layout.ts';
import { bareRow, liveAt, requireReleases } from './tables-at.ts';

export interface Diff {
  from: number;
  to: number;
  /** Types without a difference are left out. */
  byType: TypeDiff[];
  /** By id. */
  records: RecordDiff[];
}

export type DiffKind = 'added' | 'revised' | 'withdrawn';

export interface TypeDiff extends Record<DiffKind, number> {
  type: string;
}

export interface RecordDiff {
  id: string;
  /** The record that a citation or a correction belongs to. */
  fact: string | null;
  change: DiffKind;
  /** What has another value, or began or ended with the record. */
  members: MemberDiff[];
  /** Links of the record that are on one side alone. */
  links: LinkDiff[];
}

/** Members and links are called as in the `state` of a change. */
export interface MemberDiff {
  member: string;
  before: unknown;
  after: unknown;
}

export interface LinkDiff {
  member: string;
  change: 'added' | 'withdrawn';
  link: StoredRow;
}

/** Tables of links → the member of the record that holds them. */
export const linkMembers: Readonly<Partial<Record<ReleasedTable, string>>> = {
  placeLinks: 'links',
  taskBodies: 'bodies',
  taskPlaces: 'localities',
  indicatorLinks: 'possiblySameAs',
  contradictionSides: 'sides',
};

/** The difference leads from `from` to `to`, whichever is the later. Throws if a release does not exist. */
export async function diffReleases(database: Database, from: number, to: number): Promise<Diff> {
  await requireMigrated(database);
  await requireReleases(database.pool, [from, to]);
  const sides: OneSided[] = [];
  for (const [name, layout] of layouts) {
    sides.push(...(await oneSided(database.pool, layout, linkMembers[name], from, to)));
  }
  const records = [...groupBy(sides, ({ id }) => id)]
    .map(([id, rows]) => recordDiff(id, rows))
    .filter(({ members, links }) => members.length + links.length > 0)
    .sort((a, b) => compareTexts(a.id, b.id));
  return { from, to, byType: countByType(records), records };
}

function countByType(records: readonly RecordDiff[]): TypeDiff[] {
  return [...groupBy(records, ({ id }) => typeOf(id))].map(([type, list]) => {
    const count = (kind: DiffKind) => list.filter(({ change }) => change === kind).length;
    return { type, added: count('added'), revised: count('revised'), withdrawn: count('withdrawn') };
  });
}

/** A row that was current in one of the two releases, and not in the other. */
interface OneSided {
  /** Of the record that it belongs to. */
  id: string;
  /** The member that holds it, if it is a link. */
  holder: string | undefined;
  /** By names of members, without what names the record. */
  row: StoredRow;
  after: boolean;
}

async function oneSided(
  pool: pg.Pool,
  { table, columns, key }: Layout,
  holder: string | undefined,
  from: number,
  to: number,
): Promise<OneSided[]> {
  const { rows } = await pool.query<{ row: StoredRow; after: boolean }>(
    `select ${bareRow} as row, ${liveAt('$2')} as after from ${table} t
     where (${liveAt('$1')}) <> (${liveAt('$2')})`,
    [from, to],
  );
  const owner = String(key[0]);
  // What `q` searches is made of the other members.
  const said = columns.filter(([, column]) => column !== owner && column !== 'folded');
  return rows.map(({ row, after }) => ({
    id: String(row[owner]),
    holder,
    row: Object.fromEntries(said.map(([member, column]) => [member, row[column]])),
    after,
  }));
}

function recordDiff(id: string, sides: readonly OneSided[]): RecordDiff {
  const states = sides.filter(({ holder }) => holder === undefined);
  const [before, after] = [states.find((one) => !one.after)?.row, states.find((one) => one.after)?.row];
  const change = states.length === 0 || (before && after) ? 'revised' : after ? 'added' : 'withdrawn';
  const fact = { ...before, ...after }['factId'];
  return {
    id,
    fact: fact === undefined ? null : String(fact),
    change,
    members: memberDiffs(before, after),
    links: linkDiffs(sides),
  };
}

function memberDiffs(before: StoredRow = {}, after: StoredRow = {}): MemberDiff[] {
  return Object.keys({ ...before, ...after })
    .map((member) => ({ member, before: before[member] ?? null, after: after[member] ?? null }))
    .filter((one) => canonical(one.before) !== canonical(one.after));
}

/** A link that ended and came back the same is no difference. */
function linkDiffs(sides: readonly OneSided[]): LinkDiff[] {
  const links = sides.flatMap(({ holder, row, after }) =>
    holder === undefined ? [] : [{ member: holder, link: row, after }],
  );
  const alike = groupBy(links, ({ member, link }) => `${member} ${canonical(link)}`);
  return [...alike.values()]
    .filter(({ length }) => length === 1)
    .flat()
    .map(({ member, link, after }) => ({ member, change: after ? 'added' : 'withdrawn', link }));
}
