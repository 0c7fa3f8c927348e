/** Documents: the source texts. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Language, Names, Note, Nullable, Shape } from './common.ts';

const printed = (description: string) => Nullable(Type.String({ description }));

export const Document = Shape('Document', 'A source text. What it does not print is null.', {
  id: Id,
  fileName: Type.String({ description: 'The name of the source file.' }),
  sha256: Type.String({ description: 'SHA-256 of the file, hexadecimal.' }),
  languages: Type.Array(Language, { description: 'The languages it is printed in.' }),
  paragraphCount: Type.Integer({ minimum: 1, description: 'How many non-empty lines it has.' }),
  title: described(Names, 'Its title, as printed.'),
  publisher: printed('Who published it.'),
  byline: printed('Who wrote it.'),
  publishedOn: Nullable(described(DateOnly, 'The day on which it was published.')),
  citationCount: Type.Integer({ minimum: 0, description: 'How many citations point into it.' }),
  note: Note,
});
export type Document = Static<typeof Document>;
