/** Compares what is to be with what is: what a release has to write, and how it counts its changes. */
import { createHash } from 'node:crypto';
import type { Changes, TypeChanges } from '../schema/release.ts';
import { canonical } from './canonical.ts';
import { type Layout, layouts, rowsOf, type StoredRow, type Tables } from './layout.ts';
import { compareTexts, groupBy } from './lists.ts';

export interface TableChanges {
  layout: Layout;
  ended: StoredRow[];
  begun: StoredRow[];
}

export interface Differences {
  tables: TableChanges[];
  counts: Changes;
  byType: TypeChanges[];
  /** SHA-256 over all rows that are current afterwards. */
  hash: string;
}

type Change = 'added' | 'revised' | 'withdrawn';

export function compare(held: Tables, wished: Tables): Differences {
  const hash = createHash('sha256');
  const tables: TableChanges[] = [];
  for (const [name, layout] of layouts) {
    const wanted = byText(rowsOf(wished, name));
    const current = byText(rowsOf(held, name));
    hash.update([layout.table, ...[...wanted.keys()].sort(compareTexts), ''].join('\n'));
    tables.push({ layout, ended: missingFrom(wanted, current), begun: missingFrom(current, wanted) });
  }
  const byType = countByType(changesOf(tables));
  return { tables, ...totalOf(byType), hash: hash.digest('hex') };
}

function byText(rows: readonly StoredRow[]): Map<string, StoredRow> {
  return new Map(rows.map((row) => [canonical(row), row]));
}

function missingFrom(those: Map<string, StoredRow>, these: Map<string, StoredRow>): StoredRow[] {
  return [...these].filter(([text]) => !those.has(text)).map(([, row]) => row);
}

/** By id of the record: a link that begins or ends revises the record that it belongs to. */
function changesOf(tables: readonly TableChanges[]): Map<string, Change> {
  const changes = new Map<string, Change>();
  const idsOf = (rows: StoredRow[], { key }: Layout) => rows.map((row) => String(row[String(key[0])]));
  for (const { layout, ended, begun } of tables.filter(({ layout }) => layout.key.length === 1)) {
    for (const id of idsOf(ended, layout)) changes.set(id, 'withdrawn');
    for (const id of idsOf(begun, layout)) changes.set(id, changes.has(id) ? 'revised' : 'added');
  }
  for (const { layout, ended, begun } of tables.filter(({ layout }) => layout.key.length > 1)) {
    for (const id of idsOf([...ended, ...begun], layout)) if (!changes.has(id)) changes.set(id, 'revised');
  }
  return changes;
}

function countByType(changes: ReadonlyMap<string, Change>): TypeChanges[] {
  const byType = groupBy(changes, ([id]) => id.slice(0, id.indexOf(':')));
  return [...byType]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([type, list]) => {
      const count = (wanted: Change) => list.filter(([, change]) => change === wanted).length;
      return {
        type,
        added: count('added'),
        revised: count('revised'),
        corrected: 0,
        withdrawn: count('withdrawn'),
      };
    });
}

/** Citations belong to their facts, and count only by type. */
function totalOf(byType: TypeChanges[]): Pick<Differences, 'counts' | 'byType'> {
  const records = byType.filter(({ type }) => type !== 'citation');
  const sum = (change: keyof Changes) => records.reduce((total, changes) => total + changes[change], 0);
  const [added, revised, corrected] = [sum('added'), sum('revised'), sum('corrected')];
  return { counts: { added, revised, corrected, withdrawn: sum('withdrawn') }, byType };
}
