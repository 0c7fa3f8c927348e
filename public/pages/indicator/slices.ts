/** Figures of one kind: alike in unit, in the kind of basis, and in dimensions. Only those are set beside each other. */

import { groupBy } from '../../../src/lists';
import { unitName } from '../../lib/format';
import type { Words } from '../../words/en';
import type { IndicatorWords } from '../../words/indicator';

export interface Kind {
  unit: string;
  basis: keyof IndicatorWords['basisKinds'] | null;
  dimensions: Readonly<Record<string, string>>;
}

/** Of an address: `percent~-~residence=rural`. */
export const sliceOf = ({ unit, basis, dimensions }: Kind): string =>
  [
    unit,
    basis ?? '-',
    ...Object.keys(dimensions)
      .sort()
      .map((name) => `${name}=${dimensions[name]}`),
  ].join('~');

const dimensionsIn = (slice: string): string[] => slice.split('~').slice(2);

/** The one asked for, else that of the whole, else the one that most have. */
export function sliceToShow(slices: readonly string[], wanted: string | undefined): string | undefined {
  if (wanted !== undefined) return wanted;
  return [...groupBy(slices, (slice) => slice)]
    .sort(
      ([a, these], [b, those]) =>
        dimensionsIn(a).length - dimensionsIn(b).length || those.length - these.length || (a < b ? -1 : 1),
    )
    .at(0)?.[0];
}

/** All that tells it from other kinds: `residence: rural, thousand persons`. */
export function sliceText(slice: string, words: Words, own: IndicatorWords): string {
  const [unit = ''] = slice.split('~');
  const isPlain = unit === 'rank' || unit === 'status';
  const said = dimensionsIn(slice).length === 0 ? own.whole : dimensionsText(slice, own);
  return [said, isPlain ? '' : unitName(unit, words), basisText(slice, own)].filter(Boolean).join(', ');
}

/** The same for a title, which says the unit elsewhere; nothing of what is the rule. */
export const sliceTitle = (slice: string, own: IndicatorWords): string =>
  [dimensionsText(slice, own), basisText(slice, own)].filter(Boolean).join(', ');

function dimensionsText(slice: string, own: IndicatorWords): string {
  const say = (code: string) => own.dimensions[code] ?? code.replaceAll('_', ' ');
  return dimensionsIn(slice)
    .map((one) => one.split('=').map(say).join(': '))
    .join(', ');
}

function basisText(slice: string, own: IndicatorWords): string {
  const basis = slice.split('~')[1];
  return Object.entries(own.basisKinds).find(([kind]) => kind === basis)?.[1] ?? '';
}
