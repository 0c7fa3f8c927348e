/** For tests of files: records that never were in a database, in pieces of any sizes. */
import { buffer } from 'node:stream/consumers';
import type { TObject } from 'typebox';
import Type from 'typebox';
import type { Piece } from '../../../src/queries/answer.ts';
import type { Row } from '../../../src/queries/types.ts';
import type { ListFile, WriteFile } from '../../../src/routes/formats/file.ts';
import { operationOf } from '../../../src/schema/operations.ts';

const said = (description: string) => ({ description });

/** A member of each type, alone and in lists. */
export const everyType = Type.Object({
  id: Type.String(said('A text.')),
  text: Type.Union([Type.String(said('A text.')), Type.Null()]),
  number: Type.Union([Type.Number(said('A figure.')), Type.Null()]),
  integer: Type.Union([Type.Integer(said('A count.')), Type.Null()]),
  boolean: Type.Union([Type.Boolean(said('Whether.')), Type.Null()]),
  date: Type.Union([Type.String({ format: 'date', ...said('A day.') }), Type.Null()]),
  instant: Type.Union([Type.String({ format: 'date-time', ...said('A moment.') }), Type.Null()]),
  json: Type.Unknown(said('Anything.')),
  texts: Type.Array(Type.Union([Type.String(said('A text.')), Type.Null()])),
  numbers: Type.Array(Type.Union([Type.Number(said('A figure.')), Type.Null()])),
  groups: Type.Array(Type.Object({ marks: Type.Array(Type.String(said('A mark.'))) })),
});

export const emptyRow: Row = {
  id: 'x',
  text: null,
  number: null,
  integer: null,
  boolean: null,
  date: null,
  instant: null,
  json: null,
  texts: [],
  numbers: [],
  groups: [],
};

export function madeFile(
  rows: readonly Row[],
  { of = everyType, sizes = [100] }: { of?: TObject; sizes?: readonly number[] } = {},
): ListFile {
  return {
    name: 'themes',
    operation: { ...operationOf('themes'), of },
    args: {},
    scope: { release: 1, today: '2026-11-22' },
    labels: false,
    pieces: piecesOf(rows, sizes),
  };
}

async function* piecesOf(rows: readonly Row[], sizes: readonly number[]): AsyncGenerator<Piece> {
  for (let at = 0, turn = 0; at < rows.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    yield { rows: rows.slice(at, at + size), cursors: [] };
    at += size;
  }
}

export const written = async (write: WriteFile, file: ListFile): Promise<Buffer> => buffer(await write(file));
