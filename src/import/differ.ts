/** Compares what is to be with what is: what a release has to write, and how it counts its changes. */
import { createHash } from 'node:crypto';
import { compareTexts, groupBy } from '../lists.ts';
import type { ChangeReason } from '../schema/change.ts';
import type { Changes, TypeChanges } from '../schema/release.ts';
import { canonical, canonicalOf } from './canonical.ts';
import { typeOf } from './ids.ts';
import type { FigureCounts } from './imported-figures.ts';
import { type Layout, layouts, rowsOf, type StoredRow, type Tables } from './layout.ts';

export interface TableChanges {
  layout: Layout;
  ended: StoredRow[];
  begun: StoredRow[];
}

export interface Differences {
  tables: TableChanges[];
  /** By id of the record. */
  changes: ReadonlyMap<string, RecordChange>;
  counts: Changes;
  byType: TypeChanges[];
  /** SHA-256 over all rows that are current afterwards, as hex: only who writes them needs it, and it takes a while. */
  hash: () => string;
}

export interface RecordChange {
  reason: ChangeReason;
  /** Id of the correction that says why. */
  correction: string | null;
}

export function compare(held: Tables, wished: Tables): Differences {
  const tables = [...layouts].map(([name, layout]) => {
    const [current, wanted] = [rowsOf(held, name), rowsOf(wished, name)];
    // What a wish leaves alone is the very list that is held.
    const changes = current === wanted ? { ended: [], begun: [] } : unmatched(current, wanted, layout);
    return { layout, ...changes };
  });
  const changes = withCorrections(changesOf(tables), tables);
  return { tables, changes, ...totalOf(countByType(changes)), hash: () => hashOf(wished) };
}

function hashOf(tables: Tables): string {
  const hash = createHash('sha256');
  for (const [name, { table, columns }] of layouts) {
    const texts = new Set(rowsOf(tables, name).map(canonicalOf(columns.map(([, column]) => column))));
    // Without an order of ours, which would take longer: by code unit.
    for (const line of [table, ...[...texts].sort()]) hash.update(line).update('\n');
  }
  return hash.digest('hex');
}

/** By their keys and value by value: to make a text of each row takes longer. What is wanted twice begins once. */
function unmatched(current: readonly StoredRow[], wanted: readonly StoredRow[], { columns, key }: Layout) {
  const keyOf = (row: StoredRow) => key.map((column) => row[column]).join(' ');
  const same = (one: StoredRow, other: StoredRow) =>
    columns.every(([, column]) => isSame(one[column], other[column]));
  const held = new Map(current.map((row) => [keyOf(row), row]));
  const told = new Map<string, StoredRow>();
  const begun: StoredRow[] = [];
  for (const row of wanted) {
    const rowKey = keyOf(row);
    const [before, twin] = [held.get(rowKey), told.get(rowKey)];
    if (twin && same(twin, row)) continue;
    told.set(rowKey, row);
    if (before && same(before, row)) held.delete(rowKey);
    else begun.push(row);
  }
  return { ended: [...held.values()], begun };
}

function isSame(before: unknown, after: unknown): boolean {
  return before === after || (typeof before === 'object' && canonical(before) === canonical(after));
}

/** By id of the record: a link that begins or ends revises the record that it belongs to. */
function changesOf(tables: readonly TableChanges[]): Map<string, ChangeReason> {
  const changes = new Map<string, ChangeReason>();
  const idsOf = (rows: StoredRow[], { key }: Layout) => rows.map((row) => String(row[String(key[0])]));
  for (const { layout, ended, begun } of tables.filter(({ layout }) => layout.key.length === 1)) {
    for (const id of idsOf(ended, layout)) changes.set(id, 'withdrawn');
    for (const id of idsOf(begun, layout)) changes.set(id, changes.has(id) ? 'revised' : 'new');
  }
  for (const { layout, ended, begun } of tables.filter(({ layout }) => layout.key.length > 1)) {
    for (const id of idsOf([...ended, ...begun], layout)) if (!changes.has(id)) changes.set(id, 'revised');
  }
  return changes;
}

