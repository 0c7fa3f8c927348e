/** A target and what came of it on one line: a bar from zero to the result, an upright mark at the target. */
import { extent } from 'd3-array';

interface Props {
  /** Both in words, for those who do not see the drawing. */
  label: string;
  target: number;
  /** Null is "no result", which is not zero: then there is no bar. */
  result: number | null;
  /** On which side of the target the figures are that reach it; none: only the figure itself does. */
  reachedBy: 'up' | 'down' | 'none';
}

const [width, height] = [168, 28];
const [top, bottom] = [6, 26];
const barHeight = 8;
const middle = (top + bottom) / 2;

export function Bullet({ label, target, result, reachedBy }: Props) {
  const x = scaleOf([0, target, ...(result === null ? [] : [result])]);
  const mark = x(target);
  const zero = x(0);
  const band = reachedBy === 'up' ? [mark, width] : [0, mark];
  return (
    <svg class="bullet" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      {reachedBy === 'none' ? null : (
        <rect class="bullet-band" x={band[0]} y={top} width={(band[1] ?? 0) - (band[0] ?? 0)} height={20} />
      )}
      <line class="bullet-zero" x1={zero} x2={zero} y1={top} y2={bottom} />
      {result === null ? (
        <line class="bullet-none" x1={zero} x2={mark} y1={middle} y2={middle} />
      ) : (
        <rect
          class="bullet-bar"
          x={Math.min(zero, x(result))}
          y={middle - barHeight / 2}
          width={Math.max(1, Math.abs(x(result) - zero))}
          height={barHeight}
        />
      )}
      <line class="bullet-mark" x1={mark} x2={mark} y1={top - 1} y2={bottom + 1} />
      <path class="bullet-head" d={`M${mark - 4} 0h8l-4 6z`} />
    </svg>
  );
}

/** With room beyond the last figure, and zero always on it: a bar that does not begin at zero misleads. */
function scaleOf(values: readonly number[]): (value: number) => number {
  const [least = 0, most = 0] = extent(values);
  const span = most - least || 1;
  const room = span * 0.15;
  const from = least < 0 ? least - room : least;
  const to = most > 0 ? most + room : most;
  return (value) => 2 + ((value - from) / (to - from || 1)) * (width - 4);
}
