/**
 * What imported tables brought beside the seed files: the datasets, the links that they prove, the indicators that only
 * they have, and the citations of both. A seed knows nothing of it and leaves it as it is.
 */
import { foldedNames } from '../db/fold.ts';
import { groupBy } from '../lists.ts';
import type { Coverage } from '../schema/place.ts';
import { kindOfChange, type NamedPlace, namesOfChange } from './change-kind.ts';
import type { ReleasedTable } from './desired.ts';
import { rowsOf, type StoredRow, type Tables } from './layout.ts';

/** What the seed files wish for, with what was imported into what is held, as far as it still fits. */
export function keepImported(wished: Tables, held: Tables): Tables {
  const ids = (name: ReleasedTable) => new Set(rowsOf(wished, name).map(({ id }) => id));
  const [versions, changes, datasets] = [ids('placeVersions'), ids('placeChanges'), ids('datasets')];
  const indicators = importedIndicators(held, ids('indicators'));
  const links = rowsOf(held, 'placeLinks').filter(
    ({ dataset_id: dataset, change_id: change, from_id: from, to_id: to }) =>
      dataset !== null && changes.has(change) && versions.has(from) && versions.has(to),
  );
  const proven = new Set([
    ...links.map(({ change_id: change }) => change),
    ...indicators.map(({ id }) => id),
  ]);
  const cells = rowsOf(held, 'citations').filter(
    ({ dataset_id: dataset, fact_id: fact }) => dataset !== null && proven.has(fact),
  );
  const imported = rowsOf(held, 'datasets').filter(({ id }) => !datasets.has(id));
  return withLinks(
    new Map([
      ...wished,
      ['datasets', [...rowsOf(wished, 'datasets'), ...imported]],
      ['indicators', [...rowsOf(wished, 'indicators'), ...indicators]],
      ['citations', [...rowsOf(wished, 'citations'), ...cells]],
    ]),
    links,
  );
}

/** Those that a table has brought, and no seed file has since. */
export function importedIndicators(held: Tables, seeded: ReadonlySet<unknown>): StoredRow[] {
  const inTables = new Set(
    rowsOf(held, 'citations').flatMap(({ dataset_id: dataset, fact_id: fact }) =>
      dataset === null ? [] : [fact],
    ),
  );
  return rowsOf(held, 'indicators').filter(({ id }) => inTables.has(id) && !seeded.has(id));
}

/** Links of a dataset take the place of those between the same versions; the kind of each change follows. */
export function withLinks(tables: Tables, links: readonly StoredRow[]): Tables {
  const replaced = new Set(links.map(keyOf));
  const others = rowsOf(tables, 'placeLinks').filter((link) => !replaced.has(keyOf(link)));
  return withKinds(new Map([...tables, ['placeLinks', [...others, ...links]]]), links);
}

/** Without what the dataset brought; links whose place it had taken come back, `seeded` as they were. */
export function withoutDataset(tables: Tables, id: string, seeded: readonly StoredRow[]): Tables {
  const others = (name: ReleasedTable, column: string) =>
    rowsOf(tables, name).filter((row) => row[column] !== id);
  const gone = rowsOf(tables, 'placeLinks').filter(({ dataset_id: dataset }) => dataset === id);
  const replaced = new Set(gone.map(keyOf));
  const restored = seeded.filter((link) => replaced.has(keyOf(link)));
  return withKinds(
    new Map([
      ...tables,
      ['datasets', others('datasets', 'id')],
      ['citations', others('citations', 'dataset_id')],
      ['placeLinks', [...others('placeLinks', 'dataset_id'), ...restored]],
    ]),
    gone,
  );
}

const keyOf = ({ change_id: change, from_id: from, to_id: to }: StoredRow): string =>
  `${change} ${from} ${to}`;

/** The changes that some links belong to get the kind that all their links make; what ends a place ends it. */
function withKinds(tables: Tables, links: readonly StoredRow[]): Tables {
  const touched = new Set(links.map(({ change_id: change }) => change));
  const versions = new Map(rowsOf(tables, 'placeVersions').map((row) => [row['id'], namedPlace(row)]));
  const byChange = groupBy(rowsOf(tables, 'placeLinks'), ({ change_id: change }) => `${change}`);
  const changes = rowsOf(tables, 'placeChanges').map((change) => {
    const all = byChange.get(`${change['id']}`);
    return all && touched.has(change['id']) && change['kind'] !== 'abolish'
      ? withKind(change, all, versions)
      : change;
  });
  return new Map([...tables, ['placeChanges', changes]]);
}

function withKind(
  change: StoredRow,
  links: readonly StoredRow[],
  versions: ReadonlyMap<unknown, NamedPlace>,
): StoredRow {
  const predecessors = links.map(({ from_id: id, coverage }) => ({
    from: versions.get(id) as NamedPlace,
    coverage: coverage as Coverage,
  }));
  const kind = kindOfChange(predecessors, versions.get(links[0]?.['to_id']));
  const names = namesOfChange(kind, `${change['effective_on']}`, change['legal_basis'] as string | null);
  return { ...change, kind, folded: foldedNames(names) };
}

function namedPlace({ place_id: placeId, code, type, name }: StoredRow): NamedPlace {
  return { placeId: `${placeId}`, code: `${code}`, type: `${type}`, name: (name as { vi: string }).vi };
}
