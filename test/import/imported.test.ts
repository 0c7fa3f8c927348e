import t from 'tap';
import type { ReleasedTable } from '../../src/import/desired.ts';
import { keepImported, withLinks, withoutDataset } from '../../src/import/imported.ts';
import { rowsOf, type StoredRow, type Tables } from '../../src/import/layout.ts';

const place = (id: string, name: string): StoredRow => ({
  id,
  code: id,
  type: 'commune',
  name: { vi: name },
});
const change = (id: string, kind: string): StoredRow => ({
  id,
  kind,
  effective_on: '2025-07-01',
  legal_basis: null,
  folded: `${kind} of 2025-07-01`,
});
const link = (text: string, dataset: string | null = null): StoredRow => {
  const [id, from, to, coverage] = text.split(' ');
  return { change_id: id, from_id: from, to_id: to, coverage, dataset_id: dataset };
};

/** Two old communes; A goes on as X, as far as the seed knows; B ends in X, too. */
const seeded: Tables = new Map<ReleasedTable, StoredRow[]>([
  ['placeVersions', [place('a', 'A'), place('b', 'B'), place('x', 'X'), place('y', 'Y')]],
  ['placeChanges', [change('to-x', 'merge'), change('to-y', 'rename'), change('b-ends', 'abolish')]],
  [
    'placeLinks',
    [link('to-x a x primary'), link('to-x b x primary'), link('to-y b y primary'), link('b-ends b x part')],
  ],
  ['citations', [{ id: 'seeded', fact_id: 'to-x', dataset_id: null }]],
]);
const links = [link('to-x a x whole', 'd'), link('to-y b y part', 'd'), link('b-ends b x whole', 'd')];
const imported: Tables = new Map([
  ...withLinks(seeded, links),
  ['datasets', [{ id: 'd' }]],
  ['citations', [...rowsOf(seeded, 'citations'), { id: 'cell', fact_id: 'to-y', dataset_id: 'd' }]],
]);

const kindsOf = (tables: Tables): string[] =>
  rowsOf(tables, 'placeChanges').map(({ kind, folded }) => `${kind}: ${folded}`);
const linksOf = (tables: Tables): string[] =>
  rowsOf(tables, 'placeLinks')
    .map(
      (row) =>
        `${row['change_id']} ${row['from_id']} ${row['to_id']} ${row['coverage']} ${row['dataset_id']}`,
    )
    .sort();

t.test('links of a dataset take the place of those of the seed; kinds follow, but for an end', async (t) => {
  t.strictSame(linksOf(imported), [
    'b-ends b x whole d',
    'to-x a x whole d',
    'to-x b x primary null',
    'to-y b y part d',
  ]);
  t.strictSame(kindsOf(imported), [
    'merge: merge of 2025-07-01',
    'split: split of 2025-07-01',
    'abolish: abolish of 2025-07-01',
  ]);
});

t.test('a seed keeps what was imported, whatever it brings of its own', async (t) => {
  const wished: Tables = new Map([...seeded, ['datasets', [{ id: 'd', note: 'typed' }, { id: 'e' }]]]);
  const kept = keepImported(wished, imported);
  t.strictSame(linksOf(kept), linksOf(imported));
  t.strictSame(kindsOf(kept), kindsOf(imported));
  t.strictSame(rowsOf(kept, 'citations'), rowsOf(imported, 'citations'));
  t.strictSame(rowsOf(kept, 'datasets'), rowsOf(wished, 'datasets'));
  t.strictSame(rowsOf(keepImported(seeded, imported), 'datasets'), [{ id: 'd' }]);
});

t.test('without an import a seed is what it wishes for', async (t) => {
  const kept = keepImported(seeded, new Map());
  for (const [name, rows] of seeded) t.strictSame(rowsOf(kept, name), rows);
  t.strictSame(rowsOf(kept, 'datasets'), []);
});

t.test('of places and changes that the seed has no more, imported links and cells go as well', async (t) => {
  const without = (name: ReleasedTable, id: string): Tables =>
    new Map([...seeded, [name, rowsOf(seeded, name).filter((row) => row['id'] !== id)]]);
  const fewer = keepImported(without('placeChanges', 'to-y'), imported);
  t.strictSame(rowsOf(fewer, 'citations'), rowsOf(seeded, 'citations'));
  t.notOk(linksOf(fewer).includes('to-y b y part d'));
  for (const id of ['a', 'x']) {
    t.notOk(linksOf(keepImported(without('placeVersions', id), imported)).includes('to-x a x whole d'), id);
  }
});

t.test('without the dataset the links of the seed are back, and the kinds', async (t) => {
  // Of a link that the seed has withdrawn for good nothing comes back.
  const ended = [
    ...rowsOf(seeded, 'placeLinks').slice(0, 3),
    link('b-ends b x part'),
    link('gone a y primary'),
  ];
  const bare = withoutDataset(imported, 'd', ended);
  t.strictSame(linksOf(bare), linksOf(seeded));
  t.strictSame(kindsOf(bare), kindsOf(seeded));
  t.strictSame(rowsOf(bare, 'citations'), rowsOf(seeded, 'citations'));
  t.strictSame(rowsOf(bare, 'datasets'), []);
});

t.test('a change that loses its only link keeps its kind', async (t) => {
  const only = new Map([...imported, ['placeLinks' as const, links.slice(1, 2)]]);
  t.strictSame(kindsOf(withoutDataset(only, 'd', [])), kindsOf(imported));
});
