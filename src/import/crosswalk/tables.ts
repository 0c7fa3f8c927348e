/** What the tables are to hold once a conversion table is in: its links, its cells as citations, the dataset itself. */
import { foldedNames } from '../../db/fold.ts';
import { groupBy } from '../../lists.ts';
import type { Coverage } from '../../schema/place.ts';
import { cellCitation, longestPrinted, sha256 } from '../citations.ts';
import { withLinks, withoutDataset } from '../imported.ts';
import { rowsOf, type StoredRow, type Tables } from '../layout.ts';
import type { TableFile } from '../table-file.ts';
import type { CheckedRow } from './check.ts';
import type { AroundDay } from './units.ts';

export interface Raised {
  /** Links from communes by how much of each went over. */
  links: { whole: number; part: number };
  /** Links from communes that nobody knew before. */
  added: number;
  /** Old communes that the table covers. */
  communes: number;
  /** Areas that are no unit: their rows are cited, and make no link. */
  areas: string[];
}

export interface Source {
  file: TableFile;
  around: AroundDay;
  retrievedOn: string | null;
  /** Links as they last stood before a table took their place. */
  seeded: readonly StoredRow[];
}

export function crosswalkTables(
  held: Tables,
  checked: readonly CheckedRow[],
  source: Source,
): { tables: Tables; raised: Raised } {
  const dataset = datasetOf(source);
  const id = `${dataset['id']}`;
  const of = (level: string) => checked.filter(({ from }) => from?.level === level);
  const communes = of('commune').map((one) => linkRow(one, one.row.coverage, id));
  const districts = of('district').map((one) => linkRow(one, one.row.coverage, id));
  const links = [...communes, ...districts, ...districtLinks(of('commune'), source.around, id)];
  // What an earlier file of the same table said, and this one does not, is withdrawn.
  const bare = withoutDataset(held, id, source.seeded);
  const known = new Set(rowsOf(held, 'placeLinks').map(keyOf));
  const count = (coverage: Coverage) => communes.filter((link) => link['coverage'] === coverage).length;
  return {
    tables: withLinks(
      new Map([
        ...bare,
        ['datasets', [...rowsOf(bare, 'datasets'), dataset]],
        ['citations', [...rowsOf(bare, 'citations'), ...cellRows(checked, source.file, id)]],
      ]),
      links,
    ),
    raised: {
      links: { whole: count('whole'), part: count('part') },
      added: communes.filter((link) => !known.has(keyOf(link))).length,
      communes: new Set(communes.map(({ from_id: from }) => from)).size,
      areas: checked.filter(({ from }) => from === null).map(({ row }) => row.name),
    },
  };
}

const keyOf = ({ from_id: from, to_id: to }: StoredRow): string => `${from} ${to}`;

function datasetOf({ file, around: { day }, retrievedOn }: Source): StoredRow {
  const title = {
    vi: 'Bảng chuyển đổi đơn vị hành chính cũ và mới',
    en: `Conversion table of administrative units of ${day}`,
    ar: null,
    he: null,
  };
  const publisher = 'National Statistics Office';
  return {
    id: `dataset:nso-crosswalk-${day}`,
    title,
    publisher,
    licence: null,
    sha256: file.sha256,
    retrieved_on: retrievedOn,
    file_name: file.fileName,
    spec: null,
    figures: null,
    figures_sha256: null,
    note: null,
    folded: foldedNames(title, publisher),
  };
}

function linkRow(
  { change, from, to }: Pick<CheckedRow, 'change' | 'from' | 'to'>,
  coverage: Coverage,
  dataset: string,
): StoredRow {
  return { change_id: change, from_id: from?.id, to_id: to.id, coverage, dataset_id: dataset };
}

/**
 * A district ended in the communes that its own went into; whole only if all of it went into one. Of a district
 * that the table has in part, it does not say that.
 */
function districtLinks(
  communes: readonly CheckedRow[],
  { before, changes }: AroundDay,
  dataset: string,
): StoredRow[] {
  return [...groupBy(communes, ({ district }) => district.id)].flatMap(([id, rows]) => {
    const [{ district }] = rows as [CheckedRow];
    if (new Set(rows.map(({ from }) => from?.id)).size < before.countBelow(district)) return [];
    const into = new Map(rows.map(({ to }) => [to.id, to]));
    const isWhole = into.size === 1 && rows.every(({ row }) => row.coverage === 'whole');
    const change = `${changes.get(id)}`;
    return [...into.values()].map((to) =>
      linkRow({ change, from: district, to }, isWhole ? 'whole' : 'part', dataset),
    );
  });
}

/** Each row of the table proves the change that it is about; it is cited by the cell of the old unit. */
function cellRows(checked: readonly CheckedRow[], { sheet }: TableFile, dataset: string): StoredRow[] {
  return [...groupBy(checked, ({ change }) => change)].flatMap(([change, rows]) =>
    rows.map((one, index) => {
      const { row } = one.row;
      const [column, text] = cellOf(one);
      return {
        ...cellCitation({ dataset, sheet, row, column }),
        id: `citation:${sha256(`${change}\ncell ${dataset} ${sheet ?? ''} ${row} ${column}`).slice(0, 20)}`,
        fact_id: change,
        // After what the seed files cite.
        ordinal: afterSeeded + index,
        printed: text.slice(0, longestPrinted),
      };
    }),
  );
}

function cellOf({ row, from }: CheckedRow): [column: string, text: string] {
  if (from === null) return ['old_name', row.name];
  return from.level === 'commune' ? ['old_code', row.printed] : ['old_district', row.district];
}

const afterSeeded = 1000;
