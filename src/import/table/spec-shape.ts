/**
 * The shape of a table's description: how the cells of a published table become observations. Its JSON Schema is
 * `docs/table-spec.schema.json`, for editors.
 */
import Type, { type Static, type TSchema } from 'typebox';
import { DateOnly, Flag, Nullable } from '../../schema/common.ts';
import { Direction } from '../../schema/indicator.ts';
import { Dimensions, Measure, Scenario } from '../../schema/observation.ts';
import { Level } from '../../schema/place.ts';
import { distinct, FileName, idOf, optional, record, SeedNames, Text, Word } from '../shape-parts.ts';

/** The same with what it is, for editors; whether it may be left out, too, is kept. */
const said = <T extends TSchema>(schema: T, description: string): T =>
  Object.assign(Object.defineProperties({ ...schema }, Object.getOwnPropertyDescriptors(schema)), {
    description,
  });
const map = <T extends TSchema>(values: T) => Type.Record(Type.String({ pattern: '' }), values);
const texts = Type.Array(Text, { minItems: 1, uniqueItems: true });

const DatasetSpec = record({
  id: said(
    idOf('dataset', '[a-z0-9][a-z0-9.-]{0,59}'),
    'Of the dataset, `dataset:…`: a later file of the same table has the same.',
  ),
  title: said(SeedNames, 'As it is published, in at least one language.'),
  publisher: said(optional(Text), 'Who publishes it.'),
  licence: said(optional(Text), 'Under which it is published.'),
  retrievedOn: said(optional(DateOnly), 'The day on which the file was fetched.'),
  note: said(optional(Text), 'What a reader must know of the table.'),
});

const FileSpec = record({
  encoding: said(Type.Optional(Text), 'Such as utf-8 or windows-1252; found out where it is not said.'),
  delimiter: said(
    Type.Optional(Type.String({ pattern: '^[^\\n\\r"]$', is: 'one character' })),
    'Of CSV: one character; found out where it is not said.',
  ),
  sheet: said(Type.Optional(Text), 'Of a workbook; the first that is not empty where it is not said.'),
  header: said(
    Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, uniqueItems: true })),
    'Lines of the file, or rows of the sheet, that hold the header, from 1; the first that is not blank where it is not said.',
  ),
  merged: said(
    Type.Optional(Type.Boolean()),
    'Whether a blank header cell means the one before it, as in merged cells; not in the last line of the header.',
  ),
  headers: said(
    Type.Optional(map(Text)),
    'Column, by its letters as spreadsheets show them → its header, where that is blank, stands twice or is another than the one to be cited.',
  ),
  unpack: said(
    Type.Optional(Type.String({ pattern: '^[^\\n\\r]$', is: 'one character' })),
    'What parts the first cell of each row, and of the header, where it holds several.',
  ),
  decimal: said(
    Type.Optional(Type.Enum(['.', ','])),
    'The decimal mark of the figures; a dot where it is not said.',
  ),
  thousands: said(
    Type.Optional(Type.Enum([',', '.', ' ', "'"])),
    'What stands between thousands; nothing where it is not said.',
  ),
  percent: said(Type.Optional(Type.Boolean()), 'Whether figures may have a percent sign.'),
  missing: said(distinct(Text), 'What stands where there is no figure, besides nothing.'),
  footnotes: said(distinct(Text), 'Marks of footnotes, which are taken off names, headers and figures.'),
});

/** Names whose places a person has decided. */
export const PlaceNames = map(idOf('place'));

const PlaceSpec = record({
  column: said(Text, 'Header of the column that names the place.'),
  by: said(
    Type.Optional(Type.Enum(['name', 'code'])),
    'What stands in it: names, or the official codes, also without their leading zeros; names where it is not said.',
  ),
  level: said(Type.Optional(Level), 'Of the places that are named; province where it is not said.'),
  skip: said(
    distinct(Text),
    'Names of rows that are left out, such as regions, unless they stand in "names"; one may end with * for any text.',
  ),
  names: said(
    Type.Optional(PlaceNames),
    'Names that cannot be told by themselves → place. It is the version of the figure’s time, or the nearest, which is then flagged.',
  ),
  namesFile: said(
    Type.Optional(FileName),
    'A file beside this one, with such names for several tables: YAML, a name and its place on each line.',
  ),
});

