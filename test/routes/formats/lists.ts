/** For tests of files: every list of the contract with what it holds, as the pages of JSON say it. */
import type { Test } from 'tap';
import { type Column, columnsOfItems, unfold } from '../../../src/routes/formats/columns.ts';
import { type OperationName, operationNames, operationOf } from '../../../src/schema/operations.ts';
import { restAddress } from '../../both-mouths.ts';
import type { TestService } from '../../service.ts';

export interface KnownList {
  name: OperationName;
  columns: readonly Column[];
  /** The rows of its table, a value a column. */
  rows: readonly (readonly unknown[])[];
  /** The address of the list as a file, or of its pages where `suffix` is empty. */
  address: (suffix: string, more?: Record<string, string>) => string;
}

/** What answers something on the real facts, where the example of the contract does not. */
const asked: Partial<Record<OperationName, Record<string, string>>> = {
  places: { level: 'province', on: 'any' },
  communes: { parent: 'province:37' },
  placesCrosswalk: { from: '2024-06-30', to: '2025-07-01', toCode: '14404' },
  documentCitations: { id: 'document:003' },
  observations: { territory: '2025-07-01' },
  search: { q: 'ninh bình' },
  changes: { since: '0', type: 'theme' },
};

export const listNames = operationNames.filter((name) => operationOf(name).kind === 'list');

/** The list with its whole rows, read page by page. */
export async function knownList(
  { get }: TestService,
  name: OperationName,
  more: Record<string, string> = {},
): Promise<KnownList> {
  const operation = operationOf(name);
  const args = { ...(asked[name] ?? (operation.example as Record<string, string>)), ...more };
  const address: KnownList['address'] = (suffix, others = {}) => {
    const [path, query] = restAddress(name, { ...args, ...others }).split('?');
    return `${path}${suffix}${query === undefined ? '' : `?${query}`}`;
  };
  const items: Record<string, unknown>[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { status, body } = await get(address('', { limit: '500', ...(after === '' ? {} : { after }) }));
    if (status !== 200) throw new Error(JSON.stringify(body));
    items.push(...(body['items'] as Record<string, unknown>[]));
    after = body['next'] as string | null;
  }
  const columns = columnsOfItems(operation, 'lang' in args);
  const rows = unfold(items, operation.rows).map((row) => columns.map(({ valueIn }) => valueIn(row)));
  return { name, columns, rows, address };
}

/** That rows are the same, which is told row by row only where they are not: there are many. */
export function sameRows(
  t: Test,
  found: readonly (readonly unknown[])[],
  { name, rows }: KnownList,
  reader: string,
): void {
  const [is, was] = [found, rows].map((all) => all.map((row) => JSON.stringify(row.map(plain))));
  const differing = rows.findIndex((_, index) => is?.[index] !== was?.[index]);
  if (differing >= 0) t.strictSame(found[differing]?.map(plain), rows[differing]?.map(plain));
  t.equal(found.length, rows.length, `${name} by ${reader}: ${rows.length} rows`);
}

/** What a table cannot tell apart: no member, and null. */
export const plain = (value: unknown): unknown => (Array.isArray(value) ? value.map(plain) : (value ?? null));
