/** The door for whole lists, which files are made of. */
import { PublicError } from '../errors.ts';
import { paging } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { type ListName, operationOf } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, writeCursor } from './cursor.ts';
import { withLabels } from './label.ts';
import { listQuery, partAsked, startOf } from './pages.ts';
import { inTurn, nextSize, pieceSizes, readingAhead } from './pieces.ts';
import { Shared } from './shared.ts';
import type { Context, Row, Scope } from './types.ts';

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

/** All of a list, its arguments checked. Where it is `resumable`, rows have cursors, and it goes on `after` one. */
export function answerAll(
  context: Context,
  current: Scope,
  name: ListName,
  args: Record<string, unknown>,
  { resumable = false }: { resumable?: boolean } = {},
): WholeList {
  const { lang, ...checked } = checkArguments(name, argumentsOfFile(name, args, resumable), args);
  const through = pageThrough(name, checked);
  const { scope, slice } = startOf(partAsked(name, checked, {}), through, current);
  const { find } = listQuery(name)(checked, scope);
  const shared = new Shared();
  let limit = pieceSizes.first;
  const found = async (after: string | undefined) => {
    const [begin, size] = [performance.now(), limit];
    const { rows, sortKeys } = await find(context, scope, { limit, after, uncounted: true, shared });
    limit = nextSize(size, performance.now() - begin);
    return { rows, sortKeys, size };
  };
  const readPiece = async (after: string | undefined) => {
    const { rows, sortKeys, size } = await inTurn(context, () => found(after));
    const piece = rows.slice(0, size);
    const last = rows.length > size ? sortKeys[size - 1] : undefined;
    const cursors = resumable ? sortKeys.slice(0, size).map((key) => writeCursor(through, scope, key)) : [];
    return { rows: lang === undefined ? piece : withLabels(piece, lang as Language), cursors, last };
  };
  return {
    scope,
    read: async () =>
      readingAhead(await readPiece(slice.after), async ({ last }) =>
        last === undefined ? undefined : readPiece(last),
      ),
  };
}

/** Those of the list without its paging, which is then suggested to nobody, either. */
function argumentsOfFile(name: ListName, args: Record<string, unknown>, resumable: boolean) {
  const { properties, required } = operationOf(name).args;
  const pagingOnly = Object.keys(paging).filter((one) => !(resumable && one === 'after'));
  const paged = pagingOnly.find((one) => one in args);
  if (paged !== undefined) {
    const message = `A file holds the whole list of "${name}"; it has no argument "${paged}".`;
    throw new PublicError('unknown_argument', message, { parameter: paged });
  }
  const own = Object.entries(properties).filter(([one]) => !pagingOnly.includes(one));
  return { properties: Object.fromEntries(own), required };
}
