import type { SQL } from 'drizzle-orm';
import { datasets as table } from '../db/tables.ts';
import type { Dataset } from '../schema/dataset.ts';
import type { Args } from '../schema/operations.ts';
import { given, ofText } from './filters.ts';
import { publishedBy } from './publication.ts';
import { stateSource } from './source.ts';
import { day } from './sql.ts';

export const datasets = stateSource<Dataset>('Dataset', table, () => ({
  id: table.id,
  title: table.title,
  publisher: table.publisher,
  licence: table.licence,
  sha256: table.sha256,
  retrievedOn: day(table.retrievedOn),
  fileName: table.fileName,
  figures: table.figures,
  spec: table.spec,
  note: table.note,
}));

export const whichDatasets = (args: Args<'datasets'>): SQL[] => [
  ...given(args.publishedBy, (day) => publishedBy(table.retrievedOn, day)),
  ...ofText(table.folded, args.q),
];
