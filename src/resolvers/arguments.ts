/** The arguments of a field as the contract names them. */
import { PublicError } from '../errors.ts';
import type { Reading } from '../queries/pages.ts';
import type { Row } from '../queries/types.ts';

interface Arguments {
  /** Those that REST has too. */
  args: Row;
  /** Pages from the end. */
  back: Pick<Reading, 'last' | 'before'>;
}

/** `first` is `limit` behind the door, what `filter` holds stands beside it, and null is absent. */
export function argumentsOf({ filter, last, before, ...given }: Row): Arguments {
  const args = present(given);
  const filters = present((filter ?? {}) as Row);
  const twice = Object.keys(filters).find((name) => name in args);
  if (twice !== undefined) {
    throw new PublicError('repeated_argument', `"${twice}" is given beside "filter" and in it.`, {
      parameter: twice,
    });
  }
  return { args: { ...args, ...filters }, back: present({ last, before }) };
}

const present = (given: Row): Row =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name === 'first' ? 'limit' : name, value]),
  );
