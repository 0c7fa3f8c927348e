/** Marks of points. The shape tells the series, its filling the kind of statement, signs beside it how it is qualified. */
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from 'd3-shape';
import type { Schemas } from '../lib/api';

/** A triangle on its head. */
const symbolHead: SymbolType = {
  draw(context, size) {
    const half = Math.sqrt(size / (Math.sqrt(3) * 3));
    context.moveTo(0, half * 2);
    context.lineTo(-Math.sqrt(3) * half, -half);
    context.lineTo(Math.sqrt(3) * half, -half);
    context.closePath();
  },
};

const shapes = [symbolCircle, symbolSquare, symbolTriangle, symbolHead, symbolCross, symbolStar];
/** Dashes of the lines, in the same order. */
export const dashes = [undefined, '8 4', '2 3', '10 3 2 3', '14 4', '5 2 2 2 2 2'] as const;
const shapePath = (series: number, size: number): string =>
  symbol(shapes[series % shapes.length], size)() ?? '';
const diamond = symbol(symbolDiamond, 130)() ?? '';

export interface Mark {
  series: number;
  scenario: Schemas['Scenario'];
  comparator: Schemas['Comparator'] | null;
  kind: 'reported' | 'sum' | 'residual';
  isDoubted: boolean;
}

/** Around the origin. */
export function MarkShape({ series, scenario, comparator, kind, isDoubted }: Mark) {
  const isTarget = scenario === 'target';
  const isHollow = scenario === 'preliminary' || scenario === 'estimate';
  return (
    <g class={`mark-of s${series}`}>
      {isTarget ? <path class="hollow" d={diamond} /> : null}
      {kind === 'sum' ? <path class="frame" d="M-8 -8H8V8H-8Z" /> : null}
      {kind === 'residual' ? (
        <path class="frame" d="M-6 -6L6 6M6 -6L-6 6" />
      ) : (
        <path class={isHollow ? 'hollow' : 'filled'} d={shapePath(series, isTarget ? 22 : 64)} />
      )}
      <QualifierSign of={comparator} />
      {isDoubted ? <circle class="doubt-ring" r={10} /> : null}
    </g>
  );
}

/** An arrow to where the true figure lies, or a wave where it is about there. */
export function QualifierSign({ of }: { of: Schemas['Comparator'] | null }) {
  if (of === 'ge' || of === 'gt') return <path class="frame" d="M0 -7V-20M-4 -16L0 -20L4 -16" />;
  if (of === 'le' || of === 'lt') return <path class="frame" d="M0 7V20M-4 16L0 20L4 16" />;
  if (of === 'approx') return <path class="frame" d="M-8 -12q4 -5 8 0t8 0" />;
  return null;
}

/** A stroke of the line of a series, with its shape on it. */
export function SeriesSample({ series }: { series: number }) {
  return (
    <g class={`mark-of s${series}`}>
      <path class="line" d="M-16 0H16" stroke-dasharray={dashes[series]} />
      <path class="filled" d={shapePath(series, 64)} />
    </g>
  );
}
