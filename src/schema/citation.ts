/** Citations: where a fact stands, precisely enough for a program to prove it. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Nullable, Shape, Words } from './common.ts';
import { DocumentRef, FactRef } from './ref.ts';

export const CitationKind = Words('CitationKind', 'What kind of source a citation points into.', {
  text: 'Characters of a paragraph of a document.',
  cell: 'A cell of an imported table.',
  legal: 'A legal act.',
  package: 'A published software package.',
});
export type CitationKind = Static<typeof CitationKind>;

const offset = (description: string) => Nullable(Type.Integer({ minimum: 0, description }));
const text = (description: string) => Nullable(Type.String({ description }));

export const Citation = Shape(
  'Citation',
  'Where a fact stands. Members that its kind does not use are null.',
  {
    id: Id,
    kind: CitationKind,
    fact: described(FactRef, 'The record that it proves.'),
    document: Nullable(described(DocumentRef, 'The document that it points into.')),
    paragraph: Nullable(
      Type.Integer({ minimum: 1, description: 'Which non-empty line of the document, from 1.' }),
    ),
    start: offset('First code point within the paragraph, from 0.'),
    end: offset('The code point after the last.'),
    printed: text('The cited characters, where they are a figure or a name of at most 60 code points.'),
    sha256: text('SHA-256 of the cited characters in UTF-8, hexadecimal.'),
    inferred: Type.Array(Type.String(), { description: 'Fields of the fact that these words do not state.' }),
    dataset: Nullable(described(Id, 'Id of the imported table.')),
    sheet: text('Sheet of the workbook.'),
    row: offset('Row of the table, from 1.'),
    column: text('Column of the table.'),
    resolution: text('Number of the legal act.'),
    date: Nullable(Type.String({ ...DateOnly, description: 'Date of the legal act.' })),
    packageName: text('Name of the package.'),
    packageVersion: text('Version of the package.'),
  },
);
export type Citation = Static<typeof Citation>;