/** A correction that begins is the reason of what happens to its record; of several, the last one that does it. */
function withCorrections(
  changes: ReadonlyMap<string, ChangeReason>,
  tables: readonly TableChanges[],
): Map<string, RecordChange> {
  const inOrder = newCorrections(tables).sort((a, b) =>
    compareTexts(`${a['date']} ${a['id']}`, `${b['date']} ${b['id']}`),
  );
  const byFact = groupBy(inOrder, (row) => String(row['fact_id']));
  return new Map(
    [...changes].map(([id, reason]) => [id, withCorrection(reason, byFact.get(id) ?? [])] as const),
  );
}

/** Those that were not there before; one that was only worded anew changes nothing. */
function newCorrections(tables: readonly TableChanges[]): StoredRow[] {
  const corrections = tables.filter(({ layout }) => layout.table === 'corrections');
  const effectOf = ({ id, kind, fact_id: fact, corrected, merged_into_id: into }: StoredRow) =>
    canonical([id, kind, fact, corrected, into]);
  const before = new Set(corrections.flatMap(({ ended }) => ended.map(effectOf)));
  return corrections.flatMap(({ begun }) => begun.filter((row) => !before.has(effectOf(row))));
}

const correcting: Partial<Record<ChangeReason, readonly unknown[]>> = {
  revised: ['set'],
  withdrawn: ['merge', 'withdraw'],
};

function withCorrection(reason: ChangeReason, corrections: readonly StoredRow[]): RecordChange {
  const last = corrections.findLast(({ kind }) => correcting[reason]?.includes(kind));
  if (last === undefined) return { reason, correction: null };
  const named = { set: 'corrected', merge: 'merged', withdraw: 'withdrawn' } as const;
  return { reason: named[last['kind'] as keyof typeof named], correction: String(last['id']) };
}

function countByType(changes: ReadonlyMap<string, RecordChange>): TypeChanges[] {
  const byType = groupBy(changes, ([id]) => typeOf(id));
  return [...byType]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([type, list]) => {
      const count = (...wanted: ChangeReason[]) =>
        list.filter(([, { reason }]) => wanted.includes(reason)).length;
      return {
        type,
        added: count('new'),
        revised: count('revised'),
        corrected: count('corrected'),
        withdrawn: count('withdrawn', 'merged'),
      };
    });
}

/** The same with figures that were compared elsewhere. */
export function withFigures(
  differences: Differences,
  { added, revised, withdrawn }: FigureCounts,
): Differences {
  const figures = { type: 'observation', added, revised, corrected: 0, withdrawn };
  if (added + revised + withdrawn === 0) return differences;
  const sum = (one: TypeChanges, other: TypeChanges): TypeChanges => ({
    type: one.type,
    added: one.added + other.added,
    revised: one.revised + other.revised,
    corrected: one.corrected + other.corrected,
    withdrawn: one.withdrawn + other.withdrawn,
  });
  const same = differences.byType.find(({ type }) => type === figures.type);
  const others = differences.byType.filter((one) => one !== same);
  const byType = [...others, same ? sum(same, figures) : figures].sort((a, b) =>
    compareTexts(a.type, b.type),
  );
  return { ...differences, ...totalOf(byType) };
}

/** Citations and corrections belong to their facts, and count only by type. */
const belonging = ['citation', 'correction'];

function totalOf(byType: TypeChanges[]): Pick<Differences, 'counts' | 'byType'> {
  const records = byType.filter(({ type }) => !belonging.includes(type));
  const sum = (change: keyof Changes) => records.reduce((total, changes) => total + changes[change], 0);
  const [added, revised, corrected] = [sum('added'), sum('revised'), sum('corrected')];
  return { counts: { added, revised, corrected, withdrawn: sum('withdrawn') }, byType };
}