const TimeSpec = record({
  column: said(
    Type.Union([Text, texts]),
    'Header of the column that holds the time, or a list of several, whose cells are read as one text with spaces between.',
  ),
  form: said(
    Type.Optional(Text),
    'How it is written, such as `{year}` or `{month}/{year}`; `{year}` where it is not said.',
  ),
});

const RowDimension = record({
  column: said(Text, 'Header of the column.'),
  values: said(
    map(Nullable(Word)),
    'What stands in it → the value of the dimension; null for the whole, which has none.',
  ),
});

/** An indicator that the table brings with it, where the seed files have none. */
const IndicatorSpec = record({
  id: said(idOf('indicator', '[a-z][a-z0-9_]*'), '`indicator:…`, without a place or a time.'),
  name: said(SeedNames, 'In at least one language.'),
  definition: said(SeedNames, 'What exactly is counted or measured.'),
  unit: said(Word, 'Of its values.'),
  topic: said(Word, 'The subject that it belongs to, such as population.'),
  direction: said(Direction, 'Which way is better.'),
  additive: said(Type.Boolean(), 'Whether values of disjoint territories may be summed.'),
  flags: said(distinct(Flag), 'What a reader must know before relying on it.'),
  note: said(optional(Text), 'What else a reader must know.'),
});

const ColumnSpec = record({
  header: said(
    Text,
    'What is printed above, with `{year}`, `{quarter}`, `{month}`, `{day}`, `{status}` and `{group}` where these stand; spaces count as one.',
  ),
  indicator: said(idOf('indicator', '[a-z][a-z0-9_]*'), 'What is measured.'),
  measure: said(Type.Optional(Measure), '`value` where it is not said.'),
  scenario: said(Type.Optional(Scenario), 'Where no status is printed; `actual` where it is not said.'),
  unit: said(
    Type.Optional(Word),
    'Of the figures once they are scaled; that of the indicator where it is not said.',
  ),
  scale: said(
    Type.Optional(Type.Number()),
    'A power of ten that the printed figures are multiplied by, such as 1000.',
  ),
  dimensions: said(Type.Optional(Dimensions), 'Of all figures below.'),
  groups: said(Type.Optional(map(Dimensions)), 'What is printed at `{group}` → dimensions.'),
  period: said(
    Type.Optional(Text),
    'Where neither the header nor a column says the time, such as `2016`; or of which day a year is, such as `{year}-12-31`.',
  ),
  range: said(
    Type.Optional(Type.Array(Type.Number(), { minItems: 2 })),
    'From and to: figures beyond are shown before anything is written.',
  ),
});

export const TableSpec = record({
  dataset: said(DatasetSpec, 'What the table is, and whose.'),
  file: said(Type.Optional(FileSpec), 'How the file is written.'),
  place: said(PlaceSpec, 'What its rows are of.'),
  time: said(Type.Optional(TimeSpec), 'Where the time stands in a column.'),
  dimensions: said(Type.Optional(map(RowDimension)), 'Dimensions that stand in a column, by name.'),
  keep: said(
    Type.Optional(map(texts)),
    'Column → what stands in it in the rows that are wanted; others are left out, such as those in another unit.',
  ),
  statuses: said(
    Type.Optional(map(Scenario)),
    'What is printed at `{status}`, or behind a figure → what kind of statement that is.',
  ),
  indicators: said(Type.Optional(Type.Array(IndicatorSpec)), 'Indicators that the table brings with it.'),
  columns: said(Type.Array(ColumnSpec, { minItems: 1 }), 'What the columns hold; each column fits one.'),
  ignore: said(Type.Optional(texts), 'Headers of columns that are left out.'),
});
export type TableSpec = Static<typeof TableSpec>;
export type ColumnSpec = Static<typeof ColumnSpec>;
export type IndicatorSpec = Static<typeof IndicatorSpec>;
