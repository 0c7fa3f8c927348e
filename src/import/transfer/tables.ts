/** What an export holds, table by table: the columns, and the rows as they were when a release was the current one. */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { changes, identities, releases } from '../../db/tables.ts';
import { releasedTables } from '../desired.ts';
import { layouts } from '../layout.ts';

export interface TransferredTable {
  /** Name in SQL, and of the file without its ending. */
  table: string;
  columns: readonly string[];
  /** The rows of the history up to a release, in one order everywhere. */
  select: (release: number) => string;
}

/** In the order in which they can be written: what is referred to comes first. */
export const transferredTables: readonly TransferredTable[] = [
  tableOf(releases, ['number'], 'number'),
  tableOf(identities, ['id collate "C"'], 'since_release'),
  ...[...layouts].map(([name, { key }]) =>
    tableOf(releasedTables[name], [...key.map(inBytes), 'since_release'], 'since_release'),
  ),
  tableOf(changes, ['release', inBytes('record_id')], 'release'),
];

function inBytes(column: string): string {
  return `${column} collate "C"`;
}

/** A state that ended later had not ended then. */
function tableOf(source: PgTable, order: readonly string[], since: string): TransferredTable {
  const table = getTableConfig(source).name;
  const columns = Object.values(getTableColumns(source)).map(({ name }) => name);
  const list = (release: number) =>
    columns.map((name) =>
      name === 'until_release' ? `case when ${name} <= ${release} then ${name} end as ${name}` : name,
    );
  return {
    table,
    columns,
    select: (release) =>
      `select ${list(release).join(', ')} from ${table} where ${since} <= ${release} order by ${order.join(', ')}`,
  };
}
