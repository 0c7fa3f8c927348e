/** The door for whole lists, which files are made of. */
import { PublicError } from '../errors.ts';
import { paging } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { type ListName, operationOf } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, writeCursor } from './cursor.ts';
import { withLabels } from './label.ts';
import { listQuery, partAsked, startOf } from './pages.ts';
import type { Context, Row, Scope } from './types.ts';

/** Rows that are read at once where all are wanted. */
const pieceSize = 1000;

/** Some of a list, with the cursor of each row. */
export interface Piece {
  rows: Row[];
  cursors: string[];
}

/** A whole list that is still to be read. */
export interface WholeList {
  /** What it is of: where it goes on after a cursor, the release and day of that. */
  scope: Scope;
  /**
   * Reads it piece by piece, as it is needed. The first piece is there when this returns, so that what cannot be
   * answered fails before anything is sent.
   */
  read: () => Promise<AsyncIterable<Piece>>;
}

/** All of a list, its arguments checked. Where it is `resumable`, it goes on `after` a cursor. */
export function answerAll(
  context: Context,
  current: Scope,
  name: ListName,
  args: Record<string, unknown>,
  { resumable }: { resumable: boolean } = { resumable: false },
): WholeList {
  const paged = Object.keys(paging).find((one) => one in args && !(resumable && one === 'after'));
  if (paged !== undefined) {
    const message = `A file holds the whole list of "${name}"; it has no argument "${paged}".`;
    throw new PublicError('unknown_argument', message, { parameter: paged });
  }
  const { lang, ...checked } = checkArguments(name, operationOf(name).args, args);
  const through = pageThrough(name, checked);
  const { scope, slice } = startOf(partAsked(name, checked, {}), through, current);
  const { find } = listQuery(name)(checked, scope);
  const readPiece = async (after: string | undefined): Promise<Piece & { last: string | undefined }> => {
    const { rows, sortKeys } = await find(context, scope, { limit: pieceSize, after, uncounted: true });
    const piece = rows.slice(0, pieceSize);
    return {
      rows: lang === undefined ? piece : withLabels(piece, lang as Language),
      cursors: sortKeys.slice(0, pieceSize).map((key) => writeCursor(through, scope, key)),
      last: rows.length > pieceSize ? sortKeys[pieceSize - 1] : undefined,
    };
  };
  const read = async () => {
    const first = await readPiece(slice.after);
    return (async function* () {
      yield first;
      for (let { last } = first; last !== undefined; ) {
        const piece = await readPiece(last);
        yield piece;
        last = piece.last;
      }
    })();
  };
  return { scope, read };
}
