/** Datasets: the imported tables. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Names, Note, Nullable, Shape } from './common.ts';

const said = (description: string) => Nullable(Type.String({ description }));

export const Dataset = Shape('Dataset', 'An imported table. What its publisher does not say is null.', {
  id: Id,
  title: described(Names, 'Its title.'),
  publisher: said('Who published it.'),
  licence: said('The licence that it is under.'),
  sha256: Type.String({ description: 'SHA-256 of the file, hexadecimal.' }),
  retrievedOn: Nullable(Type.String({ ...DateOnly, description: 'The day on which the file was fetched.' })),
  fileName: said('Name of the file.'),
  figures: Nullable(
    Type.Integer({
      minimum: 0,
      description: 'How many observations stand in it; null where it brought none of them.',
    }),
  ),
  spec: said('The description by which it was read, YAML; null where it was read by a program of its own.'),
  note: Note,
});
export type Dataset = Static<typeof Dataset>;
